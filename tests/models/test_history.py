"""History cannot be forgotten or edited, by whatever way a row was written."""

import json

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from pghistory.models import Context

from inventory.models import (
    ApiToken,
    Contact,
    Dataset,
    Evaluation,
    Field,
    Finding,
    FindingTransition,
    Invitation,
    Judgement,
    LawBundle,
    Report,
    Standing,
    TaskRun,
    User,
    Waiver,
)
from inventory.services.history import events
from inventory.services.recording import change
from tests.world import World, make_dataset

NOT_REGISTRY = {
    # persons and secrets, which must be forgettable; and what can be computed again
    User, Contact, Invitation, ApiToken, LawBundle, Evaluation, Finding, FindingTransition,
    Waiver, Standing, Judgement, Report, TaskRun,
}  # fmt: skip


def registry() -> list[type[models.Model]]:
    held = apps.get_app_config("inventory").get_models()
    return [m for m in held if m not in NOT_REGISTRY and not m.__name__.endswith("Event")]


@pytest.mark.parametrize("model", registry(), ids=lambda m: m.__name__)
def test_every_registry_table_keeps_events(model: type[models.Model]) -> None:
    assert events(model).model._meta.db_table == f"{model._meta.db_table}_event"


@pytest.mark.parametrize("model", sorted(NOT_REGISTRY, key=lambda m: m.__name__))
def test_persons_and_computed_tables_have_no_history(model: type[models.Model]) -> None:
    assert not hasattr(model, "events")


def test_a_bulk_write_leaves_an_event_per_row(world: World) -> None:
    dataset = make_dataset(world, fields=("a", "b", "c"))
    Field.objects.filter(dataset=dataset).update(comment="looked at")
    labels = events(Field).filter(dataset=dataset).values_list("pgh_label", flat=True)
    assert sorted(labels) == ["insert"] * 3 + ["update"] * 3


def test_an_update_that_changes_nothing_leaves_no_event(world: World) -> None:
    dataset = make_dataset(world)
    Dataset.objects.filter(pk=dataset.pk).update(name=dataset.name)
    assert events(Dataset).filter(pgh_obj=dataset.pk).count() == 1


def test_raw_sql_and_copy_are_recorded_with_their_actor(world: World) -> None:
    dataset = make_dataset(world)
    columns = "organisation_id, dataset_id, name, type, comment, position"
    row = f"{world.organisation.pk}\t{dataset.pk}\tcopied\ttext\t\t0\n"
    with change(world.actor("dana"), reason="a load"), connection.cursor() as cursor:
        with cursor.copy(f"COPY field ({columns}) FROM STDIN") as copy:
            copy.write(row)
        cursor.execute("UPDATE dataset SET persons = 7 WHERE id = %s", [dataset.pk])
    copied = events(Field).get(dataset=dataset)
    updated = events(Dataset).get(pgh_obj=dataset.pk, pgh_label="update")
    assert copied.pgh_context_id == updated.pgh_context_id
    said = Context.objects.get(pk=copied.pgh_context_id).metadata
    assert (said["member"], said["reason"]) == (world.dana.pk, "a load")


def test_a_write_past_the_services_is_kept_as_unattributed(world: World) -> None:
    dataset = make_dataset(world)
    assert events(Dataset).get(pgh_obj=dataset.pk).pgh_context_id is None


def test_history_holds_no_name_or_address_of_a_member(world: World) -> None:
    with change(world.actor("dana"), reason="look"):
        dataset = make_dataset(world)
    said = json.dumps(
        Context.objects.get(pk=events(Dataset).get(pgh_obj=dataset).pgh_context_id).metadata
    )
    assert "dana" not in said.lower()


@pytest.mark.parametrize(
    "statement", ["UPDATE dataset_event SET name = 'x'", "DELETE FROM dataset_event"]
)
def test_an_event_can_be_neither_changed_nor_removed(world: World, statement: str) -> None:
    make_dataset(world)
    with (
        pytest.raises(DatabaseError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
