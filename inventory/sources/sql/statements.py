"""SQL text cut into statements, and a statement into tokens, each knowing its line.

Both are single passes over one lexer, so their time grows with the text and not faster.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inventory.sources.sql.dialects import Dialect, words

HEAD = 24  # so many tokens tell what a statement is
INDENT = 200  # a batch word stands within so many characters of its line's beginning
_BLANK = frozenset({"space", "comment"})
_COMMENT_EDGE = re.compile(r"/\*|\*/")
_FROM_STDIN = re.compile(r"\bFROM\s+STDIN\b", re.IGNORECASE)
_DATA_END = re.compile(r"^\\\.[ \t\r]*$\n?", re.MULTILINE)
_BLANK_REST = re.compile(r"[ \t\r]*+(?:\n|\Z)")
_LINE_REST = re.compile(r"[^\n]*\n?")
_ROUTINES = words("FUNCTION PROCEDURE PROC TRIGGER")
_OPENERS = {
    "'": "A string",
    '"': "A quoted name",
    "`": "A quoted name",
    "/": "A comment",
    "$": "A dollar-quoted text",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of the text with all that stood before it; `head` is empty where nothing is said."""

    text: str
    first_line: int  # of the piece, comments included
    line: int  # of its first word
    head: tuple[str, ...] = ()
    flaw: str = ""  # why the piece has no end; empty when it has


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # word, name, string, number, mark
    text: str
    line: int
    spaced: bool  # a gap stands before it

    @property
    def word(self) -> str:
        """The word in capitals; empty for anything quoted."""
        return self.text.upper() if self.kind in ("word", "mark", "number") else ""


def split(text: str, dialect: Dialect) -> Iterator[Statement]:
    """The statements of a text; their texts, joined, are the text."""
    start, line, delimiter = 0, 1, ";"
    while start < len(text):
        statement = _Cut(text, start, line, delimiter, dialect).read()
        if statement.head[:1] == ("DELIMITER",) and dialect.delimiter_command:
            delimiter = _new_delimiter(statement.text)
        yield statement
        start += len(statement.text)
        line += statement.text.count("\n")


def tokenize(statement: Statement, dialect: Dialect) -> list[Token]:
    """The tokens that say something, without the semicolon at the end."""
    tokens: list[Token] = []
    text, position, line, spaced = statement.text, 0, statement.first_line, False
    while position < len(text):
        kind, end = _next_lexeme(text, position, dialect)
        lexeme = text[position:end]
        if kind not in _BLANK:
            tokens.append(Token(kind, lexeme, line, spaced))
        spaced = kind in _BLANK
        line += lexeme.count("\n")
        position = end
    while tokens and tokens[-1].text == ";":
        tokens.pop()
    return tokens


