"""The words that law, rules and the register share."""

from enum import StrEnum

import pytest

from inventory.law import vocabulary
from inventory.law.reading import IDENTIFIER

VOCABULARIES = [
    thing
    for thing in vars(vocabulary).values()
    if isinstance(thing, type) and issubclass(thing, StrEnum) and thing is not StrEnum
]


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_words_are_identifiers_named_like_themselves(words):
    for word in words:
        assert IDENTIFIER.fullmatch(word.value)
        assert word.name == word.value.upper()
    assert len(words) == len(words.__members__)


def test_the_worst_comes_first():
    assert [s.value for s in vocabulary.Severity] == ["blocker", "major", "minor", "advice"]
    assert next(iter(vocabulary.Status)) is vocabulary.Status.BREACH
