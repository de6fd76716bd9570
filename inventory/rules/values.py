"""The dated values of a law, wherever they stand, what they must read, and a law in which some of
them are wrong."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from inventory.law.bundle import Law
from inventory.law.shapes import Entry, Value, ValueOf
from inventory.law.vocabulary import Mark, Unit
from inventory.rules.asking import Reader
from inventory.rules.nudges import ONE_DAY, nudge

type Wrong = tuple["Held", Entry | None]  # a value, and what stands in its place: None, nothing


NOTHING = "unknown"  # the law sets none on that day


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One case of a value: what a country or regime sets on a day, and where it says so."""

    holder: str
    value: str
    on: date
    expected: str
    mark: str
    citation: str

    def __str__(self) -> str:
        return f"{self.holder} {self.value} on {self.on}"

    def holds(self, law: Law) -> bool:
        """Does the law read so?"""
        country = self.holder if self.holder in law.countries else None
        found = law.value(self.value, country=country, regime=self.holder, on=self.on)
        if found is None:
            return self.expected == NOTHING
        told = (str(found.value), found.mark, str(found.citation))
        return told == (self.expected, self.mark, self.citation)


class Held(NamedTuple):
    """One period of a dated value, and whose it is: a country's, or a regime's for all of its."""

    regime: str | None
    country: str | None
    value: Value
    entry: Entry

    def __str__(self) -> str:
        return f"{self.country or self.regime} {self.value.id} from {self.entry.since}"

    @property
    def is_of_family(self) -> bool:
        """Is it how long a class of records is kept? Of such values some are mere practice."""
        return "." in self.value.id

    def is_of(self, asked: ValueOf) -> bool:
        """Does the parameter name it, or the family it is of?"""
        return self.value.id == asked.id or self.value.id.startswith(f"{asked.id}.")


def read_readings(text: str) -> Iterator[Reading]:
    """The cases of values in a table, by its headings; a line that begins with # is a remark."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    for row in csv.DictReader(lines):
        on = date.fromisoformat(row.pop("on"))
        yield Reading(on=on, **row)


def held_values(law: Law) -> Iterator[Held]:
    """Every period of every value."""
    for code, regime in law.regimes.items():
        yield from _periods(code, None, regime.values)
    for code, country in law.countries.items():
        yield from _periods(country.regime, code, country.values)


def distort(held: Held, *, weighed: bool = True) -> Iterator[Entry | None]:
    """The entry gone, or with its number, its days or, where a check weighs it, weight wrong."""
    entry, mark = held.entry, held.entry.mark
    yield None
    yield from nudge_value(held)
    if entry.dated:
        yield replace(entry, since=entry.since + ONE_DAY)
        if held.value.on(entry.since - ONE_DAY) is None:  # no period may meet the one before
            yield replace(entry, since=entry.since - ONE_DAY)
    if entry.until is not None:
        yield replace(entry, until=entry.until + ONE_DAY)
        yield replace(entry, until=entry.until - ONE_DAY)
    yield replace(entry, mark=Mark.KNOWLEDGE if mark is Mark.UNCERTAIN else Mark.UNCERTAIN)
    if weighed and held.is_of_family and mark is not Mark.UNCERTAIN:
        yield replace(entry, guidance=not entry.guidance)


def nudge_value(held: Held, reader: Reader | None = None) -> Iterator[Entry | None]:
    """The entry with another number in every way; a text is only there or not."""
    if held.value.unit is Unit.TEXT:
        yield None
        return
    for other in nudge(held.entry.value, reader):
        yield replace(held.entry, value=other)


def tell_change(held: Held, entry: Entry | None) -> str:
    """What is wrong with an entry, in words."""
    if entry is None:
        return "gone"
    names = ("value", "since", "until", "mark", "guidance")
    pairs = ((name, getattr(held.entry, name), getattr(entry, name)) for name in names)
    return ", ".join(f"{name} {old} read as {new}" for name, old, new in pairs if old != new)


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
