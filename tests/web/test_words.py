"""No raw code on a screen: every word of the vocabularies that people read has words."""

from enum import StrEnum

import pytest

from inventory.law.taxonomies import WorldLevel
from inventory.law.vocabulary import (
    DatasetKind,
    Identifiability,
    LineageKind,
    PartyRole,
    Protection,
    Rounding,
    SubjectCategory,
    SystemKind,
)
from inventory.web import words

KINDS = [DatasetKind, Identifiability, LineageKind, PartyRole, Protection, Rounding,
         SubjectCategory, SystemKind, WorldLevel]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_code_has_a_word(kind: type[StrEnum]) -> None:
    for code, word in words.choices(kind):
        assert word
        assert "_" not in word
        assert word != code or " " not in code


def test_the_same_code_of_two_kinds_has_two_words() -> None:
    assert words.said(Identifiability, "none") == "No person"
    assert words.said(Rounding, "none") != "No person"


def test_nothing_said_is_an_empty_word() -> None:
    assert words.said(DatasetKind, None) == ""
    assert words.level(None) == "not known"


@pytest.mark.parametrize(("n", "said"), [(0, "No"), (6, "Six"), (12, "Twelve"), (1300, "1,300")])
def test_small_numbers_are_written_out(n: int, said: str) -> None:
    assert words.in_numbers(n) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [("email, users", "E-mail address, Users"), ("not said", "not said"), ("P2Y", "P2Y")],
)
def test_the_codes_among_facts_become_words(value: str, said: str) -> None:
    assert words.fact_value(value) == said


def test_a_mechanism_is_called_by_its_name() -> None:
    assert "." not in words.fact_value("il.transfer.2.8.ii")[:10]
