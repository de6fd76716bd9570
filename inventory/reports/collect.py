"""From rows of the register to the facts of a record.

Of the datasets that an activity uses, an entity's record tells of the entity's own; where it
has none of its own there, of those it shares with the others.
"""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from inventory.law.bundle import Law
from inventory.law.vocabulary import Declared, EntityRole, PartyRole
from inventory.models import LegalEntity
from inventory.reports.data import collect_categories
from inventory.reports.facts import (
    Activity,
    Assessment,
    Basis,
    Crossing,
    Entity,
    Measure,
    Period,
    Person,
    Purpose,
    Recipient,
    RecordFacts,
    Storage,
    Way,
)
from inventory.reports.rows import Row, Rows
from inventory.reports.slice import CONTROLS, Slice, ids, read_slice

STORAGE_COLUMNS = (
    "name", "encrypted_at_rest", "encrypted_in_transit", "access_controlled", "access_logged",
    "access_policy", "backed_up", "backup_cycle",
)  # fmt: skip
PURPOSE_COLUMNS = (
    "key", "name", "text", "automated_decision", "profiling", "direct_marketing", "child_service",
)  # fmt: skip
BASIS_COLUMNS = ("code", "data_class", "country", "law_reference", "balancing_test_on")
PERIOD_COLUMNS = (
    "record_class", "country", "period", "criteria", "start_event", "rounding", "authority",
    "law_reference", "disposal",
)  # fmt: skip


def collect(entity: LegalEntity, regime: str, *, as_of: date, law: Law, rows: Rows) -> RecordFacts:
    """What the register says for an entity's record under a regime."""
    here = read_slice(rows, entity.pk, regime)
    zone = ZoneInfo(entity.organisation.timezone)
    ordered = sorted(here.activities, key=lambda row: (row["name"].casefold(), row["key"]))
    return RecordFacts(
        regime=regime,
        as_of=as_of,
        entity=_entity(here),
        activities=tuple(
            _activity(here, row, law.regimes[regime].countries, zone) for row in ordered
        ),
    )


def _entity(here: Slice) -> Entity:
    row = here.entity
    named = here.representatives[0]["contact_id"] if here.representatives else None
    return Entity(
        **_pick(row, "key", "name", "country", "region", "address", "small_agent"),
        dpo_appointed=row["dpo_appointed"],
        contact=_person(here, row["contact_id"]),
        dpo=_person(here, row["dpo_id"]),
        representative=_person(here, named),
        representatives_state=Declared(row["representatives_state"]),
    )


def _person(here: Slice, contact_id: int | None) -> Person | None:
    row = here.contacts.get(contact_id) if contact_id else None
    if row is None or row["erased_at"]:
        return None
    return Person(**_pick(row, "name", "email", "phone", "address"))


def _activity(here: Slice, row: Row, inside: tuple[str, ...], zone: ZoneInfo) -> Activity:
    purposes = sorted(here.purposes[row["id"]], key=lambda p: (p["name"].casefold(), p["key"]))
    fields = _fields(here, purposes)
    datasets = [here.datasets[pk] for pk in sorted({f["dataset_id"] for f in fields.values()})]
    systems = [here.systems[pk] for pk in sorted(ids(datasets, "system_id"))]
    recipients = _recipients(here, purposes, datasets, systems)
    sources = [s for dataset in datasets for s in here.sources[dataset["id"]]]
    return Activity(
        **_pick(row, "key", "name", "description", "reviewed_on"),
        updated_on=_updated_on(here, row, purposes, zone),
        joint_controllers=_joint_controllers(here, row),
        purposes=tuple(_purpose(here, purpose) for purpose in purposes),
        subjects=_in_order([row, *datasets], "subject_categories"),
        subjects_state=Declared(row["subject_categories_state"]),
        fields_used=len(fields),
        categories=collect_categories(here, purposes, fields),
        collected_in=_in_order(datasets, "collected_in"),
        derived_from=tuple(sorted({here.source_names[s["source_id"]]["name"] for s in sources})),
        recipients=tuple(dict.fromkeys(recipient for _, recipient in recipients)),
        crossings=_crossings(here, recipients, datasets, systems, inside),
        storages=tuple(Storage(**_pick(system, *STORAGE_COLUMNS)) for system in systems),
        measures=_measures(here, row, systems),
        measures_state=_measures_state([here.entity, row, *systems]),
    )


def _fields(here: Slice, purposes: list[Row]) -> dict[int, Row]:
    """The fields in use, of the entity's own datasets if it has any in this activity."""
    used = {use["field_id"] for purpose in purposes for use in here.uses[purpose["id"]]}
    live = {pk: here.fields[pk] for pk in sorted(used & here.fields.keys())}
    live = {pk: field for pk, field in live.items() if field["dataset_id"] in here.datasets}
    own = {pk: field for pk, field in live.items() if _is_own(here, field["dataset_id"])}
    return own or live


def _is_own(here: Slice, dataset_id: int) -> bool:
    return here.datasets[dataset_id]["entity_id"] in (None, here.entity["id"])


def _updated_on(here: Slice, row: Row, purposes: list[Row], zone: ZoneInfo) -> date | None:
    moments: list[datetime] = [here.changed[row["id"]]] if row["id"] in here.changed else []
    moments += [m for p in purposes if (m := here.purpose_changed.get(p["id"]))]
    return max(moments).astimezone(zone).date() if moments else None


