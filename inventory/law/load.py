"""Reading all law files once, strictly, into a `Law`. Whoever calls keeps it."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from inventory.law.bundle import Law
from inventory.law.jurisdictions import Terms, read_checks, read_country, read_regime
from inventory.law.pending import read_pending
from inventory.law.reading import Table, open_table
from inventory.law.refusals import LawError
from inventory.law.shapes import Country, Regime
from inventory.law.taxonomies import (
    read_categories,
    read_definitions,
    read_recognitions,
    read_record_classes,
    read_world,
)
from inventory.law.translations import Translations

DATA = Path(__file__).parent / "data"


def load_law(directory: Path | None = None, *, checks: Path | None = None) -> Law:
    """The law of a directory (the program's own unless given); LawError names file and line.

    `checks` is another directory of checks, for a test that has a small law of its own.
    """
    root = directory or DATA
    checks_directory = checks or root / "checks"
    translations = Translations()
    translations.read(root / "texts", root=root)
    record_classes = read_record_classes(
        root / "record_classes.toml", root=root, translate=translations.add
    )
    terms = Terms(
        definitions=read_definitions(root / "values.toml", root=root),
        record_classes=record_classes,
        translate=translations.add,
    )
    regimes, countries = _read_jurisdictions(root, terms)
    regimes = _add_checks(checks_directory, regimes, terms)
    law = Law(
        regimes=regimes,
        countries=countries,
        categories=read_categories(
            root / "categories.toml", root=root, regimes=regimes, translate=translations.add
        ),
        record_classes=record_classes,
        definitions=terms.definitions,
        recognitions=read_recognitions(
            root / "adequacy.toml", root=root, regimes=regimes, countries=countries
        ),
        pending=read_pending(
            root / "pending.toml",
            root=root,
            jurisdictions={*regimes, *countries},
            values=terms.definitions,
        ),
        reviews=translations.reviews,
        hash=_hash(root, checks_directory),
    )
    if checks is None:
        translations.refuse_orphans()
    return law


def _read_jurisdictions(
    root: Path, terms: Terms
) -> tuple[Mapping[str, Regime], Mapping[str, Country]]:
    regimes: dict[str, Regime] = {}
    tops: dict[str, Table] = {}
    for file in sorted((root / "regimes").glob("*.toml")):
        regime, top = read_regime(file, root=root, terms=terms)
        for other in regimes.values():
            if shared := set(other.countries) & set(regime.countries):
                raise top.refuse(f"{min(shared)} has the regime {other.code}", "countries")
        regimes[regime.code], tops[regime.code] = regime, top
    own = [table for top in tops.values() for table in top.tables("country")]
    apart = [open_table(file, root=root) for file in sorted((root / "countries").glob("*.toml"))]
    countries = _read_countries(root, own + apart, regimes, terms)
    for code, top in tops.items():
        if unknown := set(regimes[code].countries) - set(countries):
            raise top.refuse(f"no country {min(unknown)!r}", "countries")
    return regimes, countries


def _read_countries(
    root: Path, tables: list[Table], regimes: Mapping[str, Regime], terms: Terms
) -> Mapping[str, Country]:
    """The world table, with what each country's own table adds."""
    members = {code: regime for regime in regimes.values() for code in regime.countries}
    world = {
        code: replace(country, regime=members[code].code if code in members else None)
        for code, country in read_world(root / "world.csv", root=root).items()
    }
    described: dict[str, Country] = {}
    for table in tables:
        code = table.country("code")
        if code in described:
            raise table.refuse(f"country {code} is described twice", "code")
        regime = members.get(code)
        described[code] = read_country(table, known=world, regime=regime, terms=terms)
    return {**world, **described}


def _add_checks(
    directory: Path, regimes: Mapping[str, Regime], terms: Terms
) -> Mapping[str, Regime]:
    taken: dict[str, str] = {}
    complete = dict(regimes)
    for file in sorted(directory.glob("*.toml")):
        if file.stem not in regimes:
            raise LawError(f"checks/{file.name}", 1, f"no regime {file.stem!r}")
        regime = regimes[file.stem]
        checks = read_checks(file, root=directory.parent, regime=regime, terms=terms, taken=taken)
        complete[file.stem] = replace(regime, checks=checks)
    return complete


def _hash(root: Path, checks: Path) -> str:
    """SHA-256 over the names and contents of all files, in the order of their names."""
    files = {f"checks/{file.name}": file for file in checks.glob("*.toml")}
    for file in root.rglob("*"):
        name = file.relative_to(root).as_posix()
        if file.suffix in {".toml", ".csv"} and not name.startswith("checks/"):
            files[name] = file
    digest = hashlib.sha256()
    for name, file in sorted(files.items()):
        contents = file.read_bytes()
        digest.update(f"{name}\0{len(contents)}\0".encode())
        digest.update(contents)
    return digest.hexdigest()
