"""Every case of `fixtures/cases` comes out as it says, and every check has its cases."""

from collections import Counter
from pathlib import Path

import pytest

from inventory.law.load import load_law
from inventory.rules.examples import (
    A_VERDICT,
    EXPECTED,
    NO_VERDICT,
    Example,
    find_verdict,
    meets,
    read_tree,
)

CASES = Path(__file__).parents[2] / "fixtures" / "cases"
LAW = load_law()
ENOUGH = 3


FILES = {path.relative_to(CASES).as_posix(): path for path in CASES.rglob("*.toml")}
EXAMPLES = read_tree({name: path.read_text(encoding="utf-8") for name, path in FILES.items()})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.check} {one.name}")
def test_case_comes_out_as_it_says(example: Example) -> None:
    verdict = find_verdict(example, LAW)

    assert meets(example, verdict), f"expected {example.expected}, got {verdict}"
    if verdict is not None:
        assert verdict.check.in_force(example.as_of)
        assert str(verdict.check.citations[0]) == example.cite


def test_every_check_has_at_least_three_cases() -> None:
    checks = [check.id for regime in LAW.regimes.values() for check in regime.checks]
    of_days = {NO_VERDICT, A_VERDICT}
    counts = Counter(example.check for example in EXAMPLES if example.expected not in of_days)

    assert not [check for check in checks if counts[check] < ENOUGH]


def test_every_check_has_cases_that_come_out_differently() -> None:
    outcomes: dict[str, set[str]] = {}
    for example in EXAMPLES:
        outcomes.setdefault(example.check, set()).add(example.expected)

    assert not [check for check, found in outcomes.items() if len(found) < 2]


def test_every_check_but_scope_has_a_case_for_what_nobody_has_said() -> None:
    open_ends = {"unknown", "not_evaluated"}
    checks = {example.check for example in EXAMPLES if example.expected in open_ends}

    assert {example.check for example in EXAMPLES} == checks


def test_cases_name_only_checks_that_the_law_has() -> None:
    checks = {check.id for regime in LAW.regimes.values() for check in regime.checks}

    assert not {example.check for example in EXAMPLES} - checks
    assert {example.expected for example in EXAMPLES} <= EXPECTED.keys() | {NO_VERDICT, A_VERDICT}
