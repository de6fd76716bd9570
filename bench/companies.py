"""Organisations written straight into the tables: quick, and the same for the same size."""

from itertools import batched
from random import Random

from bench.ground import CATEGORIES, COMPANY, COUNTRIES, FIELDS
from inventory.models import (
    Activity,
    ActivityEntity,
    Dataset,
    Disclosure,
    Field,
    FieldUse,
    LegalBasis,
    LegalEntity,
    Membership,
    Organisation,
    Party,
    Purpose,
    System,
    SystemLocation,
    User,
)
from inventory.models.organisations import Role
from inventory.services.actors import Actor, member

BATCH = 2000
AT_ONCE = 500  # datasets whose fields are held in memory
LARGE = 5  # large companies: half of all datasets are theirs


def make_organisation(datasets: int, *, fields: int = FIELDS) -> Actor:
    """An organisation with so many datasets, as its DPO: even ones belong to small companies of
    twenty datasets, odd ones to five large companies."""
    organisation = Organisation.objects.create(key=f"of-{datasets}-{fields}", name="Bench")
    random = Random(1)
    entities = _entities(organisation, datasets)
    systems = _systems(organisation, datasets)
    purposes = _purposes(organisation, entities, datasets)
    rows = [
        Dataset(
            organisation=organisation,
            key=dataset_key(i),
            name=f"Dataset {i}",
            kind="user",
            entity=entities[LARGE + i // (2 * COMPANY)] if i % 2 == 0 else entities[i % LARGE],
            system=systems[i // COMPANY],
            record_class="prospect",
        )
        for i in range(datasets)
    ]
    Dataset.objects.bulk_create(rows, batch_size=BATCH)
    for some in batched(enumerate(rows), AT_ONCE):
        columns = [
            Field(
                organisation=organisation,
                dataset=dataset,
                name=f"column_{number}",
                type="text",
                position=number,
                category=random.choice(CATEGORIES),
            )
            for _, dataset in some
            for number in range(fields)
        ]
        Field.objects.bulk_create(columns, batch_size=BATCH)
        used = [purposes[i // 10] for i, _ in some for _ in range(fields)]
        FieldUse.objects.bulk_create(
            (
                FieldUse(organisation=organisation, field=field, purpose=purpose)
                for field, purpose in zip(columns, used, strict=True)
            ),
            batch_size=BATCH,
        )
    return member(_dpo(organisation), door="api")


def dataset_key(number: int) -> str:
    return f"crm.table-{number:06}"


def _dpo(organisation: Organisation) -> Membership:
    user = User.objects.create_user(f"dpo@{organisation.key}.example", "long enough to do")
    return Membership.objects.create(organisation=organisation, user=user, role=Role.DPO)


def _entities(organisation: Organisation, datasets: int) -> list[LegalEntity]:
    small = -(-datasets // (2 * COMPANY))
    return LegalEntity.objects.bulk_create(
        LegalEntity(
            organisation=organisation,
            key=f"company-{i}",
            name=f"Company {i}",
            country=COUNTRIES[i % len(COUNTRIES)],
        )
        for i in range(LARGE + small)
    )


def _systems(organisation: Organisation, datasets: int) -> list[System]:
    systems = System.objects.bulk_create(
        System(organisation=organisation, key=f"system-{i}", name=f"System {i}", kind="database")
        for i in range(-(-datasets // COMPANY))
    )
    SystemLocation.objects.bulk_create(
        SystemLocation(
            organisation=organisation,
            system=system,
            role="primary",
            country="US" if i % 3 else "FR",
        )
        for i, system in enumerate(systems)
    )
    return systems


def _purposes(
    organisation: Organisation, entities: list[LegalEntity], datasets: int
) -> list[Purpose]:
    """One for ten datasets, in an activity of the small company that holds some of them."""
    numbers = range(-(-datasets // 10))
    activities = Activity.objects.bulk_create(
        Activity(organisation=organisation, key=f"activity-{i}", name=f"Activity {i}")
        for i in numbers
    )
    ActivityEntity.objects.bulk_create(
        ActivityEntity(
            organisation=organisation,
            activity=activity,
            entity=entities[LARGE + i * 10 // (2 * COMPANY)],
            role="controller",
        )
        for i, activity in enumerate(activities)
    )
    purposes = Purpose.objects.bulk_create(
        Purpose(
            organisation=organisation,
            key=f"purpose-{i}",
            name=f"Purpose {i}",
            text="Deliver what was bought.",
            activity=activity,
        )
        for i, activity in enumerate(activities)
    )
    _hang_on(organisation, purposes)
    return purposes


def _hang_on(organisation: Organisation, purposes: list[Purpose]) -> None:
    """A basis and a recipient for each purpose; a party receives for five purposes."""
    LegalBasis.objects.bulk_create(
        LegalBasis(
            organisation=organisation,
            purpose=purpose,
            regime="gdpr",
            data_class="ordinary",
            code="gdpr.6.1.b",
        )
        for purpose in purposes
    )
    parties = Party.objects.bulk_create(
        Party(organisation=organisation, key=f"party-{i}", name=f"Party {i}", country="US")
        for i in range(-(-len(purposes) // 5))
    )
    Disclosure.objects.bulk_create(
        Disclosure(
            organisation=organisation, purpose=purpose, party=parties[i // 5], role="processor"
        )
        for i, purpose in enumerate(purposes)
    )
