"""The values of a record on paper: plain text in the document's language, gaps told apart.

They know neither rows nor HTML; whoever lays them out decides how a gap looks.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `typed` is what people wrote: it keeps its own direction and language."""

    text: str
    typed: bool = False
    language: str | None = None  # where it is known and not the document's
    strong: bool = False
    kept: bool = False  # a provision: on one line, and never mirrored

    @property
    def direction(self) -> str:
        """That of its first letter; a text without letters runs from left to right."""
        strong = (unicodedata.bidirectional(char) for char in self.text)
        first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
        return "ltr" if first == "L" or self.kept else "rtl"


type Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the law asks for and the register does not say."""

    line: Line
    missing = True  # what a layout asks of a block


type Cell = tuple[Paragraph | Gap, ...]


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


type Block = Paragraph | Bullets | Gap | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a law demands of a record, under the law's own heading, and what fills it."""

    code: str
    heading: Line
    citation: Line
    blocks: tuple[Block, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(_gaps(self.blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An activity: one entry of the record."""

    number: int
    key: str
    title: Line
    about: Line
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """What stands at the foot of each page."""

    register: str
    law: str
    number: str
    page: str  # with {page} and {pages}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    layout: str
    language: str
    direction: str
    title: str
    law: str
    head: str
    entity: Line
    introduction: tuple[Line, ...]
    front: tuple[Item, ...]
    contents: str
    original: str  # says that a text stands in another language: “fr · original”
    sections: tuple[Section, ...]
    foot: Foot
    as_of: date

    @property
    def gaps(self) -> tuple[tuple[str | None, Item, Gap], ...]:
        """Every gap, with its item and the key of its activity (None: of the entity)."""
        entity = [(None, item, gap) for item in self.front for gap in item.gaps]
        rest = [(s.key, item, gap) for s in self.sections for item in s.items for gap in item.gaps]
        return (*entity, *rest)


def _gaps(blocks: tuple[Block, ...]) -> Iterator[Gap]:
    for block in blocks:
        if isinstance(block, Gap):
            yield block
        if isinstance(block, Table):
            yield from (p for row in block.rows for cell in row for p in cell if isinstance(p, Gap))
