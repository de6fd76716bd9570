"""Starting an organisation, inviting, joining."""

from datetime import timedelta

import pytest

from inventory.models import Invitation, Membership, Organisation, User
from inventory.models.organisations import Role
from inventory.services import organisations
from inventory.services.errors import Conflict, Invalid, NotFound, Refused
from tests.world import NOW, PASSWORD, World


def invited(world: World, email: str = "nora@new.example") -> tuple[Invitation, str]:
    return organisations.invite(world.actor("owner"), email, Role.EDITOR, now=NOW)


@pytest.mark.django_db
def test_a_key_is_made_of_the_name() -> None:
    assert organisations.create_organisation("Maré Group S.A.").key == "mar-group-s-a"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "a\x00", "x" * 301, "a\r\nb"])
def test_a_bad_name_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        organisations.create_organisation(name)
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_taken_key_is_refused() -> None:
    organisations.create_organisation("A", key="a")
    with pytest.raises(Invalid, match="already"):
        organisations.create_organisation("Again", key="a")


@pytest.mark.django_db
def test_an_unknown_time_zone_is_refused_with_a_near_one() -> None:
    with pytest.raises(Invalid, match="Did you mean Europe/Paris"):
        organisations.create_organisation("A", timezone="Europe/Pariss")


def test_somebody_joins_by_the_link_with_a_password_of_their_own(world: World) -> None:
    _, secret = invited(world)
    held = organisations.accept(secret, name="Nora", password=PASSWORD, now=NOW)
    assert (held.role, held.organisation) == (Role.EDITOR, world.organisation)
    assert held.user.check_password(PASSWORD)


def test_an_invitation_is_used_once(world: World) -> None:
    _, secret = invited(world)
    organisations.accept(secret, name="Nora", password=PASSWORD, now=NOW)
    with pytest.raises(NotFound):
        organisations.accept(secret, name="Nora", password=PASSWORD, now=NOW)


def test_an_invitation_ends(world: World) -> None:
    invitation, secret = invited(world)
    organisations.open_invitation(secret, now=invitation.expires_at - timedelta(seconds=1))
    with pytest.raises(NotFound):
        organisations.open_invitation(secret, now=invitation.expires_at)


def test_a_short_password_is_refused_and_the_invitation_stays_open(world: World) -> None:
    _, secret = invited(world)
    with pytest.raises(Invalid) as refused:
        organisations.accept(secret, name="Nora", password="short", now=NOW)
    assert "password" in refused.value.errors
    assert organisations.open_invitation(secret, now=NOW)
    assert not User.objects.filter(email="nora@new.example").exists()


def test_a_link_sent_to_a_known_address_asks_for_its_password(world: World) -> None:
    _, secret = invited(world, world.otto.user.email)
    with pytest.raises(Invalid):
        organisations.accept(secret, name="Mallory", password="another long password", now=NOW)
    held = organisations.accept(secret, name="", password=PASSWORD, now=NOW)
    assert held.user == world.otto.user
    assert Membership.objects.filter(user=world.otto.user).count() == 2


@pytest.mark.parametrize("who", ["dana", "edith", "eli", "vera"])
def test_only_an_owner_invites(world: World, who: str) -> None:
    with pytest.raises(Refused):
        organisations.invite(world.actor(who), "x@y.example", Role.READER, now=NOW)


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a b@c.example", "a@b.example\nBcc: x@y.example"]
)
def test_what_is_no_address_is_refused(world: World, email: str) -> None:
    with pytest.raises(Invalid):
        organisations.invite(world.actor("owner"), email, Role.READER, now=NOW)
    assert not Invitation.objects.exists()


def test_a_member_is_added_once_and_can_come_back(world: World) -> None:
    with pytest.raises(Conflict):
        organisations.add_member(world.organisation, world.vera.user, Role.EDITOR)
    Membership.objects.filter(pk=world.vera.pk).update(ended_at=NOW)
    again = organisations.add_member(world.organisation, world.vera.user, Role.EDITOR)
    assert (again.pk, again.role, again.ended_at) == (world.vera.pk, Role.EDITOR, None)
