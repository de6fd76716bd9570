"""Two versions of a text beside each other."""

import pytest

from inventory.web.wordings import MOST_WORDS, Words, compare_words


def text(words: Words, *kinds: str) -> str:
    return "".join(word["text"] for word in words if word["kind"] in kinds)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We must know which one it is.", "We must know the segment."),
        ("", "New."),
        ("Gone.", ""),
        ("a  b\n\nc", "a b\nc"),
        ("same", "same"),
    ],
)
def test_both_texts_can_be_read_whole(before: str, after: str) -> None:
    left, right = compare_words(before, after)
    assert text(left, "", "del") == before
    assert text(right, "", "ins") == after


def test_only_the_words_that_differ_are_marked() -> None:
    left, right = compare_words("their country counts", "their interests count")
    assert text(left, "del") == "countrycounts"
    assert text(right, "ins") == "interestscount"


def test_a_text_beyond_reason_is_compared_as_a_whole() -> None:
    left, right = compare_words("a " * MOST_WORDS, "b " * MOST_WORDS)
    assert len(left) == len(right) == 1
