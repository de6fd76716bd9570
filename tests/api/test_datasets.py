"""`/datasets`: documents in and out, with ETags, dry runs, findings and near matches."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from inventory.models import ApiToken, Dataset, Field
from inventory.models.organisations import TokenScope
from tests.world import World, make_dataset

type Caller = Callable[..., APIClient]

URL = "/api/v1/datasets/crm.contacts"
DOCUMENT: dict[str, Any] = {
    "name": "CRM contacts",
    "kind": "user",
    "entity": "mare-france",
    "system": "crm-prod",
    "subject_categories": ["customers"],
    "subject_countries": [{"country": "FR", "offered": True}],
    "persons": 412_000,
    "fields": [
        {"name": "id", "type": "uuid", "category": "account_id"},
        {"name": "email", "type": "citext", "purposes": ["serve-customers"]},
    ],
    "lineage": [],
}


def put(client: APIClient, document: Any = DOCUMENT, url: str = URL, **headers: str) -> Any:
    return client.put(url, document, format="json", **headers)


def test_a_put_creates_and_answers_the_document_its_tag_and_the_findings(caller: Caller) -> None:
    answer = put(caller("eli"))
    assert answer.status_code == 201
    assert answer["ETag"] == '"1"'
    body = answer.json()
    assert body["entity"] == "mare-france"
    assert body["fields"][1]["uses"] == [
        {"purpose": "serve-customers", "proposed": True, "justification": None}
    ]
    finding = next(f for f in body["findings"] if f["subject"]["kind"] == "dataset")
    assert finding["citations"][0]["article"]
    assert finding["remedy"]


def test_what_the_house_policy_asks_for_is_kept_and_told(caller: Caller) -> None:
    client = caller("eli")
    answer = put(client, {**DOCUMENT, "critical": True, "access_policies": [" crm-sales", "ops"]})
    assert answer.status_code == 201
    body = client.get(URL).json()
    assert (body["critical"], body["source_of_truth"], body["recomputable"]) == (True, None, None)
    assert body["access_policies"] == ["crm-sales", "ops"]
    put(client, {"persons": 5, "access_policies": []})
    assert client.get(URL).json()["access_policies"] == []
    put(client, {"access_policies": None})
    assert client.get(URL).json()["access_policies"] is None
    refused = put(client, {"access_policies": "ops"})
    assert refused.status_code == 422


def test_what_was_read_can_be_sent_back(caller: Caller) -> None:
    client = caller("eli")
    put(client)
    read = client.get(URL)
    again = put(client, read.json(), HTTP_IF_MATCH=read["ETag"])
    assert again.status_code == 200
    assert again.json()["changes"] == []
    assert again["ETag"] == read["ETag"]


def test_an_unchanged_document_is_not_sent_again(caller: Caller) -> None:
    client = caller("eli")
    put(client)
    assert client.get(URL, HTTP_IF_NONE_MATCH='"1"').status_code == 304


def test_a_stale_tag_is_answered_412_with_the_current_one(caller: Caller) -> None:
    client = caller("eli")
    put(client)
    put(client, {"persons": 1})
    answer = put(client, {"persons": 2}, HTTP_IF_MATCH='"1"')
    assert answer.status_code == 412
    assert answer.json()["current"] == '"2"'
    assert Dataset.objects.get().persons == 1


def test_if_none_match_star_only_creates(caller: Caller) -> None:
    client = caller("eli")
    assert put(client, HTTP_IF_NONE_MATCH="*").status_code == 201
    assert put(client, HTTP_IF_NONE_MATCH="*").status_code == 412


def test_a_dry_run_says_what_would_change_and_writes_nothing(caller: Caller) -> None:
    client = caller("eli")
    answer = put(client, url=f"{URL}?dry_run=true")
    assert answer.status_code == 200
    assert answer.json()["dry_run"] is True
    assert answer.json()["created"] is True
    assert answer.json()["findings"]
    assert "ETag" not in answer
    assert not Dataset.objects.exists()


def test_a_dry_run_misspelt_does_not_write(caller: Caller) -> None:
    answer = put(caller("eli"), url=f"{URL}?dry_run=yes")
    assert answer.status_code == 422
    assert not Dataset.objects.exists()


def test_deleting_retires(caller: Caller) -> None:
    client = caller("eli")
    put(client)
    assert client.delete(URL).status_code == 204
    assert client.get(URL).json()["retired"] is True
    listed = client.get("/api/v1/datasets?retired=false").json()["results"]
    assert listed == []


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"entity": "mare-frence"}, "entity", "mare-france"),
        ({"nmae": "x"}, "nmae", "Did you mean name"),
        ({"persons": "many"}, "persons", "whole number"),
        ({"persons": True}, "persons", "whole number"),
        ({"name": 7}, "name", "text"),
        ({"name": "a\x00b"}, "name", "U+0000"),
        ({"name": "a\r\nX-Evil: 1"}, "name", "one line"),
        ({"name": "x" * 2_000_000}, "name", "at most"),
        ({"fields": [{"name": "a"}, {"name": "a"}]}, "fields.1.name", "already"),
        ({"fields": [{"nam": "a"}]}, "fields.0.nam", "no such key"),
        ({"fields": [{"name": "a", "category": "emial"}]}, "fields.0.category", "email"),
        ({"fields": "all"}, "fields", "list"),
        ({"legal_hold": "yes"}, "legal_hold", "true, false or null"),
        ({"oldest_record": "yesterday"}, "oldest_record", "YYYY-MM-DD"),
        ({"subject_countries": [{"country": "Grmany"}]}, "subject_countries.0.country", "called"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    caller: Caller, change: dict[str, Any], path: str, words: str
) -> None:
    answer = put(caller("eli"), {**DOCUMENT, **change})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert words in " ".join(answer.json()["errors"][path])
    assert not Dataset.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"\xff\xfe", b'{"name": NaN}', b'{"name": "a", "name": "b"}',
     b'"text"', b"[" * 100_000, b'{"persons": ' + b"9" * 5000 + b"}"],
)  # fmt: skip
def test_what_is_no_document_is_answered_400(caller: Caller, body: bytes) -> None:
    answer = caller("eli").put(URL, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert not Dataset.objects.exists()


def test_another_media_type_is_refused(caller: Caller) -> None:
    answer = caller("eli").put(URL, "name: x", content_type="application/yaml")
    assert answer.status_code == 415


@pytest.mark.parametrize("key", ["UPPER", "a b", "a%00b", "%2e%2e%2fetc", "x" * 300])
def test_a_bad_key_is_refused(caller: Caller, key: str) -> None:
    answer = put(caller("eli"), url=f"/api/v1/datasets/{key}")
    assert answer.status_code in (404, 422)
    assert not Dataset.objects.exists()


def test_a_key_that_is_not_there_is_answered_with_near_ones(caller: Caller) -> None:
    client = caller("eli")
    put(client)
    answer = client.get("/api/v1/datasets/crm.contact")
    assert answer.status_code == 404
    assert answer.json()["near"] == ["crm.contacts"]


def test_near_matches_never_name_another_organisations_keys(caller: Caller) -> None:
    put(caller("dana"))
    answer = caller("otto").get("/api/v1/datasets/crm.contact")
    assert answer.status_code == 404
    assert answer.json()["near"] == []


@pytest.mark.parametrize(
    ("said", "status"),
    [(None, 401), ("Bearer grounds_wrong", 401), ("Basic ZGFuYTp4", 401), ("Bearer ", 401)],
)
def test_without_a_live_token_nothing_is_told(
    caller: Caller, said: str | None, status: int
) -> None:
    client = caller(None)
    if said:
        client.credentials(HTTP_AUTHORIZATION=said)
    answer = client.get(URL)
    assert answer.status_code == status
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "change",
    [
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"revoked_at": timezone.now()},
    ],
)
def test_a_token_that_is_over_opens_nothing(caller: Caller, change: dict[str, Any]) -> None:
    client = caller("eli")
    ApiToken.objects.update(**change)
    assert client.get("/api/v1/datasets").status_code == 401


def test_a_reading_token_may_not_write(caller: Caller) -> None:
    client = caller("dana", scope=TokenScope.READ)
    assert put(client).status_code == 403
    assert client.get("/api/v1/datasets").status_code == 200


def test_a_list_costs_the_same_for_three_and_thirty(
    world: World, caller: Caller, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = caller("dana")
    for i in range(30):
        make_dataset(world, f"d.{i}")
    for limit in (3, 30):
        with django_assert_max_num_queries(5):
            answer = client.get(f"/api/v1/datasets?limit={limit}")
        assert len(answer.json()["results"]) == limit


def test_pages_go_on_to_the_end(world: World, caller: Caller) -> None:
    for i in range(7):
        make_dataset(world, f"d.{i}")
    client, url, seen = caller("dana"), "/api/v1/datasets?limit=3", []
    while url:
        body = client.get(url).json()
        seen += [line["key"] for line in body["results"]]
        url = body["next"]
    assert seen == [f"d.{i}" for i in range(7)]


def test_a_put_of_many_fields_takes_a_fixed_number_of_queries(
    caller: Caller, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = caller("eli")
    document = {**DOCUMENT, "fields": [{"name": f"f{i}", "type": "text"} for i in range(200)]}
    with django_assert_max_num_queries(160):
        assert put(client, document).status_code == 201
    assert Field.objects.count() == 200


def test_no_answer_leaks_how_it_was_made(caller: Caller) -> None:
    answer = put(caller("eli"), {**DOCUMENT, "name": "\x00"})
    said = json.dumps(answer.json())
    assert "Traceback" not in said
    assert "inventory/" not in said
