"""Drafts into the register: all or none, and what was not read is not gone."""

import pytest

from inventory.models import Dataset, Field
from inventory.services.errors import Invalid, NotFound
from inventory.services.imports import import_reading
from inventory.sources.drafts import DatasetDraft, FieldDraft, Reading, Refusal
from tests.world import TODAY, World


def reading(*names: str, refused: tuple[Refusal, ...] = (), key: str = "students") -> Reading:
    fields = tuple(FieldDraft(name, "text") for name in names)
    return Reading(datasets=(DatasetDraft(key, "Students", "", fields),), refused=refused)


def test_drafts_become_datasets_of_the_system(world: World) -> None:
    done = import_reading(
        world.actor("eli", door="command"), reading("a", "b"), "crm-prod", today=TODAY
    )
    assert (done.created, done.changed) == (1, 0)
    dataset = Dataset.objects.get()
    assert (dataset.system, dataset.name) == (world.system, "Students")
    assert list(dataset.fields.values_list("name", flat=True)) == ["a", "b"]


def test_the_same_source_again_changes_nothing(world: World) -> None:
    actor = world.actor("eli", door="command")
    import_reading(actor, reading("a"), "crm-prod", today=TODAY)
    done = import_reading(actor, reading("a"), "crm-prod", today=TODAY)
    assert (done.created, done.changed) == (0, 0)


def test_a_name_given_meanwhile_stays(world: World) -> None:
    actor = world.actor("eli", door="command")
    import_reading(actor, reading("a"), "crm-prod", today=TODAY)
    Dataset.objects.update(name="Pupils of the school")
    import_reading(actor, reading("a"), "crm-prod", today=TODAY)
    assert Dataset.objects.get().name == "Pupils of the school"


def test_a_field_that_could_not_be_read_is_not_taken_for_gone(world: World) -> None:
    actor = world.actor("eli", door="command")
    import_reading(actor, reading("a", "place"), "crm-prod", today=TODAY)
    unread = Refusal(3, "place GEOMETRY", "unknown type", dataset="students")
    import_reading(actor, reading("a", refused=(unread,)), "crm-prod", today=TODAY)
    assert Field.objects.get(name="place").retired_at is None
    import_reading(actor, reading("a"), "crm-prod", today=TODAY)
    assert Field.objects.get(name="place").retired_at is not None


def test_a_dry_run_keeps_nothing(world: World) -> None:
    actor = world.actor("eli", door="command")
    done = import_reading(actor, reading("a"), "crm-prod", today=TODAY, dry_run=True)
    assert done.created == 1
    assert not Dataset.objects.exists()


def test_an_unknown_system_is_answered_with_a_near_one(world: World) -> None:
    with pytest.raises(NotFound) as missing:
        import_reading(world.actor("eli"), reading("a"), "crm-prd", today=TODAY)
    assert missing.value.near == ["crm-prod"]


def test_one_bad_draft_stops_them_all(world: World) -> None:
    drafts = (*reading("a").datasets, *reading("x" * 400, key="bad").datasets)
    with pytest.raises(Invalid) as refused:
        import_reading(world.actor("eli"), Reading(datasets=drafts), "crm-prod", today=TODAY)
    assert "bad.fields.0.name" in refused.value.errors
    assert not Dataset.objects.exists()


def test_nothing_to_import_is_no_error(world: World) -> None:
    done = import_reading(world.actor("eli"), Reading(), "crm-prod", today=TODAY)
    assert done.outcomes == {}
