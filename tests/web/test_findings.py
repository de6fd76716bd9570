"""The work list: what is open, why, what mends it, and accepting it for a while."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inventory.models import Finding, Waiver
from inventory.services.datasets import put_dataset
from inventory.services.fields import FieldDecision, decide_fields
from inventory.services.inputs import DatasetInput, FieldInput
from tests.world import TODAY, World

from .conftest import Door

BROWSE = reverse("finding-browse")


@pytest.fixture
def finding(world: World) -> Finding:
    put(world)
    found = Finding.objects.filter(check_id="E-18").first()
    assert found is not None
    return found


def put(world: World, key: str = "crm.contacts", name: str = "CRM contacts") -> None:
    fields = tuple(FieldInput(name=name) for name in ("email", "phone"))
    document = DatasetInput(
        name=name, entity="mare-france", system="crm-prod", kind="user", fields=fields
    )
    dana = world.actor("dana")
    put_dataset(dana, key, document, today=TODAY)
    known = FieldDecision(category="email", identifiability="direct")
    decide_fields(dana, key, ["email", "phone"], known, today=TODAY)


def waive(finding: Finding) -> str:
    return reverse("finding-waive", args=[finding.pk])


def until(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_the_list_names_what_is_wrong_and_explains_the_first(finding: Finding, door: Door) -> None:
    text = door("vera").get(BROWSE).content.decode()
    assert "to work off" in text
    assert "CRM contacts" in text
    assert "What it rests on" in text


def test_one_finding_is_explained_with_its_law_its_facts_and_its_remedy(
    finding: Finding, door: Door
) -> None:
    text = door("dana").get(reverse("finding-show", args=[finding.pk])).content.decode()
    assert "GDPR Art." in text
    assert "What mends it" in text
    assert "email, phone" in text
    assert reverse("dataset-show", args=["crm.contacts"]) in text
    assert "Nobody with a law licence has reviewed it" in text


def test_one_finding_is_said_in_the_language_of_its_law_too(finding: Finding, door: Door) -> None:
    text = door("vera").get(reverse("finding-show", args=[finding.pk])).content.decode()
    assert '<div lang="fr" dir="ltr"><p><strong>Champ qui ne sert aucune finalité' in text
    assert "French. Translation not reviewed by a lawyer." in text


def test_a_reader_is_offered_nothing_that_writes(finding: Finding, door: Door) -> None:
    client = door("vera")
    text = client.get(reverse("finding-show", args=[finding.pk])).content.decode()
    assert waive(finding) not in text
    assert "/edit/" not in text
    assert client.get(waive(finding)).status_code == 403
    assert client.post(waive(finding), {}).status_code == 403


def test_a_stranger_finds_none_of_them(finding: Finding, door: Door) -> None:
    client = door("otto")
    assert "CRM contacts" not in client.get(BROWSE).content.decode()
    for verb in ("show", "waive"):
        assert client.get(reverse(f"finding-{verb}", args=[finding.pk])).status_code in (403, 404)
    assert client.get(reverse("finding-show", args=[finding.pk])).status_code == 404
    assert client.post(waive(finding), {"reason": "x", "until": until(5)}).status_code == 404


def test_nothing_to_do_is_said_with_joy(world: World, door: Door) -> None:
    text = door("otto").get(BROWSE).content.decode()
    assert "Nothing to work off" in text
    assert "icon" in text


def test_a_waived_finding_is_counted_apart_and_comes_back(finding: Finding, door: Door) -> None:
    client = door("dana")
    assert client.get(waive(finding)).status_code == 200
    sent = {"reason": "Mended with the next release.", "until": until(30)}
    assert client.post(waive(finding), sent).status_code == 302
    assert Waiver.objects.get().finding == finding
    opened = client.get(BROWSE, {"view": "waived"}).content.decode()
    assert "waived until" in opened
    assert "Mended with the next release." in opened
    end = reverse("finding-unwaive", args=[finding.pk])
    assert client.get(end).status_code == 405
    assert door("edith").post(end).status_code == 403
    assert client.post(end).status_code == 302
    assert not Waiver.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"reason": "", "until": "2027-01-31"}, "reason"),
        ({"reason": "x", "until": "soon"}, "until"),
        ({"reason": "x", "until": "2020-01-01"}, "until"),
        ({"reason": "x", "until": "2999-01-01"}, "until"),
        ({"reason": "a\x00b", "until": "2027-01-31"}, "reason"),
    ],
)
def test_a_waiver_that_lacks_something_is_refused_beside_it(
    finding: Finding, door: Door, sent: dict[str, str], field: str
) -> None:
    answer = door("dana").post(waive(finding), sent)
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()
    assert not Waiver.objects.exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "breach"},
        {"severity": "major"},
        {"country": "FR"},
        {"regime": "gdpr"},
        {"q": "CRM"},
        {"q": "crm.contacts"},
        {"page": "x"},
        {"q": "\x00"},
    ],
)
def test_the_list_is_narrowed_by_its_address(
    finding: Finding, door: Door, asked: dict[str, Any]
) -> None:
    assert door("vera").get(BROWSE, asked).status_code == 200


def test_a_word_that_no_filter_knows_is_named(finding: Finding, door: Door) -> None:
    text = door("vera").get(BROWSE, {"status": "nonsense"}).content.decode()
    assert "nonsense" in text
    assert "note is-breach" in text


def test_the_list_asks_as_often_for_many_findings_as_for_few(
    world: World, finding: Finding, door: Door
) -> None:
    client = door("vera")
    client.get(BROWSE)
    with CaptureQueriesContext(connection) as few:
        client.get(BROWSE)
    for number in range(5):
        put(world, f"more.{number}", f"More {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(BROWSE)
    assert len(many) == len(few)
