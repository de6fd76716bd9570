"""The program's own words on paper, a TOML file a language, and the patterns filled with facts."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from inventory.law.shapes import Texts
from inventory.reports.record import Line, Span

DIRECTORY = Path(__file__).parent / "texts"
LOCALES = {"en": "en-GB"}  # “24 November 2026”, whoever reads it
PLACE = re.compile(r"\{(\w+)\}")

type Filling = str | Span | Line


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words, by section and name."""

    language: str
    direction: str
    locale: Locale
    words: Mapping[str, str]

    def say(self, key: str, /, **values: str) -> str:
        """A pattern filled with the program's own text."""
        return PLACE.sub(lambda place: values[place[1]], self.words[key])

    def line(self, key: str, /, **values: Filling) -> Line:
        """A pattern filled with what people typed too: each keeps its own span."""
        spans: list[Span] = []
        for number, part in enumerate(PLACE.split(self.words[key])):
            if number % 2:
                spans.extend(as_line(values[part]))
            elif part:
                spans.append(Span(part))
        return tuple(spans)

    def has(self, key: str) -> bool:
        return key in self.words

    def of(self, texts: Texts) -> Span:
        """Law's text in this language; English is taken and named where there is none."""
        for language in (self.language, self.language.partition("-")[0]):
            if language in texts:
                return Span(texts[language])
        return Span(texts["en"], language="en")


def languages() -> tuple[str, ...]:
    """The languages a record can be written in."""
    return tuple(sorted(file.stem for file in DIRECTORY.glob("*.toml")))


@cache
def wording(language: str) -> Wording:
    """Raises KeyError for a language that has no file."""
    if language not in languages():
        raise KeyError(language)
    read = tomllib.loads((DIRECTORY / f"{language}.toml").read_text(encoding="utf-8"))
    locale = Locale.parse(LOCALES.get(language, language), sep="-")
    return Wording(language, locale.text_direction, locale, dict(_flat(read)))


def known_language(asked: str) -> str | None:
    """The language meant: in any case, and by its first part where only one has it."""
    tags = {tag.lower(): tag for tag in languages()}
    asked = asked.strip().replace("_", "-").lower()
    starts = [tag for low, tag in tags.items() if low.partition("-")[0] == asked]
    return tags.get(asked) or (starts[0] if len(starts) == 1 else None)


def typed(text: str, *, language: str | None = None, strong: bool = False) -> Span:
    return Span(text, typed=True, language=language, strong=strong)


def strong(text: str) -> Span:
    return Span(text, strong=True)


def as_line(value: Filling) -> Line:
    if isinstance(value, str):
        return (Span(value),)
    return (value,) if isinstance(value, Span) else value


def joined(lines: list[Line], between: str) -> Line:
    """One line of several."""
    spans: list[Span] = []
    for number, line in enumerate(lines):
        spans.extend([Span(between)] if number else [])
        spans.extend(line)
    return tuple(spans)


def _flat(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{path}.{name}" if path else name
        if isinstance(value, str):
            yield key, value
        else:
            yield from _flat(value, key)
