"""Judge a register: every check in force on every subject its regime governs.

`verdicts` tells all, met and not applicable too; `evaluate` keeps what needs a row and counts
the rest.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from inventory.law.bundle import Law
from inventory.law.shapes import Check
from inventory.law.vocabulary import Level, Mark, Severity, Status, SubjectKind
from inventory.rules import conditions as conditions  # lists all conditions
from inventory.rules.asking import Case, Condition, find_condition
from inventory.rules.facts import Facts, SubjectId
from inventory.rules.findings import Answer, Application, Evaluation, Finding, Place, Tally
from inventory.rules.register import Register
from inventory.rules.scope import Scope

FAULTY = {
    Severity.BLOCKER: Status.BREACH,
    Severity.MAJOR: Status.BREACH,
    Severity.MINOR: Status.ATTENTION,
    Severity.ADVICE: Status.ATTENTION,
}
WITH_ROWS = frozenset({Status.BREACH, Status.UNKNOWN, Status.ATTENTION})
NOT_ASKED = Answer(fault=None, applicable=None, note="the regime only may apply")


class Verdict(NamedTuple):
    """One check's answer on one subject in one place; no status: it was not evaluated."""

    check: Check
    subject: SubjectId
    place: Place
    status: Status | None
    answer: Answer


class Plan(NamedTuple):
    """A check made ready to be asked: in one place if the regime decides, else per country."""

    check: Check
    condition: Condition
    cases: dict[str | None, Case]


def evaluate(
    facts: Facts, law: Law, as_of: date, *, only: frozenset[SubjectId] | None = None
) -> Evaluation:
    """Judge the subjects of the register, or only some of them, as of a day."""
    run = Run(facts, law, as_of)
    subjects = sorted(only) if only is not None else list(subjects_of(facts))
    findings: list[Finding] = []
    counts: Counter[tuple[SubjectId, Place, Status | None]] = Counter()
    until = law.next_change(as_of)
    for subject in subjects:
        for verdict in run.judge(subject):
            until = _sooner(until, verdict.answer.until, as_of)
            if verdict.status in WITH_ROWS:
                findings.append(_find(verdict))
            else:
                counts[subject, verdict.place, verdict.status] += 1
    for dataset in facts.datasets.values():
        for exclusion in dataset.exclusions:
            until = _sooner(until, exclusion.until, as_of)
    return Evaluation(
        as_of=as_of,
        findings=tuple(findings),
        tallies=_tally(counts),
        applications={subject: run.scope.of(subject) for subject in subjects},
        good_until=until,
    )


def verdicts(
    facts: Facts, law: Law, as_of: date, *, only: frozenset[SubjectId] | None = None
) -> Iterator[Verdict]:
    """Every verdict, those without a row too: for explaining what is met."""
    run = Run(facts, law, as_of)
    for subject in sorted(only) if only is not None else subjects_of(facts):
        yield from run.judge(subject)


def check_conditions(law: Law) -> None:
    """Refuse law whose checks name unknown conditions or wrong parameters, with the check's id."""
    wrong = []
    for regime in law.regimes.values():
        for check in regime.checks:
            try:
                find_condition(check).bind(check)
            except ValueError as error:
                wrong.append(f"{check.id}: {error}")
    if wrong:
        raise ValueError("\n".join(wrong))


def subjects_of(facts: Facts) -> Iterator[SubjectId]:
    """Everything in the register that can be judged."""
    for kind, held in (
        (SubjectKind.ENTITY, facts.entities),
        (SubjectKind.SYSTEM, facts.systems),
        (SubjectKind.DATASET, facts.datasets),
        (SubjectKind.PURPOSE, facts.purposes),
        (SubjectKind.ACTIVITY, facts.activities),
        (SubjectKind.PARTY, facts.parties),
        (SubjectKind.TRANSFER, facts.transfers),
        (SubjectKind.DATABASE, facts.databases),
    ):
        for key in held:
            yield (kind, key)


class Run:
    """One evaluation: the register, its scope, and the checks in force made ready once."""

    def __init__(self, facts: Facts, law: Law, as_of: date) -> None:
        self.facts = facts
        self.register = Register(facts, law, as_of)
        self.scope = Scope(self.register)
        self._held = {
            SubjectKind.ENTITY: facts.entities,
            SubjectKind.SYSTEM: facts.systems,
            SubjectKind.DATASET: facts.datasets,
            SubjectKind.PURPOSE: facts.purposes,
            SubjectKind.ACTIVITY: facts.activities,
            SubjectKind.PARTY: facts.parties,
            SubjectKind.TRANSFER: facts.transfers,
            SubjectKind.DATABASE: facts.databases,
        }
        self._plans: dict[tuple[str, SubjectKind], list[Plan]] = {}
        for code in law.regimes:
            for check in law.checks(code, as_of):
                self._plan(check)

    def judge(self, subject: SubjectId) -> Iterator[Verdict]:
        """All checks of all regimes that govern the subject, or may."""
        facts = self._held[subject[0]].get(subject[1])
        if facts is None:
            return
        for code, application in self.scope.judged(subject).items():
            if application.applies is False:
                continue
            for plan in self._plans.get((code, subject[0]), ()):
                yield from self._ask(plan, subject, facts, application)

    def _ask(
        self, plan: Plan, subject: SubjectId, facts: object, application: Application
    ) -> Iterator[Verdict]:
        check, condition, _ = plan
        sure = application.applies or condition.unsure
        places = application.countries if check.level is Level.COUNTRY else (None,)
        for country in places:
            answer = condition.ask(facts, self._case(plan, country)) if sure else NOT_ASKED
            yield Verdict(check, subject, country or check.regime, decide(check, answer), answer)

    def _plan(self, check: Check) -> None:
        condition = find_condition(check)
        self._plans.setdefault((check.regime, check.subject), []).append(Plan(check, condition, {}))

    def _case(self, plan: Plan, country: str | None) -> Case:
        case = plan.cases.get(country)
        if case is None:
            given = plan.condition.bind(plan.check)
            regime = self.register.law.regimes[plan.check.regime]
            case = Case(self.register, self.scope, regime, country, given)
            plan.cases[country] = case
        return case


def decide(check: Check, answer: Answer) -> Status | None:
    """What an answer means for a check of this severity and mark; None: not evaluated."""
    if answer.applicable is None:
        return None
    if answer.applicable is False:
        return Status.NOT_APPLICABLE
    if answer.fault is None:
        return Status.UNKNOWN
    doubtful = answer.guidance or check.mark is Mark.UNCERTAIN
    if not answer.fault:
        return None if doubtful else Status.MET
    return Status.ATTENTION if doubtful else FAULTY[check.severity]


def _find(verdict: Verdict) -> Finding:
    check, subject, place, status, answer = verdict
    if status is None:
        raise ValueError(f"{check.id} was not evaluated")
    return Finding(
        check=check,
        subject=subject,
        place=place,
        regime=check.regime,
        status=status,
        severity=check.severity,
        answer=answer,
    )


def _tally(
    counts: Counter[tuple[SubjectId, Place, Status | None]],
) -> dict[tuple[SubjectId, Place], Tally]:
    places = dict.fromkeys((subject, place) for subject, place, _ in counts)
    return {
        (subject, place): Tally(
            met=counts[subject, place, Status.MET],
            not_applicable=counts[subject, place, Status.NOT_APPLICABLE],
            not_evaluated=counts[subject, place, None],
        )
        for subject, place in places
    }


def _sooner(until: date | None, other: date | None, as_of: date) -> date | None:
    if other is None or other <= as_of or (until is not None and until <= other):
        return until
    return other
