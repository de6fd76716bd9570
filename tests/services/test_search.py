"""Finding things by what somebody remembers of their names."""

from inventory.services.search import MOST, search
from tests.world import World, make_dataset


def test_each_kind_is_found_by_a_part_of_its_name(world: World) -> None:
    make_dataset(world, fields=("birth_date",))
    actor = world.actor("vera")
    assert [row.key for row in search(actor, "contacts").datasets] == ["crm.contacts"]
    assert [row.name for row in search(actor, "birth").fields] == ["birth_date"]
    assert [row.key for row in search(actor, "customers").purposes] == ["serve-customers"]


def test_what_is_likest_comes_first_and_the_rest_is_cut(world: World) -> None:
    for number in range(MOST + 5):
        make_dataset(world, f"orders.{number}", name=f"Orders of shop {number}")
    make_dataset(world, "orders", name="Orders")
    found = search(world.actor("vera"), "orders").datasets
    assert len(found) == MOST
    assert found[0].name in ("Orders", "Orders of shop 0")


def test_another_organisation_finds_nothing(world: World) -> None:
    make_dataset(world, fields=("birth_date",))
    found = search(world.actor("otto"), "c")
    assert not found.datasets
    assert not search(world.actor("otto"), "birth").fields
