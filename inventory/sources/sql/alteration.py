"""ALTER TABLE: what it does to the tables read so far, one action at a time."""

from collections.abc import Callable
from dataclasses import replace

from inventory.sources.sql.catalog import Catalog, Table
from inventory.sources.sql.columns import Column, read_column, read_type, split_type
from inventory.sources.sql.creation import adopt, is_constraint, table_comment
from inventory.sources.sql.cursor import Cursor, TableName, Unread, split_items, text_of, usual
from inventory.sources.sql.dialects import words
from inventory.sources.sql.statements import Token

# Actions that leave the columns alone, by the words they begin with.
_WITHOUT_DATA = words(
    """OWNER ENABLE DISABLE CLUSTER SET RESET FORCE NO VALIDATE REPLICA OF NOT ENGINE
    AUTO_INCREMENT DEFAULT CHARACTER CHARSET COLLATE CONVERT ROW_FORMAT ORDER ALGORITHM LOCK
    WITH WITHOUT REORGANIZE TRUNCATE OPTIMIZE ANALYZE CHECK REBUILD REPAIR COALESCE EXCHANGE
    DISCARD IMPORT OPTIONS TABLESPACE PARTITION REMOVE STATS_PERSISTENT KEY_BLOCK_SIZE MAX_ROWS
    MIN_ROWS PACK_KEYS CHECKSUM AVG_ROW_LENGTH DELAY_KEY_WRITE INSERT_METHOD UNION CONNECTION
    DATA SECONDARY_ENGINE"""
)
_NO_COLUMN_AFTER_DROP = words("CONSTRAINT PRIMARY FOREIGN CHECK PARTITION")
_NO_COLUMN_AFTER_RENAME = words("CONSTRAINT")


def alter_table(cursor: Cursor, catalog: Catalog) -> bool:
    """Reads on after ALTER TABLE. Says whether any action concerned the columns."""
    cursor.accept("IF EXISTS")
    cursor.accept("ONLY")
    line = cursor.line
    name = cursor.table_name()
    cursor.accept("*")
    changed = False
    for action in split_items(cursor.rest()):
        try:
            changed |= _Action(action, catalog, name, line).apply()
        except Unread as fault:
            catalog.refuse(fault.line, text_of(action), fault.reason, table=catalog.find(name))
            changed = True
    return changed


