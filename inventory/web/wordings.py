"""Two versions of a text beside each other: what was taken out of one and put into the other."""

import re
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 4_000  # beyond this the comparison is by the whole, not by the word

type Words = list[dict[str, str]]


def compare_words(before: str, after: str) -> tuple[Words, Words]:
    """The old text with what went struck, and the new one with what came underlined."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return _whole(before, "del"), _whole(after, "ins")
    left: Words = []
    right: Words = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        left += _piece("" if kind == "equal" else "del", old[a:b])
        right += _piece("" if kind == "equal" else "ins", new[c:d])
    return left, right


def plain(text: str) -> Words:
    return _whole(text, "")


def _whole(text: str, kind: str) -> Words:
    return [{"kind": kind, "text": text}] if text else []


def _piece(kind: str, words: list[str]) -> Words:
    return _whole("".join(words), kind)
