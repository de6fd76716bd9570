"""The dated values of a law, wherever they stand, what they must read, and a law in which some of
them are wrong."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from inventory.law.bundle import Law
from inventory.law.shapes import Entry, Parameter, Value, ValueOf
from inventory.law.vocabulary import Mark, Unit
from inventory.rules.nudges import ONE_DAY, nudge

type Wrong = tuple["Held", Entry | None]  # a value, and what stands in its place: None, nothing


NOTHING = "nothing"  # the law sets none on that day


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One case of a value: what a country or regime sets on a day, and where it says so."""

    holder: str
    value: str
    on: date
    expected: Parameter
    cite: str

    def __str__(self) -> str:
        return f"{self.holder} {self.value} on {self.on}"

    def holds(self, law: Law) -> bool:
        """Does the law read so?"""
        country = self.holder if self.holder in law.countries else None
        found = law.value(self.value, country=country, regime=self.holder, on=self.on)
        if found is None:
            return self.expected == NOTHING
        return found.value == self.expected and str(found.citation) == self.cite


class Held(NamedTuple):
    """One period of a dated value, and whose it is: a country's, or a regime's for all of its."""

    regime: str | None
    country: str | None
    value: Value
    entry: Entry

    def __str__(self) -> str:
        return f"{self.country or self.regime} {self.value.id} from {self.entry.since}"

    def is_of(self, asked: ValueOf) -> bool:
        """Does the parameter name it, or the family it is of?"""
        return self.value.id == asked.id or self.value.id.startswith(f"{asked.id}.")


def read_readings(text: str) -> Iterator[Reading]:
    """The cases of values in a file: by holder and value, what they read on which days."""
    for holder, values in tomllib.loads(text).items():
        for value, days in values.items():
            cite = days.pop("cite")
            for day, expected in days.items():
                on = date.fromisoformat(day)
                yield Reading(holder=holder, value=value, on=on, expected=expected, cite=cite)


def held_values(law: Law) -> Iterator[Held]:
    """Every period of every value."""
    for code, regime in law.regimes.items():
        yield from _periods(code, None, regime.values)
    for code, country in law.countries.items():
        yield from _periods(country.regime, code, country.values)


def distort(held: Held) -> Iterator[tuple[str, Entry | None]]:
    """The entry gone, or with its number, its days or its weight wrong."""
    entry = held.entry
    yield "gone", None
    if held.value.unit is not Unit.TEXT:
        for other in nudge(entry.value):
            yield f"{entry.value} read as {other}", replace(entry, value=other)
    if entry.dated:
        yield "a day later", replace(entry, since=entry.since + ONE_DAY)
        yield "a day earlier", replace(entry, since=entry.since - ONE_DAY)
    if entry.until is not None:
        yield "over a day later", replace(entry, until=entry.until + ONE_DAY)
        yield "over a day earlier", replace(entry, until=entry.until - ONE_DAY)
    if not entry.guidance:
        mark = Mark.KNOWLEDGE if entry.mark is Mark.UNCERTAIN else Mark.UNCERTAIN
        yield f"mark {mark}", replace(entry, mark=mark)
    if entry.mark is not Mark.UNCERTAIN:
        yield f"guidance {not entry.guidance}", replace(entry, guidance=not entry.guidance)


def put(law: Law, wrong: Iterable[Wrong]) -> Law:
    """The law with other entries in the place of these."""
    regimes, countries = dict(law.regimes), dict(law.countries)
    for held, entry in wrong:
        if held.country:
            country = countries[held.country]
            values = _swap(country.values, held, entry)
            countries[held.country] = replace(country, values=values)
        elif held.regime:
            regime = regimes[held.regime]
            regimes[held.regime] = replace(regime, values=_swap(regime.values, held, entry))
    return replace(law, regimes=regimes, countries=countries)


def _periods(
    regime: str | None, country: str | None, values: Mapping[str, Value]
) -> Iterator[Held]:
    for value in values.values():
        yield from (Held(regime, country, value, entry) for entry in value.entries)


def _swap(values: Mapping[str, Value], held: Held, entry: Entry | None) -> Mapping[str, Value]:
    value = values[held.value.id]
    entries = tuple(
        one
        for one in (entry if one is held.entry else one for one in value.entries)
        if one is not None
    )
    return {**values, value.id: replace(value, entries=entries)}
