"""Judge a register: every check in force on every subject its regime governs.

`verdicts` tells all, met and not applicable too; `evaluate` keeps what needs a row and counts
the rest.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from inventory.law.bundle import Law
from inventory.law.shapes import Check
from inventory.law.vocabulary import Level, Severity, Status, SubjectKind
from inventory.rules import conditions as conditions  # lists all conditions
from inventory.rules.asking import Asked, Case, Condition, find_condition
from inventory.rules.facts import Facts, Known, SubjectId
from inventory.rules.findings import Answer, Evaluation, Finding, Place, Tally
from inventory.rules.periods import next_day
from inventory.rules.register import Register, held_kinds
from inventory.rules.scope import Scope

FAULTY = {
    Severity.BLOCKER: Status.BREACH,
    Severity.MAJOR: Status.BREACH,
    Severity.MINOR: Status.ATTENTION,
    Severity.ADVICE: Status.ATTENTION,
}
WITH_ROWS = frozenset({Status.BREACH, Status.UNKNOWN, Status.ATTENTION})
NOWHERE = (None,)  # the regime decides, no country
NO_FACTS = Facts()
NOT_HELD = Answer(fault=None, applicable=None, note="the register holds no such thing yet")
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
    ask: Asked
    unsure: bool
    per_country: bool
    outcome: dict[Known, Status | None]  # of a plain answer
    cases: dict[str | None, Case]


def evaluate(
    facts: Facts, law: Law, as_of: date, *, only: frozenset[SubjectId] | None = None
) -> Evaluation:
    """Judge the subjects of the register, or only some of them, as of a day."""
    return Judge(facts, law, as_of).evaluate(only)


def verdicts(
    facts: Facts, law: Law, as_of: date, *, only: frozenset[SubjectId] | None = None
) -> Iterator[Verdict]:
    """Every verdict, those without a row too: for explaining what is met."""
    judge = Judge(facts, law, as_of)
    for subject in sorted(only) if only is not None else subjects_of(facts):
        yield from judge.judge(subject)


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
    for kind, held in held_kinds(facts).items():
        for key in held or ():
            yield (kind, key)


def waiting(law: Law, on: date, facts: Facts = NO_FACTS) -> tuple[Check, ...]:
    """The checks in force that wait: the register holds no subjects of their kind yet."""
    held = held_kinds(facts)
    return tuple(
        check
        for code in law.regimes
        for check in law.checks(code, on)
        if held.get(check.subject) is None
    )


class Judge:
    """A register, its scope, and the checks in force, made ready once for any number of parts."""

    def __init__(self, facts: Facts, law: Law, as_of: date) -> None:
        self.facts = facts
        self.register = Register(facts, law, as_of)
        self.scope = Scope(self.register)
        self._held = held_kinds(facts)
        self._plans: dict[tuple[str, SubjectKind], list[Plan]] = {}
        for code in law.regimes:
            for check in law.checks(code, as_of):
                self._plan(check)

    def evaluate(self, only: frozenset[SubjectId] | None = None) -> Evaluation:
        """Judge everything, or only some subjects: what needs a row, and counts of the rest."""
        as_of = self.register.as_of
        subjects = sorted(only) if only is not None else list(subjects_of(self.facts))
        findings: list[Finding] = []
        tallies: dict[tuple[SubjectId, Place], Tally] = {}
        until = self._law_or_scope_changes
        for subject in subjects:
            judged = self.judge(subject)
            ends = [one.answer.until for one in judged if one.answer.until is not None]
            until = next_day((until, *ends), as_of)
            findings += [_find(one) for one in judged if one.status in WITH_ROWS]
            tallies |= {(subject, place): tally for place, tally in _count(judged)}
        return Evaluation(
            as_of=as_of,
            findings=tuple(findings),
            tallies=tallies,
            applications={subject: self.scope.of(subject) for subject in subjects},
            good_until=until,
        )

    def judge(self, subject: SubjectId) -> list[Verdict]:
        """All checks of all regimes that govern the subject, or may."""
        facts = (self._held[subject[0]] or {}).get(subject[1])
        if facts is None:
            return []
        found: list[Verdict] = []
        for code, application in self.scope.judged(subject).items():
            if application.applies is False:
                continue
            for plan in self._plans.get((code, subject[0]), ()):
                check, _, ask, unsure, per_country, outcome, cases = plan
                for country in application.countries if per_country else NOWHERE:
                    if not (application.applies or unsure):
                        found.append(Verdict(check, subject, country or code, None, NOT_ASKED))
                        continue
                    case = cases.get(country) or self._case(plan, country)
                    answer = ask(facts, case)
                    plain = answer.applicable and not answer.guidance
                    status = outcome[answer.fault] if plain else decide(check, answer)
                    found.append(Verdict(check, subject, country or code, status, answer))
        return found

    @cached_property
    def _law_or_scope_changes(self) -> date | None:
        """The next day on which the law changes, or an exclusion from it ends."""
        as_of = self.register.as_of
        datasets = self.facts.datasets.values()
        ends = (exclusion.until for dataset in datasets for exclusion in dataset.exclusions)
        return next_day((self.register.law.next_change(as_of), *ends), as_of)

    def _plan(self, check: Check) -> None:
        condition = find_condition(check)
        outcome = {fault: decide(check, Answer(fault=fault)) for fault in (True, False, None)}
        kind, ask, per_country = check.subject, condition.ask, check.level is Level.COUNTRY
        if self._held[kind] is None:  # each entity under the regime counts it as not evaluated
            kind, ask, per_country = SubjectKind.ENTITY, _wait, False
        plan = Plan(check, condition, ask, condition.unsure, per_country, outcome, {})
        self._plans.setdefault((check.regime, kind), []).append(plan)

    def _case(self, plan: Plan, country: str | None) -> Case:
        given = plan.condition.bind(plan.check)
        regime = self.register.law.regimes[plan.check.regime]
        plan.cases[country] = Case(self.register, self.scope, regime, country, given)
        return plan.cases[country]


def _wait(subject: Any, case: Case) -> Answer:
    return NOT_HELD


def decide(check: Check, answer: Answer) -> Status | None:
    """What an answer means for a check of this severity and mark; None: not evaluated."""
    if answer.applicable is None:
        return None
    if answer.applicable is False:
        return Status.NOT_APPLICABLE
    if answer.fault is None:
        return Status.UNKNOWN
    doubtful = answer.guidance or check.doubtful
    if not answer.fault:
        return None if doubtful else Status.MET
    return Status.ATTENTION if doubtful or check.risk else FAULTY[check.severity]


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


def _count(judged: list[Verdict]) -> Iterator[tuple[Place, Tally]]:
    """By place, the verdicts that leave no row."""
    counts = Counter((one.place, one.status) for one in judged if one.status not in WITH_ROWS)
    for place in dict.fromkeys(place for place, _ in counts):
        yield (
            place,
            Tally(
                met=counts[place, Status.MET],
                not_applicable=counts[place, Status.NOT_APPLICABLE],
                not_evaluated=counts[place, None],
            ),
        )
