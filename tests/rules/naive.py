"""The evaluator as the definitions have it, for comparing: every check is asked of every subject
on its own, with indexes of its own; nothing is shared, grouped or remembered."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from inventory.law.bundle import Law
from inventory.law.shapes import Check, Regime
from inventory.law.vocabulary import Level, Status, SubjectKind
from inventory.rules.asking import Case, find_condition
from inventory.rules.evaluate import decide, held_kinds, subjects_of
from inventory.rules.facts import Facts, SubjectId
from inventory.rules.findings import Answer
from inventory.rules.register import Register
from inventory.rules.scope import Scope

OPEN = (Status.BREACH, Status.UNKNOWN, Status.ATTENTION)


class Said(NamedTuple):
    check: str
    subject: SubjectId
    place: str
    status: Status | None
    answer: Answer | None  # None: nobody was asked


def said_of(facts: Facts, law: Law, as_of: date) -> Iterator[Said]:
    """Every verdict on every subject."""
    for subject in subjects_of(facts):
        for regime in law.regimes.values():
            for check in regime.checks:
                if check.in_force(as_of) and _concerns(check, subject, facts):
                    yield from _ask(subject, regime, check, facts=facts, law=law, as_of=as_of)


def counts_of(said: Iterator[Said]) -> Mapping[tuple[SubjectId, str], tuple[int, int, int]]:
    """Verdicts without a row by subject and place: met, not applicable, not evaluated."""
    counted = Counter((one.subject, one.place, one.status) for one in said)
    return {
        (subject, place): (
            counted[subject, place, Status.MET],
            counted[subject, place, Status.NOT_APPLICABLE],
            counted[subject, place, None],
        )
        for subject, place, status in counted
        if status not in OPEN
    }


def _concerns(check: Check, subject: SubjectId, facts: Facts) -> bool:
    kind = SubjectKind.ENTITY if _waits(check, facts) else check.subject
    return kind is subject[0]


def _waits(check: Check, facts: Facts) -> bool:
    """The register holds no subjects of its kind: the entities count it as not evaluated."""
    return held_kinds(facts)[check.subject] is None


def _ask(
    subject: SubjectId, regime: Regime, check: Check, *, facts: Facts, law: Law, as_of: date
) -> Iterator[Said]:
    judged = Scope(Register(facts, law, as_of)).judged(subject)
    if regime.code not in judged or judged[regime.code].applies is False:
        return
    applies = judged[regime.code].applies
    waits = _waits(check, facts)
    national = check.level is Level.COUNTRY and not waits
    held = (held_kinds(facts)[subject[0]] or {})[subject[1]]
    for country in judged[regime.code].countries if national else (None,):
        place = country or regime.code
        condition = find_condition(check)
        if waits or not (applies or condition.unsure):
            yield Said(check.id, subject, place, None, None)
            continue
        register = Register(facts, law, as_of)
        case = Case(register, Scope(register), regime, country, condition.bind(check))
        answer = condition.ask(held, case)
        yield Said(check.id, subject, place, decide(check, answer), answer)
