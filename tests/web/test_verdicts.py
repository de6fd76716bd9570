"""The page that explains every verdict on one thing."""

import pytest

from inventory.models import Dataset
from tests.register import make_register
from tests.web.conftest import Door
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset(world: World) -> Dataset:
    make_register(world.organisation, datasets=2)
    return Dataset.objects.filter(organisation=world.organisation).order_by("pk")[0]


def test_met_is_explained_with_law_facts_and_what_would_change_it(dataset, door: Door) -> None:
    said = door("vera").get(f"/verdicts/dataset/{dataset.key}/?status=met").content.decode()
    assert "Every verdict on" in said
    assert "mark is-met" in said
    assert "What would change it" in said
    assert "mark is-breach" not in said


def test_what_was_not_asked_is_told_apart_from_met(dataset, door: Door) -> None:
    said = door("vera").get(f"/verdicts/dataset/{dataset.key}/?status=not_evaluated").content
    assert b"mark is-met" not in said


@pytest.mark.parametrize("kind", ["system", "purpose", "activity", "entity"])
def test_every_kind_of_thing_has_such_a_page(world: World, dataset, door: Door, kind) -> None:
    key = {
        "system": world.system.key,
        "purpose": world.purpose.key,
        "activity": world.purpose.activity.key,
        "entity": world.entity.key,
    }[kind]
    assert door("dana").get(f"/verdicts/{kind}/{key}/").status_code == 200


def test_no_such_kind(dataset, door: Door) -> None:
    assert door("dana").get(f"/verdicts/unicorn/{dataset.key}/").status_code == 400
