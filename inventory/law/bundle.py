"""The law as loaded: frozen, and indexed so that the questions rules ask are cheap."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from inventory.law.pending import Pending
from inventory.law.shapes import (
    Check,
    Country,
    DataCategory,
    Definition,
    Edition,
    Entry,
    LegalBasis,
    Mechanism,
    Recognition,
    RecordClass,
    Regime,
    Review,
    Value,
)
from inventory.law.vocabulary import DataClass

HOUSE = "house"  # the policy that an organisation may set itself


@dataclass(frozen=True, kw_only=True)
class Law:
    """All regimes and countries, as their files had it. `hash` tells one edition from another."""

    regimes: Mapping[str, Regime]
    countries: Mapping[str, Country]
    categories: Mapping[str, DataCategory]
    record_classes: Mapping[str, RecordClass]
    definitions: Mapping[str, Definition]
    recognitions: tuple[Recognition, ...]
    pending: tuple[Pending, ...] = ()
    reviews: Mapping[str, Review]  # by language: whether a lawyer has read its translations
    hash: str
    edition: Edition | None = None  # an organisation's own; None: the program's
    _in_force: dict[tuple[str, int], tuple[Check, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def checks(self, regime: str, on: date) -> tuple[Check, ...]:
        """The checks in force, in the order of their file; none of an unknown regime."""
        key = (regime, bisect_right(self.change_days, on))  # between two changes all days are alike
        if key not in self._in_force:
            known = self.regimes.get(regime)
            checks = known.checks if known else ()
            self._in_force[key] = tuple(check for check in checks if check.in_force(on))
        return self._in_force[key]

    def value(
        self, value_id: str, *, on: date, country: str | None = None, regime: str | None = None
    ) -> Entry | None:
        """What a country sets, or its regime for it, or the regime named; None: unknown."""
        value = self.dated(value_id, country=country, regime=regime)
        return value.on(on) if value else None

    def dated(
        self, value_id: str, *, country: str | None = None, regime: str | None = None
    ) -> Value | None:
        """A value over all its periods, a country's or what its regime sets for it."""
        holders, holder = (self._values, country) if country else (self._regime_values, regime)
        return holders.get((holder, value_id))

    def data_class(self, category_code: str, regime: str) -> DataClass | None:
        """How a regime sees a category; None for a code nobody knows."""
        return self._classes.get((category_code, regime))

    def recognised(self, origin_regime: str, destination: str, on: date) -> tuple[Recognition, ...]:
        """Why an origin finds a country adequate on a day; each may have a scope."""
        found = self._recognitions.get((origin_regime, destination), ())
        return tuple(recognition for recognition in found if recognition.in_force(on))

    def pending_on(self, day: date, jurisdiction: str | None = None) -> tuple[Pending, ...]:
        """What is not law on a day: bills, drafts, cases, and acts that have not begun."""
        return tuple(
            one
            for one in self.pending
            if jurisdiction in (None, one.jurisdiction) and one.is_open(day)
        )

    def regime_of(self, country: str, on: date) -> Regime | None:
        """The regime whose file names the country, once its duties have begun there."""
        regime = self._regimes.get(country)
        return regime if regime and regime.begins(country) <= on else None

    def wordings(self, check_id: str) -> tuple[Check, ...]:
        """A check over all its periods; empty where there is none of this id."""
        return self._wordings.get(check_id, ())

    def next_change(self, after: date) -> date | None:
        """The first later day on which anything in the law begins or ends."""
        position = bisect_right(self.change_days, after)
        return self.change_days[position] if position < len(self.change_days) else None

    @cached_property
    def statutes(self) -> Mapping[str, Regime]:
        """The regimes that have countries: policies apart."""
        return {code: one for code, one in self.regimes.items() if not one.everywhere}

    @cached_property
    def bases(self) -> Mapping[str, LegalBasis]:
        return {code: basis for r in self.regimes.values() for code, basis in r.bases.items()}

    @cached_property
    def mechanisms(self) -> Mapping[str, Mechanism]:
        return {code: way for r in self.regimes.values() for code, way in r.mechanisms.items()}

    @cached_property
    def change_days(self) -> tuple[date, ...]:
        """Every day on which something begins or no longer holds, in order."""
        return tuple(sorted({day for day in self._dates() if day is not None}))

    @cached_property
    def _wordings(self) -> Mapping[str, tuple[Check, ...]]:
        found: dict[str, tuple[Check, ...]] = {}
        for regime in self.regimes.values():
            for check in regime.checks:
                found[check.id] = (*found.get(check.id, ()), check)
        return found

    @cached_property
    def _regimes(self) -> Mapping[str, Regime]:
        return {country: r for r in self.regimes.values() for country in r.countries}

    @cached_property
    def _values(self) -> Mapping[tuple[str | None, str], Value]:
        found: dict[tuple[str | None, str], Value] = {}
        for code, country in self.countries.items():
            regime = self._regimes.get(code)
            inherited = _from_day(regime.values, regime.begins(code)) if regime else {}
            for values in (inherited, country.values):
                found.update({(code, key): value for key, value in values.items()})
        return found

    @cached_property
    def _regime_values(self) -> Mapping[tuple[str | None, str], Value]:
        return {
            (r.code, key): value for r in self.regimes.values() for key, value in r.values.items()
        }

    @cached_property
    def _classes(self) -> Mapping[tuple[str, str], DataClass]:
        return {
            (code, regime): category.classes.get(regime, DataClass.ORDINARY)
            for code, category in self.categories.items()
            for regime in self.regimes
        }

    @cached_property
    def _recognitions(self) -> Mapping[tuple[str, str], tuple[Recognition, ...]]:
        found: dict[tuple[str, str], tuple[Recognition, ...]] = {}
        for recognition in self.recognitions:
            key = (recognition.origin, recognition.destination)
            found[key] = (*found.get(key, ()), recognition)
        return found

    def _dates(self) -> Iterator[date | None]:
        for regime in self.regimes.values():
            yield from (regime.valid_from, *regime.joined.values())
            yield from _validity_dates(regime.checks)
            yield from _validity_dates(regime.bases.values())
            yield from _validity_dates(regime.mechanisms.values())
            yield from _value_dates(regime.values)
        for country in self.countries.values():
            yield from (since for since, _ in country.changes)
            yield from _value_dates(country.values)
        for recognition in self.recognitions:
            yield from (recognition.since, recognition.until)


def without(law: Law, regime: str) -> Law:
    """The same edition of the law, less one regime; itself where it has no such regime."""
    if regime not in law.regimes:
        return law
    kept = {code: one for code, one in law.regimes.items() if code != regime}
    return replace(law, regimes=kept)


def _from_day(values: Mapping[str, Value], first: date) -> Mapping[str, Value]:
    """A regime's values as they hold in a country where its duties began later."""
    return {key: replace(value, entries=_clip(value, first)) for key, value in values.items()}


def _clip(value: Value, first: date) -> tuple[Entry, ...]:
    return tuple(
        replace(entry, since=max(entry.since, first))
        for entry in value.entries
        if entry.until is None or entry.until > first
    )


def _value_dates(values: Mapping[str, Value]) -> Iterator[date | None]:
    for value in values.values():
        for entry in value.entries:
            yield from (entry.since, entry.until)


def _validity_dates(
    clauses: Iterable[Check | LegalBasis | Mechanism],
) -> Iterator[date | None]:
    for clause in clauses:
        yield from (clause.valid_from, clause.valid_until)
