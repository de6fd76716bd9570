"""House policy in a browser: switched on and off, extended, and retired."""

from typing import Any

import pytest
from django.urls import reverse

from inventory.models import Finding, HouseRule
from inventory.services import evaluation
from tests.world import TODAY, World, make_dataset

from .conftest import Door

BROWSE, NEW, SWITCH = (reverse(f"house-{verb}") for verb in ("browse", "create", "switch"))
SENT = {
    "key": "disposal", "condition": "no_disposal", "parameters": "", "severity": "major",
    "title": "Nothing disposes of it", "remedy": "Schedule a job that does.", "language": "en",
    "document": "Data policy", "section": "4.2", "valid_from": TODAY.isoformat(),
    "valid_until": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def judged(world: World) -> World:
    make_dataset(world, fields=("email",)).fields.update(category="email")
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    return world


def sent(**given: Any) -> dict[str, Any]:
    return {**SENT, **given}


def test_it_is_switched_on_and_off(door: Door) -> None:
    client = door("dana")
    assert "it asks nothing" in client.get(BROWSE).content.decode()
    assert client.post(SWITCH, {"on": "yes"}).status_code == 302
    assert Finding.objects.filter(regime="house").exists()
    text = client.get(BROWSE).content.decode()
    assert "judged beside the laws" in text
    assert "H-01" in text
    assert client.post(SWITCH, {"on": "no"}).status_code == 302
    assert not Finding.objects.filter(regime="house").exists()


def test_a_rule_of_ones_own_is_added_changed_and_retired(door: Door) -> None:
    client = door("dana")
    client.post(SWITCH, {"on": "yes"})
    assert "Is there a job that disposes of the data?" in client.get(NEW).content.decode()
    assert client.post(NEW, sent()).status_code == 302
    finding = Finding.objects.get(check_id="H:disposal")
    show = client.get(reverse("finding-show", args=[finding.pk])).content.decode()
    change = reverse("house-change", args=["disposal"])
    assert "Data policy 4.2" in show
    assert change in show

    assert "Schedule a job" in client.get(change).content.decode()
    assert client.post(change, sent(severity="minor")).status_code == 302
    finding.refresh_from_db()
    assert finding.severity == "minor"

    retire = reverse("house-retire", args=["disposal"])
    assert client.get(retire).status_code == 200
    assert client.post(retire, {"reason": "Moved."}).status_code == 302
    assert not Finding.objects.filter(check_id="H:disposal").exists()
    assert "Retired on" in client.get(BROWSE).content.decode()
    assert client.post(retire, {"reason": "Again."}).status_code == 409


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"key": "Über"}, "key"),
        ({"condition": "no_such"}, "condition"),
        ({"parameters": "every = "}, "parameters"),
        ({"parameters": "every = 3"}, "parameters"),
        ({"condition": "not_reviewed"}, "parameters"),
        ({"title": ""}, "title"),
        ({"document": ""}, "document"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
        ({"language": "no tag"}, "language"),
    ],
)
def test_what_is_wrong_is_said_beside_it(door: Door, given: dict[str, str], field: str) -> None:
    answer = door("dana").post(NEW, sent(**given))
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()
    assert not HouseRule.objects.exists()


def test_everybody_reads_it_and_only_who_decides_changes_it(door: Door) -> None:
    door("dana").post(NEW, sent())
    for name in ("vera", "edith", "eli"):
        client = door(name)
        text = client.get(BROWSE).content.decode()
        assert "Nothing disposes of it" in text
        assert NEW not in text
        assert SWITCH not in text
        assert client.post(SWITCH, {"on": "yes"}).status_code == 403
        assert client.get(NEW).status_code == 403
    assert "Nothing disposes of it" not in door("otto").get(BROWSE).content.decode()
    assert door("otto").get(reverse("house-change", args=["disposal"])).status_code == 404
