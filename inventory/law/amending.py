"""An organisation's own edition of the law: counsel's rulings laid over the program's data, house
policy in or out, and the organisation's own rules beside it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from inventory.law.bundle import HOUSE, Law, without
from inventory.law.shapes import (
    Check,
    Country,
    Edition,
    Entry,
    Parameter,
    Regime,
    Ruling,
    Value,
    ValueOf,
)

OWN = "H:"  # before the id of its own rules: no id in a law file holds a colon

type Target = tuple[str, ...]
type Rulings = Mapping[Target, Sequence[Ruling]]


def amend(
    law: Law, rulings: Iterable[Ruling] = (), *, house: bool = False, own: Iterable[Check] = ()
) -> Law:
    """The law as one organisation has it. With nothing of its own it is the program's edition, less
    the house policy that it has not switched on.

    A ruling on what this law does not hold touches nothing. Raises ValueError where two rulings
    on one target hold on the same day, and for an own rule that is none.
    """
    if law.edition is not None:
        raise ValueError("this law has been amended already")
    edition = _edition(law, rulings, house=house, own=own)
    program = law if edition.house else without(law, HOUSE)
    if not (edition.rulings or edition.house):
        return program
    by_target = _by_target(edition.rulings)
    regimes = {
        code: _amend_regime(regime, by_target, edition.own if code == HOUSE else ())
        for code, regime in program.regimes.items()
    }
    amended = replace(program, regimes=regimes, hash=_hash(edition), edition=edition)
    return replace(amended, countries=_amend_countries(amended, by_target))


def document(thing: Any) -> Any:
    """An edition, or a part of it, as JSON can hold it."""
    if isinstance(thing, ValueOf):
        return {"value": thing.id}
    if is_dataclass(thing):
        return {one.name: document(getattr(thing, one.name)) for one in fields(thing)}
    if isinstance(thing, Mapping):
        return {name: document(value) for name, value in thing.items()}
    if isinstance(thing, tuple | list):
        return [document(one) for one in thing]
    return thing.isoformat() if isinstance(thing, date) else thing


def as_parameters(given: Mapping[str, Any]) -> Mapping[str, Parameter | ValueOf]:
    """A check's parameters from JSON, written as in the law files. ValueError names the one that
    is neither a plain value, nor a list of them, nor {"value": "id"}."""
    return {str(name): _as_parameter(str(name), value) for name, value in given.items()}


def _as_parameter(name: str, value: Any) -> Parameter | ValueOf:
    if isinstance(value, Mapping) and set(value) == {"value"} and isinstance(value["value"], str):
        return ValueOf(value["value"])
    if isinstance(value, list | tuple) and all(_is_scalar(one) for one in value):
        return tuple(value)
    if _is_scalar(value):
        plain: Parameter = value
        return plain
    raise ValueError(f"parameter {name} is neither a plain value nor a list of them")


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _edition(law: Law, rulings: Iterable[Ruling], *, house: bool, own: Iterable[Check]) -> Edition:
    asked = house and HOUSE in law.regimes
    rules = tuple(sorted(own, key=lambda check: check.id)) if asked else ()
    for check in rules:
        if check.regime != HOUSE or not check.id.startswith(OWN):
            raise ValueError(f"{check.id} is no rule of the house")
    held = (one for one in rulings if one.until is None or one.since < one.until)
    in_order = sorted(held, key=lambda one: (one.target, one.since, one.id))
    return Edition(program=law.hash, house=asked, rulings=tuple(in_order), own=rules)


def _by_target(rulings: Iterable[Ruling]) -> Rulings:
    """Rulings by what they are on, in the order of their days, of which no two share one."""
    found: dict[Target, list[Ruling]] = {}
    for ruling in rulings:
        earlier = found.setdefault(ruling.target, [])
        if earlier and (earlier[-1].until is None or earlier[-1].until > ruling.since):
            what = " ".join(ruling.target)
            raise ValueError(f"two rulings on {what} hold on {ruling.since}")
        earlier.append(ruling)
    return found


def _amend_regime(regime: Regime, rulings: Rulings, own: tuple[Check, ...]) -> Regime:
    checks: list[Check] = []
    for check in regime.checks:
        found = rulings.get((check.id,))
        checks += _rule_check(check, found) if found else (check,)
    return replace(
        regime,
        checks=(*checks, *own),
        values=_rule_values(regime.values, regime.code, rulings),
    )


def _amend_countries(law: Law, rulings: Rulings) -> Mapping[str, Country]:
    """The countries on whose values there are rulings; one on what a country has from its regime
    becomes the country's own."""
    countries = dict(law.countries)
    for place, value_id in (target for target in rulings if len(target) == 2):
        country = countries.get(place)
        value = law.dated(value_id, country=place)
        if country is not None and value is not None:
            ruled = _rule_value(value, rulings[place, value_id])
            countries[place] = replace(country, values={**country.values, value_id: ruled})
    return countries


def _rule_check(check: Check, rulings: Sequence[Ruling]) -> Iterator[Check]:
    for since, until, ruling in _cuts(check.valid_from, check.valid_until, rulings):
        part = replace(check, valid_from=since, valid_until=until, ruling=ruling)
        yield _reword(part, ruling) if ruling else part


def _reword(check: Check, ruling: Ruling) -> Check:
    return replace(
        check,
        severity=ruling.severity or check.severity,
        parameters={**check.parameters, **ruling.parameters},
        title={"en": ruling.title} if ruling.title else check.title,
        remedy={"en": ruling.remedy} if ruling.remedy else check.remedy,
    )


def _rule_values(values: Mapping[str, Value], place: str, rulings: Rulings) -> Mapping[str, Value]:
    return {
        key: _rule_value(value, rulings[place, key]) if (place, key) in rulings else value
        for key, value in values.items()
    }


def _rule_value(value: Value, rulings: Sequence[Ruling]) -> Value:
    return replace(value, entries=tuple(_rule_entries(value.entries, rulings)))


def _rule_entries(entries: Iterable[Entry], rulings: Sequence[Ruling]) -> Iterator[Entry]:
    for entry in entries:
        for since, until, ruling in _cuts(entry.since, entry.until, rulings):
            amount = entry.value if ruling is None or ruling.amount is None else ruling.amount
            yield replace(entry, since=since, until=until, value=amount, ruling=ruling)


def _cuts(
    since: date, until: date | None, rulings: Sequence[Ruling]
) -> Iterator[tuple[date, date | None, Ruling | None]]:
    """A period cut where a ruling begins or ends, with the ruling that holds in each part."""
    start = since
    for ruling in rulings:
        begins = max(ruling.since, start)
        ends = min(filter(None, (ruling.until, until)), default=None)
        if (until and begins >= until) or (ends and ends <= begins):
            continue
        if start < begins:
            yield start, begins, None
        yield begins, ends, ruling
        if ends is None or ends == until:
            return
        start = ends
    yield start, until, None


def _hash(edition: Edition) -> str:
    written = json.dumps(document(edition), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
