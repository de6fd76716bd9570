"""The tables as they stand while a schema is read, and the notes taken on the way."""

from dataclasses import dataclass, field, replace

from inventory.sources.drafts import (
    DatasetDraft,
    FieldDraft,
    Reading,
    Refusal,
    SourceError,
    shorten,
)
from inventory.sources.names import assign_keys, humanise
from inventory.sources.sql.columns import Column
from inventory.sources.sql.cursor import Identifier, TableName, Unread
from inventory.sources.sql.dialects import Dialect

COLUMN_LIMIT = 500_000

Place = tuple[str, str]


@dataclass(eq=False)
class Table:
    schema: str
    identifier: Identifier
    line: int
    comment: str = ""
    columns: dict[str, Column] = field(default_factory=dict)
    heirs: list["Table"] = field(default_factory=list)
    last_position: int = 0

    @property
    def title(self) -> str:
        return self.identifier.written

    def put(self, key: str, column: Column) -> None:
        """Sets a column; a new one comes last."""
        if key not in self.columns:
            self.last_position += 1
            column = replace(column, position=self.last_position)
        self.columns[key] = column

    def descendants(self) -> list["Table"]:
        """Those that inherit from this table, near and far."""
        found: dict[Table, None] = {}
        waiting = list(self.heirs)
        while waiting:
            table = waiting.pop()
            if table not in found and table is not self:
                found[table] = None
                waiting.extend(table.heirs)
        return list(found)


@dataclass(frozen=True)
class Note:
    line: int
    text: str
    reason: str
    table: Table | None


class Catalog:
    """Tables by schema and name. `others` are names that are known and hold no draft: views,
    temporary tables, partitions, tables that were dropped or refused."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.default_schema = ""
        self.tables: dict[Place, Table] = {}
        self.others: set[Place] = set()
        self.notes: list[Note] = []
        self.skipped = 0
        self.columns_made = 0

    def refuse(self, line: int, text: str, reason: str, *, table: Table | None = None) -> None:
        ended = reason if reason.endswith((".", "!", "?")) else f"{reason}."
        self.notes.append(Note(line, shorten(text), ended, table))

    def place_of(self, name: TableName) -> Place:
        schema = self.default_schema if name.schema is None else name.schema
        if self.dialect.folds_names:
            return schema, name.table.name
        return schema.lower(), name.table.lower

    def find(self, name: TableName) -> Table | None:
        table = self.tables.get(self.place_of(name))
        if table is None and name.schema is None:
            return self.tables.get(self.place_of(TableName("", name.table)))
        return table

    def knows_otherwise(self, name: TableName) -> bool:
        usual = self.place_of(TableName("", name.table))
        return self.place_of(name) in self.others or (name.schema is None and usual in self.others)

    def demand(self, name: TableName, line: int) -> Table:
        table = self.find(name)
        if table is None:
            raise Unread(line, f"This file does not define a table {name.table.written}")
        return table

    def add(self, name: TableName, line: int) -> Table:
        schema, _ = place = self.place_of(name)
        if place in self.tables:
            first = self.tables[place].line
            raise Unread(line, f"{name.table.written} is defined on line {first}, which is kept")
        written = schema if self.dialect.folds_names else (name.schema or self.default_schema)
        self.tables[place] = Table(written, name.table, line)
        self.others.discard(place)
        return self.tables[place]

    def forget(self, table: Table) -> None:
        """The table gets no draft, and what is said of it later is no mistake."""
        place = self.place_of(TableName(table.schema, table.identifier))
        self.tables.pop(place, None)
        self.others.add(place)

    def move(self, table: Table, name: TableName, line: int) -> None:
        schema = table.schema if name.schema is None else name.schema
        target = TableName(schema, name.table)
        if self.place_of(target) in self.tables:
            raise Unread(line, f"{name.table.written} is the name of another table")
        self.tables.pop(self.place_of(TableName(table.schema, table.identifier)))
        table.schema, table.identifier = schema, name.table
        self.tables[self.place_of(target)] = table

    def column_key(self, name: str) -> str:
        return name if self.dialect.folds_names else name.lower()

    def add_column(self, table: Table, column: Column, line: int) -> None:
        key = self.column_key(column.name)
        if key in table.columns:
            raise Unread(
                line, f"{table.title} has a column {column.name} already; that one is kept"
            )
        self.put(table, key, column)
        for heir in table.descendants():
            if key not in heir.columns:
                self.put(heir, key, inherited(column))

    def put(self, table: Table, key: str, column: Column) -> None:
        """Every column comes in here, copied ones too, and copies can be made of copies."""
        self.columns_made += 1
        if self.columns_made > COLUMN_LIMIT:
            raise SourceError(f"This schema makes over {COLUMN_LIMIT:,} columns; please split it.")
        table.put(key, column)

    def drop_column(self, table: Table, key: str) -> None:
        table.columns.pop(key, None)
        for heir in table.descendants():
            if key in heir.columns and heir.columns[key].is_inherited:
                del heir.columns[key]

    def change_column(self, table: Table, key: str, column: Column) -> None:
        """Puts a column in the place of another, perhaps under a new name."""
        new = self.column_key(column.name)
        for each in [table, *table.descendants()]:
            old = each.columns.get(key)
            if old is None or (new != key and new in each.columns):
                continue
            comment, is_own = (column.comment, True) if each is table else (old.comment, False)
            del each.columns[key]
            each.columns[new] = replace(
                column,
                comment=comment,
                position=old.position,
                is_inherited=old.is_inherited and not is_own,
            )

    def comment_column(self, name: TableName, column: str, comment: str, *, line: int) -> None:
        table, key = self.demand(name, line), self.column_key(column)
        if key not in table.columns:
            raise Unread(line, f"{table.title} has no column {column}")
        table.columns[key] = replace(table.columns[key], comment=comment)

    def reading(self) -> Reading:
        names = {table: (table.schema, table.identifier.name) for table in self.tables.values()}
        keys = assign_keys(names.values())
        key_of = {table: keys[name] for table, name in names.items()}
        refused = tuple(
            Refusal(n.line, n.text, n.reason, key_of.get(n.table) if n.table else None)
            for n in sorted(self.notes, key=lambda note: note.line)
        )
        drafts = tuple(_draft(table, key) for table, key in key_of.items())
        return Reading(drafts, self.skipped, refused)


def inherited(column: Column) -> Column:
    """As an heir has it; a comment stays with the parent, as in PostgreSQL."""
    return replace(column, comment="", is_inherited=True)


def _draft(table: Table, key: str) -> DatasetDraft:
    columns = sorted(table.columns.values(), key=lambda column: column.position)
    fields = tuple(FieldDraft(c.name, c.type, c.comment) for c in columns)
    return DatasetDraft(key, humanise(table.identifier.written), table.comment, fields)
