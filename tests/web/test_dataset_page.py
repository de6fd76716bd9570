"""A dataset's page: its fields, what stands beside them, and who sees it."""

from typing import Any

import pytest
from django.urls import reverse

from inventory.services.datasets import put_dataset
from inventory.services.inputs import DatasetInput, FieldInput
from inventory.services.justifications import JustificationInput, justify
from tests.world import NOW, TODAY, World, make_dataset

from .conftest import Door

TABS = ["show", "purposes", "retention", "recipients", "lineage", "history"]
NAMES = ("email", "cpf", "birth_date")


@pytest.fixture
def url(world: World) -> str:
    fields = [FieldInput(name=name, type="text") for name in NAMES]
    fields[0] = FieldInput(name="email", type="text", category="email")
    document = DatasetInput(
        name="CRM contacts", entity="mare-france", system="crm-prod", fields=tuple(fields)
    )
    put_dataset(world.actor("dana", door="api"), "crm.contacts", document, today=TODAY)
    return reverse("dataset-show", args=["crm.contacts"])


def test_it_shows_the_fields_and_where_the_dataset_stands(door: Door, url: str) -> None:
    text = door("vera").get(url).content.decode()
    for name in NAMES:
        assert f'<bdi class="key field-name">{name}</bdi>' in text
    assert "Database CRM (France)" in text
    assert 'id="strip"' in text
    assert "GDPR" in text


def test_it_shows_findings_with_their_citation(door: Door, url: str) -> None:
    text = door("dana").get(url).content.decode()
    assert 'class="finding"' in text
    assert 'class="cites"' in text
    assert "Nothing to work off" not in text


def test_what_a_manifest_proposes_waits_for_a_decision(door: Door, url: str) -> None:
    text = door("dana").get(url).content.decode()
    assert "proposed: E-mail address" in text
    assert "Accept what is proposed" in text


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_is_a_page(door: Door, url: str, tab: str) -> None:
    answer = door("vera").get(reverse(f"dataset-{tab}", args=["crm.contacts"]))
    assert answer.status_code == 200
    assert "CRM contacts" in answer.content.decode()


@pytest.mark.parametrize("tab", TABS)
def test_a_stranger_finds_nothing(door: Door, url: str, tab: str) -> None:
    answer = door("otto").get(reverse(f"dataset-{tab}", args=["crm.contacts"]))
    assert answer.status_code == 404
    assert "CRM contacts" not in answer.content.decode()


@pytest.mark.parametrize("tab", TABS)
def test_it_takes_no_other_method(door: Door, url: str, tab: str) -> None:
    assert door("dana").put(reverse(f"dataset-{tab}", args=["crm.contacts"])).status_code == 405


def test_a_near_miss_names_what_was_meant(door: Door, url: str) -> None:
    answer = door("vera").get(reverse("dataset-show", args=["crm.contact"]))
    assert answer.status_code == 404
    assert "Did you mean crm.contacts?" in answer.content.decode()


def test_a_reader_is_offered_no_change(door: Door, url: str) -> None:
    text = door("vera").get(f"{url}?act=justify&field=cpf").content.decode()
    assert 'name="act"' not in text
    assert 'name="field"' not in text
    assert "/edit/" not in text


def test_a_selection_opens_the_panel_without_writing(world: World, door: Door, url: str) -> None:
    for send in (door("dana").post, door("dana").get):
        text = send(url, {"act": "justify", "field": ["cpf", "birth_date"]}).content.decode()
        assert "Justify 2 fields" in text
        assert '<input type="hidden" name="field" value="cpf">' in text
        assert reverse("field-justify", args=["crm.contacts"]) in text


@pytest.mark.parametrize(
    ("act", "title"), [("category", "Describe 1 field"), ("purpose", "Purpose of 1 field")]
)
def test_each_act_has_its_panel(door: Door, url: str, act: str, title: str) -> None:
    assert title in door("dana").get(url, {"act": act, "field": "cpf"}).content.decode()


@pytest.mark.parametrize("names", [[], ["not there"], ["a\x00b"], ["x" * 5_000]])
def test_a_selection_of_nothing_says_so(door: Door, url: str, names: list[str]) -> None:
    answer = door("dana").post(url, {"act": "justify", "field": names})
    assert answer.status_code == 200
    assert "Nothing is selected" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ({"q": "CPF"}, "cpf", "birth_date"),
        ({"view": "proposed"}, "email", "cpf"),
        ({"view": "unjustified"}, "cpf", "nothing"),
        ({"view": "stale"}, "No field is like this", "birth_date"),
        ({"view": "<script>"}, "cpf", "<script>alert"),
    ],
)
def test_fields_can_be_found(
    door: Door, url: str, query: dict[str, str], there: str, gone: str
) -> None:
    text = door("dana").get(url, query).content.decode()
    table = text.split('id="work"')[1].split('id="findings"')[0]
    assert there in table
    assert gone not in table


def test_a_justified_field_says_so(world: World, door: Door, url: str) -> None:
    given = JustificationInput(text="The invoice names the buyer by cpf.")
    justify(world.actor("dana"), "crm.contacts", ["cpf"], "serve-customers", given,
            submit=True, today=TODAY, now=NOW)  # fmt: skip
    text = door("vera").get(url).content.decode()
    assert "ring-submitted" in text
    assert "Serve customers" in text


def test_history_tells_who_changed_what(world: World, door: Door, url: str) -> None:
    text = door("vera").get(reverse("dataset-history", args=["crm.contacts"])).content.decode()
    assert "Dataset registered" in text
    assert "Dana, through the API" in text


@pytest.mark.parametrize("tab", TABS)
def test_a_page_asks_as_often_for_thirty_fields_as_for_three(
    world: World, door: Door, tab: str, django_assert_max_num_queries: Any
) -> None:
    make_dataset(world, "few", fields=("a", "b", "c"))
    make_dataset(world, "many", fields=tuple(f"f{i}" for i in range(30)))
    client = door("dana")
    client.get(reverse(f"dataset-{tab}", args=["few"]))
    with django_assert_max_num_queries(30) as few:
        client.get(reverse(f"dataset-{tab}", args=["few"]))
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(f"dataset-{tab}", args=["many"]))
