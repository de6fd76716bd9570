"""Judge a register: every check in force on every subject its regime governs.

`verdicts` tells all, met and not applicable too; `evaluate` keeps what needs a row and counts
the rest.
"""

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from inventory.law.bundle import Law
from inventory.law.shapes import Check
from inventory.law.vocabulary import Status, SubjectKind
from inventory.rules.asking import find_condition
from inventory.rules.facts import Facts, SubjectId
from inventory.rules.findings import Answer, Evaluation, Finding, Place, Tally
from inventory.rules.periods import next_day
from inventory.rules.programme import Programme, Programmes
from inventory.rules.programme import decide as decide
from inventory.rules.register import Register
from inventory.rules.scope import Scope

NO_FACTS = Facts()
NOTHING = Programme((), {})
NOT_ASKED = Answer(fault=None, applicable=None, note="the regime only may apply")


class Verdict(NamedTuple):
    """One check's answer on one subject in one place; no status: it was not evaluated."""

    check: Check
    subject: SubjectId
    place: Place
    status: Status | None
    answer: Answer


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


@contextmanager
def _uncollected() -> Iterator[None]:
    """Answers hold no cycles: looking for some among hundreds of thousands finds nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _nothing() -> list[int]:
    return [0, 0, 0]


class Judge:
    """A register, its scope, and the checks in force, made ready once for any number of parts."""

    def __init__(self, facts: Facts, law: Law, as_of: date) -> None:
        self.facts = facts
        self.register = Register(facts, law, as_of)
        self.scope = Scope(self.register)
        self._held = held_kinds(facts)
        self._programmes = Programmes(self.scope, self._held)

    @_uncollected()
    def evaluate(self, only: frozenset[SubjectId] | None = None) -> Evaluation:
        """Judge everything, or only some subjects: what needs a row, and counts of the rest."""
        subjects = sorted(only) if only is not None else list(subjects_of(self.facts))
        findings: list[Finding] = []
        tallies: dict[tuple[SubjectId, Place], Tally] = {}
        until: dict[SubjectId, date] = {}
        law_changes, as_of = self._law_or_scope_changes, self.register.as_of
        for subject in subjects:
            programme, facts = self._look(subject)
            ends = {law_changes}
            counts: defaultdict[Place, list[int]] = defaultdict(_nothing)
            counts |= {place: [0, 0, len(checks)] for place, checks in programme.waiting.items()}
            for check, place, (status, slot), answer in programme.run(facts):
                if answer.until is not None:
                    ends.add(answer.until)
                if slot is not None:
                    counts[place][slot] += 1
                elif status is not None:
                    findings.append(Finding(check, subject, place, status, answer))
            for place, numbers in counts.items():
                tallies[subject, place] = Tally(*numbers)
            if (first := next_day(ends, as_of)) is not None:
                until[subject] = first
        return Evaluation(
            as_of=as_of,
            findings=tuple(findings),
            tallies=tallies,
            applications={subject: self.scope.of(subject) for subject in subjects},
            until=until,
            good_until=next_day((law_changes, *until.values()), as_of),
        )

    def judge(self, subject: SubjectId) -> Iterator[Verdict]:
        """All checks of all regimes that govern the subject, or may."""
        programme, facts = self._look(subject)
        for check, place, (status, _), answer in programme.run(facts):
            yield Verdict(check, subject, place, status, answer)
        for place, checks in programme.waiting.items():
            for check in checks:
                yield Verdict(check, subject, place, None, NOT_ASKED)

    def _look(self, subject: SubjectId) -> tuple[Programme, Any]:
        """What is asked of it, and its facts; of what is not there, nothing is asked."""
        facts = (self._held[subject[0]] or {}).get(subject[1])
        return (NOTHING if facts is None else self._programmes.of(subject)), facts

    @cached_property
    def _law_or_scope_changes(self) -> date | None:
        """The next day on which the law changes, or an exclusion from it ends."""
        as_of = self.register.as_of
        datasets = self.facts.datasets.values()
        ends = (exclusion.until for dataset in datasets for exclusion in dataset.exclusions)
        return next_day((self.register.law.next_change(as_of), *ends), as_of)
