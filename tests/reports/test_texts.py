"""The program's own words: every language says all that English says."""

import re
from enum import StrEnum

import pytest

from inventory.law.vocabulary import (
    AssessmentKind,
    Disposal,
    PartyRole,
    RetentionAuthority,
    SafeguardKind,
    SubjectCategory,
)
from inventory.reports.compose import LAYOUTS
from inventory.reports.record import Span
from inventory.reports.texts import known_language, languages, typed, wording

PLACES = re.compile(r"\{(\w+)\}")
WORDS: dict[str, type[StrEnum]] = {
    "assessment": AssessmentKind,
    "disposal": Disposal,
    "role": PartyRole,
    "retention": RetentionAuthority,
    "safeguard": SafeguardKind,
    "subject": SubjectCategory,
}
DUAL = re.compile(r"period\.\w+_two")  # a plural form that only some languages have
SAID_WHOLE = re.compile(r"period\.\w+_(one|two)")  # “שנתיים” says its number


@pytest.mark.parametrize("language", languages())
def test_each_language_has_every_key_of_english_and_no_other(language: str) -> None:
    keys = {key for key in wording(language).words if not DUAL.fullmatch(key)}
    assert keys == set(wording("en").words)


@pytest.mark.parametrize("language", languages())
def test_each_pattern_has_the_places_of_the_english_one(language: str) -> None:
    words = wording(language).words
    for key, english in wording("en").words.items():
        if not SAID_WHOLE.fullmatch(key):
            assert set(PLACES.findall(words[key])) == set(PLACES.findall(english)), key


def test_every_word_of_the_vocabulary_can_be_said() -> None:
    said = wording("en")
    missing = [f"{s}.{w}" for s, words in WORDS.items() for w in words if not said.has(f"{s}.{w}")]
    assert missing == []


def test_every_layout_has_a_title_a_law_and_a_running_head() -> None:
    for layout in LAYOUTS.values():
        assert all(wording("fr").has(f"{part}.{layout}") for part in ("title", "law", "head"))


@pytest.mark.parametrize(
    ("asked", "known"),
    [("FR", "fr"), ("pt", "pt-BR"), ("pt_br", "pt-BR"), ("he", "he"), ("xx", None), ("", None)],
)
def test_a_language_is_known_in_any_case_and_by_its_first_part(
    asked: str, known: str | None
) -> None:
    assert known_language(asked) == known


def test_what_people_typed_keeps_a_span_of_its_own_in_a_pattern() -> None:
    line = wording("fr").line("gap.basis", name=typed("{day} <b>"))
    assert line[1] == Span("{day} <b>", typed=True)
    assert line[0].text.endswith("«\u00a0")


def test_french_has_its_spaces_from_the_texts() -> None:
    bare = [k for k, v in wording("fr").words.items() if re.search(r"[^\u00a0\u202f\s][:;?!]", v)]
    assert bare == []


def test_law_without_the_language_is_told_in_english_and_says_so() -> None:
    assert wording("he").of({"en": "Consent", "fr": "Consentement"}).language == "en"
    assert wording("pt-BR").of({"en": "Name", "pt": "Nome"}) == Span("Nome")
