"""Judge a register: every check in force on every subject its regime governs.

`verdicts` tells all, met and not applicable too; `evaluate` keeps what needs a row and counts
the rest.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from inventory.law.bundle import Law
from inventory.law.shapes import Check
from inventory.law.vocabulary import Level, Mark, Severity, Status, SubjectKind
from inventory.rules import conditions as conditions  # lists all conditions
from inventory.rules.asking import Anywhere, Case, Condition, Question, find_condition
from inventory.rules.facts import Facts, Known, SubjectId
from inventory.rules.findings import (
    Answer,
    Application,
    Evaluation,
    Finding,
    Place,
    Tally,
)
from inventory.rules.periods import next_day
from inventory.rules.register import Register
from inventory.rules.scope import Scope

FAULTY = {
    Severity.BLOCKER: Status.BREACH,
    Severity.MAJOR: Status.BREACH,
    Severity.MINOR: Status.ATTENTION,
    Severity.ADVICE: Status.ATTENTION,
}
WITH_ROWS = frozenset({Status.BREACH, Status.UNKNOWN, Status.ATTENTION})
COUNTED = {Status.MET: 0, Status.NOT_APPLICABLE: 1, None: 2}  # where a tally counts each
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
    question: Question
    per_country: bool
    outcome: dict[Known, Status | None]  # of a plain answer
    cases: dict[str | None, Case]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The checks of one regime on one kind of subject, by what is done where it only may apply."""

    plans: list[Plan] = field(default_factory=list)
    unsure: list[Plan] = field(default_factory=list)  # asked even so
    waiting: list[Plan] = field(default_factory=list)  # not evaluated


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


def held_kinds(facts: Facts) -> dict[SubjectKind, Mapping[str, Any] | None]:
    """What the facts hold of each kind; None: the register holds no such subjects yet."""
    return {
        SubjectKind.ENTITY: facts.entities,
        SubjectKind.SYSTEM: facts.systems,
        SubjectKind.DATASET: facts.datasets,
        SubjectKind.PURPOSE: facts.purposes,
        SubjectKind.ACTIVITY: facts.activities,
        SubjectKind.PARTY: facts.parties,
        SubjectKind.TRANSFER: facts.transfers,
        SubjectKind.DATABASE: facts.databases,
        SubjectKind.REQUEST: facts.requests,
        SubjectKind.INCIDENT: facts.incidents,
    }


class Judge:
    """A register, its scope, and the checks in force, made ready once for any number of parts."""

    def __init__(self, facts: Facts, law: Law, as_of: date) -> None:
        self.facts = facts
        self.register = Register(facts, law, as_of)
        self.scope = Scope(self.register)
        self._held = held_kinds(facts)
        self._agendas: dict[tuple[str, SubjectKind], Agenda] = {}
        self._questions: dict[Hashable, Question] = {}
        for code in law.regimes:
            for check in law.checks(code, as_of):
                self._plan(check)

    def evaluate(self, only: frozenset[SubjectId] | None = None) -> Evaluation:
        """Judge everything, or only some subjects: what needs a row, and counts of the rest."""
        as_of = self.register.as_of
        subjects = sorted(only) if only is not None else list(subjects_of(self.facts))
        findings: list[Finding] = []
        tallies: dict[tuple[SubjectId, Place], Tally] = {}
        ends = {self._law_or_scope_changes}
        for subject in subjects:
            counts: dict[Place, list[int]] = defaultdict(lambda: [0, 0, 0])
            for check, _, place, status, answer in self._asked(subject):
                if answer.until is not None:
                    ends.add(answer.until)
                if status in WITH_ROWS:
                    findings.append(Finding(check, subject, place, status, answer))
                else:
                    counts[place][COUNTED[status]] += 1
            for place, plans in self._unasked(subject):
                counts[place][COUNTED[None]] += len(plans)
            for place, numbers in counts.items():
                tallies[subject, place] = Tally(*numbers)
        return Evaluation(
            as_of=as_of,
            findings=tuple(findings),
            tallies=tallies,
            applications={subject: self.scope.of(subject) for subject in subjects},
            good_until=next_day(ends, as_of),
        )

    def judge(self, subject: SubjectId) -> Iterator[Verdict]:
        """All checks of all regimes that govern the subject, or may."""
        yield from self._asked(subject)
        for place, plans in self._unasked(subject):
            yield from (Verdict(plan.check, subject, place, None, NOT_ASKED) for plan in plans)

    def _asked(self, subject: SubjectId) -> Iterator[Verdict]:
        """What is asked of the subject, and the answers."""
        facts = (self._held[subject[0]] or {}).get(subject[1])
        for code, application, agenda in self._agendas_of(subject):
            for plan in agenda.plans if application.applies else agenda.unsure:
                check, question, outcome = plan.check, plan.question, plan.outcome
                for country in application.countries if plan.per_country else NOWHERE:
                    answer = question.ask(
                        facts, plan.cases.get(country) or self._case(plan, country)
                    )
                    plain = answer.applicable and not answer.guidance
                    status = outcome[answer.fault] if plain else decide(check, answer)
                    yield Verdict(check, subject, country or code, status, answer)

    def _unasked(self, subject: SubjectId) -> Iterator[tuple[Place, list[Plan]]]:
        """By place, what waits until it is known whether the regime applies."""
        for code, application, agenda in self._agendas_of(subject):
            if application.applies is None:
                for country in (*NOWHERE, *application.countries):
                    national = country is not None
                    there = [plan for plan in agenda.waiting if plan.per_country is national]
                    if there:
                        yield country or code, there

    def _agendas_of(self, subject: SubjectId) -> Iterator[tuple[str, Application, Agenda]]:
        """The regimes that govern it, or may, with their checks."""
        kind, key = subject
        if key not in (self._held[kind] or {}):
            return
        for code, application in self.scope.judged(subject).items():
            agenda = self._agendas.get((code, kind))
            if agenda is not None and application.applies is not False:
                yield code, application, agenda

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
        kind, per_country = check.subject, check.level is Level.COUNTRY
        question = self._question(condition, check)
        if self._held[kind] is None:  # each entity under the regime counts it as not evaluated
            kind, per_country, question = SubjectKind.ENTITY, False, Question(_wait)
        plan = Plan(check, condition, question, per_country, outcome, {})
        agenda = self._agendas.setdefault((check.regime, kind), Agenda())
        agenda.plans.append(plan)
        (agenda.unsure if condition.unsure else agenda.waiting).append(plan)

    def _question(self, condition: Condition, check: Check) -> Question:
        """One for all checks that ask the same."""
        given = condition.bind(check)
        key = (condition.name, tuple(given.items()))
        if key not in self._questions:
            self._questions[key] = Question(condition.ask, Anywhere(self.register, given))
        return self._questions[key]

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
    doubtful = answer.guidance or check.mark is Mark.UNCERTAIN
    if not answer.fault:
        return None if doubtful else Status.MET
    return Status.ATTENTION if doubtful or check.risk else FAULTY[check.severity]
