"""Borders that data crosses: derived, with the mechanism said of each."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inventory.models import Disclosure, Party, SystemLocation, Transfer
from tests.world import World, make_dataset, make_purpose, make_system

from .conftest import Door

BROWSE = reverse("transfer-browse")
WAY = reverse("transfer-change", args=["mare-france", "US", "party", "sendwell"])


@pytest.fixture
def crossing(world: World) -> World:
    """Its purpose's data goes to a company in the United States."""
    own = {"organisation": world.organisation}
    party = Party.objects.create(key="sendwell", name="Sendwell Inc.", country="US", **own)
    Disclosure.objects.create(purpose=world.purpose, party=party, role="processor", **own)
    return world


def test_a_recipient_abroad_is_a_border_and_one_at_home_is_none(
    crossing: World, door: Door
) -> None:
    own = {"organisation": crossing.organisation}
    home = Party.objects.create(key="colis", name="Rapidéo Colis", country="FR", **own)
    Disclosure.objects.create(purpose=crossing.purpose, party=home, role="controller", **own)
    text = door("vera").get(BROWSE).content.decode()
    assert "Sendwell Inc." in text
    assert "Rapidéo Colis" not in text
    assert "1 border is crossed" in text
    assert "None recorded" in text


def test_a_system_abroad_is_a_border_too(world: World, door: Door) -> None:
    system = make_system(world.organisation, "mailer", country="FR")
    SystemLocation.objects.create(
        organisation=world.organisation, system=system, role="replica", country="BR"
    )
    make_dataset(world, "mails", system=system)
    text = door("vera").get(BROWSE).content.decode()
    assert "France → Brazil" in text


def test_the_mechanism_is_said_in_the_laws_own_words(crossing: World, door: Door) -> None:
    client = door("dana")
    form = client.get(WAY)
    assert "Standard contractual clauses" in form.content.decode()
    sent = {"mechanism": "gdpr.46.2.c", "instrument_on": "2026-01-15", "seen": form.context["seen"]}
    assert client.post(WAY, sent).status_code == 302
    assert Transfer.objects.get().mechanism == "gdpr.46.2.c"
    assert Transfer.objects.get().published is None
    assert "46(2)(c)" in client.get(BROWSE).content.decode()


def test_a_mechanism_is_chosen_and_a_day_is_a_day(crossing: World, door: Door) -> None:
    seen = door("dana").get(WAY).context["seen"]
    answer = door("dana").post(WAY, {"mechanism": "magic", "instrument_on": "soon", "seen": seen})
    assert answer.status_code == 422
    assert "id_mechanism_error" in answer.content.decode()
    assert "id_instrument_on_error" in answer.content.decode()


def test_the_terms_of_an_agreement_are_those_that_the_law_asks(crossing: World, door: Door) -> None:
    page = door("dana").get(WAY)
    offered = [value for value, _label in page.context["form"].fields["terms"].choices]
    assert "confidentiality" in offered
    assert "28.3.a" not in offered
    sent = {"mechanism": "gdpr.46.2.c", "terms": ["confidentiality"]}
    door("dana").post(WAY, {**sent, "seen": page.context["seen"]})
    stored = Transfer.objects.get()
    assert (stored.terms, stored.terms_state) == (["confidentiality"], "complete")
    seen = door("dana").get(WAY).context["seen"]
    door("dana").post(WAY, {"mechanism": "gdpr.46.2.c", "seen": seen})
    stored.refresh_from_db()
    assert (stored.terms, stored.terms_state) == ([], "not_asked")


def test_nobody_saves_over_a_mechanism_they_have_not_seen(crossing: World, door: Door) -> None:
    seen = door("dana").get(WAY).context["seen"]
    sent = {"mechanism": "gdpr.46.2.c", "seen": seen}
    door("edith").post(WAY, {**sent, "mechanism": "gdpr.45"})
    answer = door("dana").post(WAY, sent)
    assert answer.status_code == 412
    assert Transfer.objects.get().mechanism == "gdpr.45"


def test_a_reader_reads_a_crossing_and_cannot_change_it(crossing: World, door: Door) -> None:
    client = door("vera")
    answer = client.get(WAY)
    assert answer.status_code == 200
    assert '<form method="post" class="card"' not in answer.content.decode()
    assert client.post(WAY, {"mechanism": "gdpr.45"}).status_code == 403
    assert not Transfer.objects.exists()


def test_a_stranger_finds_no_border_of_ours(crossing: World, door: Door) -> None:
    client = door("otto")
    assert "Sendwell" not in client.get(BROWSE).content.decode()
    assert client.get(WAY).status_code == 404
    assert client.post(WAY, {}).status_code == 404


@pytest.mark.parametrize("args", [("mare-france", "ZZ", "party", "sendwell"),
                                  ("mare-france", "US", "magic", "sendwell")])  # fmt: skip
def test_a_border_that_nothing_crosses_is_not_there(
    crossing: World, door: Door, args: tuple[str, ...]
) -> None:
    assert door("dana").get(reverse("transfer-change", args=args)).status_code == 404


def test_the_list_asks_as_often_for_many_borders_as_for_one(crossing: World, door: Door) -> None:
    client = door("vera")
    client.get(BROWSE)
    with CaptureQueriesContext(connection) as few:
        client.get(BROWSE)
    own: dict[str, Any] = {"organisation": crossing.organisation}
    for number in range(5):
        purpose = make_purpose(crossing.organisation, f"p-{number}", entity=crossing.entity)
        party = Party.objects.create(key=f"q-{number}", name="Q", country="IN", **own)
        Disclosure.objects.create(purpose=purpose, party=party, role="processor", **own)
    with CaptureQueriesContext(connection) as many:
        client.get(BROWSE)
    assert len(many) == len(few)
