"""Reading what all jurisdictions share: categories, record classes, the world, recognitions."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from inventory.law.clauses import Translate, read_citation, read_definition
from inventory.law.reading import COUNTRY, Table, open_table
from inventory.law.refusals import LawError
from inventory.law.shapes import (
    Country,
    DataCategory,
    Definition,
    Recognition,
    RecordClass,
    Regime,
)
from inventory.law.vocabulary import DataClass, Mark, RecipientScope

_COLUMNS = ["iso2", "name", "level", "law", "year", "authority", "confidence", "since"]


class WorldLevel(StrEnum):
    """The six levels of protection of the world table."""

    EU_EEA_MEMBER = "eu_eea_member"
    ADEQUATE = "adequate"
    PARTIALLY_ADEQUATE = "partially_adequate"
    AUTHORITY_AND_LAW = "authority_and_law"
    LEGISLATION = "legislation"
    NO_SPECIFIC_LAW = "no_specific_law"


def read_definitions(file: Path, *, root: Path) -> Mapping[str, Definition]:
    top = open_table(file, root=root)
    found: dict[str, Definition] = {}
    with top.strict():
        for table in top.tables("value"):
            definition = read_definition(table)
            if definition.id in found:
                raise table.refuse(f"value {definition.id!r} comes twice", "id")
            found[definition.id] = definition
    return found


def read_record_classes(
    file: Path, *, root: Path, translate: Translate
) -> Mapping[str, RecordClass]:
    top = open_table(file, root=root)
    found: dict[str, RecordClass] = {}
    with top.strict():
        for table in top.tables("record_class"):
            with table.strict():
                code = table.identifier("code")
                if code in found:
                    raise table.refuse(f"record class {code!r} comes twice", "code")
                title = translate("record_class", code, table.texts("title"), table)
                found[code] = RecordClass(code=code, title=title)
    return found


def read_categories(
    file: Path, *, root: Path, regimes: Iterable[str], translate: Translate
) -> Mapping[str, DataCategory]:
    top = open_table(file, root=root)
    found: dict[str, DataCategory] = {}
    with top.strict():
        for table in top.tables("category"):
            category = _read_category(table, regimes=set(regimes), translate=translate)
            if category.code in found:
                raise table.refuse(f"category {category.code!r} comes twice", "code")
            found[category.code] = category
    return found


def read_recognitions(
    file: Path, *, root: Path, regimes: Mapping[str, Regime], countries: Iterable[str]
) -> tuple[Recognition, ...]:
    """Who finds whom adequate; one entry may name several countries recognised alike."""
    top = open_table(file, root=root)
    found: dict[tuple[str, str], list[Recognition]] = {}
    with top.strict():
        for table in top.tables("recognition"):
            with table.strict():
                origin = regimes.get(table.identifier("origin"))
                if origin is None:
                    raise table.refuse("a regime that has no file", "origin")
                for country in table.countries("destinations"):
                    if country not in countries:
                        raise table.refuse(f"no country {country!r}", "destinations")
                    new = _read_recognition(table, origin=origin, destination=country)
                    alike = found.setdefault((new.origin, new.destination), [])
                    _refuse_clash(table, alike, new)
                    alike.append(new)
    return tuple(recognition for alike in found.values() for recognition in alike)


def read_world(file: Path, *, root: Path) -> Mapping[str, Country]:
    """The world table; a country's later rows say from which day its level changes."""
    name = file.relative_to(root).as_posix()
    found: dict[str, Country] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if rows.fieldnames != _COLUMNS:
            raise LawError(name, 1, f"columns must be {','.join(_COLUMNS)}")
        for row in rows:
            country = _read_row(row, found)
            if isinstance(country, str):
                raise LawError(name, rows.line_num, country)
            found[country.code] = country
    return found


def _read_category(table: Table, *, regimes: set[str], translate: Translate) -> DataCategory:
    with table.strict():
        code = table.identifier("code")
        classes, citations, marks = {}, {}, {}
        for view in table.tables("views"):
            with view.strict():
                regime = view.identifier("regime")
                if regime not in regimes or regime in classes:
                    raise view.refuse(f"regime {regime!r} has no file, or comes twice", "regime")
                classes[regime] = view.word("class", DataClass)
                citations[regime] = read_citation(view.table("cite"))
                marks[regime] = view.word("mark", Mark)
        return DataCategory(
            code=code,
            title=translate("category", code, table.texts("title"), table),
            personal=table.flag("personal"),
            classes=classes,
            citations=citations,
            marks=marks,
            fides=table.maybe("fides", Table.text),
            dpv=table.maybe("dpv", Table.text),
        )


def _read_recognition(table: Table, *, origin: Regime, destination: str) -> Recognition:
    since, until = table.maybe("since", Table.day), table.maybe("until", Table.day)
    first = since or origin.valid_from
    if until and until <= first:
        raise table.refuse("'until' is not after the first day", "until")
    return Recognition(
        origin=origin.code,
        destination=destination,
        since=first,
        until=until,
        scope=table.word("scope", RecipientScope) if "scope" in table else None,
        staff_scope=table.word("staff_scope", RecipientScope) if "staff_scope" in table else None,
        citation=read_citation(table.table("cite")),
        mark=table.word("mark", Mark),
        note=table.maybe("note", Table.text),
        dated=since is not None,
    )


def _refuse_clash(table: Table, others: list[Recognition], new: Recognition) -> None:
    """Refuse the same recognition twice at once; two different articles may stand together."""
    for old in others:
        apart = (old.until and old.until <= new.since) or (new.until and new.until <= old.since)
        if not apart and (old.scope, old.citation) == (new.scope, new.citation):
            raise table.refuse(f"{new.destination} is recognised twice at once", "destinations")


def _read_row(row: Mapping[str, str | None], found: Mapping[str, Country]) -> Country | str:
    """A row's country, or what is wrong with the row."""
    code, name = row["iso2"] or "", row["name"]
    if None in row or None in row.values():
        return f"{code or 'row'}: wrong number of columns"
    if not COUNTRY.fullmatch(code) or not name:
        return f"{code!r} is no country code, or has no name"
    if row["level"] not in set(WorldLevel):
        return f"{code}: no level {row['level']!r}"
    if row["confidence"] not in set(Mark):
        return f"{code}: no mark {row['confidence']!r}"
    return _read_level(row, code, found)


def _read_level(
    row: Mapping[str, str | None], code: str, found: Mapping[str, Country]
) -> Country | str:
    earlier, since = found.get(code), row["since"]
    if bool(earlier) != bool(since):
        return f"{code}: a first row has no 'since', every later one has"
    if earlier and since:
        try:
            change = (date.fromisoformat(since), str(row["level"]))
        except ValueError:
            return f"{code}: {since!r} is no date"
        return replace(earlier, changes=tuple(sorted((*earlier.changes, change))))
    return Country(
        code=code,
        name={"en": str(row["name"])},
        level=row["level"],
        law=row["law"] or None,
        mark=Mark(str(row["confidence"])),
        regime=None,
    )
