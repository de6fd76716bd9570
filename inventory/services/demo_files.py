"""The demo register's files, read into what the services take. The files' heads tell their form."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from inventory.law.bundle import Law
from inventory.services.inputs import (
    DatasetInput,
    FieldInput,
    LineageInput,
    LocationInput,
    SubjectCountryInput,
    SystemInput,
)
from inventory.services.register_inputs import (
    ActivityEntityInput,
    ActivityInput,
    AssessmentInput,
    BasisInput,
    ContactInput,
    ContractInput,
    CountInput,
    DatabaseInput,
    DisclosureInput,
    EntityInput,
    FilingInput,
    NoticeInput,
    PartyInput,
    PurposeInput,
    RepresentativeInput,
    RetentionInput,
    SafeguardInput,
    TransferInput,
)

AGO = re.compile(r"(\d+) (day|month|year)s? ago")
RETENTION = {"for": "record_class", "keep": "period", "from": "start_event", "by": "authority",
             "law": "law_reference"}  # fmt: skip
BASIS = {"law": "law_reference", "class": "data_class"}

type Table = dict[str, Any]


@dataclass
class Book:
    """One organisation's files as tables; words for days have become days."""

    organisation: Table
    people: list[Table] = field(default_factory=list)
    entities: list[Table] = field(default_factory=list)
    parties: list[Table] = field(default_factory=list)
    systems: list[Table] = field(default_factory=list)
    notices: dict[str, Table] = field(default_factory=dict)
    activities: list[Table] = field(default_factory=list)
    datasets: list[Table] = field(default_factory=list)
    databases: list[Table] = field(default_factory=list)
    transfers: list[Table] = field(default_factory=list)
    changes: list[Table] = field(default_factory=list)


def read_books(directory: Path, *, today: date) -> list[Book]:
    """The main organisation's book, and that of the other one."""
    own = {file.stem: _read(file, today) for file in sorted(directory.glob("*.toml"))}
    other = own.pop("other")
    terms = own["parties"].pop("terms")
    named = own["activities"].pop("safeguards")
    book = Book(
        organisation=own["organisation"]["organisation"],
        people=own["organisation"]["person"],
        entities=_with_defaults(own["entities"], "entity"),
        parties=[_with_terms(one, terms) for one in own["parties"]["party"]],
        systems=_with_defaults(own["systems"], "system"),
        notices=own["notices"],
        activities=_with_safeguards(own["activities"], named),
        datasets=[
            one for name in own if name.startswith("datasets")
            for one in _with_defaults(own[name], "dataset")
        ],
        databases=own["databases"]["database"],
        transfers=own["transfers"]["transfer"],
        changes=own["changes"]["change"],
    )  # fmt: skip
    return [book, _small_book(other)]


def entity_input(table: Table) -> EntityInput:
    return EntityInput(
        **{
            **_without(table, "key"),
            **_contacts(table, "contact", "dpo"),
            **_parts(table, "safeguards", SafeguardInput),
            **_parts(table, "representatives", _representative),
        }
    )


def party_input(table: Table) -> PartyInput:
    return PartyInput(
        **{
            **_without(table, "key"),
            **_tuples(table, "roles", "certifications"),
            **_parts(table, "contracts", _contract),
        }
    )


def system_input(table: Table) -> SystemInput:
    places = _parts(
        table, "locations", lambda role, country: LocationInput(role=role, country=country)
    )
    return SystemInput(**{**_without(table, "key", "owner"), **places})


def notice_input(table: Table) -> NoticeInput:
    return NoticeInput(**{**table, **_tuples(table, "items")})


def activity_input(table: Table) -> ActivityInput:
    values = _without(table, "key", "purpose", "controllers", "subjects")
    if "subjects" in table:
        values["subject_categories"] = tuple(table["subjects"])
    if "controllers" in table:
        values["entities"] = tuple(
            ActivityEntityInput(entity=key, role="controller") for key in table["controllers"]
        )
    return ActivityInput(**{**values, **_parts(table, "safeguards", SafeguardInput)})


def purpose_input(table: Table, law: Law, notices: Mapping[str, int]) -> PurposeInput:
    values = _without(table, "key")
    if "bases" in table:
        values["bases"] = tuple(_basis(one, law) for one in table["bases"])
    if "notices" in table:
        values["notices"] = tuple(notices[name] for name in table["notices"])
    return PurposeInput(
        **{
            **values,
            **_parts(table, "retention", lambda **one: RetentionInput(**_named(one, RETENTION))),
            **_parts(table, "disclosures", DisclosureInput),
            **_parts(table, "assessments", AssessmentInput),
        }
    )


