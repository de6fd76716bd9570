"""A register of some size, made in bulk, and what the rules say of it when asked afresh."""

import random
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from inventory.models import (
    Activity,
    ActivityEntity,
    Contract,
    Database,
    DatabaseDataset,
    Dataset,
    DatasetCountry,
    Disclosure,
    Field,
    FieldUse,
    Finding,
    LegalBasis,
    LegalEntity,
    Lineage,
    Organisation,
    Party,
    Purpose,
    System,
    SystemLocation,
)
from inventory.rules.evaluate import evaluate
from inventory.services.gather import gather
from inventory.services.law import law_of

COUNTRIES = ("FR", "DE", "BR", "AR", "IL")
CATEGORIES = ("email", "health", None, "name")

type Told = set[tuple[str, str, str, str, str]]


@dataclass(frozen=True, kw_only=True)
class Register:
    organisation: Organisation
    entities: list[LegalEntity]
    systems: list[System]
    parties: list[Party]
    purposes: list[Purpose]
    datasets: list[Dataset]
    databases: list[Database]


def make_register(
    organisation: Organisation, *, datasets: int, fields: int = 4, purposes: int = 6, seed: int = 1
) -> Register:
    """Datasets of five companies in a few systems, used by purposes that disclose to parties."""
    chance = random.Random(seed)
    entities = [
        LegalEntity.objects.create(
            organisation=organisation, key=f"e-{c.lower()}", name=c, country=c
        )
        for c in COUNTRIES
    ]
    parties = [
        Party.objects.create(organisation=organisation, key=f"y{i}", name=f"Party {i}", country=c)
        for i, c in enumerate(("US", "FR", None))
    ]
    Contract.objects.create(organisation=organisation, party=parties[0], title="Terms")
    systems = [_system(organisation, i, parties) for i in range(3)]
    held = [_purpose(organisation, i, entities, parties) for i in range(purposes)]
    rows = Dataset.objects.bulk_create(
        Dataset(
            organisation=organisation,
            key=f"d{i}",
            name=f"Dataset {i}",
            kind="user",
            entity=chance.choice([*entities, None]),
            system=chance.choice([*systems, None]),
        )
        for i in range(datasets)
    )
    _fill(organisation, rows, held, fields, chance)
    databases = [
        Database.objects.create(organisation=organisation, key=f"b{i}", name=f"Base {i}", entity=e)
        for i, e in enumerate(entities[3:])
    ]
    DatabaseDataset.objects.bulk_create(
        DatabaseDataset(organisation=organisation, database=chance.choice(databases), dataset=row)
        for row in rows[::3]
    )
    return Register(
        organisation=organisation,
        entities=entities,
        systems=systems,
        parties=parties,
        purposes=held,
        datasets=rows,
        databases=databases,
    )


def told_afresh(organisation: Organisation, as_of: date) -> Told:
    """What the rules say of the whole register now."""
    found = evaluate(gather(organisation, as_of=as_of), law_of(organisation), as_of)
    return {
        (f.check.id, f.subject[0].value, f.subject[1], f.place, f.status.value)
        for f in found.findings
    }


def stored(organisation: Organisation) -> Told:
    """What is kept."""
    rows = Finding.objects.filter(organisation=organisation)
    return set(rows.values_list("check_id", "subject_kind", "subject_id", "place", "status"))


def _system(organisation: Organisation, i: int, parties: list[Party]) -> System:
    system = System.objects.create(
        organisation=organisation,
        key=f"s{i}",
        name=f"System {i}",
        kind="database",
        provider=parties[i] if i < 2 else None,
        locations_state="complete",
    )
    SystemLocation.objects.create(
        organisation=organisation, system=system, role="primary", country=("FR", "US", "IL")[i]
    )
    return system


def _purpose(
    organisation: Organisation, i: int, entities: list[LegalEntity], parties: list[Party]
) -> Purpose:
    activity = Activity.objects.create(
        organisation=organisation, key=f"a{i}", name=f"Activity {i}", entities_state="complete"
    )
    ActivityEntity.objects.create(
        organisation=organisation, activity=activity, entity=entities[i % 5], role="controller"
    )
    purpose = Purpose.objects.create(
        organisation=organisation,
        key=f"p{i}",
        name=f"Purpose {i}",
        text="Do it.",
        activity=activity,
    )
    LegalBasis.objects.create(
        organisation=organisation,
        purpose=purpose,
        regime="gdpr",
        data_class="ordinary",
        code="gdpr.6.1.f",
    )
    Disclosure.objects.create(
        organisation=organisation, purpose=purpose, party=parties[i % 3], role="processor"
    )
    return purpose


def _fill(
    organisation: Organisation,
    rows: list[Dataset],
    purposes: list[Purpose],
    fields: int,
    chance: random.Random,
) -> None:
    columns = Field.objects.bulk_create(
        Field(
            organisation=organisation,
            dataset=row,
            name=f"c{i}",
            position=i,
            category=chance.choice(CATEGORIES),
        )
        for row in rows
        for i in range(fields)
    )
    FieldUse.objects.bulk_create(
        FieldUse(organisation=organisation, field=column, purpose=chance.choice(purposes))
        for column in columns
        if chance.random() < 0.8
    )
    DatasetCountry.objects.bulk_create(
        DatasetCountry(organisation=organisation, dataset=row, country="DE", offered=True)
        for row in rows[::2]
    )
    Lineage.objects.bulk_create(
        Lineage(organisation=organisation, dataset=later, source=earlier, kind="pseudonymised")
        for earlier, later in pairwise(rows[:4])
    )
