"""Reading history: who changed what and why, and the register as of a day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from inventory.models import Dataset, Field
from inventory.services import fields, history
from inventory.services.datasets import put_dataset, retire_dataset
from inventory.services.fields import FieldDecision
from inventory.services.inputs import DatasetInput, FieldInput
from tests.world import TODAY, World, make_dataset, make_world

KEY = "crm.contacts"


def put(world: World, **values: object) -> Dataset:
    actor = world.actor("dana")
    return put_dataset(actor, KEY, DatasetInput(**values), today=TODAY).row  # type: ignore[arg-type]


def back_date(days: int) -> None:
    """Move all of history into the past, past the guard that keeps it: for this test alone."""
    with connection.cursor() as cursor:
        for table in ("dataset_event", "field_event"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(
                f"UPDATE {table} SET pgh_created_at = pgh_created_at - interval '{days} days'"
            )
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_an_entry_says_who_when_through_which_door_and_what(world: World) -> None:
    dataset = put(world, name="Contacts", fields=(FieldInput(name="email"),))
    fields.decide_fields(
        world.actor("dana"), KEY, ["email"], FieldDecision(category="email"), today=TODAY
    )
    entry = next(e for e in history.of_dataset(dataset) if e.reason == "decide fields")
    assert entry.member == world.dana
    assert (entry.door, entry.attributed) == ("web", True)
    said = {(c.what, c.column, c.before, c.after) for c in entry.changes}
    assert ("field email", "category", None, "email") in said


def test_one_change_is_one_entry(world: World) -> None:
    dataset = put(world, name="Contacts", fields=(FieldInput(name="a"), FieldInput(name="b")))
    assert len(history.of_dataset(dataset)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_write_past_the_services_shows_as_nobodys(transactional_db: None) -> None:
    world = make_world()
    dataset = put(world, name="Contacts")
    Dataset.objects.filter(pk=dataset.pk).update(persons=3)
    entry = next(
        e for e in history.of_dataset(dataset) if any(c.column == "persons" for c in e.changes)
    )
    assert not entry.attributed
    assert entry.member is None
    assert history.unattributed(world.organisation) == 1


@pytest.mark.django_db(transaction=True)
def test_a_past_day_shows_names_of_then_and_leaves_out_what_came_later(
    transactional_db: None,
) -> None:
    world = make_world()
    put(world, name="Old name")
    back_date(10)
    put(world, name="New name")
    make_dataset(world, "later")
    day = timezone.localdate() - timedelta(days=5)
    rows = history.datasets_as_of(world.organisation, day)
    assert [(r.key, r.name) for r in rows] == [(KEY, "Old name")]
    today = history.datasets_as_of(world.organisation, timezone.localdate())
    assert {r.name for r in today} == {"New name", "CRM contacts"}
    assert history.datasets_as_of(world.organisation, day - timedelta(days=30)) == []


@pytest.mark.django_db(transaction=True)
def test_what_was_retired_then_is_not_in_the_list_of_then(transactional_db: None) -> None:
    world = make_world()
    put(world, name="A")
    retire_dataset(world.actor("dana"), KEY, today=TODAY)
    assert history.datasets_as_of(world.organisation, timezone.localdate()) == []


def test_pages_of_a_past_day_go_on_by_key(world: World) -> None:
    for i in range(7):
        make_dataset(world, f"d.{i}")
    first = history.datasets_as_of(world.organisation, timezone.localdate(), most=3)
    rest = history.datasets_as_of(
        world.organisation, timezone.localdate(), after=first[-1].key, most=10
    )
    assert [r.key for r in (*first, *rest)] == [f"d.{i}" for i in range(7)]


def test_another_organisations_past_is_not_in_it(world: World) -> None:
    make_dataset(world)
    assert history.datasets_as_of(world.elsewhere, timezone.localdate()) == []


def test_rows_that_can_be_deleted_are_read_as_of_a_moment(world: World) -> None:
    make_dataset(world, fields=("a", "b"))
    later = timezone.now() + timedelta(seconds=5)
    stood = history.as_of(Field, Field.objects.order_by("pk"), later)
    assert {event.name for event in stood} == {"a", "b"}
