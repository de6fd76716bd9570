"""Checking what people and machines hand in: every problem is named by its field, all at once.

`Problems` gathers messages while values are cleaned; `refuse` raises them as one `Invalid`.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from enum import StrEnum

from inventory.models.columns import KEY_PATTERN
from inventory.services.errors import Invalid

LONGEST_TEXT = 20_000
LONGEST_LINE = 300
LARGEST_COUNT = 20_000_000_000  # more than all people, twice
_KEY = re.compile(KEY_PATTERN)


class Problems:
    """The messages gathered so far, by dotted path: `fields.3.name`."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def add(self, path: str, message: str) -> None:
        self.found.setdefault(path, []).append(message)

    def refuse(self) -> None:
        """Raises Invalid if anything was found."""
        if self.found:
            raise Invalid(self.found)

    def text(
        self, value: object, path: str, *, most: int = LONGEST_TEXT, required: str = ""
    ) -> str:
        """Several lines of text. NUL and other control characters are refused, not dropped."""
        if not isinstance(value, str):
            self.add(path, "This must be text.")
            return ""
        value = value.replace("\r\n", "\n").strip()
        if bad := _control_character(value, allowed="\n\t"):
            self.add(path, f"The character U+{ord(bad):04X} cannot be kept. Remove it.")
        if len(value) > most:
            self.add(path, f"{len(value):,} characters; at most {most:,} can be kept.")
        if required and not value:
            self.add(path, required)
        return value

    def line(
        self, value: object, path: str, *, most: int = LONGEST_LINE, required: str = ""
    ) -> str:
        """One line: a name, which may reach headers and logs, holds no line breaks."""
        cleaned = self.text(value, path, most=most, required=required)
        if "\n" in cleaned or "\t" in cleaned:
            self.add(path, "This must be one line, without line breaks or tabs.")
        return cleaned

    def key(self, value: object, path: str) -> str:
        if isinstance(value, str) and _KEY.fullmatch(value):
            return value
        self.add(
            path,
            "A key has 1 to 200 lower-case letters, digits, dots, hyphens or underscores,"
            " and starts with a letter or digit.",
        )
        return ""

    def known(self, value: object, path: str, codes: Collection[str], *, what: str) -> str:
        """A code of the law data, or another closed list; a near miss is named."""
        if isinstance(value, str) and value in codes:
            return value
        self.add(path, f"No {what} is called “{_shown(value)}”.{_did_you_mean(value, codes)}")
        return ""

    def word(self, value: object, path: str, words: type[StrEnum], *, what: str) -> str:
        return self.known(value, path, [w.value for w in words], what=what)

    def codes(
        self, values: Iterable[object], path: str, codes: Collection[str], *, what: str
    ) -> list[str]:
        """Several codes, each once, in the order given."""
        cleaned = [
            self.known(value, f"{path}.{i}", codes, what=what) for i, value in enumerate(values)
        ]
        return list(dict.fromkeys(cleaned))

    def count(self, value: object, path: str, *, most: int = LARGEST_COUNT) -> int | None:
        """A number of persons, months or the like; None stays *not said*."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self.add(path, f"This must be a whole number from 0 to {most:,}.")
            return None
        return value

    def known_fact(self, value: object, path: str) -> bool | None:
        """Yes, no, or nobody has said."""
        if value is None or isinstance(value, bool):
            return value
        self.add(path, "This must be true, false or null.")
        return None


def _control_character(text: str, *, allowed: str) -> str | None:
    """The first character that no text needs: controls, surrogates, and overrides of direction."""
    for character in text:
        if character in allowed:
            continue
        if (
            unicodedata.category(character) in ("Cc", "Cs")
            or character in "\u202d\u202e\u2066\u2067"
        ):
            return character
    return None


def _shown(value: object) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", "�", str(value))[:80]


def _did_you_mean(value: object, codes: Collection[str]) -> str:
    near = get_close_matches(str(value)[:200], list(codes), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(near)}?" if near else ""
