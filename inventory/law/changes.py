"""What in the law begins or ends between two days: the calendar that a look ahead begins with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inventory.law.bundle import Law
from inventory.law.shapes import (
    Check,
    Citation,
    Country,
    LegalBasis,
    Mechanism,
    Recognition,
    Regime,
    Value,
)
from inventory.law.vocabulary import Mark


class Turn(StrEnum):
    """Which way the law turns on that day."""

    BEGINS = "begins"
    ENDS = "ends"


class Matter(StrEnum):
    """What kind of legal fact it is that changes."""

    LAW = "law"
    CHECK = "check"
    VALUE = "value"
    BASIS = "basis"
    MECHANISM = "mechanism"
    RECOGNITION = "recognition"
    LEVEL = "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One legal fact that begins to hold, or no longer does, from that day on."""

    day: date
    turn: Turn
    matter: Matter
    place: str  # a regime's code or a country's
    id: str
    text: str  # in English, what holds from then on or held until then
    citation: Citation | None
    mark: Mark


def changes(law: Law, after: date, until: date) -> tuple[Change, ...]:
    """What begins or ends after the one day and no later than the other, in order of days."""
    found = (change for change in _all(law) if after < change.day <= until)
    return tuple(sorted(found, key=lambda one: (one.day, one.place, one.matter, one.id, one.turn)))


def _all(law: Law) -> Iterator[Change]:
    for regime in law.regimes.values():
        yield from _of_regime(regime)
    for country in law.countries.values():
        yield from _of_values(country.code, country.values)
        yield from _of_levels(country)
    for recognition in law.recognitions:
        yield from _of_recognition(recognition, law)


def _of_regime(regime: Regime) -> Iterator[Change]:
    begun = {regime.code: regime.valid_from, **regime.joined}
    for place, day in begun.items():
        yield Change(
            day=day,
            turn=Turn.BEGINS,
            matter=Matter.LAW,
            place=place,
            id=regime.code,
            text=regime.title["en"],
            citation=regime.citation,
            mark=regime.mark,
        )
    yield from _of_clauses(Matter.CHECK, regime.code, regime.checks)
    yield from _of_clauses(Matter.BASIS, regime.code, regime.bases.values())
    yield from _of_clauses(Matter.MECHANISM, regime.code, regime.mechanisms.values())
    yield from _of_values(regime.code, regime.values)


def _of_clauses(
    matter: Matter, place: str, clauses: Iterable[Check | LegalBasis | Mechanism]
) -> Iterator[Change]:
    for clause in clauses:
        if isinstance(clause, Check):
            code, citation = clause.id, clause.citations[0]
        else:
            code, citation = clause.code, clause.citation
        for turn, day in _turns(clause.valid_from, clause.valid_until):
            yield Change(
                day=day,
                turn=turn,
                matter=matter,
                place=place,
                id=code,
                text=clause.title["en"],
                citation=citation,
                mark=clause.mark,
            )


def _of_values(place: str, values: Mapping[str, Value]) -> Iterator[Change]:
    for value in values.values():
        for entry in value.entries:
            for turn, day in _turns(entry.since if entry.dated else None, entry.until):
                yield Change(
                    day=day,
                    turn=turn,
                    matter=Matter.VALUE,
                    place=place,
                    id=value.id,
                    text=f"{value.description}: {entry.value}",
                    citation=entry.citation,
                    mark=entry.mark,
                )


def _of_levels(country: Country) -> Iterator[Change]:
    for day, level in country.changes:
        yield Change(
            day=day,
            turn=Turn.BEGINS,
            matter=Matter.LEVEL,
            place=country.code,
            id=level,
            text=f"{country.name['en']}: {country.law or 'its law is not named'}",
            citation=None,
            mark=country.mark,
        )


def _of_recognition(one: Recognition, law: Law) -> Iterator[Change]:
    name = law.countries[one.destination].name["en"]
    scope = f", only {one.scope}" if one.scope else ""
    for turn, day in _turns(one.since if one.dated else None, one.until):
        yield Change(
            day=day,
            turn=turn,
            matter=Matter.RECOGNITION,
            place=one.origin,
            id=one.destination,
            text=f"{name} is found adequate{scope}",
            citation=one.citation,
            mark=one.mark,
        )


def _turns(since: date | None, until: date | None) -> Iterator[tuple[Turn, date]]:
    if since:
        yield Turn.BEGINS, since
    if until:
        yield Turn.ENDS, until
