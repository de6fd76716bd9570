"""Members, invitations, one's own tokens, and how one likes the screens."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inventory.models import ApiToken, Invitation, Membership
from inventory.services.tokens import find_token
from tests.world import World

from .conftest import Door

MEMBERS = reverse("member-browse")
TOKENS = reverse("token-browse")
PROFILE = reverse("profile")


def test_an_owner_invites_and_the_link_opens(world: World, door: Door) -> None:
    sent = {"email": "New@Demo.example", "role": "editor"}
    answer = door("owner").post(MEMBERS, sent)
    link = answer.context["link"]
    assert link in answer.content.decode()
    assert Invitation.objects.get().email == "new@demo.example"
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    assert link not in door("owner").get(MEMBERS).content.decode()


@pytest.mark.parametrize("sent", [{"email": "nobody", "role": "editor"},
                                  {"email": "a@b.example", "role": "king"}, {}])  # fmt: skip
def test_a_bad_invitation_is_refused(world: World, door: Door, sent: dict[str, str]) -> None:
    assert door("owner").post(MEMBERS, sent).status_code == 422
    assert not Invitation.objects.exists()


def test_an_invitation_is_withdrawn(world: World, door: Door) -> None:
    link = door("owner").post(MEMBERS, {"email": "a@b.example", "role": "reader"}).context["link"]
    url = reverse("member-withdraw", args=[Invitation.objects.get().pk])
    assert door("owner").get(url).status_code == 405
    assert door("dana").post(url).status_code == 403
    assert door("owner").post(url).status_code == 302
    assert Client().get(link.removeprefix("http://testserver")).status_code == 404


@pytest.mark.parametrize("who", ["dana", "edith", "eli", "vera"])
def test_only_an_owner_manages_members(world: World, door: Door, who: str) -> None:
    client = door(who)
    assert client.get(MEMBERS).status_code == 403
    assert client.post(MEMBERS, {"email": "a@b.example", "role": "owner"}).status_code == 403
    end = reverse("member-end", args=[world.vera.pk])
    assert client.post(end).status_code == 403
    assert not Invitation.objects.exists()


def test_a_membership_ends_with_its_tokens(world: World, door: Door) -> None:
    client = door("eli")
    secret = client.post(TOKENS, {"name": "import", "scope": "write", "days": 30}).context["secret"]
    url = reverse("member-end", args=[world.eli.pk])
    assert "End the membership of Eli?" in door("owner").get(url).content.decode()
    assert door("owner").post(url).status_code == 302
    world.eli.refresh_from_db()
    assert world.eli.ended_at is not None
    assert find_token(secret, now=timezone.now()) is None
    assert client.get("/findings/").status_code == 403


def test_the_last_owner_stays(world: World, door: Door) -> None:
    answer = door("owner").post(reverse("member-end", args=[world.owner.pk]))
    assert answer.status_code == 409
    assert Membership.objects.get(pk=world.owner.pk).ended_at is None


def test_a_member_of_another_organisation_is_not_there(world: World, door: Door) -> None:
    assert door("owner").post(reverse("member-end", args=[world.otto.pk])).status_code == 404


def test_a_token_is_shown_once_and_works(world: World, door: Door) -> None:
    client = door("eli")
    answer = client.post(TOKENS, {"name": "nightly import", "scope": "write", "days": 30})
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert find_token(secret, now=timezone.now()) is not None
    again = client.get(TOKENS).content.decode()
    assert secret not in again
    assert "nightly import" in again


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": "", "scope": "write", "days": "30"}, "name"),
        ({"name": "a\x00b", "scope": "write", "days": "30"}, "name"),
        ({"name": "x", "scope": "everything", "days": "30"}, "scope"),
        ({"name": "x", "scope": "read", "days": "9999"}, "days"),
        ({"name": "x", "scope": "read", "days": "x"}, "days"),
    ],
)
def test_a_bad_token_is_refused_beside_its_field(
    world: World, door: Door, sent: dict[str, str], field: str
) -> None:
    answer = door("eli").post(TOKENS, sent)
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked_by_its_member_and_by_nobody_like_them(world: World, door: Door) -> None:
    door("eli").post(TOKENS, {"name": "import", "scope": "read", "days": 30})
    url = reverse("token-revoke", args=[ApiToken.objects.get().pk])
    assert door("vera").post(url).status_code == 404
    assert door("otto").post(url).status_code == 404
    assert door("eli").get(url).status_code == 405
    assert door("eli").post(url).status_code == 302
    assert ApiToken.objects.get().revoked_at is not None


def test_the_screen_is_as_one_likes_it(world: World, door: Door) -> None:
    client = door("vera")
    client.post(PROFILE, {"theme": "dark", "keys": "off", "language": "en"})
    text = client.get(PROFILE).content.decode()
    assert 'data-theme="dark"' in text
    assert 'data-keys="off"' in text
    client.post(PROFILE, {"theme": "", "keys": "", "language": "en"})
    assert "data-theme" not in client.get(PROFILE).content.decode()
    assert client.post(PROFILE, {"theme": '"><script>'}).status_code == 422


def test_a_cookie_that_somebody_made_up_names_no_theme(world: World, door: Door) -> None:
    client = door("vera")
    client.cookies["theme"] = "neon"
    assert "neon" not in client.get(PROFILE).content.decode()
