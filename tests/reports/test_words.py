"""Days, countries, periods and provisions as a language says them."""

from datetime import date

import pytest

from inventory.law.shapes import Citation
from inventory.reports import words
from inventory.reports.texts import wording


@pytest.mark.parametrize(
    ("language", "iso", "said"),
    [
        ("en", "P1Y", "1\u00a0year"),
        ("fr", "P2Y", "2\u00a0ans"),
        ("pt-BR", "P5Y", "5\u00a0anos"),
        ("de", "P90D", "90\u00a0Tage"),
        ("es", "P1Y6M", "1\u00a0año y 6\u00a0meses"),
        ("he", "P2Y", "שנתיים"),
        ("he", "P7Y", "7 שנים"),
        ("en", "P0D", "0\u00a0days"),
        ("en", "soon", "soon"),
    ],
)
def test_a_period_is_said_in_full(language: str, iso: str, said: str) -> None:
    assert words.period(wording(language), iso) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "24 November 2026"),
        ("fr", "24 novembre 2026"),
        ("pt-BR", "24 de novembro de 2026"),
        ("he", "24 בנובמבר 2026"),
    ],
)
def test_a_day_is_said_in_full(language: str, said: str) -> None:
    assert words.day(wording(language), date(2026, 11, 24)) == said


def test_a_country_is_named_and_a_code_nobody_knows_stands() -> None:
    assert words.country(wording("de"), "FR") == "Frankreich"
    assert words.country(wording("de"), "QQ") == "QQ"


def test_a_provision_names_its_instrument_only_where_that_is_another_law() -> None:
    own = Citation(instrument="GDPR", article="Art. 30(1)(a)")
    other = Citation(instrument="Decision 2021/914", article="Art. 1")
    assert _text(words.citation(wording("fr"), own, "GDPR")) == "article 30(1)(a)"
    assert _text(words.citation(wording("en"), other, "GDPR")).startswith("Decision 2021/914, ")


def _text(line: tuple[words.Span, ...]) -> str:
    return "".join(span.text for span in line)
