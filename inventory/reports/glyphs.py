"""Which characters paper can show. What no font has, or nobody could see, stands as its code."""

import re
import subprocess
import unicodedata
from bisect import bisect_right
from functools import cache

FAMILY = "Noto Sans"
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, formats, surrogates, private, unassigned
KEPT = {"\n", "\t", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f"}
BLANK = re.compile(r"\n\s*\n")
ENDLESS = re.compile(r"\S{160,}")  # no word is so long: it would take minutes to set
STEP = 40  # characters of it that stay together


class NoFont(Exception):
    """The family that records are set in is not installed."""


def printable(text: str) -> str:
    """The text with each character that would not show replaced by its code, as “[U+202E]”."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = "".join(char if _shows(char) else f"[U+{ord(char):04X}]" for char in text)
    return ENDLESS.sub(_breakable, BLANK.sub("\n\n", text))


def _breakable(word: re.Match[str]) -> str:
    return "\u200b".join(word[0][at : at + STEP] for at in range(0, len(word[0]), STEP))


def _shows(char: str) -> bool:
    if char in KEPT:
        return True
    return unicodedata.category(char) not in UNSEEN and _is_drawn(ord(char))


@cache
def _is_drawn(code: int) -> bool:
    starts, ends = _coverage()
    place = bisect_right(starts, code) - 1
    return place >= 0 and code <= ends[place]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """The code points that the installed fonts of the family draw, as sorted ranges."""
    pattern = ":outline=true:color=false"
    found = subprocess.run(
        ["fc-list", pattern, "--format", "%{family}\t%{charset}\n"],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    lines = [line.partition("\t") for line in found.splitlines()]
    sets = [charset for family, _, charset in lines if family.startswith(FAMILY)]
    if not any(family == FAMILY for family, _, _ in lines):
        raise NoFont(f"The font {FAMILY} is not installed (Debian: fonts-noto-core).")
    ranges = sorted({_range(part) for charset in sets for part in charset.split()})
    return _merged(ranges)


def _range(part: str) -> tuple[int, int]:
    first, _, last = part.partition("-")
    return int(first, 16), int(last or first, 16)


def _merged(ranges: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for first, last in ranges:
        if ends and first <= ends[-1] + 1:
            ends[-1] = max(ends[-1], last)
        else:
            starts.append(first)
            ends.append(last)
    return starts, ends
