"""Borders that data crosses, as one decides about them."""

import pytest

from inventory.models import (
    ActivityEntity,
    Disclosure,
    LegalEntity,
    Party,
    SystemLocation,
)
from inventory.rules.facts import Facts
from inventory.services.crossings import crossings, find_crossing, ways_of
from inventory.services.errors import NotFound
from inventory.services.gather import gather
from tests.world import TODAY, World, make_dataset, make_entity


def disclose(world: World, key: str, country: str, **of: object) -> Party:
    own = {"organisation": world.organisation}
    party, _ = Party.objects.get_or_create(key=key, name=key, country=country, **own)
    Disclosure.objects.create(party=party, role="processor", **of, **own)
    return party


def ways(world: World, who: str = "dana") -> set[tuple[str, str, str]]:
    found = crossings(world.actor(who))
    return {(one.entity.key, one.destination, one.by.key) for one in found}


def test_a_way_is_derived_from_places_recipients_and_purposes(world: World) -> None:
    dataset = make_dataset(world)
    SystemLocation.objects.create(
        organisation=world.organisation, system=world.system, role="backup", country="BR"
    )
    disclose(world, "mailer", "US", dataset=dataset)
    disclose(world, "lab", "IL", purpose=world.purpose)
    assert ways(world) == {
        ("mare-france", "BR", "crm-prod"),
        ("mare-france", "US", "mailer"),
        ("mare-france", "IL", "lab"),
    }


def test_what_stays_at_home_crosses_nothing(world: World) -> None:
    """Though another company that takes part is abroad of it."""
    brasil = make_entity(world.organisation, "mare-brasil", name="Maré Brasil", country="BR")
    ActivityEntity.objects.create(
        organisation=world.organisation,
        activity=world.purpose.activity,
        entity=brasil,
        role="joint_controller",
    )
    disclose(world, "colis", "FR", purpose=world.purpose)
    assert ways(world) == {("mare-brasil", "FR", "colis")}


def test_the_ways_are_those_that_the_rules_judge(world: World) -> None:
    dataset = make_dataset(world)
    SystemLocation.objects.create(
        organisation=world.organisation, system=world.system, role="replica", country="IN"
    )
    disclose(world, "mailer", "US", dataset=dataset)
    disclose(world, "lab", "IL", purpose=world.purpose)
    facts: Facts = gather(world.organisation, None, as_of=TODAY)
    judged = ways_of(world.actor("dana"), facts.transfers)
    found = {
        (c.entity.pk, c.destination, c.party and c.party.pk, c.system and c.system.pk)
        for c in crossings(world.actor("dana"))
    }
    assert set(judged.values()) == found


def test_who_does_not_see_a_dataset_sees_no_way_of_it(world: World) -> None:
    make_dataset(world, system=world.system)
    SystemLocation.objects.create(
        organisation=world.organisation, system=world.system, role="backup", country="BR"
    )
    assert ways(world)
    assert not ways(world, "otto")


def test_an_address_where_nothing_crosses_is_not_there(world: World) -> None:
    assert LegalEntity.objects.exists()
    with pytest.raises(NotFound):
        find_crossing(world.actor("dana"), "mare-france", "US", "party", "nobody")
