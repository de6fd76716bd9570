"""The overview says the result, and the same numbers as the table under it."""

from typing import Any

import pytest
from django.urls import reverse

from inventory.services.compliance import Counts
from inventory.services.datasets import put_dataset
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