def _joint_controllers(here: Slice, row: Row) -> tuple[str, ...]:
    """The group's other companies that decide jointly with the entity."""
    parts = here.parts[row["id"]]
    if not any(
        part["role"] == EntityRole.JOINT_CONTROLLER and part["entity_id"] == here.entity["id"]
        for part in parts
    ):
        return ()
    others = {p["entity_id"] for p in parts if p["role"] in CONTROLS} - {here.entity["id"]}
    return tuple(sorted(here.entities[pk]["name"] for pk in others))


def _purpose(here: Slice, row: Row) -> Purpose:
    bases = [b for b in here.bases[row["id"]] if b["country"] in (None, here.entity["country"])]
    periods = [p for p in here.periods[row["id"]] if p["country"] in (None, here.entity["country"])]
    return Purpose(
        **_pick(row, *PURPOSE_COLUMNS),
        bases=tuple(Basis(**_pick(basis, *BASIS_COLUMNS)) for basis in bases),
        bases_state=Declared(row["bases_state"]),
        periods=tuple(Period(**_pick(period, *PERIOD_COLUMNS)) for period in periods),
        retention_state=Declared(row["retention_state"]),
        disclosures_state=Declared(row["disclosures_state"]),
        assessments=tuple(
            Assessment(**_pick(found, "kind", "done_on")) for found in here.assessments[row["id"]]
        ),
        assessments_state=Declared(row["assessments_state"]),
    )


def _recipients(
    here: Slice, purposes: list[Row], datasets: list[Row], systems: list[Row]
) -> list[tuple[int, Recipient]]:
    """Whom the data is disclosed to, and who runs the systems that hold it."""
    purpose_ids, dataset_ids = ids(purposes, "id"), ids(datasets, "id")
    found = [
        (d["party_id"], d["role"], d["what_for"])
        for d in here.disclosures
        if d["purpose_id"] in purpose_ids or d["dataset_id"] in dataset_ids
    ]
    named = {party_id for party_id, _, _ in found}
    found += [
        (provider, PartyRole.PROCESSOR.value, "")
        for provider in sorted(ids(systems, "provider_id"))
        if provider not in named
    ]
    return [(pk, _recipient(here, here.parties[pk], role, what)) for pk, role, what in found]


def _recipient(here: Slice, party: Row, role: str, what_for: str) -> Recipient:
    contracts = [
        contract["signed_on"]
        for contract in here.contracts[party["id"]]
        if contract["entity_id"] in (None, here.entity["id"]) and contract["signed_on"]
    ]
    return Recipient(
        name=party["name"],
        country=party["country"],
        role=role,
        what_for=what_for,
        contract_on=max(contracts, default=None),
    )


def _crossings(
    here: Slice,
    recipients: list[tuple[int, Recipient]],
    datasets: list[Row],
    systems: list[Row],
    inside: tuple[str, ...],
) -> tuple[Crossing, ...]:
    """Where data leaves the regime's countries, by party and by system, and on what ground."""
    running = ids(systems, "provider_id") - ids(here.disclosures, "party_id")
    found = [
        _crossing(here, Way.PARTY, party_id, recipient.country)
        for party_id, recipient in recipients
        if recipient.country not in inside and party_id not in running
    ]
    for system in systems:
        places = {place["country"] for place in here.locations[system["id"]]}
        said = system["locations_state"] != Declared.NOT_ASKED
        out = sorted(places - {*inside}) if places or said else [None]
        found += [_crossing(here, Way.SYSTEM, system["id"], country) for country in out]
    found += [_unplaced(dataset) for dataset in datasets if dataset["system_id"] is None]
    return tuple(dict.fromkeys(found))


def _crossing(here: Slice, way: Way, pk: int, destination: str | None) -> Crossing:
    names = here.parties if way is Way.PARTY else here.systems
    ground = next(
        (
            transfer
            for transfer in here.transfers
            if transfer["destination"] == destination and transfer[f"{way}_id"] == pk
        ),
        {},
    )
    return Crossing(
        destination=destination,
        way=way,
        name=names[pk]["name"],
        mechanism=ground.get("mechanism") or None,
        instrument_on=ground.get("instrument_on"),
        assessment_on=ground.get("assessment_on") or _assessed_on(here, ground.get("id")),
    )


def _assessed_on(here: Slice, transfer_id: int | None) -> date | None:
    made = here.transfer_assessments[transfer_id] if transfer_id else []
    return max((a["done_on"] for a in made if a["done_on"]), default=None)


def _unplaced(dataset: Row) -> Crossing:
    """A dataset in no system: nobody has said where it is."""
    return Crossing(
        destination=None,
        way=Way.SYSTEM,
        name=dataset["name"],
        mechanism=None,
        instrument_on=None,
        assessment_on=None,
    )


def _measures(here: Slice, row: Row, systems: list[Row]) -> tuple[Measure, ...]:
    system_ids = ids(systems, "id")
    found = [
        Measure(**_pick(safeguard, "kind", "description", "last_done"))
        for safeguard in here.safeguards
        if here.entity["id"] == safeguard["entity_id"]
        or row["id"] == safeguard["activity_id"]
        or safeguard["system_id"] in system_ids
    ]
    return tuple(sorted(set(found), key=lambda m: (m.kind, m.description, str(m.last_done))))


def _measures_state(holders: list[Row]) -> Declared:
    """Declared none only where every holder was asked."""
    states = {Declared(holder["safeguards_state"]) for holder in holders}
    if states == {Declared.NONE}:
        return Declared.NONE
    return Declared.NOT_ASKED if Declared.NOT_ASKED in states else Declared.COMPLETE


def _in_order(rows: Iterable[Row], column: str) -> tuple[str, ...]:
    return tuple(sorted({code for row in rows for code in row[column]}))


def _pick(row: Row, *columns: str) -> Row:
    return {column: row[column] for column in columns}
