"""`/rulings`: counsel's word by machine, and the findings that say so."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from inventory.models import Finding, Ruling
from inventory.models.organisations import TokenScope
from inventory.services import evaluation
from tests.world import TODAY, World, make_dataset

type Caller = Callable[..., APIClient]

URL = "/api/v1/rulings"
DOCUMENT = {"act": "amend", "check": "E-18", "reason": "Settled.", "author": "Firm",
            "severity": "minor"}  # fmt: skip


@pytest.fixture(autouse=True)
def judged(world: World) -> World:
    make_dataset(world, fields=("email",)).fields.update(category="email")
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    return world


def post(client: APIClient, **given: Any) -> Any:
    return client.post(URL, {**DOCUMENT, **given}, format="json")


def test_a_ruling_is_made_and_the_finding_says_so(caller: Caller) -> None:
    client = caller("dana")
    answer = post(client)
    assert answer.status_code == 201
    assert (answer.json()["severity"], answer.json()["ended_on"]) == ("minor", None)

    [finding] = client.get("/api/v1/findings?check=E-18").json()["results"]
    assert finding["severity"] == "minor"
    [said] = finding["rulings"]
    assert said["words"].startswith("Counsel of Demo (Firm) amended this check on")
    assert said["words"].endswith(": Settled.")
    other = client.get("/api/v1/findings?check=E-26").json()["results"][0]
    assert other["rulings"] == []


def test_a_ruling_on_a_value_is_listed_and_read(caller: Caller) -> None:
    client = caller("dana")
    made = post(
        client, check=None, severity=None, value="child_consent_age", place="FR", amount=13
    ).json()
    assert client.get(f"{URL}/{made['id']}").json() == made
    assert [one["id"] for one in client.get(URL).json()["results"]] == [made["id"]]
    assert (made["value"], made["place"], made["amount"]) == ("child_consent_age", "FR", 13)


def test_a_ruling_is_ended_with_a_reason_and_kept(caller: Caller) -> None:
    client = caller("dana")
    made = post(client).json()
    ended = client.post(f"{URL}/{made['id']}/end", {"reason": "Overruled."}, format="json")
    assert (ended.status_code, ended.json()["end_reason"]) == (200, "Overruled.")
    assert Finding.objects.get(check_id="E-18").severity == "major"
    again = client.post(f"{URL}/{made['id']}/end", {"reason": "Again."}, format="json")
    assert again.status_code == 409
    assert Ruling.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"severity": "grave"}, "severity"),
        ({"check": "E-18a"}, "check"),
        ({"check": 18}, "check"),
        ({"sinse": "2026-01-01"}, "sinse"),
        ({"since": "soon"}, "since"),
        ({"parameters": {"weight": [[1]]}}, "parameters"),
        ({"parameters": 3}, "parameters"),
        ({"reason": ""}, "reason"),
        ({"amount": {"a": 1}}, "amount"),
    ],
)
def test_what_is_wrong_is_answered_by_its_path(
    caller: Caller, given: dict[str, Any], path: str
) -> None:
    answer = post(caller("dana"), **given)
    assert answer.status_code == 422
    assert path in answer.json()["errors"]


@pytest.mark.parametrize(("name", "status"), [("edith", 403), ("vera", 403), (None, 401)])
def test_only_who_decides_rules(caller: Caller, name: str | None, status: int) -> None:
    assert post(caller(name)).status_code == status
    assert not Ruling.objects.exists()


def test_a_token_that_may_only_read_rules_nothing(caller: Caller) -> None:
    assert post(caller("dana", scope=TokenScope.READ)).status_code == 403


def test_another_organisations_ruling_is_not_there(caller: Caller) -> None:
    made = post(caller("dana")).json()
    assert caller("otto").get(f"{URL}/{made['id']}").status_code == 404
    assert caller("otto").get(URL).json()["results"] == []
    ended = caller("otto").post(f"{URL}/{made['id']}/end", {"reason": "Mine."}, format="json")
    assert ended.status_code == 404


def test_a_number_that_no_ruling_can_have_is_not_there(caller: Caller) -> None:
    assert caller("dana").get(f"{URL}/{10**30}").status_code == 404
