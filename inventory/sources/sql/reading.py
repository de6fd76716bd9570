"""A whole SQL text read into dataset drafts.

Partitions and views are no datasets of their own and count as skipped; a table or materialised
view made by a query stores data whose columns are nowhere declared, and is refused by line.
"""

import re
from collections.abc import Callable

from inventory.sources.drafts import Reading, SourceError
from inventory.sources.sql.alteration import alter_table
from inventory.sources.sql.catalog import Catalog
from inventory.sources.sql.creation import create_table, replace_table
from inventory.sources.sql.cursor import Cursor, Unread, decode, table_name_of, text_of, usual
from inventory.sources.sql.dialects import choose_dialect, words
from inventory.sources.sql.statements import Statement, split, tokenize

TEXT_LIMIT = 64_000_000

_WITHOUT_DATA = words(
    r"""ABORT ANALYZE ATTACH BEGIN CALL CHECK CHECKPOINT CLOSE CLUSTER COMMIT CONNECT COPY
    DEALLOCATE DECLARE DELETE DETACH DISCARD DO END EXEC EXECUTE EXPLAIN FETCH FLUSH
    GRANT HANDLER IF IMPORT INSERT KILL LISTEN LOAD LOCK MERGE MOVE NOTIFY OPTIMIZE PRAGMA
    PREPARE PRINT PURGE REASSIGN REFRESH REINDEX RELEASE REPAIR REPLACE RESET REVOKE ROLLBACK
    SAVEPOINT SECURITY SELECT SET SHOW START TABLE TRUNCATE UNLISTEN UNLOCK UPDATE USE VACUUM
    VALUES WITH XA ("""
)
_OBJECTS_WITHOUT_DATA = words(
    """ACCESS AGGREGATE ASSERTION CAST COLLATION CONSTRAINT CONVERSION DATABASE DEFAULT DOMAIN
    EVENT EXTENSION FUNCTION GROUP INDEX INSTANCE LANGUAGE LARGE LOGFILE LOGIN OPERATOR POLICY
    PROC PROCEDURE PUBLICATION ROLE ROUTINE RULE SCHEMA SEQUENCE SERVER STATISTICS SUBSCRIPTION
    SYNONYM SYSTEM TABLESPACE TEXT TRANSFORM TRIGGER TYPE USER VIEW WRAPPER"""
)

_NO_TEXT = re.compile(r"[\0\ud800-\udfff]")
_MENTIONS_TABLE = re.compile(r"\bCREATE\s+TABLE\b", re.IGNORECASE)
_ROUTINES = words("FUNCTION PROCEDURE PROC TRIGGER EVENT RULE")
_TABLE_WORDS = words("OR REPLACE GLOBAL LOCAL TEMP TEMPORARY UNLOGGED FOREIGN EXTERNAL")


def read_sql(text: str, dialect: str | None = None) -> Reading:
    """The tables that SQL data definitions describe. Without a dialect, the one the text shows."""
    _demand_text(text)
    spoken = choose_dialect(text, dialect)
    catalog = Catalog(spoken)
    for statement in split(text.removeprefix("\ufeff"), spoken):
        if statement.head:
            _Step(statement, catalog).take()
    return catalog.reading()


