"""Systems with their places, and databases with their filings and counts, as facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from inventory.law.vocabulary import FilingKind, LocationRole, SystemKind
from inventory.models import (
    Database,
    DatabaseCount,
    Filing,
    Organisation,
    System,
    SystemLocation,
)
from inventory.rules.facts import DatabaseFacts, DatasetFacts, FilingFacts, Location, SystemFacts
from inventory.services.gather_rows import collect, grouped, read
from inventory.services.gather_safeguards import load_safeguards
from inventory.services.links import Ids

SYSTEM = (
    "pk", "key", "name", "kind", "provider_id", "locations_state", "safeguards_state",
    "encrypted_at_rest", "encrypted_in_transit", "access_controlled", "access_logged",
    "access_log_months", "reachable_from_outside", "backed_up",
    "backup_cycle", "backup_retention",
)  # fmt: skip
DATABASE = (
    "pk", "key", "name", "entity_id", "purpose_text", "manager_id", "manager__erased_at", "risks",
    "access_means", "trades_in_data", "filings_state", "changed_on", "document_checked_on",
    "declared_categories", "declared_categories_state",
)  # fmt: skip


def load_systems(organisation: Organisation, ids: Ids | None) -> dict[str, SystemFacts]:
    """Systems that are not retired."""
    locations = _load_locations(organisation, ids)
    safeguards = load_safeguards(organisation, "system", ids)
    rows = read(System, organisation, SYSTEM, among={"pk": ids}, retired_at=None)
    return {
        str(row["pk"]): SystemFacts(
            id=str(row["pk"]),
            key=row["key"],
            name=row["name"],
            kind=SystemKind(row["kind"]),
            provider=row["provider_id"] and str(row["provider_id"]),
            locations=collect(locations.get(row["pk"], ()), row["locations_state"]),
            safeguards=collect(safeguards.get(row["pk"], ()), row["safeguards_state"]),
            backup_cycle=row["backup_cycle"].strip() or None,
            backup_retention=row["backup_retention"] or None,
            **{name: row[name] for name in SYSTEM[7:-2]},
        )
        for row in (dict(zip(SYSTEM, values, strict=True)) for values in rows)
    }


def load_databases(
    organisation: Organisation,
    ids: Ids | None,
    datasets: Mapping[str, DatasetFacts],
    *,
    as_of: date,
) -> dict[str, DatabaseFacts]:
    """Databases that are not retired; their datasets are those among the facts given."""
    filings = _load_filings(organisation, ids)
    counts = _load_counts(organisation, ids, as_of)
    held = grouped((key, one.id) for one in datasets.values() for key in one.databases)
    rows = read(Database, organisation, DATABASE, among={"pk": ids}, retired_at=None)
    found = (dict(zip(DATABASE, row, strict=True)) for row in rows)
    return {
        str(row["pk"]): _database(
            row,
            filings.get(row["pk"], []),
            counts.get(row["pk"], (None, None, None)),
            held.get(str(row["pk"]), []),
        )
        for row in found
    }


def _database(
    row: dict[str, Any],
    filings: list[FilingFacts],
    count: tuple[date | None, int | None, int | None],
    datasets: list[str],
) -> DatabaseFacts:
    counted_on, persons, users = count
    managed = row["manager_id"] and row["manager__erased_at"] is None
    return DatabaseFacts(
        id=str(row["pk"]),
        key=row["key"],
        name=row["name"],
        entity=str(row["entity_id"]),
        purpose_text=row["purpose_text"] or None,
        persons=persons,
        persons_on=counted_on,
        authorised_users=users,
        trades_in_data=row["trades_in_data"],
        manager_named=True if managed else None,
        risks=row["risks"] or None,
        access_means=row["access_means"],
        changed_on=row["changed_on"],
        document_checked_on=row["document_checked_on"],
        declared_categories=collect(row["declared_categories"], row["declared_categories_state"]),
        filings=collect(filings, row["filings_state"]),
        datasets=tuple(datasets),
    )


def _load_locations(organisation: Organisation, ids: Ids | None) -> Mapping[int, list[Location]]:
    columns = ("system_id", "role", "country")
    rows = read(SystemLocation, organisation, columns, among={"system": ids})
    return grouped(
        (system, Location(role=LocationRole(role), country=country))
        for system, role, country in rows
    )


def _load_filings(organisation: Organisation, ids: Ids | None) -> Mapping[int, list[FilingFacts]]:
    columns = ("database_id", "kind", "regime", "number", "filed_on")
    rows = read(Filing, organisation, columns, among={"database": ids})
    return grouped(
        (
            database,
            FilingFacts(
                kind=FilingKind(kind), regime=regime, number=number or None, filed_on=filed_on
            ),
        )
        for database, kind, regime, number, filed_on in rows
    )


def _load_counts(
    organisation: Organisation, ids: Ids | None, as_of: date
) -> Mapping[int, tuple[date, int | None, int | None]]:
    """The latest count of each database on or before the day."""
    rows = read(
        DatabaseCount,
        organisation,
        ("database_id", "counted_on", "persons", "authorised_users"),
        among={"database": ids},
        order=("database_id", "counted_on"),
        counted_on__lte=as_of,
    )
    return {database: (on, persons, users) for database, on, persons, users in rows}
