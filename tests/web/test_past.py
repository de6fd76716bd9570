"""The register as of a past day: what was there then, nothing of others, nothing to change."""

from datetime import timedelta

import time_machine
from django.urls import reverse

from inventory.models import Dataset
from inventory.services.datasets import put_dataset, retire_dataset
from inventory.services.inputs import DatasetInput
from tests.world import TODAY, World

from .conftest import Door

BROWSE = reverse("dataset-browse")


def put(world: World, name: str) -> Dataset:
    return put_dataset(
        world.actor("dana", door="api"), "crm.contacts", DatasetInput(name=name), today=TODAY
    ).row


def test_what_was_retired_today_was_there_yesterday(world: World, door: Door) -> None:
    put(world, "CRM contacts")
    retire_dataset(world.actor("dana"), "crm.contacts", today=TODAY)
    client = door("vera")
    assert "crm.contacts" not in client.get(BROWSE).content.decode()
    with time_machine.travel(_tomorrow(), tick=True):
        client = door("vera")
        asked = {"as_of": (_tomorrow() - timedelta(days=2)).date().isoformat()}
        assert "Nothing was registered then" in client.get(BROWSE, asked).content.decode()


def test_a_day_shows_what_stood_at_its_end_and_nothing_that_writes(
    world: World, door: Door
) -> None:
    put(world, "CRM contacts")
    today = _tomorrow() - timedelta(days=1)
    with time_machine.travel(_tomorrow(), tick=True):
        text = door("dana").get(BROWSE, {"as_of": today.date().isoformat()}).content.decode()
        stranger = door("otto").get(BROWSE, {"as_of": today.date().isoformat()})
    assert "crm.contacts" in text
    assert "read only" in text
    assert reverse("dataset-create") not in text
    assert "crm.contacts" not in stranger.content.decode()


def test_a_day_to_come_is_today(world: World, door: Door) -> None:
    assert door("vera").get(BROWSE, {"as_of": "2999-01-01"})["Location"] == BROWSE


def _tomorrow():  # type: ignore[no-untyped-def]
    from django.utils import timezone

    return timezone.now() + timedelta(days=1)
