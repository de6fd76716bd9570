"""What paper can show, and what it says instead."""

import pytest

from inventory.reports import glyphs
from inventory.reports.glyphs import printable


@pytest.mark.parametrize(
    "text", ["plain", "Évaluer œuvre", "«\u00a0fin\u202f»", "מידע אישי", "a\nb", "Łódź €"]
)
def test_what_the_fonts_have_stands_as_it_is(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a[U+0000]b"),
        ("gpj.\u202eexe", "gpj.[U+202E]exe"),
        ("\ud800", "[U+D800]"),
        ("\U0001f600", "[U+1F600]"),
        ("\ue000", "[U+E000]"),
        ("a\r\nb\n\n\n\n\nc", "a\nb\n\nc"),
    ],
)
def test_what_would_not_show_stands_as_its_code(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_an_endless_word_gets_places_to_break_and_loses_nothing() -> None:
    shown = printable("x" * 1000)
    assert shown.replace("\u200b", "") == "x" * 1000
    assert max(map(len, shown.split("\u200b"))) == glyphs.STEP
