"""Strict reading of one TOML file: each key is asked for by type, and what nobody asks for is
refused with its line."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from inventory.law.lines import Path as KeyPath
from inventory.law.lines import locate
from inventory.law.refusals import LawError

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Source:
    """A law file as its errors call it; where things stand in it is worked out when asked."""

    name: str
    text: str

    @cached_property
    def lines(self) -> Mapping[KeyPath, int]:
        return locate(self.text)

    def line(self, path: KeyPath) -> int:
        """The line of a path, or of the nearest thing that holds it."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]


def open_table(file: Path, *, root: Path) -> "Table":
    """The top of a law file, ready to be read."""
    name = file.relative_to(root).as_posix()
    try:
        text = file.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise LawError(name, 1, f"not UTF-8 text: {error.reason}") from error
    except tomllib.TOMLDecodeError as error:
        raise LawError(name, _error_line(str(error), text), str(error)) from error
    return Table(Source(name, text), data, ())


class Table:
    """A table of a law file. Read it inside `with table.strict():`, which refuses what is left."""

    def __init__(self, source: Source, data: Mapping[str, Any], path: KeyPath) -> None:
        self._source = source
        self._data = data
        self._path = path
        self._asked: set[str] = set()

    @contextmanager
    def strict(self) -> Iterator["Table"]:
        yield self
        for key in self._data:
            if key not in self._asked:
                raise self.refuse(f"unknown key {key!r}{_nearest(key, self._asked)}", key)

    def refuse(self, why: str, key: str | int | None = None) -> LawError:
        path = self._path if key is None else (*self._path, key)
        return LawError(self._source.name, self._source.line(path), why)

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def maybe[T](self, key: str, read: Callable[["Table", str], T]) -> T | None:
        """What `read` makes of a key that may be missing."""
        self._asked.add(key)
        return read(self, key) if key in self else None

    def get(self, key: str) -> Any:
        self._asked.add(key)
        if key not in self._data:
            raise self.refuse(f"{key!r} is missing")
        return self._data[key]

    def text(self, key: str) -> str:
        value = self.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(f"{key!r} must be a text that says something", key)
        return value

    def matching(self, key: str, pattern: re.Pattern[str]) -> str:
        value = self.text(key)
        if not pattern.fullmatch(value):
            raise self.refuse(f"{key} = {value!r} is not of the form {pattern.pattern}", key)
        return value

    def identifier(self, key: str) -> str:
        return self.matching(key, IDENTIFIER)

    def code(self, key: str) -> str:
        return self.matching(key, CODE)

    def country(self, key: str) -> str:
        return self.matching(key, COUNTRY)

    def day(self, key: str) -> date:
        value = self.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refuse(f"{key!r} must be a date such as 2018-05-25", key)
        return value

    def flag(self, key: str) -> bool:
        value = self.get(key)
        if not isinstance(value, bool):
            raise self.refuse(f"{key!r} must be true or false", key)
        return value

    def word[E: StrEnum](self, key: str, vocabulary: type[E]) -> E:
        return self._one(key, self.text(key), vocabulary)

    def words[E: StrEnum](self, key: str, vocabulary: type[E]) -> tuple[E, ...]:
        return tuple(self._one(key, value, vocabulary) for value in self.strings(key))

    def strings(self, key: str) -> tuple[str, ...]:
        values = self.get(key)
        if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
            raise self.refuse(f"{key!r} must be a list of texts", key)
        if len(set(values)) < len(values):
            raise self.refuse(f"{key!r} says something twice", key)
        return tuple(values)

    def countries(self, key: str) -> tuple[str, ...]:
        for value in (values := self.strings(key)):
            if not COUNTRY.fullmatch(value):
                raise self.refuse(f"{value!r} is no country code", key)
        return values

    def texts(self, key: str) -> Mapping[str, str]:
        """A text in several languages, English always among them."""
        table = self.table(key)
        for language in table:
            if not LANGUAGE.fullmatch(language):
                raise table.refuse(f"{language!r} is no language tag", language)
        if "en" not in table:
            raise self.refuse(f"{key!r} has no English text", key)
        return {language: table.text(language) for language in table}

    def table(self, key: str) -> "Table":
        value = self.get(key)
        if not isinstance(value, dict):
            raise self.refuse(f"{key!r} must be a table", key)
        return Table(self._source, value, (*self._path, key))

    def tables(self, key: str) -> list["Table"]:
        """The tables of an array, none if the key is missing."""
        self._asked.add(key)
        values = self._data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.refuse(f"{key!r} must be a list of tables", key)
        path = (*self._path, key)
        return [Table(self._source, value, (*path, n)) for n, value in enumerate(values)]

    def _one[E: StrEnum](self, key: str, value: str, vocabulary: type[E]) -> E:
        try:
            return vocabulary(value)
        except ValueError:
            near = _nearest(value, {word.value for word in vocabulary})
            why = f"{key}: {value!r} is no {vocabulary.__name__}{near}"
            raise self.refuse(why, key) from None


def _nearest(word: str, words: set[str]) -> str:
    near = get_close_matches(word, sorted(words), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _error_line(message: str, text: str) -> int:
    match = re.search(r"at line (\d+)", message)
    return int(match[1]) if match else max(1, len(text.splitlines()))
