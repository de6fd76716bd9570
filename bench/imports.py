"""What an import costs beyond writing its rows."""

from collections.abc import Iterator

from django.db import transaction

from bench.figures import Figure, step, timed
from bench.ground import FIELDS, TODAY
from inventory.models import Dataset, Field
from inventory.services.actors import Actor
from inventory.services.imports import import_reading
from inventory.services.recording import change
from inventory.sources.drafts import DatasetDraft, FieldDraft, Reading


def measure(actor: Actor, tables: int) -> Iterator[Figure]:
    """Import a schema, and write the same rows plainly, both with history, in turns."""
    reading = Reading(datasets=tuple(_draft(number) for number in range(tables)))
    rows = tables * (FIELDS + 1)
    with step(f"importing {tables} tables of {FIELDS} columns, thrice"):
        plain, whole = [], []
        for _ in range(3):
            plain.append(timed(lambda: write_plainly(actor, reading)))
            whole.append(timed(lambda: import_once(actor, reading)))
    quick, took = sorted(plain)[1], sorted(whole)[1]
    yield Figure(what="bulk_create of an import's rows", value=f"{rows / quick:,.0f} rows/s")
    yield Figure(
        what=f"import of {tables} tables × {FIELDS} columns, judged",
        value=f"{rows / took:,.0f} rows/s, {took:.1f} s",
        ratio=took / quick,
    )


def import_once(actor: Actor, reading: Reading) -> None:
    with transaction.atomic():
        import_reading(actor, reading, "system-0", today=TODAY)
        transaction.set_rollback(True)


def write_plainly(actor: Actor, reading: Reading) -> None:
    with change(actor, reason="bench"):
        datasets = Dataset.objects.bulk_create(
            Dataset(organisation=actor.organisation, key=draft.key, name=draft.name)
            for draft in reading.datasets
        )
        Field.objects.bulk_create(
            Field(
                organisation=actor.organisation,
                dataset=dataset,
                name=field.name,
                type=field.type,
                position=position,
            )
            for dataset, draft in zip(datasets, reading.datasets, strict=True)
            for position, field in enumerate(draft.fields)
        )
        transaction.set_rollback(True)


def _draft(number: int) -> DatasetDraft:
    fields = tuple(FieldDraft(name=f"column_{i}", type="text") for i in range(FIELDS))
    return DatasetDraft(key=f"imported.t{number}", name=f"t{number}", fields=fields)
