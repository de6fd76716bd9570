"""The search of the top bar."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.world import World, make_dataset

from .conftest import Door

SEARCH = reverse("search")


@pytest.mark.parametrize(
    "asked", ["contacts", "contcats", "crm.contacts", "birth_date", "custmers"]
)
def test_a_name_is_found_though_it_is_mistyped(world: World, door: Door, asked: str) -> None:
    make_dataset(world, fields=("birth_date",))
    text = door("vera").get(SEARCH, {"q": asked}).content.decode()
    assert "/datasets/crm.contacts/" in text or "/purposes/serve-customers/" in text


def test_another_organisations_things_are_not_found(world: World, door: Door) -> None:
    make_dataset(world, fields=("birth_date",))
    for asked in ("contacts", "birth_date", "customers"):
        text = door("otto").get(SEARCH, {"q": asked}).content.decode()
        assert "Nothing that you can see is like" in text


def test_who_looks_after_nothing_finds_no_dataset(world: World, door: Door) -> None:
    make_dataset(world, "secret.table", owner=world.dana, system=None)
    world.vera.scope = "owned"
    world.vera.save()
    assert "secret.table" not in door("vera").get(SEARCH, {"q": "secret"}).content.decode()


@pytest.mark.parametrize("asked", ["", "\x00", "%", "x" * 10_000, "<script>alert(1)</script>"])
def test_any_words_are_answered_and_none_are_run(world: World, door: Door, asked: str) -> None:
    answer = door("vera").get(SEARCH, {"q": asked})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_it_asks_as_often_whatever_is_there(world: World, door: Door) -> None:
    client = door("vera")
    client.get(SEARCH, {"q": "crm"})
    with CaptureQueriesContext(connection) as few:
        client.get(SEARCH, {"q": "crm"})
    for number in range(30):
        make_dataset(world, f"crm.{number}", fields=("crm_id",))
    with CaptureQueriesContext(connection) as many:
        client.get(SEARCH, {"q": "crm"})
    assert len(many) == len(few)
