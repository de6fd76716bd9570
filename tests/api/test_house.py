"""`/house-policy` and `/house-rules`: switched, extended and retired by machine."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from inventory.services import evaluation
from tests.world import TODAY, World, make_dataset

type Caller = Callable[..., APIClient]

URL = "/api/v1/house-rules/disposal"
DOCUMENT = {
    "condition": "no_disposal", "severity": "major", "title": "Nothing disposes of it",
    "remedy": "Schedule a job that does.", "document": "Data policy", "section": "4.2",
}  # fmt: skip


@pytest.fixture(autouse=True)
def judged(world: World) -> World:
    make_dataset(world, fields=("email",)).fields.update(category="email")
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    return world


def put(client: APIClient, document: Any = DOCUMENT, url: str = URL, **headers: str) -> Any:
    return client.put(url, document, format="json", **headers)


def test_house_policy_is_off_until_it_is_put_on(caller: Caller) -> None:
    client = caller("dana")
    url = "/api/v1/house-policy"
    assert client.get(url).json() == {"on": False, "available": True}
    assert put(client, {"on": True, "reason": "The board says so."}, url).json()["on"]
    assert client.get("/api/v1/findings?regime=house").json()["results"]
    assert put(caller("vera"), {"on": False}, url).status_code == 403
    assert put(client, {"on": "yes"}, url).status_code == 422


def test_an_own_rule_is_put_read_and_retired(caller: Caller) -> None:
    client = caller("dana")
    put(client, {"on": True}, "/api/v1/house-policy")
    made = put(client)
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    assert (made.json()["check"], made.json()["subject"]) == ("H:disposal", "dataset")
    [finding] = client.get("/api/v1/findings?check=H:disposal").json()["results"]
    assert finding["citations"] == [{"instrument": "Data policy", "article": "4.2", "url": None}]

    read = client.get(URL)
    changed = put(client, {**DOCUMENT, "severity": "minor"}, HTTP_IF_MATCH=read["ETag"])
    assert changed.status_code == 200
    assert put(client, HTTP_IF_MATCH=read["ETag"]).status_code == 412
    assert put(client, HTTP_IF_NONE_MATCH="*").status_code == 412

    assert client.delete(URL).status_code == 204
    assert client.get("/api/v1/findings?check=H:disposal").json()["results"] == []
    assert client.get("/api/v1/house-rules").json()["results"][0]["retired"]
    assert client.delete(URL).status_code == 409


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"condition": "no_dispsal"}, "condition"),
        ({"parameters": {"a": 1}}, "parameters"),
        ({"document": None}, "document"),
        ({"title": " "}, "title"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_answered_by_its_path(
    caller: Caller, given: dict[str, Any], path: str
) -> None:
    answer = put(caller("dana"), {**DOCUMENT, **given})
    assert answer.status_code == 422
    assert path in answer.json()["errors"]


@pytest.mark.parametrize(("name", "status"), [("edith", 403), ("vera", 403), (None, 401)])
def test_only_who_decides_sets_house_policy(caller: Caller, name: str | None, status: int) -> None:
    assert put(caller(name)).status_code == status
    assert caller(name).delete(URL).status_code in (401, 404)


def test_another_organisations_rule_is_not_there(caller: Caller) -> None:
    put(caller("dana"))
    assert caller("otto").get(URL).status_code == 404
    assert caller("otto").get("/api/v1/house-rules").json()["results"] == []


def test_the_conditions_that_a_rule_may_ask_are_a_vocabulary(caller: Caller) -> None:
    lines = caller("vera").get("/api/v1/vocabulary/conditions").json()["results"]
    assert all(line["title"].endswith("?") for line in lines)
    assert "no_disposal" in {line["code"] for line in lines}