def read_sql_bytes(data: bytes, dialect: str | None = None) -> Reading:
    """Bytes as a file holds them: UTF-8, or UTF-16 where its mark says so."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise SourceError(
            f"Line {line} is not UTF-8: byte 0x{data[fault.start]:02X} stands at byte "
            f"{fault.start + 1:,}. Save the file as UTF-8 and try again."
        ) from None
    return read_sql(text, dialect)


def _demand_text(text: str) -> None:
    if len(text) > TEXT_LIMIT:
        limit = f"{TEXT_LIMIT:,}"
        raise SourceError(f"The text has {len(text):,} characters; we read up to {limit}.")
    broken = _NO_TEXT.search(text)
    if broken:
        line = text.count("\n", 0, broken.start()) + 1
        what = "a NUL character" if broken.group() == "\0" else "half a character"
        raise SourceError(f"Line {line} holds {what}, which no SQL text has.")


class _Step:
    """One statement on its way into the catalog."""

    def __init__(self, statement: Statement, catalog: Catalog) -> None:
        self.statement, self.catalog = statement, catalog
        self.head = statement.head

    def take(self) -> None:
        if self.statement.flaw:
            self._refuse(self.statement.line, self.statement.flaw)
            return
        try:
            defined = self._handler()()
        except Unread as fault:
            self._refuse(fault.line, fault.reason)
            return
        self.catalog.skipped += not defined
        self._note_table_inside()

    def _note_table_inside(self) -> None:
        """A forgotten semicolon would hide a table in the statement before it."""
        if self.head[0] in ("GRANT", "REVOKE", "COPY") or not _ROUTINES.isdisjoint(self.head):
            return
        is_table = self.head[0] == "CREATE" and "TABLE" in self.head
        if len(_MENTIONS_TABLE.findall(self.statement.text)) <= is_table:
            return
        tokens = tokenize(self.statement, self.catalog.dialect)
        for place in range(is_table, len(tokens) - 1):
            if (tokens[place].word, tokens[place + 1].word) == ("CREATE", "TABLE"):
                reason = f"This stands inside a statement that begins with {self.head[0]}"
                text = text_of(tokens[place : place + 12])
                self.catalog.refuse(tokens[place].line, text, f"{reason}; we do not read it there")

    def _refuse(self, line: int, reason: str) -> None:
        said = self.statement.text.lstrip()
        lines = self.statement.text.split("\n", self.statement.line - self.statement.first_line)
        said = lines[-1] if lines[-1].strip() else said
        self.catalog.refuse(line, said, reason)

    def _handler(self) -> Callable[[], bool]:
        handlers = {
            "CREATE": self._create,
            "ALTER": self._alter,
            "COMMENT": self._comment,
            "DROP": self._drop,
            "RENAME": self._rename,
            "SET": self._set,
            "SELECT": self._select,
        }
        verb = self.head[0]
        if verb in handlers:
            return handlers[verb]
        if verb in ("\\I", "\\IR", "\\INCLUDE", "\\INCLUDE_RELATIVE", "SOURCE", "\\."):
            raise Unread(self.statement.line, "This takes in another file, which we have not read")
        if verb in _WITHOUT_DATA or verb in self.catalog.dialect.commands or verb[:1] == "\\":
            return lambda: False
        raise Unread(self.statement.line, "We know no statement that begins so")

    def _cursor(self, skip: int) -> Cursor:
        cursor = Cursor(tokenize(self.statement, self.catalog.dialect), self.catalog.dialect)
        cursor.at = skip
        return cursor

    def _create(self) -> bool:
        kind = self._kind_of_object()
        place = self.head.index(kind)
        before = self.head[1:place]
        if kind == "TABLE":
            return self._create_table(place + 1, before)
        if kind == "VIEW":
            return self._create_view(place + 1, is_stored="MATERIALIZED" in before)
        if kind == "SCHEMA" and "TABLE" in self.head:
            raise Unread(self.statement.line, "Tables inside CREATE SCHEMA are not read")
        return False

    def _create_table(self, skip: int, before: tuple[str, ...]) -> bool:
        if "VIRTUAL" in before:
            raise Unread(self.statement.line, "The columns of a virtual table are its module's")
        if not _TABLE_WORDS.issuperset(before):
            raise Unread(self.statement.line, f"CREATE {' '.join(before)} TABLE is unknown to us")
        if "TEMP" in before or "TEMPORARY" in before:
            return self._note_other(skip)
        read = replace_table if "REPLACE" in before else create_table
        return read(self._cursor(skip), self.catalog)

    def _kind_of_object(self) -> str:
        for word in self.head[1:]:
            if word == "TABLE" or word in _OBJECTS_WITHOUT_DATA:
                return word
        raise Unread(self.statement.line, f"We do not know what {self.head[0]} makes here")

    def _create_view(self, skip: int, *, is_stored: bool) -> bool:
        self._note_other(skip)
        if is_stored:
            reason = "A materialised view stores what its query finds, and we do not read queries"
            raise Unread(self.statement.line, reason)
        return False

    def _note_other(self, skip: int) -> bool:
        cursor = self._cursor(skip)
        cursor.accept("IF NOT EXISTS")
        self.catalog.others.add(self.catalog.place_of(cursor.table_name()))
        return False

    def _alter(self) -> bool:
        words = self.head[1:3]
        if words[:1] == ("TABLE",) and words[1:] != ("ALL",):
            return alter_table(self._cursor(2), self.catalog)
        if words == ("FOREIGN", "TABLE"):
            return alter_table(self._cursor(3), self.catalog)
        return False

    def _comment(self) -> bool:
        cursor = self._cursor(1)
        if cursor.accept_any("ON TABLE", "ON FOREIGN TABLE"):
            return self._comment_table(cursor)
        if cursor.accept("ON COLUMN"):
            return self._comment_column(cursor)
        return False

    def _comment_table(self, cursor: Cursor) -> bool:
        name, line = cursor.table_name(), cursor.line
        comment = self._comment_text(cursor)
        if self.catalog.find(name) is None and self.catalog.knows_otherwise(name):
            return False
        self.catalog.demand(name, line).comment = comment
        return True

    def _comment_column(self, cursor: Cursor) -> bool:
        line, path = cursor.line, cursor.path()
        comment = self._comment_text(cursor)
        if len(path) < 2:
            raise Unread(line, "The name of a column should follow that of its table and a dot")
        name = table_name_of(path[:-1])
        if self.catalog.find(name) is None and self.catalog.knows_otherwise(name):
            return False
        self.catalog.comment_column(name, path[-1].name, comment, line=line)
        return True

    def _comment_text(self, cursor: Cursor) -> str:
        if not cursor.accept("IS"):
            raise Unread(cursor.line, "A comment should begin with IS")
        return "" if cursor.accept("NULL") else cursor.string()

    def _drop(self) -> bool:
        cursor = self._cursor(1)
        if not cursor.accept_any("TABLE", "FOREIGN TABLE"):
            return False
        cursor.accept("IF EXISTS")
        dropped = [cursor.table_name()]
        while cursor.accept(","):
            dropped.append(cursor.table_name())
        tables = [table for table in map(self.catalog.find, dropped) if table]
        for table in tables:
            self.catalog.forget(table)
        return bool(tables)

    def _rename(self) -> bool:
        cursor = self._cursor(1)
        if not cursor.accept("TABLE"):
            return False
        while True:
            line, old = cursor.line, cursor.table_name()
            if not cursor.accept("TO"):
                raise Unread(line, "RENAME TABLE should be followed by a name, TO and another name")
            self.catalog.move(self.catalog.demand(old, line), cursor.table_name(), line)
            if not cursor.accept(","):
                return True

    def _set(self) -> bool:
        """SET search_path says where names without a schema live."""
        cursor = self._cursor(1)
        cursor.accept_any("SESSION", "LOCAL")
        if cursor.accept("SEARCH_PATH") and cursor.accept_any("=", "TO"):
            self._follow(cursor)
        return False

    def _select(self) -> bool:
        """pg_dump's set_config('search_path', …) does what SET does."""
        if "SET_CONFIG" not in self.head[:4]:
            return False
        cursor = self._cursor(1)
        cursor.accept("PG_CATALOG .")
        if cursor.accept("SET_CONFIG ("):
            first = cursor.string()
            if first == "search_path" and cursor.accept(","):
                self._follow(cursor)
        return False

    def _follow(self, cursor: Cursor) -> None:
        token = cursor.rest()[0] if not cursor.done else None
        if token is None:
            return
        if token.kind == "string":
            path = decode(token.text, self.catalog.dialect).split(",")[0].strip().strip('"')
        else:
            path = cursor.name().name
        self.catalog.default_schema = "" if path in ("", "$user", "DEFAULT") else usual(path)
