"""What there is of the law, and how far its cases guard it: the pure part of `check_law`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from inventory.law.bundle import Law
from inventory.law.shapes import Check
from inventory.law.vocabulary import Mark
from inventory.rules.asking import CONDITIONS
from inventory.rules.evaluate import waiting
from inventory.rules.examples import A_VERDICT, NO_VERDICT
from inventory.rules.mutants import Mutant, Trials, mutants_of, mutants_of_value
from inventory.rules.values import held_values

ENOUGH = 3  # cases a check: it fires, it does not, nobody knows
REGIMES = ("gdpr", "lgpd", "pdp", "ppa", "uk", "ch", "house")  # in the order in which they are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Counts of the law, and what is wrong with it or its cases; nothing wrong, all lists empty."""

    checks: Mapping[str, int]
    conditions: int
    values: int
    by_mark: Mapping[str, int]  # of checks and values
    without_cases: tuple[str, ...]
    surviving_mutants: tuple[str, ...]
    waiting: tuple[str, ...]
    failing_cases: tuple[str, ...]
    cases: int
    mutants: int

    @property
    def is_sound(self) -> bool:
        return not (self.without_cases or self.surviving_mutants or self.failing_cases)


def survey(
    law: Law, trials: Trials, *, as_of: date, only: str | None = None, with_mutants: bool = True
) -> Survey:
    """Count the law and try it against its cases, of all regimes or of one."""
    checks = [check for check in _checks(law) if only in (None, check.regime)]
    ids = dict.fromkeys(check.id for check in checks)
    tried, surviving = 0, []
    for mutant in _mutants(law, checks, only) if with_mutants else ():
        tried += 1
        if not trials.notice(mutant):
            surviving.append(str(mutant))
    return Survey(
        checks=_count_checks(law),
        conditions=len(CONDITIONS),
        values=sum(1 for _ in held_values(law)),
        by_mark=_count_marks(law),
        without_cases=tuple(check.id for check in checks if _count_cases(check, trials) < ENOUGH),
        surviving_mutants=tuple(surviving),
        waiting=tuple(check.id for check in waiting(law, as_of)),
        failing_cases=tuple(trials.failing(law, ids)),
        cases=sum(map(len, trials.cases.values())),
        mutants=tried,
    )


def list_by_mark(law: Law, mark: Mark) -> Iterator[tuple[str, str]]:
    """Every check and value that was read so well, with its citation."""
    for check in _checks(law):
        if check.mark is mark:
            yield check.id, str(check.citations[0])
    for held in held_values(law):
        if held.entry.mark is mark:
            yield f"{held} = {held.entry.value}", str(held.entry.citation)


def _checks(law: Law) -> Iterator[Check]:
    for regime in law.regimes.values():
        yield from regime.checks


def _mutants(law: Law, checks: list[Check], only: str | None) -> Iterator[Mutant]:
    for check in checks:
        yield from mutants_of(check, law)
    for held in held_values(law):
        if only in (None, held.regime):
            yield from mutants_of_value(held, law)


def _count_checks(law: Law) -> Mapping[str, int]:
    found = {code: {check.id for check in regime.checks} for code, regime in law.regimes.items()}
    return {code: len(found.get(code, ())) for code in dict.fromkeys((*REGIMES, *found))}


def _count_marks(law: Law) -> Mapping[str, int]:
    marks = Counter(check.mark for check in _checks(law))
    marks.update(held.entry.mark for held in held_values(law))
    return {mark.value: marks[mark] for mark in Mark}


def _count_cases(check: Check, trials: Trials) -> int:
    """Its cases, less those that only try its first day."""
    of_days = {NO_VERDICT, A_VERDICT}
    return sum(case.example.expected not in of_days for case in trials.cases.get(check.id, ()))
