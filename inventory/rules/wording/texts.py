"""A text as words: letters without case, accents, points or marks, each with its place."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

MARKS = r"\u00ad\u0300-\u036f\u0591-\u05c7\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
LETTER = rf"[^\W_][{MARKS}]*"
WORD = re.compile(
    r"§+"
    rf"|[eE][-‐‑](?=[mM]ail|MAIL)(?:{LETTER})+"  # e-mail is one word
    rf"|(?:[א-ת][{MARKS}]*)+(?:[\"״'׳][א-ת][{MARKS}]*)+(?!\w)"  # so is דוא"ל
    rf"|(?:{LETTER})+"
)
END = re.compile(r"[!?;:…\n\r\u2028\u2029]|\.(?=\s|$)")
LONGEST_WORD = 60  # what is longer is no word of any list


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text, normalised, and where it stands."""

    word: str
    start: int
    end: int
    clause: int


def tokenise(text: str, fold: Mapping[str, str] | None = None) -> tuple[Token, ...]:
    """The words of a text; a clause ends at a full stop, but not at that of an abbreviation."""
    tokens: list[Token] = []
    clause = 0
    for found in WORD.finditer(text):
        if tokens and _ends(text[tokens[-1].end : found.start()], tokens[-1].word):
            clause += 1
        word = normalise(found.group()[: 2 * LONGEST_WORD], fold)
        if word:
            tokens.append(Token(word, found.start(), found.end(), clause))
    return tuple(tokens)


def words_of(text: str | None, fold: Mapping[str, str] | None = None) -> tuple[str, ...]:
    return tuple(token.word for token in tokenise(text or "", fold))


def normalise(word: str, fold: Mapping[str, str] | None = None) -> str:
    """Casefolded letters and digits alone: "É-mail’s" is "emails"."""
    kept = _letters(word)
    for spelling, single in (fold or {}).items():
        kept = kept.replace(spelling, single)
    return kept[:LONGEST_WORD]


@lru_cache(maxsize=2_000)
def script_of(sign: str) -> str:
    """LATIN, HEBREW …; nothing for what is no letter."""
    return unicodedata.name(sign, "").partition(" ")[0] if sign.isalpha() else ""


@lru_cache(maxsize=20_000)
def _letters(word: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(sign for sign in plain if sign.isalnum() or sign == "§").replace("ı", "i")


def _ends(between: str, word: str) -> bool:
    found = END.search(between)
    if found is None:
        return False
    return found.group() != "." or (len(word) > 3 and not word[0].isdigit())
