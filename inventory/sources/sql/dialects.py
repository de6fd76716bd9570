"""The SQL dialects we read: what their text is made of, and which words mean what in them."""

import re
from dataclasses import dataclass
from functools import cached_property

from inventory.sources.drafts import SourceError

_STRING = r"'(?:[^']++|'')*+'"
_ESCAPED = r"'(?:[^'\\]++|''|\\.)*+'"
_LEXEMES = r"""
    (?P<space>\s++)
  | (?P<comment>{comment})
  | (?P<block>/\*)
  | (?P<string>{string})
  | (?P<name>{name})
  {dollar}
  | (?P<open>[{openers}])
  | (?P<word>[^\W\d][\w$]*+)
  | (?P<number>\d[\w.]*+)
  | (?P<mark>.)
"""


@dataclass(frozen=True)
class Dialect:
    name: str  # as sqlglot calls it
    comment: str
    string: str
    quoted: str
    openers: str  # what is a fault when it stands alone: its end is missing
    dollar_quotes: bool = False
    nested_comments: bool = False
    backslash_escapes: bool = False
    backslash_commands: bool = False
    delimiter_command: bool = False
    folds_names: bool = False
    typeless_columns: bool = False
    batch_word: str = ""  # alone on a line it ends what came before, and only it ends a routine
    index_words: frozenset[str] = frozenset()  # a table's item that begins so is no column

    @property
    def commands(self) -> frozenset[str]:
        """What speaks to the client program and not to the database."""
        return words(f"{self.batch_word} {'DELIMITER' if self.delimiter_command else ''}")

    @cached_property
    def lexemes(self) -> re.Pattern[str]:
        dollar = r"| (?P<dollar>\$(?:[^\W\d]\w*+)?\$)" if self.dollar_quotes else ""
        pattern = _LEXEMES.format(
            comment=self.comment,
            string=self.string,
            name=self.quoted,
            openers=self.openers,
            dollar=dollar,
        )
        return re.compile(pattern, re.VERBOSE | re.DOTALL)

    @cached_property
    def bulk(self) -> re.Pattern[str]:
        """Values by the thousand, taken in one go."""
        word = r"[^\W\d][\w$]*+(?!')"
        string = _ESCAPED if self.backslash_escapes else _STRING
        return re.compile(rf"(?:[\s\d(),.]++|{word}|{string})*+", re.DOTALL)


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DOUBLE = r'"(?:[^"]++|"")*+"'
_BACKTICK = r"`(?:[^`]++|``)*+`"

POSTGRES = Dialect(
    name="postgres",
    comment=r"--[^\n]*+",
    string=f"[eE]{_ESCAPED}|{_STRING}",
    quoted=_DOUBLE,
    openers="'\"",
    dollar_quotes=True,
    nested_comments=True,
    backslash_commands=True,
    folds_names=True,
)
MYSQL = Dialect(
    name="mysql",
    comment=r"--(?=\s|\Z)[^\n]*+|\#[^\n]*+",
    string=_ESCAPED + r'|"(?:[^"\\]++|""|\\.)*+"',
    quoted=_BACKTICK,
    openers="'\"`",
    backslash_escapes=True,
    delimiter_command=True,
    index_words=words("KEY INDEX FULLTEXT SPATIAL"),
)
SQLITE = Dialect(
    name="sqlite",
    comment=r"--[^\n]*+",
    string=_STRING,
    quoted=rf"{_DOUBLE}|{_BACKTICK}|\[[^\]\n]++\]",
    openers="'\"`",
    typeless_columns=True,
)
TSQL = Dialect(
    name="tsql",
    comment=r"--[^\n]*+",
    string=_STRING,
    quoted=rf"{_DOUBLE}|\[(?:[^\]\n]++|\]\])++\]",
    openers="'\"",
    nested_comments=True,
    batch_word="GO",
)
_BY_NAME = {
    "postgres": POSTGRES,
    "postgresql": POSTGRES,
    "mysql": MYSQL,
    "mariadb": MYSQL,
    "sqlite": SQLITE,
    "tsql": TSQL,
}
_TELLS_TSQL = re.compile(r"^GO[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_TELLS_SQLITE = re.compile(
    r"^[ \t]*+PRAGMA[ \t]+foreign_keys|\bAUTOINCREMENT\b|^[ \t]*+(?:CREATE|DROP) TABLE[^(;\n]*\[",
    re.IGNORECASE | re.MULTILINE,
)
_TELLS_MYSQL = re.compile(
    r"^[ \t]*+DELIMITER[ \t]+\S|\)[ \t]*+ENGINE[ \t]*+=|\bAUTO_INCREMENT\b|^-- MySQL dump"
    r"|^[ \t]*+(?:CREATE|DROP|ALTER) TABLE[^(;\n]*`",
    re.IGNORECASE | re.MULTILINE,
)


def choose_dialect(text: str, named: str | None) -> Dialect:
    """The dialect named, else the one whose own words the text uses, else PostgreSQL."""
    if named is not None:
        return _named(named)
    if _TELLS_TSQL.search(text):
        return TSQL
    if _TELLS_SQLITE.search(text):
        return SQLITE
    return MYSQL if _TELLS_MYSQL.search(text) else POSTGRES


def _named(name: str) -> Dialect:
    dialect = _BY_NAME.get(name.strip().lower())
    if dialect is None:
        known = ", ".join(sorted(_BY_NAME))
        raise SourceError(f"We do not read the SQL dialect {name[:40]!r}. We read: {known}.")
    return dialect
