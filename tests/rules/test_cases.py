"""Every case of `fixtures/cases` comes out as it says, and every check has its cases."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventory.law.load import load_law
from inventory.rules.examples import EXPECTED, Example, find_verdict, meets, read_examples

CASES = Path(__file__).parents[2] / "fixtures" / "cases"
LAW = load_law()
ENOUGH = 3


def read_cases() -> Iterator[Example]:
    base = tomllib.loads((CASES / "base.toml").read_text())
    for regime in sorted(path for path in CASES.iterdir() if path.is_dir()):
        own = tomllib.loads((regime / "base.toml").read_text())
        for topic in sorted(regime.glob("*.toml")):
            if topic.name != "base.toml":
                yield from read_examples(topic.read_text(), base, own)


EXAMPLES = list(read_cases())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.check} {one.name}")
def test_case_comes_out_as_it_says(example: Example) -> None:
    verdict = find_verdict(example, LAW)

    assert meets(example, verdict), f"expected {example.expected}, got {verdict}"
    if verdict is not None:
        assert verdict.check.in_force(example.as_of)
        assert str(verdict.check.citations[0]) == example.cite


def test_every_check_has_at_least_three_cases() -> None:
    checks = [check.id for regime in LAW.regimes.values() for check in regime.checks]
    counts = Counter(example.check for example in EXAMPLES)

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
    assert {example.expected for example in EXAMPLES} <= EXPECTED.keys() | {"no_verdict"}
