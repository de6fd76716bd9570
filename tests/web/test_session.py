"""Signing in and out, joining, and changing organisation: for whom it is, and for whom not."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inventory.models import Membership, User
from inventory.models.organisations import Role
from inventory.services.organisations import invite
from tests.world import PASSWORD, World, make_member

from .conftest import Door

SIGN_IN, SIGN_OUT = reverse("sign-in"), reverse("sign-out")
DANA = {"username": "dana@demo.example", "password": PASSWORD}


@pytest.fixture(autouse=True)
def forget_guesses() -> None:
    cache.clear()


def test_signing_in_leads_on_to_where_one_was(world: World, client: Client) -> None:
    assert 'name="username"' in client.get(SIGN_IN).content.decode()
    answer = client.post(SIGN_IN, {**DANA, "next": "/datasets/?q=crm"})
    assert answer["Location"] == "/datasets/?q=crm"
    assert "Demo" in client.get("/").content.decode()


@pytest.mark.parametrize(
    "asked", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(world: World, client: Client, asked: str) -> None:
    assert client.post(SIGN_IN, {**DANA, "next": asked})["Location"] == "/"


@pytest.mark.parametrize(
    "change",
    [{"password": "wrong"}, {"username": "nobody@demo.example"}, {"password": ""},
     {"username": "a\x00b"}, {"username": "x" * 100_000}, {"password": "\x00"}],
)  # fmt: skip
def test_a_wrong_sign_in_says_the_same_whatever_was_wrong(
    world: World, client: Client, change: dict[str, str]
) -> None:
    answer = client.post(SIGN_IN, DANA | change)
    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session


def test_guesses_are_slowed_for_who_guesses_and_nobody_else(world: World) -> None:
    guesser, dana = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="198.51.100.1")
    for _ in range(5):
        guesser.post(SIGN_IN, {**DANA, "password": "wrong"})
    answer = guesser.post(SIGN_IN, DANA)
    assert answer.status_code == 429
    assert "Too many guesses from here" in answer.content.decode()
    assert dana.post(SIGN_IN, DANA).status_code == 302


def test_signing_out_is_by_post_alone(world: World, door: Door) -> None:
    client = door("dana")
    assert client.get(SIGN_OUT).status_code == 405
    assert client.post(SIGN_OUT)["Location"] == SIGN_IN
    assert client.get("/").status_code == 302


def test_a_member_who_left_sees_nothing(world: World, door: Door) -> None:
    Membership.objects.filter(pk=world.vera.pk).update(ended_at=timezone.now())
    answer = door("vera").get("/")
    assert answer.status_code == 403
    assert "You belong to no organisation" in answer.content.decode()


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(client: Client, db: None) -> None:
    answer = client.get("/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(SIGN_IN)


# join


@pytest.fixture
def invitation(world: World) -> str:
    _, secret = invite(world.actor("owner"), "ines@demo.example", Role.DPO, now=timezone.now())
    return reverse("invitation", args=[secret])


def test_an_invited_person_joins_and_is_signed_in(client: Client, invitation: str) -> None:
    assert "ines@demo.example" in client.get(invitation).content.decode()
    assert client.post(invitation, {"name": "Inês", "password": PASSWORD}).status_code == 302
    assert User.objects.get(email="ines@demo.example").memberships.get().role == Role.DPO
    assert "Demo" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("said", "message"),
    [({"name": "Inês", "password": "short"}, "too short"),
     ({"name": "", "password": PASSWORD}, "This field is required."),
     ({"name": "A\nB", "password": PASSWORD}, "one line"),
     ({"name": "A\x00", "password": PASSWORD}, "Null characters")],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(
    client: Client, invitation: str, said: dict[str, str], message: str
) -> None:
    answer = client.post(invitation, said)
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_an_invitation_opens_once(client: Client, invitation: str) -> None:
    client.post(invitation, {"name": "Inês", "password": PASSWORD})
    for secret in (invitation, reverse("invitation", args=["no-such"]), "/invitations/%00/"):
        assert Client().get(secret).status_code == 404


def test_somebody_with_an_account_proves_it(world: World, client: Client) -> None:
    _, secret = invite(world.actor("owner"), "otto@elsewhere.example", Role.READER,
                       now=timezone.now())  # fmt: skip
    url = reverse("invitation", args=[secret])
    assert 'name="name"' not in client.get(url).content.decode()
    assert client.post(url, {"password": "not his password"}).status_code == 422
    assert client.post(url, {"password": PASSWORD}).status_code == 302


# organisation, language, menu, style


def test_a_member_of_two_goes_over_to_the_other(world: World, door: Door) -> None:
    Membership.objects.create(organisation=world.elsewhere, user=world.dana.user, role=Role.READER)
    client, url = door("dana"), reverse("organisation")
    client.post(url, {"organisation": "elsewhere"})
    assert client.get("/").context["shell"]["organisation"] == "Elsewhere"
    assert client.get(url).status_code == 405


def test_nobody_goes_over_to_a_strange_one(world: World, door: Door) -> None:
    assert (
        door("dana").post(reverse("organisation"), {"organisation": "elsewhere"}).status_code == 404
    )


def test_a_language_is_kept(world: World, door: Door) -> None:
    client, url = door("dana"), reverse("language")
    client.post(url, {"language": "he"})
    assert 'dir="rtl"' in client.get("/").content.decode()
    assert client.get(url).status_code == 405


@pytest.mark.parametrize("name", ["menu", "style"])
def test_these_pages_show(world: World, door: Door, settings: Any, name: str) -> None:
    settings.PRIVATE_CLUSTER = True
    assert door("vera").get(reverse(name)).status_code == 200


def test_the_style_page_is_for_a_trial(world: World, door: Door, settings: Any) -> None:
    settings.PRIVATE_CLUSTER = settings.DEBUG = False
    assert door("vera").get(reverse("style")).status_code == 404


def test_initials_are_those_of_the_name(world: World, door: Door) -> None:
    make_member(world.organisation, "paula souza", Role.READER)
    assert door("dana").get("/").context["shell"]["initials"] == "D"
