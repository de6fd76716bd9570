"""The overview says the result, and the same numbers as the table under it."""

from typing import Any

import pytest
from django.urls import reverse

from inventory.models import Finding
from inventory.services.compliance import Counts
from inventory.services.datasets import put_dataset
from inventory.services.house import switch_house
from inventory.services.inputs import DatasetInput, FieldInput
from inventory.web.overview import headline
from tests.world import TODAY, World, make_dataset

from .conftest import Door

NOTHING = {"breach": 0, "unknown": 0, "attention": 0, "waived": 0, "stale": 0, "submitted": 0}


def counts(**some: int) -> Counts:
    return Counts(**{**NOTHING, "datasets": 3, **some})


@pytest.mark.parametrize(
    ("held", "by_country", "said"),
    [
        (counts(breach=6, unknown=2), {"BR": {"breach": 3}, "FR": {"breach": 1}},
         "Six breaches left, three of them in Brazil"),
        (counts(breach=1), {"BR": {"breach": 1}}, "One breach left"),
        (counts(breach=2), {"BR": {"breach": 2}}, "Two breaches left, all of them in Brazil"),
        (counts(breach=4), {c: {"breach": 2} for c in ("BR", "FR")},
         "Four breaches left, two of them in Brazil and France"),
        (counts(breach=3), {c: {"breach": 1} for c in ("BR", "FR", "DE")}, "Three breaches left"),
        (counts(unknown=30), {}, "30 questions open"),
        (counts(attention=1), {}, "One thing needs attention"),
        (counts(), {}, "Nothing to work off"),
        (counts(datasets=0), {}, "Nothing is registered yet"),
    ],
)  # fmt: skip
def test_the_headline_says_the_result(
    held: Counts, by_country: dict[str, dict[str, int]], said: str
) -> None:
    assert headline(held, by_country) == said


def test_it_shows_datasets_by_country_and_what_to_do(world: World, door: Door) -> None:
    document = DatasetInput(
        name="CRM contacts", entity="mare-france", system="crm-prod",
        fields=(FieldInput(name="email", category="email"),),
    )  # fmt: skip
    put_dataset(world.actor("dana", door="api"), "crm.contacts", document, today=TODAY)
    answer = door("vera").get("/")
    text = answer.content.decode()
    assert "CRM contacts" in text
    assert "France" in text
    assert answer.context["todo"]
    assert "Make a record" not in text


def test_a_house_policy_stands_beside_the_countries_and_has_none(world: World, door: Door) -> None:
    switch_house(world.actor("dana"), on=True, today=TODAY)
    software = make_dataset(world, "app.config", name="Configuration", kind="software")
    document = DatasetInput(
        name="CRM contacts", kind="user", entity="mare-france", system="crm-prod",
        fields=(FieldInput(name="email", category="email"),),
    )  # fmt: skip
    outcome = put_dataset(world.actor("dana", door="api"), "crm.contacts", document, today=TODAY)
    assert software.system == outcome.row.system
    together = Finding.objects.get(check_id="H-02")
    assert (together.regime, together.place, together.countries) == ("house", "house", [])

    answer = door("vera").get("/")
    heads = [(column["code"], column["law"]) for column in answer.context["matrix"]["columns"]]
    assert heads == [("FR", "GDPR"), ("House policy", "")]
    row = next(r for r in answer.context["where"] if r["name"] == "House policy")
    assert (row["level"], row["status"]) == ("", "breach")
    assert row["url"].endswith("?regime=house")

    cell = next(
        one["cells"][1] for one in answer.context["matrix"]["rows"] if one["name"] == "CRM contacts"
    )
    assert cell["status"] == "breach"
    page = door("vera").get(cell["url"].split("#")[0]).content.decode()
    assert "Findings in the House policy" in page
    assert "User data and software data in one system" in page
    assert "GDPR Art." not in page.split('id="findings"')[1]

    listed = door("vera").get(reverse("finding-browse"), {"regime": "house"}).content.decode()
    assert "User data and software data in one system" in listed
    shown = door("vera").get(reverse("finding-show", args=[together.pk])).content.decode()
    assert "House policy § 2" in shown
    assert "House policy on the keeping of data" in shown


def test_an_empty_register_invites_the_first_dataset(world: World, door: Door) -> None:
    assert reverse("dataset-create") in door("dana").get("/").content.decode()
    assert reverse("dataset-create") not in door("vera").get("/").content.decode()


def test_a_stranger_sees_none_of_it(world: World, door: Door) -> None:
    make_dataset(world)
    assert "CRM contacts" not in door("otto").get("/").content.decode()


def test_it_takes_no_other_method(world: World, door: Door) -> None:
    assert door("dana").post("/").status_code == 405


def test_it_asks_as_often_for_thirty_as_for_three(
    world: World, door: Door, django_assert_max_num_queries: Any
) -> None:
    actor = world.actor("dana", door="api")
    for i in range(3):
        put_dataset(actor, f"a.{i}", DatasetInput(name=f"A{i}", entity="mare-france"), today=TODAY)
    client = door("dana")
    client.get("/")
    with django_assert_max_num_queries(30) as few:
        client.get("/")
    for i in range(27):
        put_dataset(actor, f"b.{i}", DatasetInput(name=f"B{i}", entity="mare-france"), today=TODAY)
    with django_assert_max_num_queries(len(few)):
        client.get("/")
