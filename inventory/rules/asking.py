"""How a condition is asked: the case put to it, its parameters, and the list of all conditions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from inventory.law.bundle import Law
from inventory.law.shapes import Check, Entry, Regime, ValueOf
from inventory.law.vocabulary import SubjectKind
from inventory.rules.facts import Known
from inventory.rules.findings import Answer
from inventory.rules.periods import Period, parse_period
from inventory.rules.register import Register
from inventory.rules.scope import Scope

type Reader = Callable[[Any], Any]  # refuses a parameter by raising ValueError
type Asked = Callable[[Any, "Case"], Answer]

WAITING = Answer(fault=None, applicable=None)


class Limit(NamedTuple):
    """A period that the law sets, in words with its citation too."""

    period: Period
    words: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Reads a word of a closed list, such as the name of a fact."""

    words: tuple[str, ...]

    def __call__(self, value: Any) -> str:
        if value not in self.words:
            raise ValueError(f"{value!r} is none of {', '.join(self.words)}")
        return str(value)


@dataclass(frozen=True, slots=True)
class Items:
    """Reads a list, each of whose items its reader takes."""

    reader: Reader

    def __call__(self, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, tuple) or not value:
            raise ValueError(f"{value!r} is no list with items")
        return tuple(self.reader(item) for item in value)


@dataclass(frozen=True, slots=True)
class Case:
    """What a condition may look at besides its subject."""

    register: Register
    scope: Scope
    regime: Regime
    country: str | None
    given: Mapping[str, Any]

    @property
    def law(self) -> Law:
        return self.register.law

    @property
    def as_of(self) -> date:
        return self.register.as_of

    def value(self, asked: ValueOf, kind: str | None = None) -> Entry | None:
        """A dated value of the country, or of the regime; `kind` picks one of a family."""
        code = f"{asked.id}.{kind}" if kind else asked.id
        if self.country:
            return self.law.value(code, country=self.country, on=self.as_of)
        return self.law.value(code, regime=self.regime.code, on=self.as_of)

    def limit(self, name: str, kind: str | None = None) -> "Limit | None":
        """A dated value that is a period, with words for it; None where the law sets none today."""
        asked: ValueOf = self.given[name]
        return self.register.once(
            "limit",
            asked.id,
            (self.regime.code, self.country, kind),
            lambda: self._limit(asked, kind),
        )

    def _limit(self, asked: ValueOf, kind: str | None) -> "Limit | None":
        entry = self.value(asked, kind)
        if entry is None:
            return None
        period = parse_period(str(entry.value))
        return Limit(period, f"{period} ({entry.citation})", weak(entry))

    def number(self, name: str) -> int | None:
        """A parameter that is a number or a dated value; None where the law sets none today."""
        given = self.given[name]
        if not isinstance(given, ValueOf):
            return int(given)
        entry = self.value(given)
        return int(str(entry.value)) if entry else None

    def period(self, name: str) -> Period | None:
        """A parameter that is a period or a dated value; None where the law sets none today."""
        given = self.given[name]
        if not isinstance(given, ValueOf):
            return parse_period(given)
        entry = self.value(given)
        return parse_period(str(entry.value)) if entry else None


class PlaceAsked(Exception):
    """The answer depends on the regime or the country."""


class Anywhere(Case):
    """A case that is put in no place: whoever looks where it is, learns that there is none."""

    __slots__ = ()

    def __init__(self, register: Register, given: Mapping[str, Any]) -> None:
        object.__setattr__(self, "register", register)
        object.__setattr__(self, "given", given)

    def __getattr__(self, name: str) -> Any:
        raise PlaceAsked(name)


