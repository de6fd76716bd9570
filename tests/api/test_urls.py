"""The whole API against its own description: no answer outside it, and never a 500."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from tests.world import World

type Caller = Callable[..., APIClient]

LISTS = ["datasets", "systems", "activities", "purposes", "entities", "findings", "compliance"]
VOCABULARIES = ["categories", "record-classes", "countries", "regimes", "legal-bases",
                "mechanisms", "dataset-kinds", "system-kinds", "location-roles"]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_every_list_answers_a_reader(caller: Caller, name: str) -> None:
    assert caller("vera").get(f"/api/v1/{name}").status_code == 200


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_vocabulary_has_codes_with_titles(caller: Caller, name: str) -> None:
    lines = caller("vera").get(f"/api/v1/vocabulary/{name}").json()["results"]
    assert lines
    assert all(line["code"] and line["title"] for line in lines)


def test_an_unknown_vocabulary_is_answered_with_those_there_are(caller: Caller) -> None:
    answer = caller("vera").get("/api/v1/vocabulary/categorys")
    assert answer.status_code == 404
    assert "categories" in answer.json()["near"]


@pytest.mark.parametrize("path", ["/api/", "/api/v1/nothing", "/api/v2/datasets"])
def test_an_address_that_leads_nowhere_answers_a_problem(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_the_page_to_read_it_needs_no_other_host(client: Client) -> None:
    page = client.get("/api/v1/docs/").content.decode()
    assert "swagger" in page.lower()
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page


def test_the_description_names_every_document(client: Client) -> None:
    answer = client.get("/api/v1/schema", HTTP_ACCEPT="application/json")
    schemas = json.loads(answer.content)["components"]["schemas"]
    assert {"DatasetDocument", "SystemDocument", "FindingDocument"} <= set(schemas)


@pytest.mark.parametrize("query", ["status=poem", "limit=x", "cursor=%00", "kind=%FF", "q=%00"])
def test_a_query_that_makes_no_sense_is_never_a_500(caller: Caller, query: str) -> None:
    for name in ("datasets", "findings"):
        assert caller("vera").get(f"/api/v1/{name}?{query}").status_code < 500


def test_nothing_that_the_description_allows_breaks_the_server(
    world: World, caller: Caller, client: Client
) -> None:
    """Requests made from the description by schemathesis, through the real application."""
    said = client.get("/api/v1/schema", HTTP_ACCEPT="application/json")
    schema = schemathesis.openapi.from_dict(json.loads(said.content))
    door = caller("dana")

    def call(case: Any) -> None:
        path = case.formatted_path
        body = case.body if isinstance(case.body, dict | list) else None
        answer = door.generic(
            case.method.upper(),
            path,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            QUERY_STRING=urlencode(case.query or {}, errors="replace"),
        )
        assert answer.status_code < 500, (case.method, path, body, answer.content)

    for result in schema.get_all_operations():
        operation = result.ok()
        quick = settings(
            max_examples=15,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        quick(given(case=operation.as_strategy())(call))()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    document=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["name", "fields", "persons", "lineage", "category", "kind"])
                | st.text(max_size=5),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_at_all_is_answered_and_never_breaks(caller: Caller, document: Any) -> None:
    answer = caller("vera").put(
        "/api/v1/datasets/any", json.dumps(document), content_type="application/json"
    )
    assert answer.status_code in (400, 403, 422)
