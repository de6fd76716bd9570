"""Where in a TOML text each table and key stands, which the standard library's reader forgets."""

import re

type Path = tuple[str | int, ...]

_KEY = r"(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)"
_DOTTED = rf"\s*{_KEY}(?:\s*\.\s*{_KEY})*\s*"
_HEADER = re.compile(rf"(?P<open>\[\[?)(?P<keys>{_DOTTED})\]")
_ASSIGNMENT = re.compile(rf"(?P<keys>{_DOTTED})=")
_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*|[\[\]{}]')
_CLOSING = {'"""': re.compile(r'(?:\\.|[^\\])*?"""'), "'''": re.compile(r".*?'''")}


def locate(text: str) -> dict[Path, int]:
    """The line of every table header, of every key outside inline values, of listed tables."""
    scan = _Scan()
    for number, line in enumerate(text.splitlines(), start=1):
        scan.read(line, number)
    return scan.found


class _Scan:
    def __init__(self) -> None:
        self.found: dict[Path, int] = {(): 1}
        self._table: Path = ()
        self._last: dict[Path, int] = {}  # the newest index of each array of tables
        self._depth = 0
        self._quote: str | None = None
        self._number = 0
        self._value: Path = ()
        self._listed = 0

    def read(self, line: str, number: int) -> None:
        self._number = number
        if self._depth == 0 and self._quote is None:
            self._note(line.strip(), number)
        self._balance(line)

    def _note(self, line: str, number: int) -> None:
        if header := _HEADER.match(line):
            self._enter(_split(header["keys"]), in_array=header["open"] == "[[")
            self.found[self._table] = number
        elif assignment := _ASSIGNMENT.match(line):
            self._assign(_split(assignment["keys"]), number)

    def _balance(self, line: str) -> None:
        """Follow brackets and many-line strings, so that the next statement is known by sight."""
        position = 0
        while position < len(line):
            match = (_CLOSING[self._quote] if self._quote else _TOKEN).search(line, position)
            if match is None:
                return
            position = match.end()
            self._follow(match.group())

    def _follow(self, piece: str) -> None:
        if self._quote:
            self._quote = None
        elif piece in _CLOSING:
            self._quote = piece
        elif piece in "[{":
            self._depth += 1
            if piece == "{" and self._depth == 2:  # a table in a list, each perhaps on its line
                self.found[*self._value, self._listed] = self._number
                self._listed += 1
        elif piece in "]}":
            self._depth -= 1

    def _enter(self, keys: list[str], *, in_array: bool) -> None:
        path: Path = ()
        for key in keys[:-1]:
            path = self._newest((*path, key))
            self.found.setdefault(path, self._number)  # [a.b] alone makes a table of [a] too
        path = (*path, keys[-1])
        if in_array:
            self._last[path] = self._last.get(path, -1) + 1
        self._table = self._newest(path)

    def _newest(self, path: Path) -> Path:
        return (*path, self._last[path]) if path in self._last else path

    def _assign(self, keys: list[str], number: int) -> None:
        for length in range(1, len(keys) + 1):
            self.found.setdefault((*self._table, *keys[:length]), number)
        self._value, self._listed = (*self._table, *keys), 0


def _split(dotted: str) -> list[str]:
    return [key.strip("\"'") for key in re.findall(_KEY, dotted)]
