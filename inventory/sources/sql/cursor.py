"""Walking along the tokens of one statement: words, names, groups in parentheses, strings."""

import re
from dataclasses import dataclass

from inventory.sources.drafts import shorten
from inventory.sources.names import fault_of
from inventory.sources.sql.dialects import Dialect
from inventory.sources.sql.statements import Token

STRING_LIMIT = 10_000
_DEPTH = {"(": 1, "[": 1, ")": -1, "]": -1}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_USUAL_SCHEMAS = frozenset({"public", "dbo", "main"})


class Unread(Exception):
    """A place in a statement that was not understood."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


@dataclass(frozen=True, slots=True)
class Identifier:
    written: str
    name: str  # as the database knows it

    @property
    def lower(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class TableName:
    schema: str | None  # None where none is written, "" for the usual one
    table: Identifier


class Cursor:
    def __init__(self, tokens: list[Token], dialect: Dialect) -> None:
        self.tokens, self.dialect, self.at = tokens, dialect, 0

    @property
    def line(self) -> int:
        if not self.tokens:
            return 1
        return self.tokens[min(self.at, len(self.tokens) - 1)].line

    @property
    def done(self) -> bool:
        return self.at >= len(self.tokens)

    def word(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place].word if place < len(self.tokens) else ""

    def accept(self, phrase: str) -> bool:
        """Steps over these words if they come next."""
        words = phrase.split()
        if any(self.word(i) != word for i, word in enumerate(words)):
            return False
        self.at += len(words)
        return True

    def accept_any(self, *phrases: str) -> bool:
        return any(self.accept(phrase) for phrase in phrases)

    def name(self) -> Identifier:
        token = self._take()
        if token.kind == "word":
            name = token.text.lower() if self.dialect.folds_names else token.text
            return self._sound(Identifier(token.text, name), token)
        if token.kind == "name" or (token.kind == "string" and token.text[0] == '"'):
            inner = unquote(token.text)
            return self._sound(Identifier(inner, inner), token)
        raise Unread(token.line, f"A name should stand where “{shorten(token.text, 40)}” stands.")

    def path(self) -> list[Identifier]:
        """Names joined by dots."""
        names = [self.name()]
        while self.accept("."):
            names.append(self.name())
        return names

    def table_name(self) -> TableName:
        return table_name_of(self.path())

    def group(self) -> list[Token]:
        """What stands between this parenthesis and its partner."""
        if self.word() != "(":
            raise Unread(self.line, "A list in parentheses should stand here.")
        depth, start = 0, self.at
        for place in range(start, len(self.tokens)):
            token = self.tokens[place]
            depth += _DEPTH.get(token.text, 0) if token.kind == "mark" else 0
            if not depth:
                self.at = place + 1
                return self.tokens[start + 1 : place]
        raise Unread(self.line, "A parenthesis opened here never closes.")

    def string(self) -> str:
        """A string, and those that follow it at once, which SQL joins."""
        parts = []
        while not self.done and self.tokens[self.at].kind == "string":
            parts.append(decode(self._take().text, self.dialect))
        if not parts:
            raise Unread(self.line, "A text in quotes should stand here.")
        text = "".join(parts)
        if len(text) > STRING_LIMIT:
            raise Unread(self.line, f"This text has over {STRING_LIMIT:,} characters")
        return text

    def rest(self) -> list[Token]:
        return self.tokens[self.at :]

    def _take(self) -> Token:
        if self.done:
            raise Unread(self.line, "The statement ends too early.")
        self.at += 1
        return self.tokens[self.at - 1]

    def _sound(self, identifier: Identifier, token: Token) -> Identifier:
        fault = fault_of(identifier.name)
        if fault:
            raise Unread(token.line, f"“{shorten(identifier.name, 40)}”: {fault}.")
        return identifier


def table_name_of(path: list[Identifier]) -> TableName:
    if len(path) == 1:
        return TableName(None, path[0])
    return TableName(usual(path[-2].name), path[-1])


def usual(schema: str) -> str:
    return "" if schema.lower() in _USUAL_SCHEMAS else schema


def split_items(tokens: list[Token]) -> list[list[Token]]:
    """A list's items: cut at the commas that stand in no parentheses."""
    items: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += _DEPTH.get(token.text, 0) if token.kind == "mark" else 0
        if token.text == "," and token.kind == "mark" and not depth:
            items.append([])
            continue
        items[-1].append(token)
    return [item for item in items if item]


def outside_parentheses(tokens: list[Token]) -> list[Token]:
    """The tokens that stand in no parentheses; of each group its two ends stay."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        step = _DEPTH.get(token.text, 0) if token.kind == "mark" else 0
        if not depth or (depth == 1 and step < 0):
            kept.append(token)
        depth = max(0, depth + step)
    return kept


def text_of(tokens: list[Token]) -> str:
    """The tokens as written, each gap one space, comments left out."""
    parts = [(" " if token.spaced and i else "") + token.text for i, token in enumerate(tokens)]
    return "".join(parts)


def unquote(text: str) -> str:
    if text[0] == "[":
        return text[1:-1]
    return text[1:-1].replace(text[0] * 2, text[0])


def decode(text: str, dialect: Dialect) -> str:
    """What a string literal says."""
    if text[0] == "$":
        tag = text[: text.index("$", 1) + 1]
        return text[len(tag) : -len(tag)]
    escaped = dialect.backslash_escapes or text[0] in "eE"
    quote = text[-1]
    inner = text[text.index(quote) + 1 : -1].replace(quote * 2, quote)
    if not escaped:
        return inner
    return _ESCAPE.sub(lambda m: _ESCAPES.get(m.group(1), m.group(1)), inner)