class _Action:
    """One action of ALTER TABLE. The table is asked for only by an action that needs it."""

    def __init__(self, tokens: list[Token], catalog: Catalog, name: TableName, line: int) -> None:
        self.tokens, self.catalog, self.name = tokens, catalog, name
        self.cursor = Cursor(tokens, catalog.dialect)
        self.line = line if not tokens else tokens[0].line

    def apply(self) -> bool:
        verbs: dict[str, Callable[[], bool]] = {
            "ADD": self._add,
            "DROP": self._drop,
            "RENAME": self._rename,
            "ALTER": self._alter,
            "MODIFY": self._modify,
            "CHANGE": self._change,
            "ATTACH": self._attach,
            "DETACH": lambda: False,
            "INHERIT": self._inherit,
            "COMMENT": self._comment,
        }
        verb = self.cursor.word()
        if self.cursor.accept("SET SCHEMA"):
            return self._set_schema()
        if verb in _WITHOUT_DATA:
            return False
        if verb not in verbs:
            raise Unread(self.line, f"ALTER TABLE … {verb or self.tokens[0].text} is unknown to us")
        self.cursor.at += 1
        if self.catalog.find(self.name) is None and self.catalog.knows_otherwise(self.name):
            return False
        return verbs[verb]()

    def _table(self) -> Table:
        return self.catalog.demand(self.name, self.line)

    def _add(self) -> bool:
        if self._adds_no_column():
            return False
        self.cursor.accept("COLUMN")
        unless_there = self.cursor.accept("IF NOT EXISTS")
        table = self._table()
        grouped = self.cursor.word() == "("
        rest = split_items(self.cursor.group()) if grouped else [self.cursor.rest()]
        for item in rest:
            self._add_column(table, item, unless_there=unless_there)
        return True

    def _adds_no_column(self) -> bool:
        return is_constraint(self.cursor.rest(), self.catalog) or self.cursor.word() == "PARTITION"

    def _add_column(self, table: Table, item: list[Token], *, unless_there: bool) -> None:
        if is_constraint(item, self.catalog):
            return
        column = read_column(item, self.catalog.dialect)
        if unless_there and self.catalog.column_key(column.name) in table.columns:
            return
        self.catalog.add_column(table, column, self.line)

    def _drop(self) -> bool:
        index_words = self.catalog.dialect.index_words
        if self.cursor.word() in _NO_COLUMN_AFTER_DROP | index_words:
            return False
        self.cursor.accept("COLUMN")
        if_there = self.cursor.accept("IF EXISTS")
        table, key = self._table(), self.catalog.column_key(self.cursor.name().name)
        if key in table.columns:
            self.catalog.drop_column(table, key)
        elif not if_there:
            raise self._no_column(table, key)
        return True

    def _rename(self) -> bool:
        if self.cursor.word() in _NO_COLUMN_AFTER_RENAME | self.catalog.dialect.index_words:
            return False
        table = self._table()
        if self.cursor.accept_any("TO", "AS"):
            target = self.cursor.table_name()
            self.catalog.move(table, target, self.line)
            # later actions of this statement speak of the table by the name it began with
            self.name = target
            return True
        self.cursor.accept("COLUMN")
        old = self.cursor.name().name
        if not self.cursor.accept("TO"):
            raise Unread(self.line, "RENAME should be followed by a name, TO and another name")
        column = self._column(table, old)
        self._put(table, old, replace(column, name=self.cursor.name().name))
        return True

    def _alter(self) -> bool:
        self.cursor.accept("COLUMN")
        if self.cursor.word(1) not in ("TYPE", "SET"):
            return False
        name = self.cursor.name().name
        self.cursor.accept("SET DATA")
        if not self.cursor.accept("TYPE"):
            return False
        table = self._table()
        tokens, _ = split_type(self.cursor.rest())
        written = read_type(tokens, self.catalog.dialect, line=self.line)
        self._put(table, name, replace(self._column(table, name), type=written))
        return True

    def _modify(self) -> bool:
        self.cursor.accept("COLUMN")
        table = self._table()
        column = read_column(self.cursor.rest(), self.catalog.dialect)
        self._column(table, column.name)
        self._put(table, column.name, column)
        return True

    def _change(self) -> bool:
        self.cursor.accept("COLUMN")
        table, old = self._table(), self.cursor.name().name
        self._column(table, old)
        self._put(table, old, read_column(self.cursor.rest(), self.catalog.dialect))
        return True

    def _attach(self) -> bool:
        """A table attached as a partition stops being a dataset of its own."""
        if not self.cursor.accept("PARTITION"):
            raise Unread(self.line, "ATTACH should be followed by PARTITION")
        self._table()
        partition = self.catalog.find(self.cursor.table_name())
        if partition:
            self.catalog.forget(partition)
            self.catalog.skipped += 1
        return False

    def _inherit(self) -> bool:
        adopt(self.cursor.table_name(), self.catalog, self._table(), line=self.line)
        return True

    def _comment(self) -> bool:
        self._table().comment = table_comment(self.tokens, self.cursor)
        return True

    def _set_schema(self) -> bool:
        table = self._table()
        schema = usual(self.cursor.name().name)
        self.catalog.move(table, TableName(schema, table.identifier), self.line)
        return True

    def _column(self, table: Table, name: str) -> Column:
        column = table.columns.get(self.catalog.column_key(name))
        if column is None:
            raise self._no_column(table, name)
        return column

    def _put(self, table: Table, old: str, column: Column) -> None:
        old_key, new_key = self.catalog.column_key(old), self.catalog.column_key(column.name)
        if new_key != old_key and new_key in table.columns:
            raise Unread(self.line, f"{table.title} has a column {column.name} already")
        self.catalog.change_column(table, old_key, column)

    def _no_column(self, table: Table, name: str) -> Unread:
        return Unread(self.line, f"{table.title} has no column {name}")
