"""Four people and a small register, for every test that needs somebody: Dana (DPO), Eli (engineer
who owns the CRM and what he registers), Vera (reads only) and Otto (a DPO elsewhere)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from inventory.models import (
    Activity,
    ActivityEntity,
    Dataset,
    Field,
    LegalEntity,
    Membership,
    Organisation,
    Purpose,
    System,
    SystemLocation,
    User,
)
from inventory.models.organisations import Role, ScopeKind
from inventory.services.actors import Actor, member

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, kw_only=True)
class World:
    """One organisation with its people; Otto is of another."""

    organisation: Organisation
    elsewhere: Organisation
    owner: Membership
    dana: Membership
    edith: Membership
    eli: Membership
    vera: Membership
    otto: Membership
    entity: LegalEntity
    system: System
    purpose: Purpose

    def actor(self, name: str, *, door: str = "web") -> Actor:
        return member(getattr(self, name), door=door)


def make_world() -> World:
    """The least register in which a dataset can be put and judged."""
    organisation = make_organisation("demo")
    elsewhere = make_organisation("elsewhere")
    entity = make_entity(organisation)
    eli = make_member(organisation, "eli", Role.ENGINEER, scope=ScopeKind.OWNED)
    system = make_system(organisation, owner=eli)
    purpose = make_purpose(organisation, entity=entity)
    return World(
        organisation=organisation,
        elsewhere=elsewhere,
        owner=make_member(organisation, "owner", Role.OWNER),
        dana=make_member(organisation, "dana", Role.DPO),
        edith=make_member(organisation, "edith", Role.EDITOR),
        eli=eli,
        vera=make_member(organisation, "vera", Role.READER),
        otto=make_member(elsewhere, "otto", Role.DPO),
        entity=entity,
        system=system,
        purpose=purpose,
    )


def make_organisation(key: str, **values: Any) -> Organisation:
    return Organisation.objects.create(key=key, name=key.title(), **values)


def make_member(organisation: Organisation, name: str, role: Role, **values: Any) -> Membership:
    user = User.objects.create_user(
        f"{name}@{organisation.key}.example", PASSWORD, name=name.title()
    )
    return Membership.objects.create(organisation=organisation, user=user, role=role, **values)


def make_entity(organisation: Organisation, key: str = "mare-france", **values: Any) -> LegalEntity:
    values = {"name": "Maré France SAS", "country": "FR", **values}
    return LegalEntity.objects.create(organisation=organisation, key=key, **values)


def make_system(
    organisation: Organisation, key: str = "crm-prod", *, country: str = "FR", **values: Any
) -> System:
    values = {"name": "CRM", "kind": "database", "locations_state": "complete", **values}
    system = System.objects.create(organisation=organisation, key=key, **values)
    SystemLocation.objects.create(
        organisation=organisation, system=system, role="primary", country=country
    )
    return system


def make_purpose(
    organisation: Organisation, key: str = "serve-customers", *, entity: LegalEntity, **values: Any
) -> Purpose:
    activity = Activity.objects.create(
        organisation=organisation,
        key=f"{key}-activity",
        name="Customer service",
        entities_state="complete",
    )
    ActivityEntity.objects.create(
        organisation=organisation, activity=activity, entity=entity, role="controller"
    )
    values = {"name": "Serve customers", "text": "Answer the questions of customers.", **values}
    return Purpose.objects.create(organisation=organisation, key=key, activity=activity, **values)


def make_dataset(
    world: World, key: str = "crm.contacts", *, fields: tuple[str, ...] = (), **values: Any
) -> Dataset:
    values = {"name": "CRM contacts", "entity": world.entity, "system": world.system, **values}
    dataset = Dataset.objects.create(organisation=world.organisation, key=key, **values)
    Field.objects.bulk_create(
        Field(organisation=world.organisation, dataset=dataset, name=name, position=i)
        for i, name in enumerate(fields)
    )
    return dataset
