"""The access policy: role × scope over every kind of row."""

import pytest

from inventory.models import (
    Activity,
    Dataset,
    LegalEntity,
    MembershipEntity,
    Party,
    Purpose,
    System,
)
from inventory.models.organisations import Role, ScopeKind
from inventory.services.access import ROLES, Action, fetch, may, require, visible
from inventory.services.actors import member
from inventory.services.errors import NotFound, Refused
from inventory.services.parties import put_party
from inventory.services.register_inputs import PartyInput
from tests.world import (
    TODAY,
    World,
    make_dataset,
    make_entity,
    make_member,
    make_purpose,
    make_system,
)

POLICY = [
    # action, who may
    (Action.READ, {"owner", "dana", "edith", "eli", "vera"}),
    (Action.REGISTER, {"owner", "dana", "edith", "eli"}),
    (Action.EDIT, {"owner", "dana", "edith"}),
    (Action.DECIDE, {"owner", "dana"}),
    (Action.ISSUE, {"owner", "dana"}),
    (Action.MANAGE, {"owner"}),
]
PEOPLE = ["owner", "dana", "edith", "eli", "vera"]


def test_the_table_covers_every_action_and_role() -> None:
    assert {action for action, _ in POLICY} == set(Action) == set(ROLES)
    assert set().union(*ROLES.values()) == set(Role)


@pytest.mark.parametrize(("action", "allowed"), POLICY)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_do_what(world: World, action: Action, allowed: set[str], who: str) -> None:
    actor = world.actor(who)
    assert may(actor, action) == (who in allowed)
    if who not in allowed:
        with pytest.raises(Refused):
            require(actor, action)


@pytest.mark.parametrize("model", [Dataset, System, Purpose, Activity, LegalEntity])
def test_a_stranger_sees_no_row_of_any_kind(world: World, model: type) -> None:
    make_dataset(world)
    assert visible(world.actor("dana"), model).exists()
    assert not visible(world.actor("otto"), model).exists()


def test_a_membership_of_some_entities_sees_what_is_theirs(world: World) -> None:
    brazil = make_entity(world.organisation, "mare-brasil", country="BR")
    theirs = make_dataset(
        world, "br.orders", entity=brazil, system=make_system(world.organisation, "br")
    )
    make_dataset(world, "fr.orders")
    make_purpose(world.organisation, "entrega", entity=brazil)
    bia = make_member(world.organisation, "bia", Role.EDITOR, scope=ScopeKind.ENTITIES)
    MembershipEntity.objects.create(organisation=world.organisation, membership=bia, entity=brazil)
    actor = member(bia, door="web")
    assert list(visible(actor, Dataset)) == [theirs]
    assert [s.key for s in visible(actor, System)] == ["br"]
    assert [p.key for p in visible(actor, Purpose)] == ["entrega"]
    assert [e.key for e in visible(actor, LegalEntity)] == ["mare-brasil"]
    assert visible(actor, Activity).count() == 1
    with pytest.raises(NotFound):
        fetch(actor, Dataset, key="fr.orders")


def test_an_engineer_sees_what_they_own_and_what_is_in_their_systems(world: World) -> None:
    other = make_system(world.organisation, "other")
    make_dataset(world, "not.mine", system=other)
    make_dataset(world, "in.my.system")
    make_dataset(world, "mine", system=other, owner=world.eli)
    keys = {d.key for d in visible(world.actor("eli"), Dataset)}
    assert keys == {"in.my.system", "mine"}
    assert [s.key for s in visible(world.actor("eli"), System)] == ["crm-prod"]


def test_near_matches_are_of_what_one_can_see(world: World) -> None:
    make_dataset(world, "crm.contacts", system=None)
    with pytest.raises(NotFound) as found:
        fetch(world.actor("dana"), Dataset, key="crm.contcts")
    assert found.value.near == ["crm.contacts"]
    with pytest.raises(NotFound) as nothing:
        fetch(world.actor("eli"), Dataset, key="crm.contcts")
    assert nothing.value.near == []


def test_a_key_with_a_nul_is_simply_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        fetch(world.actor("dana"), Dataset, key="a\x00b")


def test_a_party_is_shared_and_changed_by_who_reaches_all_companies(world: World) -> None:
    Party.objects.create(organisation=world.organisation, key="cloud", name="Cloud")
    bia = make_member(world.organisation, "bia", Role.EDITOR, scope=ScopeKind.ENTITIES)
    actor = member(bia, door="web")
    assert fetch(actor, Party, key="cloud")
    with pytest.raises(Refused, match="All companies share this"):
        fetch(actor, Party, Action.EDIT, key="cloud")
    with pytest.raises(Refused):
        put_party(actor, "cloud", PartyInput(name="Mine"), today=TODAY)
    assert put_party(actor, "new", PartyInput(name="New"), today=TODAY).created
