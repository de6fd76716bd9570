"""What there is of the law is counted, and what no case guards is named."""

from datetime import date

from inventory.law.load import load_law
from inventory.law.vocabulary import Mark
from inventory.rules.mutants import Trials
from inventory.rules.survey import list_by_mark, survey
from tests.rules.test_cases import EXAMPLES

LAW = load_law()
TODAY = date(2026, 11, 24)
SWISS = Trials(one for one in EXAMPLES if one.check.startswith("C-"))


def test_the_law_is_counted_by_regime_and_by_mark() -> None:
    found = survey(LAW, SWISS, as_of=TODAY, only="ch", with_mutants=False)

    assert list(found.checks)[:7] == ["gdpr", "lgpd", "pdp", "ppa", "uk", "ch", "house"]
    assert found.checks["gdpr"] >= 62
    assert found.values > 100
    assert sum(found.by_mark.values()) == sum(found.checks.values()) + found.values
    assert {"E-50", "E-59"} <= set(found.waiting)
    assert not {"E-26", "I-13"} & set(found.waiting)
    assert found.mutants == 0
    assert found.is_sound


def test_the_cases_of_one_regime_notice_every_fault_in_its_checks() -> None:
    found = survey(LAW, SWISS, as_of=TODAY, only="ch")

    assert found.mutants > 100
    assert not [fault for fault in found.surviving_mutants if fault.startswith("C-")]


def test_checks_without_cases_are_named_and_the_law_is_not_sound() -> None:
    some = Trials(one for one in EXAMPLES if one.check[:2] == "C-" and one.check != "C-05")

    found = survey(LAW, some, as_of=TODAY, only="ch", with_mutants=False)

    assert found.without_cases == ("C-05",)
    assert not found.is_sound


def test_faults_that_nothing_notices_are_named() -> None:
    found = survey(LAW, Trials(()), as_of=TODAY, only="ch")

    assert "C-05: large_scale = 10001" in found.surviving_mutants
    assert len(found.surviving_mutants) == found.mutants
    assert not found.is_sound


def test_everything_is_listed_under_its_mark() -> None:
    listed = {mark: list(list_by_mark(LAW, mark)) for mark in Mark}

    assert ("E-02", "GDPR Art. 6(1)") in listed[Mark.CHECKED]
    assert any(name.startswith("NO child_consent_age") for name, _ in listed[Mark.UNCERTAIN])
    assert not set(listed[Mark.CHECKED]) & set(listed[Mark.UNCERTAIN])
