"""Reading what regimes and countries say of themselves: identity, grounds, gateways, values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from inventory.law.clauses import (
    Translate,
    read_authority,
    read_basis,
    read_check,
    read_citation,
    read_entry,
    read_mechanism,
    read_record_item,
    read_scope,
)
from inventory.law.reading import LANGUAGE, Table, open_table
from inventory.law.shapes import Check, Country, Definition, Entry, Regime, Scope, Value, ValueOf
from inventory.law.vocabulary import Level, Mark, Trigger

type Span = tuple[date, date | None]  # from the first day until the day before the second


@dataclass(frozen=True, slots=True)
class Terms:
    """What a jurisdiction's file may refer to."""

    definitions: Mapping[str, Definition]
    record_classes: Iterable[str]
    translate: Translate

    def definition(self, table: Table, value_id: str) -> Definition:
        family, _, record_class = value_id.partition(".")
        definition = self.definitions.get(family)
        if definition is None:
            raise table.refuse(f"values.toml defines no {family!r}", "id")
        if definition.per_record_class != bool(record_class):
            raise table.refuse(f"{family!r} is not one value a record class", "id")
        if record_class and record_class not in self.record_classes:
            raise table.refuse(f"{record_class!r} is no record class", "id")
        return definition


def read_regime(file: Path, *, root: Path, terms: Terms) -> tuple[Regime, Table]:
    """A regime without its checks, and its file, which may hold them and its countries too."""
    top = open_table(file, root=root)
    with top.strict():
        code = top.identifier("code")
        if code != file.stem:
            raise top.refuse(f"code {code!r} in a file named {file.name}", "code")
        items = _read_coded(
            top, "record_item", partial(read_record_item, translate=terms.translate)
        )
        countries = _read_members(top)
        scopes = _read_scopes(top, countries)
        valid_from = top.day("valid_from")
        top.tables("country")  # read by the caller, who knows all regimes
        top.tables("check")  # likewise
        regime = Regime(
            code=code,
            short=top.text("short"),
            title=top.texts("title"),
            languages=_read_languages(top),
            countries=countries,
            valid_from=valid_from,
            joined=_read_joined(top, countries),
            citation=read_citation(top.table("cite")),
            mark=top.word("mark", Mark),
            values=read_values(top.tables("value"), terms=terms, begins=valid_from),
            scopes=scopes,
            bases=_read_coded(
                top, "basis", partial(read_basis, regime=code, translate=terms.translate)
            ),
            mechanisms=_read_coded(
                top, "mechanism", partial(read_mechanism, regime=code, translate=terms.translate)
            ),
            record_items=tuple(items.values()),
            checks=(),
        )
    return regime, top


def read_checks(
    tables: list[Table], *, regime: Regime, terms: Terms, taken: dict[str, str]
) -> Regime:
    """The regime with further checks; the same id again only for another period. `taken` says
    whose an id is."""
    checks = list(regime.checks)
    for table in tables:
        check = read_check(table, regime=regime.code, translate=terms.translate)
        _refuse_unknown_values(check, table, terms)
        if check.level is Level.COUNTRY and not regime.countries:
            raise table.refuse(f"{regime.code} has no country that could decide", "level")
        if taken.setdefault(check.id, regime.code) != regime.code:
            raise table.refuse(f"{check.id} is a check of {taken[check.id]}", "id")
        others = [_span(other) for other in checks if other.id == check.id]
        _refuse_overlap(table, "valid_from", others, _span(check))
        checks.append(check)
    return replace(regime, checks=tuple(checks))


def read_country(
    table: Table, *, known: Mapping[str, Country], regime: Regime | None, terms: Terms
) -> Country:
    """What a country's own table adds to its row in the world table, or says in its place."""
    with table.strict():
        code = table.country("code")
        country = known.get(code) or Country(
            code=code, name=table.texts("name"), level=None, law=None,
            mark=table.word("mark", Mark), regime=None,
        )  # fmt: skip
        begins = regime.begins(code) if regime else None
        return replace(
            country,
            regime=regime.code if regime else None,
            languages=_read_languages(table),
            authorities=tuple(read_authority(a) for a in table.tables("authority")),
            values=read_values(table.tables("value"), terms=terms, begins=begins),
        )


def read_values(tables: list[Table], *, terms: Terms, begins: date | None) -> Mapping[str, Value]:
    """Dated values; each id may come in several periods, which never overlap."""
    found: dict[str, Value] = {}
    for table in tables:
        value_id = table.code("id")
        definition = terms.definition(table, value_id)
        entry = read_entry(table, unit=definition.unit, begins=begins)
        earlier = found[value_id].entries if value_id in found else ()
        others = [(other.since, other.until) for other in earlier]
        _refuse_overlap(table, "since", others, (entry.since, entry.until))
        found[value_id] = Value(
            id=value_id,
            description=definition.description,
            unit=definition.unit,
            entries=tuple(sorted((*earlier, entry), key=_first_day)),
        )
    return found


def _first_day(entry: Entry) -> date:
    return entry.since


def _read_members(top: Table) -> tuple[str, ...]:
    countries = top.countries("countries")
    territories = top.maybe("territories", Table.countries) or ()
    if twice := set(countries) & set(territories):
        raise top.refuse(f"{min(twice)} is both a country and a territory", "territories")
    return countries + territories


def _read_scopes(top: Table, countries: tuple[str, ...]) -> tuple[Scope, ...]:
    """What brings data under a regime: ties to its countries, or that it governs everything."""
    scopes = tuple(read_scope(table) for table in top.tables("scope"))
    triggers = [scope.trigger for scope in scopes]
    if Trigger.EVERYTHING not in triggers:
        if not countries:
            raise top.refuse("a regime without countries must govern everything", "countries")
        return scopes
    if countries or len(scopes) > 1:
        why = "what governs everything needs no country and no other scope"
        raise top.refuse(why, "countries" if countries else "scope")
    return scopes


def _read_joined(top: Table, countries: tuple[str, ...]) -> Mapping[str, date]:
    joined = top.maybe("joined", Table.table)
    if joined is None:
        return {}
    for country in joined:
        if country not in countries:
            raise joined.refuse(f"{country!r} joined, but is none of its countries", country)
    return {country: joined.day(country) for country in joined}


def _read_languages(table: Table) -> tuple[str, ...]:
    languages = table.strings("languages")
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            raise table.refuse(f"{language!r} is no language tag", "languages")
    return languages


def _read_coded[T](top: Table, key: str, read: Callable[[Table], T]) -> Mapping[str, T]:
    found: dict[str, T] = {}
    for table in top.tables(key):
        code = table.code("code")
        if code in found:
            raise table.refuse(f"{key} {code!r} comes twice", "code")
        found[code] = read(table)
    return found


def _refuse_unknown_values(check: Check, table: Table, terms: Terms) -> None:
    for name, parameter in check.parameters.items():
        if isinstance(parameter, ValueOf) and parameter.id not in terms.definitions:
            why = f"parameter {name!r}: values.toml defines no {parameter.id!r}"
            raise table.refuse(why, "parameters")


def _span(check: Check) -> Span:
    return check.valid_from, check.valid_until


def _refuse_overlap(table: Table, key: str, spans: Iterable[Span], new: Span) -> None:
    """Refuse a period that meets one of the same thing; `key` is where its first day stands."""
    for since, until in spans:
        if (until is None or new[0] < until) and (new[1] is None or since < new[1]):
            raise table.refuse(f"the period from {new[0]} overlaps the one from {since}", key)
