"""Is there a text at all, or only something that holds its place?"""

import re

from inventory.rules.wording.reading import Reading, Span

REPEATED = re.compile(r"(\w)\1{2,}|(\w{1,3})\2{2,}")  # xxx, hahaha
KEYBOARD = ("asdf", "qwer", "wert", "azert", "zxcv", "qwertz", "hjkl", "dfgh", "sdfg", "abcd")


def find_placeholder(reading: Reading) -> Span | None:
    """The words that only hold a place: anywhere, or where the text is little more than them."""
    if not reading.tokens:
        return Span(0, 0)
    if sure := reading.find("placeholder"):
        return sure[0]
    return _alone(reading) or _mashed(reading)


def _alone(reading: Reading) -> Span | None:
    """Words that hold a place when nothing else is said, or next to nothing."""
    found = reading.find("placeholder_alone")
    held = sum(span.last - span.first for span in found)
    if found and len(reading.tokens) - held <= (held > 1):
        return Span(found[0].first, found[-1].last)
    return None


def _mashed(reading: Reading) -> Span | None:
    """Keys struck at random, or one word over and over."""
    words = [token.word for token in reading.tokens]
    odd = [n for n, word in enumerate(words) if _is_mash(word)]
    if odd and len(odd) * 2 >= len(words):
        return Span(odd[0], odd[-1] + 1)
    if len(words) > 1 and len(set(words)) == 1:
        return reading.whole
    return None


def _is_mash(word: str) -> bool:
    if word.startswith(KEYBOARD) and len(word) < 16:
        return True
    return bool(REPEATED.fullmatch(word)) and not word[0].isdigit()
