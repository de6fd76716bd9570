"""The rows that one entity's record needs, read table by table in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from inventory.law.vocabulary import EntityRole, JustificationState
from inventory.models import (
    Activity,
    ActivityEntity,
    Contact,
    Contract,
    Dataset,
    Disclosure,
    Field,
    FieldUse,
    ImpactAssessment,
    Justification,
    LegalBasis,
    LegalEntity,
    Lineage,
    Party,
    Purpose,
    Representative,
    RetentionPeriod,
    Safeguard,
    System,
    SystemLocation,
    Transfer,
)
from inventory.reports.rows import Row, Rows

CONTROLS = (EntityRole.CONTROLLER, EntityRole.JOINT_CONTROLLER)

type ById = dict[int, Row]
type Grouped = dict[int, list[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Rows by id, and parts by the id of their whole."""

    entity: Row
    entities: ById
    contacts: ById
    representatives: list[Row]
    activities: list[Row]
    parts: Grouped  # an activity's entities
    purposes: Grouped  # by activity
    bases: Grouped  # by purpose
    periods: Grouped
    assessments: Grouped
    uses: Grouped
    fields: ById
    datasets: ById
    justifications: ById
    systems: ById
    locations: Grouped
    disclosures: list[Row]
    parties: ById
    contracts: Grouped
    transfers: list[Row]
    transfer_assessments: Grouped
    safeguards: list[Row]
    sources: Grouped  # by derived dataset
    source_names: ById
    changed: dict[int, datetime]  # by activity
    purpose_changed: dict[int, datetime]


def read_slice(rows: Rows, entity_id: int, regime: str) -> Slice:
    """Everything about the activities in which the entity decides why and how."""
    entities = by_id(rows(LegalEntity))
    entity = entities[entity_id]
    representatives = rows(Representative, entity_id=entity_id, regime=regime)
    own = rows(ActivityEntity, entity_id=entity_id, role__in=CONTROLS)
    activities = rows(Activity, id__in={part["activity_id"] for part in own}, retired_at=None)
    activity_ids = [activity["id"] for activity in activities]
    purposes = rows(Purpose, activity_id__in=activity_ids, retired_at=None)
    purpose_ids = [purpose["id"] for purpose in purposes]
    uses = rows(FieldUse, purpose_id__in=purpose_ids, proposed=False)
    fields = by_id(rows(Field, id__in={use["field_id"] for use in uses}, retired_at=None))
    held = {field["dataset_id"] for field in fields.values()}
    datasets = by_id(rows(Dataset, id__in=held, retired_at=None))
    systems = by_id(rows(System, id__in=ids(datasets.values(), "system_id")))
    disclosures = rows(Disclosure, Q(purpose_id__in=purpose_ids) | Q(dataset_id__in=datasets))
    parties = by_id(
        rows(Party, id__in=ids(disclosures, "party_id") | ids(systems.values(), "provider_id"))
    )
    transfers = rows(Transfer, entity_id=entity_id)
    assessments = rows(
        ImpactAssessment,
        Q(purpose_id__in=purpose_ids) | Q(transfer_id__in=ids(transfers, "id")),
    )
    sources = rows(Lineage, dataset_id__in=datasets)
    return Slice(
        entity=entity,
        entities=entities,
        contacts=_contacts(rows, entity, representatives),
        representatives=representatives,
        activities=activities,
        parts=grouped(rows(ActivityEntity, activity_id__in=activity_ids), "activity_id"),
        purposes=grouped(purposes, "activity_id"),
        bases=grouped(rows(LegalBasis, purpose_id__in=purpose_ids, regime=regime), "purpose_id"),
        periods=grouped(rows(RetentionPeriod, purpose_id__in=purpose_ids), "purpose_id"),
        assessments=grouped(assessments, "purpose_id"),
        uses=grouped(uses, "purpose_id"),
        fields=fields,
        datasets=datasets,
        justifications=_approved(rows, uses),
        systems=systems,
        locations=grouped(rows(SystemLocation, system_id__in=systems), "system_id"),
        disclosures=disclosures,
        parties=parties,
        contracts=grouped(rows(Contract, party_id__in=parties), "party_id"),
        transfers=transfers,
        transfer_assessments=grouped(assessments, "transfer_id"),
        safeguards=_safeguards(rows, entity_id, activity_ids, systems),
        sources=grouped(sources, "dataset_id"),
        source_names=by_id(rows(Dataset, id__in=ids(sources, "source_id"))),
        changed=rows.last_changes(Activity, activity_ids),
        purpose_changed=rows.last_changes(Purpose, purpose_ids),
    )


def by_id(rows: Iterable[Row]) -> ById:
    return {row["id"]: row for row in rows}


def grouped(rows: Iterable[Row], column: str) -> Grouped:
    groups: Grouped = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def ids(rows: Iterable[Row], column: str) -> set[int]:
    return {row[column] for row in rows if row[column] is not None}


def _contacts(rows: Rows, entity: Row, representatives: list[Row]) -> ById:
    wanted = {entity["contact_id"], entity["dpo_id"]} | ids(representatives, "contact_id")
    return by_id(rows(Contact, id__in=wanted - {None}))


def _approved(rows: Rows, uses: list[Row]) -> ById:
    wanted = ids(uses, "justification_id")
    return by_id(rows(Justification, id__in=wanted, state=JustificationState.APPROVED))


def _safeguards(
    rows: Rows, entity_id: int, activity_ids: list[int], system_ids: Iterable[int]
) -> list[Row]:
    return rows(
        Safeguard,
        Q(entity_id=entity_id) | Q(activity_id__in=activity_ids) | Q(system_id__in=system_ids),
    )