class Question:
    """A condition with parameters. Answered without a look at the place, the answer is the same
    everywhere, and is not asked for again until it is about another subject."""

    def __init__(self, ask: Asked, anywhere: Anywhere | None = None) -> None:
        self._ask = ask
        self._anywhere = anywhere
        self._subject: Any = None
        self._answer = WAITING

    def ask(self, subject: Any, case: Case) -> Answer:
        if self._anywhere is None:
            return self._ask(subject, case)
        if self._subject is not subject:
            try:
                self._answer = self._ask(subject, self._anywhere)
            except PlaceAsked:
                self._anywhere = None
                return self._ask(subject, case)
            self._subject = subject
        return self._answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A question of law as code; `unsure` ones are asked where a regime only may apply.

    One that never `faults` asks whether enough is known, and finds at most that it is not.
    """

    name: str
    subject: SubjectKind
    ask: Asked
    parameters: Mapping[str, Reader]
    defaults: Mapping[str, Any] = field(default_factory=dict)
    unsure: bool = False
    faults: bool = True

    @property
    def question(self) -> str:
        """The legal question: the first line of the function's docstring."""
        return (self.ask.__doc__ or "").strip().splitlines()[0]

    def bind(self, check: Check) -> Mapping[str, Any]:
        """A check's parameters, read; ValueError where one is unknown, missing or wrong."""
        unknown = check.parameters.keys() - self.parameters.keys()
        missing = self.parameters.keys() - self.defaults.keys() - check.parameters.keys()
        if unknown or missing:
            wrong = [*(f"unknown {name}" for name in unknown), *(f"no {name}" for name in missing)]
            raise ValueError(f"parameters of {self.name}: {', '.join(sorted(wrong))}")
        given = {
            name: _read(name, self.parameters[name], v) for name, v in check.parameters.items()
        }
        return {**self.defaults, **given}


CONDITIONS: dict[str, Condition] = {}


def condition(
    name: str,
    *,
    subject: SubjectKind,
    parameters: Mapping[str, Reader] | None = None,
    defaults: Mapping[str, Any] | None = None,
    unsure: bool = False,
    faults: bool = True,
) -> Callable[[Asked], Asked]:
    """List a function as the condition that checks of this name ask."""

    def add(ask: Asked) -> Asked:
        if name in CONDITIONS:
            raise ValueError(f"two conditions are called {name}")
        CONDITIONS[name] = Condition(
            name=name,
            subject=subject,
            ask=ask,
            parameters=parameters or {},
            defaults=defaults or {},
            unsure=unsure,
            faults=faults,
        )
        return ask

    return add


def find_condition(check: Check) -> Condition:
    """The condition of a check; ValueError where there is none, or for another subject."""
    found = CONDITIONS.get(check.condition)
    if found is None:
        raise ValueError(f"no condition is called {check.condition}")
    if found.subject is not check.subject:
        raise ValueError(f"{check.condition} judges a {found.subject}, not a {check.subject}")
    return found


def conclude(applicable: Known, fault: Known, **rest: Any) -> Answer:
    """A fault of what is concerned. Concern unknown: a possible fault is unknown, none waits."""
    if applicable is None:
        return Answer(fault=None, applicable=None if fault is False else True, **rest)
    return Answer(fault=fault if applicable else False, applicable=applicable, **rest)


def not_concerned(note: str) -> Answer:
    return Answer(fault=False, applicable=False, note=note)


def weak(entry: Entry) -> bool:
    """Too weak for a breach: an authority's practice, or a value nobody has confirmed."""
    return entry.guidance or entry.doubtful


def say(value: object) -> str | None:
    """A fact in words; None stays None: nobody has said."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.value if isinstance(value, StrEnum) else str(value)


def a_whole_number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r} is no whole number")
    return value


def a_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def a_value(value: Any) -> ValueOf:
    if not isinstance(value, ValueOf):
        raise ValueError(f'{value!r} names no dated value: write {{ value = "…" }}')
    return value


def a_number(value: Any) -> int | ValueOf:
    """A whole number, or the dated value that is one."""
    return value if isinstance(value, ValueOf) else a_whole_number(value)


def a_period(value: Any) -> str | ValueOf:
    """An ISO 8601 duration, or the dated value that is one."""
    if isinstance(value, ValueOf):
        return value
    parse_period(a_word(value))
    return str(value)


def whole_months(value: Any) -> str | ValueOf:
    """A period to which a number of months is held: days of it tell nothing."""
    return a_period(value)


def a_word(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is no word")
    return value


def one_of(*words: str) -> Choice:
    return Choice(words)


def many(reader: Reader) -> Items:
    return Items(reader)


def _read(name: str, reader: Reader, value: Any) -> Any:
    try:
        return reader(value)
    except ValueError as error:
        raise ValueError(f"parameter {name}: {error}") from error
