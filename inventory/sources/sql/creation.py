"""CREATE TABLE in all its forms, read column by column so that one fault costs one column."""

from collections.abc import Callable

from inventory.sources.sql.catalog import Catalog, Table, inherited
from inventory.sources.sql.columns import Column, read_column
from inventory.sources.sql.cursor import (
    Cursor,
    TableName,
    Unread,
    outside_parentheses,
    split_items,
    text_of,
)
from inventory.sources.sql.dialects import words
from inventory.sources.sql.statements import Token

_ALWAYS_CONSTRAINTS = words("CONSTRAINT PRIMARY UNIQUE FOREIGN CHECK")


def create_table(cursor: Cursor, catalog: Catalog) -> bool:
    """Reads on after CREATE … TABLE. Says whether the statement defined anything."""
    unless_there = cursor.accept("IF NOT EXISTS")
    line = cursor.line
    name = cursor.table_name()
    if unless_there and catalog.find(name):
        return False
    reader = _form_of(cursor)
    table = catalog.add(name, line)
    try:
        return reader(cursor, catalog, table)
    except Unread:
        catalog.forget(table)
        raise


def replace_table(cursor: Cursor, catalog: Catalog) -> bool:
    """CREATE OR REPLACE TABLE: the later one counts."""
    name = Cursor(cursor.rest(), cursor.dialect).table_name()
    old = catalog.find(name)
    if old:
        catalog.forget(old)
    return create_table(cursor, catalog)


def _form_of(cursor: Cursor) -> Callable[[Cursor, Catalog, Table], bool]:
    if cursor.word() == "PARTITION":
        return _read_partition
    if cursor.word() == "LIKE" or (cursor.word() == "(" and cursor.word(1) == "LIKE"):
        return _read_columns if cursor.word() == "(" else _read_twin
    if cursor.word() == "(":
        return _read_columns
    return _refuse_form


def _refuse_form(cursor: Cursor, catalog: Catalog, table: Table) -> bool:
    if cursor.word() in ("AS", "SELECT", "WITH"):
        raise _from_query(cursor.line, table)
    if cursor.word() == "OF":
        raise Unread(cursor.line, f"The columns of {table.title} are those of a type, unread here")
    raise Unread(cursor.line, f"The columns of {table.title} should stand here in parentheses")


def _from_query(line: int, table: Table) -> Unread:
    return Unread(line, f"The columns of {table.title} come from a query, which we do not read")


def _read_partition(cursor: Cursor, catalog: Catalog, table: Table) -> bool:
    """A partition has its parent's columns and is no dataset of its own."""
    cursor.accept("PARTITION OF")
    line = cursor.line
    parent = cursor.table_name()
    if not catalog.knows_otherwise(parent):
        catalog.demand(parent, line)
    catalog.forget(table)
    return False


def _read_twin(cursor: Cursor, catalog: Catalog, table: Table) -> bool:
    cursor.accept("LIKE")
    _copy_columns(cursor, catalog, table)
    return True


def _read_columns(cursor: Cursor, catalog: Catalog, table: Table) -> bool:
    items = split_items(cursor.group())
    tail = outside_parentheses(cursor.rest())
    for token in tail:
        if token.word in ("AS", "SELECT"):
            raise _from_query(token.line, table)
    _inherit(Cursor(cursor.rest(), cursor.dialect), catalog, table)
    faults = []
    for item in items:
        try:
            _read_item(item, catalog, table)
        except (Unread, RecursionError) as fault:
            faults.append((item, fault))
    _note_faults(faults, catalog, table)
    table.comment = table_comment(tail, cursor) or table.comment
    return True


def _read_item(item: list[Token], catalog: Catalog, table: Table) -> None:
    if is_constraint(item, catalog):
        return
    cursor = Cursor(item, catalog.dialect)
    if cursor.accept("LIKE"):
        _copy_columns(cursor, catalog, table)
        return
    column = read_column(item, catalog.dialect)
    held = table.columns.get(catalog.column_key(column.name))
    if held and held.is_inherited:
        catalog.change_column(table, catalog.column_key(column.name), column)
        return
    catalog.add_column(table, column, item[0].line)


def is_constraint(item: list[Token], catalog: Catalog) -> bool:
    """Whether an item of a table says something about its columns instead of naming one."""
    cursor = Cursor(item, catalog.dialect)
    first, second = cursor.word(), cursor.word(1)
    if first in _ALWAYS_CONSTRAINTS or first in catalog.dialect.index_words:
        return True
    return (first == "EXCLUDE" and second in ("USING", "(")) or (
        first == "PERIOD" and second == "FOR"
    )


def _copy_columns(cursor: Cursor, catalog: Catalog, table: Table) -> None:
    line = cursor.line
    source = cursor.table_name()
    keeps_comments = not catalog.dialect.folds_names
    while cursor.accept_any("INCLUDING", "EXCLUDING"):
        including = cursor.word(-1) == "INCLUDING"
        if cursor.accept_any("ALL", "COMMENTS"):
            keeps_comments = including
        elif not cursor.done:
            cursor.at += 1
    for column in catalog.demand(source, line).columns.values():
        comment = column.comment if keeps_comments else ""
        catalog.add_column(table, Column(column.name, column.type, comment), line)


def _inherit(cursor: Cursor, catalog: Catalog, table: Table) -> None:
    if not cursor.accept("INHERITS"):
        return
    for path in split_items(cursor.group()):
        parent = Cursor(path, catalog.dialect).table_name()
        adopt(parent, catalog, table, line=path[0].line)


def adopt(name: TableName, catalog: Catalog, table: Table, *, line: int) -> None:
    """Takes over a parent's columns; an unknown parent is noted and leaves the rest ready."""
    parent = catalog.find(name)
    if parent is None or parent is table or parent in table.descendants():
        reason = f"{table.title} inherits columns from {name.table.written}, not defined here"
        catalog.refuse(line, name.table.written, reason, table=table)
        return
    parent.heirs.append(table)
    for key, column in parent.columns.items():
        if key not in table.columns:
            catalog.put(table, key, inherited(column))


def _note_faults(
    faults: list[tuple[list[Token], Unread | RecursionError]], catalog: Catalog, table: Table
) -> None:
    if faults and not table.columns:
        catalog.forget(table)
    for item, fault in faults:
        reason = fault.reason if isinstance(fault, Unread) else "This is nested too deeply"
        line = fault.line if isinstance(fault, Unread) else item[0].line
        catalog.refuse(line, text_of(item), f"{reason}. {_what_is_left(table)}", table=table)


def _what_is_left(table: Table) -> str:
    count = len(table.columns)
    if not count:
        return f"No column of {table.title} could be read."
    plural = "column of {} is" if count == 1 else "columns of {} are"
    return f"The other {count} {plural.format(table.title)} ready."


def table_comment(tail: list[Token], cursor: Cursor) -> str:
    """MySQL's COMMENT='…' after the columns."""
    for place, token in enumerate(tail):
        if token.word == "COMMENT":
            after = Cursor(tail[place + 1 :], cursor.dialect)
            after.accept("=")
            return after.string()
    return ""