class _Cut:
    """One statement on its way out of the text."""

    def __init__(self, text: str, start: int, line: int, delimiter: str, dialect: Dialect) -> None:
        self.text, self.start, self.line = text, start, line
        self.delimiter, self.dialect = delimiter, dialect
        self.head: list[str] = []
        self.first = start
        self.depth = 0  # of BEGIN … END in the body of a routine

    def read(self) -> Statement:
        position = self.start
        while position < len(self.text):
            kind, end = _next_lexeme(self.text, position, self.dialect)
            closing = self._delimiter_in(kind, position, end)
            if closing >= 0:
                if closing > position:
                    self._take(kind, position, closing)
                return self._end(closing + len(self.delimiter))
            if kind == "open":
                return self._give_up(position)
            if kind not in _BLANK:
                if self._is_line_command(position, end):
                    return self._end(_end_of_line(self.text, position))
                self._take(kind, position, end)
            position = self._skim(end)
        return self._end(position, is_last=True)

    def _delimiter_in(self, kind: str, position: int, end: int) -> int:
        """Where in this lexeme the statement ends; -1 when it goes on. END$$ is one word to SQL."""
        if self.depth or self._waits_for_batch():
            return -1
        if self.text.startswith(self.delimiter, position):
            return position
        return self.text.find(self.delimiter, position, end) if kind == "word" else -1

    def _skim(self, position: int) -> int:
        """Past the values of a long INSERT, where nothing can end."""
        long = len(self.head) == HEAD and self.delimiter == ";" and not self.dialect.batch_word
        if not long or self._is_routine():
            return position
        match = self.dialect.bulk.match(self.text, position)
        return match.end() if match else position

    def _take(self, kind: str, position: int, end: int) -> None:
        if not self.head:
            self.first = position
        word = self.text[position:end].upper() if kind != "string" else ""
        if len(self.head) < HEAD:
            self.head.append(word[:64])
        if kind == "word" and self._is_routine():
            self.depth = max(0, self.depth + self._step(word))

    def _is_routine(self) -> bool:
        """Bodies can hold semicolons; where the delimiter was changed they end by it anyhow."""
        if self.delimiter != ";" or not self.head or self.head[0] != "CREATE":
            return False
        return not _ROUTINES.isdisjoint(self.head)

    def _waits_for_batch(self) -> bool:
        return bool(self.dialect.batch_word) and self._is_routine()

    def _step(self, word: str) -> int:
        if word == "BEGIN" or (word == "CASE" and self.depth):
            return 1
        return -1 if word == "END" else 0

    def _is_line_command(self, position: int, end: int) -> bool:
        lexeme = self.text[position:end]
        if self.dialect.backslash_commands and lexeme == "\\":
            started = not self.head
            if started:
                self._take("mark", position, _end_of_line(self.text, position))
                self.head[0] = self.text[position : position + 20].split()[0].upper()
            return started or self.text.startswith("\\g", position)
        if lexeme.upper() == self.dialect.batch_word:
            return self._stands_alone(position, end)
        if self.head or not self.dialect.delimiter_command or lexeme.upper() != "DELIMITER":
            return False
        self._take("word", position, end)
        return True

    def _stands_alone(self, position: int, end: int) -> bool:
        before = self.text[max(0, position - INDENT) : position].rpartition("\n")
        begins_line = bool(before[1] or position < INDENT) and not before[2].strip()
        is_alone = begins_line and bool(_BLANK_REST.match(self.text, end))
        if is_alone and self.head:
            self.depth = 0
        elif is_alone:
            self._take("word", position, end)
        return is_alone

    def _end(self, end: int, *, is_last: bool = False) -> Statement:
        if self.depth and not self.dialect.batch_word:
            return self._statement(end, "A body that BEGIN opens never ends.")
        if is_last and self.head and self.delimiter != ";":
            return self._statement(end, f"The delimiter {self.delimiter[:20]} never comes.")
        if self.head[:1] == ["COPY"] and _FROM_STDIN.search(self.text, self.first, end):
            return self._end_after_data(end)
        return self._statement(end, "")

    def _end_after_data(self, end: int) -> Statement:
        closing = _DATA_END.search(self.text, _end_of_line(self.text, end))
        if closing is None:
            return self._statement(len(self.text), "The data of COPY never end; “\\.” is missing.")
        return self._statement(closing.end(), "")

    def _give_up(self, position: int) -> Statement:
        """What is opened here never closes, so all that follows belongs to it."""
        if not self.head:
            self._take("mark", position, position + 1)
        opener = _OPENERS[self.text[position]]
        line = self._line_of(position)
        return self._statement(len(self.text), f"{opener} opened on line {line} never closes.")

    def _statement(self, end: int, flaw: str) -> Statement:
        text = self.text[self.start : end]
        head = tuple(self.head)
        return Statement(text, self.line, self._line_of(self.first), head, flaw)

    def _line_of(self, position: int) -> int:
        return self.line + self.text.count("\n", self.start, position)


def _next_lexeme(text: str, position: int, dialect: Dialect) -> tuple[str, int]:
    match = dialect.lexemes.match(text, position)
    if match is None:  # never: the last alternative takes any character
        return "mark", position + 1
    kind = match.lastgroup or "mark"
    if kind == "block":
        end = _end_of_comment(text, match.end(), nested=dialect.nested_comments)
        return ("comment", end) if end else ("open", len(text))
    if kind == "dollar":
        tag = match.group()
        end = text.find(tag, match.end())
        return ("string", end + len(tag)) if end >= 0 else ("open", len(text))
    return kind, match.end()


def _end_of_comment(text: str, position: int, *, nested: bool) -> int:
    """Where the comment closes; 0 when it does not."""
    depth = 1
    for edge in _COMMENT_EDGE.finditer(text, position):
        if edge.group() == "*/":
            depth -= 1
        elif nested:
            depth += 1
        if not depth:
            return edge.end()
    return 0


def _end_of_line(text: str, position: int) -> int:
    match = _LINE_REST.match(text, position)
    return match.end() if match else position


def _new_delimiter(text: str) -> str:
    words = text.split()
    place = next((i for i, word in enumerate(words) if word.upper() == "DELIMITER"), -1)
    return words[place + 1] if 0 <= place < len(words) - 1 else ";"
