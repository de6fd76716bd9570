"""One column definition: its name, its type as written, its comment."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from inventory.sources.drafts import shorten
from inventory.sources.sql.cursor import Cursor, Unread, outside_parentheses, text_of
from inventory.sources.sql.dialects import Dialect, words
from inventory.sources.sql.statements import Token

TYPE_LIMIT = 200  # an ENUM can list a thousand values; its beginning says enough

# What may follow the type. A clause that begins otherwise is part of the type, and then judged.
_CLAUSES = words(
    """NOT NULL DEFAULT PRIMARY UNIQUE REFERENCES CHECK CONSTRAINT COLLATE GENERATED AS ON USING
    DEFERRABLE INITIALLY STORAGE COMPRESSION OPTIONS AUTO_INCREMENT AUTOINCREMENT COMMENT
    CHARSET KEY VIRTUAL STORED COLUMN_FORMAT INVISIBLE VISIBLE SRID FIRST AFTER ENGINE_ATTRIBUTE
    BINARY SECONDARY_ENGINE_ATTRIBUTE ASCII UNICODE"""
)
_NO_TYPE_YET = words(
    "NOT NULL DEFAULT PRIMARY UNIQUE REFERENCES CHECK CONSTRAINT COLLATE GENERATED"
)
_AFTER_FLAG = _CLAUSES | words(
    "ASC DESC WITH NULLS NO ENABLE DISABLE ENFORCED VALID CHARACTER MATCH"
)
_FLAGS = (("NOT", "NULL"), ("PRIMARY", "KEY"))
_LITERALS = words("NULL TRUE FALSE CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME")

# Letters for tokens, so that a type's shape is a short text: numeric(10,2)[] is w(d,d)[].
_LETTERS = {"word": "w", "name": "n", "string": "s", "number": "d"}
_ARGUMENT = r"[-+]?[dsnw]+"
_ARGUMENTS = rf"(?:\({_ARGUMENT}(?:,{_ARGUMENT})*+\))?"
_ONE_NAME = re.compile(rf"[wn](?:\.[wn]){{0,2}}{_ARGUMENTS}(?:\[d?\])*+")
_SEVERAL_WORDS = re.compile(rf"w{{1,6}}{_ARGUMENTS}w{{0,4}}{_ARGUMENTS}(?:\[d?\])*+")
# Types of several words that databases know and sqlglot does not.
_FURTHER_TYPES = re.compile(
    r"""(?:NATIONAL\ (?:CHARACTER|CHAR|VARCHAR)(?:\ VARYING)?|BIT\ VARYING
      |INTERVAL(?:\ (?:YEAR|MONTH|DAY|HOUR|MINUTE|SECOND))?(?:\ TO\ (?:MONTH|HOUR|MINUTE|SECOND))?
      |LONG\ (?:VARCHAR|VARBINARY))
      \s?(?:\(\d+\))?(?:\s?\[\d*\])*
    | (?:TINYINT|SMALLINT|MEDIUMINT|INT|INTEGER|BIGINT|FLOAT|DOUBLE|REAL|DECIMAL|NUMERIC|DEC|FIXED)
      \s?(?:\(\d+(?:,\s?\d+)?\))?(?:\ (?:UNSIGNED|SIGNED|ZEROFILL))+""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    comment: str = ""
    is_inherited: bool = False
    position: int = 0


def read_column(tokens: list[Token], dialect: Dialect) -> Column:
    """The column these tokens define, or Unread with the reason."""
    cursor = Cursor(tokens, dialect)
    name = cursor.name().name
    type_tokens, tail = split_type(cursor.rest())
    clauses = outside_parentheses(tail)
    _demand_clauses(clauses)
    written = read_type(type_tokens, dialect, line=tokens[0].line)
    return Column(name, written, _comment_in(clauses, dialect))


def split_type(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens of the type, and those of the clauses after it."""
    if tokens and tokens[0].word in _NO_TYPE_YET:
        return [], tokens
    depth = 0
    for place, token in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if place and not depth and _begins_clause(tokens, place):
            return tokens[:place], tokens[place:]
    return tokens, []


def read_type(tokens: list[Token], dialect: Dialect, *, line: int) -> str:
    if not tokens and dialect.typeless_columns:
        return ""
    if not tokens:
        raise Unread(line, "No type is given")
    written = " ".join(text_of(tokens).split())
    if not _is_type(tokens, written, dialect):
        raise Unread(line, f"{shorten(written, 80)} is a type we cannot read")
    return written if len(written) <= TYPE_LIMIT else written[: TYPE_LIMIT - 1] + "…"


def _begins_clause(tokens: list[Token], place: int) -> bool:
    word = tokens[place].word
    if word == "CHARACTER":
        return place + 1 < len(tokens) and tokens[place + 1].word == "SET"
    return word in _CLAUSES


def _is_type(tokens: list[Token], written: str, dialect: Dialect) -> bool:
    shape = "".join(_LETTERS.get(token.kind, token.text) for token in tokens)
    if _ONE_NAME.fullmatch(shape):
        return True
    if not _SEVERAL_WORDS.fullmatch(shape) or len(written) > TYPE_LIMIT:
        return False
    if dialect.typeless_columns or _FURTHER_TYPES.fullmatch(written.upper()):
        return True
    return _sqlglot_reads(written, dialect.name)


@lru_cache(maxsize=1024)
def _sqlglot_reads(written: str, dialect: str) -> bool:
    try:
        parsed = sqlglot.parse_one(written, read=dialect, into=exp.DataType)
    except SqlglotError:
        return False
    return isinstance(parsed, exp.DataType)


def _demand_clauses(tokens: list[Token]) -> None:
    """After NOT NULL and its like another clause begins or nothing: a comma forgotten there would
    hide the next column."""
    for place, token in enumerate(tokens[:-1]):
        after = tokens[place + 1]
        is_clause = after.kind == "mark" or after.word in _AFTER_FLAG
        if is_clause or not _ends_clause(tokens, place):
            continue
        rest = shorten(text_of(tokens[place + 1 : place + 12]), 60)
        raise Unread(after.line, f"After {token.text} we cannot read “{rest}”")


def _ends_clause(tokens: list[Token], place: int) -> bool:
    token, before = tokens[place], tokens[place - 1].word if place else ""
    if before == "DEFAULT":
        return token.kind in ("number", "string") or token.word in _LITERALS
    return (before, token.word) in _FLAGS


def _comment_in(tokens: list[Token], dialect: Dialect) -> str:
    for token, following in pairwise(tokens):
        if token.word == "COMMENT" and following.kind == "string":
            return Cursor([following], dialect).string()
    return ""
