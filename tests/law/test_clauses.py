"""Single tables of law, read into their shapes."""

from datetime import date

import pytest

from inventory.law.shapes import Citation, ValueOf
from inventory.law.vocabulary import BasisNeed, Level, Unit


def test_parameters_are_plain_lists_or_refer_to_a_value(small_law):
    check = small_law.load().regimes["utopia"].checks[0]
    assert check.parameters == {
        "age": ValueOf("child_consent_age"),
        "kinds": ("consent",),
        "months": 24,
    }


def test_a_check_is_of_the_regime_unless_it_says_country(small_law):
    first, second = small_law.load().regimes["utopia"].checks
    assert (first.level, second.level) == (Level.COUNTRY, Level.REGIME)
    assert second.parameters == {}


def test_a_citation_reads_as_it_is_printed(small_law):
    citations = small_law.load().regimes["utopia"].checks[0].citations
    assert [str(citation) for citation in citations] == ["UPA s. 6", "Order 7 art. 1"]


def test_a_quote_keeps_its_language(small_law):
    small_law.change(
        "checks/utopia.toml",
        'article = "s. 6" },',
        'article = "s. 6", url = "https://upa.example/6", read_on = 2026-01-02, '
        'quote = "Puer", quote_language = "la" },',
    )
    assert small_law.load().regimes["utopia"].checks[0].citations[0] == Citation(
        instrument="UPA",
        article="s. 6",
        url="https://upa.example/6",
        read_on=date(2026, 1, 2),
        quote="Puer",
        quote_language="la",
    )


def test_a_value_without_a_first_day_counts_from_the_regime_and_says_so(small_law):
    first, second = small_law.load().countries["ZZ"].values["child_consent_age"].entries
    assert (first.since, first.dated) == (date(2020, 1, 1), False)
    assert (second.since, second.dated) == (date(2024, 1, 1), True)


@pytest.mark.parametrize("duration", ["P10Y", "P1Y6M", "P4W", "P30D", "PT72H", "P1DT12H"])
def test_durations_are_iso_8601(small_law, duration):
    small_law.change("regimes/utopia.toml", "P10Y", duration)
    value = small_law.load().countries["ZZ"].values["retention_minimum.invoice"]
    assert (value.unit, value.entries[0].value) == (Unit.DURATION, duration)


@pytest.mark.parametrize("duration", ["P", "PT", "10Y", "P10", "p10y", "P1Y ", "PT72H1"])
def test_anything_else_is_no_duration(small_law, duration):
    small_law.change("regimes/utopia.toml", "P10Y", duration)
    assert "no ISO 8601 duration" in small_law.refuse().why


def test_a_basis_holds_while_its_regime_does_unless_dated(small_law):
    small_law.change(
        "regimes/utopia.toml",
        'kind = "consent"',
        'kind = "consent"\nvalid_from = 2021-01-01\nvalid_until = 2022-01-01',
    )
    law = small_law.load()
    basis = law.bases["utopia.consent"]
    assert basis.needs == (BasisNeed.CONSENT_RECORD,)
    assert not basis.in_force(date(2020, 12, 31))
    assert basis.in_force(date(2021, 1, 1))
    assert not basis.in_force(date(2022, 1, 1))
    assert law.mechanisms["utopia.clauses"].in_force(date(1900, 1, 1))
    assert law.next_change(date(2020, 1, 1)) == date(2021, 1, 1)
