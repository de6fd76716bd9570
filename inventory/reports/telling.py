"""What every filling of a record needs: the facts' law and day, and the document's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inventory.law.bundle import Law
from inventory.law.shapes import Citation, Regime, Texts
from inventory.law.vocabulary import Declared, Mark
from inventory.reports import words
from inventory.reports.record import Block, Bullets, Gap, Line, Paragraph, Span
from inventory.reports.texts import Filling, Wording, as_line, joined, typed

type Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """The language of a document, and the law it is made under."""

    wording: Wording
    law: Law
    regime: Regime
    as_of: date

    def day(self, on: date) -> str:
        return words.day(self.wording, on)

    def country(self, code: str) -> str:
        return words.country(self.wording, code)

    def cite(self, cited: Citation) -> Line:
        return words.citation(self.wording, cited, self.regime.short)

    def told(self, title: Texts, cited: Citation, mark: Mark) -> Line:
        """A title of the law with its provision; without it where that is uncertain."""
        own = self.wording.of(title)
        return (own,) if mark is Mark.UNCERTAIN else (own, *self.provision(cited))

    def provision(self, cited: Citation) -> Line:
        """“, Article 6(1)(b)”."""
        return (Span(", "), *self.cite(cited))

    def word(self, section: str, code: str) -> Span:
        """A word of the vocabulary; a code nobody knows stands as it is."""
        key = f"{section}.{code}"
        return Span(self.wording.say(key)) if self.wording.has(key) else typed(code)

    @property
    def between(self) -> str:
        return self.wording.say("pattern.between")

    def pair(self, label: Filling, value: Filling) -> Line:
        return self.wording.line("pattern.pair", label=label, value=value)

    def aside(self, main: Filling, asides: Iterable[Line]) -> Line:
        found = list(asides)
        if not found:
            return as_line(main)
        inner = joined(found, self.between)
        return self.wording.line("pattern.aside", main=main, aside=inner)

    def gap(self, key: str, /, **values: Filling) -> Gap:
        return Gap(self.wording.line(f"gap.{key}", **values))

    def none(self, key: str, /, **values: Filling) -> Paragraph:
        return Paragraph(self.wording.line(f"none.{key}", **values))

    def says(self, key: str, /, **values: Filling) -> Paragraph:
        return Paragraph(self.wording.line(key, **values))

    def listing(self, labels: list[str]) -> str:
        return words.listed(self.wording, labels)

    def empty(self, state: Declared, key: str) -> Blocks:
        """What stands where a collection has nothing: *none* if that was said, else a gap."""
        return (self.none(key),) if state is Declared.NONE else (self.gap(key),)


def bullets(lines: list[Line]) -> Blocks:
    """One line as a paragraph, several as a list, none as nothing."""
    if len(lines) > 1:
        return (Bullets(tuple(lines)),)
    return tuple(Paragraph(line) for line in lines)