def dataset_input(table: Table) -> DatasetInput:
    """A manifest: what is proposed of fields and uses is decided by somebody else."""
    skipped = ("key", "owner", "subjects", "people", "reviewed_on", "justification")
    return DatasetInput(
        **{
            **_without(table, *skipped),
            **_tuples(table, "collected_in", "origins", "access_policies"),
            "subject_categories": tuple(table["subjects"]),
            "subject_countries": tuple(_country(*one) for one in table["people"]),
            "sources": tuple(
                _lineage(**_named(one, {"from": "source"})) for one in table["sources"]
            ),
            "fields": tuple(_field(*one) for one in table["fields"]),
        }
    )


def database_input(table: Table) -> DatabaseInput:
    counted = {"on": "counted_on", "users": "authorised_users"}
    return DatabaseInput(
        **{
            **_without(table, "key"),
            **_contacts(table, "manager"),
            **_tuples(table, "datasets", "declared_categories"),
            **_parts(table, "counts", lambda **one: CountInput(**_named(one, counted))),
            **_parts(
                table, "filings", lambda **one: FilingInput(**_named(one, {"on": "filed_on"}))
            ),
        }
    )


def transfer_input(table: Table) -> TransferInput:
    return TransferInput(**table)


def _read(file: Path, today: date) -> Table:
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    found: Table = _dated(tables, today)
    return found


def _dated(value: Any, today: date) -> Any:
    """Words such as `5 months ago` become days."""
    if isinstance(value, dict):
        return {name: _dated(one, today) for name, one in value.items()}
    if isinstance(value, list):
        return [_dated(one, today) for one in value]
    ago = AGO.fullmatch(value) if isinstance(value, str) else None
    return _before(today, int(ago[1]), ago[2]) if ago else value


def _before(today: date, number: int, unit: str) -> date:
    if unit == "day":
        return today - timedelta(days=number)
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    return date(months // 12, months % 12 + 1, min(today.day, 28))


def _with_defaults(tables: Table, name: str) -> list[Table]:
    return [{**tables.get("defaults", {}), **one} for one in tables[name]]


def _with_terms(party: Table, terms: Table) -> Table:
    contracts = [
        {**one, "terms": terms.get(one["terms"], ()) if one["terms"] else []}
        for one in party["contracts"]
    ]
    return {**party, "contracts": contracts}


def _with_safeguards(tables: Table, named: Table) -> list[Table]:
    return [
        {
            **one,
            "safeguards": [named[name] for name in one["safeguards"]],
            "purpose": [{**tables["defaults"], **purpose} for purpose in one["purpose"]],
        }
        for one in tables["activity"]
    ]


def _small_book(tables: Table) -> Book:
    return Book(
        organisation=tables["organisation"],
        people=tables["person"],
        entities=tables["entity"],
        systems=tables["system"],
        activities=tables["activity"],
        datasets=tables["dataset"],
    )


def _without(table: Table, *names: str) -> Table:
    return {name: value for name, value in table.items() if name not in names}


def _named(table: Table, names: Mapping[str, str]) -> Table:
    return {names.get(name, name): value for name, value in table.items()}


def _parts(table: Table, name: str, make: Any) -> Table:
    """A list of tables, or of short lists, each made into its input."""
    if name not in table:
        return {}
    made = (make(**one) if isinstance(one, dict) else make(*one) for one in table[name])
    return {name: tuple(made)}


def _tuples(table: Table, *names: str) -> Table:
    return {name: tuple(table[name]) for name in names if name in table}


def _contacts(table: Table, *names: str) -> Table:
    return {name: ContactInput(**table[name]) for name in names if name in table}


def _representative(contact: Table, **rest: Any) -> RepresentativeInput:
    return RepresentativeInput(contact=ContactInput(**contact), **rest)


def _contract(terms: list[str], **rest: Any) -> ContractInput:
    return ContractInput(terms=tuple(terms), **rest)


def _basis(written: str | Table, law: Law) -> BasisInput:
    table = {"code": written} if isinstance(written, str) else _named(written, BASIS)
    known = law.bases[table["code"]]
    table.setdefault("data_class", known.data_classes[0].value)
    return BasisInput(regime=known.regime, **table)


def _country(country: str, said: str) -> SubjectCountryInput:
    return SubjectCountryInput(
        country=country, offered="offered" in said, monitored="monitored" in said
    )


def _lineage(**table: Any) -> LineageInput:
    return LineageInput(**table)


def _field(
    name: str, kind: str, category: str, identifies: str, purposes: str, protection: str = "plain"
) -> FieldInput:
    return FieldInput(
        name=name,
        type=kind,
        category=category,
        identifiability=identifies,
        protection=protection,
        mandatory=False,
        purposes=tuple(purposes.split()),
    )
