"""What is not law yet, or began lately: bills, drafts, cases, acts that begin on a day to come."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from inventory.law.clauses import read_citation
from inventory.law.reading import Table, open_table
from inventory.law.shapes import Citation, Texts
from inventory.law.vocabulary import Mark


class PendingStatus(StrEnum):
    """How far a change of law has come."""

    BILL = "bill"
    DRAFT = "draft"  # of an authority, or a promise between states
    CASE = "case"  # before a court
    ENACTED = "enacted"  # it begins on a day, which may not be known


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A change of law that has not begun, or began lately; it decides no verdict by itself."""

    id: str
    jurisdiction: str  # a regime's code or a country's
    title: Texts
    status: PendingStatus
    begins: date | None  # None: no day is known
    changes: str  # what it would change, in English
    values: tuple[str, ...]  # ids of the dated values, or families of them, that it touches
    citation: Citation
    mark: Mark
    note: str | None = None

    def is_open(self, on: date) -> bool:
        """Has it not begun yet? Only what is enacted begins."""
        enacted = self.status is PendingStatus.ENACTED
        return not enacted or self.begins is None or on < self.begins


def read_pending(
    file: Path, *, root: Path, jurisdictions: Container[str], values: Container[str]
) -> tuple[Pending, ...]:
    """In the order of the file; none where a law has no such file."""
    if not file.exists():
        return ()
    top = open_table(file, root=root)
    found: dict[str, Pending] = {}
    with top.strict():
        for table in top.tables("pending"):
            one = _read_pending(table, jurisdictions=jurisdictions, values=values)
            if one.id in found:
                raise table.refuse(f"{one.id!r} comes twice", "id")
            found[one.id] = one
    return tuple(found.values())


def _read_pending(
    table: Table, *, jurisdictions: Container[str], values: Container[str]
) -> Pending:
    with table.strict():
        jurisdiction = table.code("jurisdiction")
        if jurisdiction not in jurisdictions:
            raise table.refuse(f"no regime or country {jurisdiction!r}", "jurisdiction")
        status = table.word("status", PendingStatus)
        if "begins" in table and status is not PendingStatus.ENACTED:
            raise table.refuse("only what is enacted begins on a day", "begins")
        touched = table.strings("values") if "values" in table else ()
        for value in touched:
            if value not in values:
                raise table.refuse(f"values.toml defines no {value!r}", "values")
        return Pending(
            id=table.identifier("id"),
            jurisdiction=jurisdiction,
            title=table.texts("title"),
            status=status,
            begins=table.maybe("begins", Table.day),
            changes=table.text("changes"),
            values=touched,
            citation=read_citation(table.table("cite")),
            mark=table.word("mark", Mark),
            note=table.maybe("note", Table.text),
        )
