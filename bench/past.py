"""A page of the list as it stood on a day, against the same page of today's list."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone

from bench.companies import dataset_key
from bench.figures import Figure, milliseconds, side_by_side, step
from bench.ground import analyze
from inventory.models import Dataset, Organisation
from inventory.services.history import datasets_as_of, events

PAGE = 50
PLACES = 60


def measure(datasets: int) -> Iterator[Figure]:
    with step(f"writing {datasets:,} datasets and a change of a third of them"):
        organisation = make_past(datasets)
    yesterday = timezone.localdate() - timedelta(days=1)

    def after(turn: int) -> str:
        return dataset_key(turn * datasets // PLACES)

    def live(turn: int) -> int:
        rows = Dataset.objects.filter(organisation=organisation, retired_at=None)
        return len(rows.filter(key__gt=after(turn)).order_by("key")[:PAGE])

    def past(turn: int) -> int:
        return len(datasets_as_of(organisation, yesterday, after=after(turn), most=PAGE))

    assert live(0) == past(0) == PAGE
    with step(f"reading pages of both lists at {PLACES} places"):
        now, then = side_by_side(PLACES - 1, live, past)
    yield Figure(
        what=f"page of the list as of a day, {datasets:,} datasets: live | past",
        value=f"{milliseconds(now)} | {milliseconds(then)}",
        ratio=then / now,
        most=5,
    )


def make_past(datasets: int) -> Organisation:
    """Written the day before yesterday, and a third of them changed today."""
    organisation = Organisation.objects.create(key=f"past-{datasets}", name="Past")
    Dataset.objects.bulk_create(
        (
            Dataset(organisation=organisation, key=dataset_key(i), name=f"Dataset {i}")
            for i in range(datasets)
        ),
        batch_size=2000,
    )
    _move_events_back(organisation)
    rows = Dataset.objects.filter(organisation=organisation)
    for start in range(0, datasets, 10_000):
        some = rows.filter(key__gte=dataset_key(start), key__lt=dataset_key(start + 3_333))
        some.update(description="Changed today.")
    analyze()
    return organisation


def _move_events_back(organisation: Organisation) -> None:
    """Events are append-only; for this one statement the trigger that says so is off."""
    written = events(Dataset).filter(organisation=organisation)
    table = connection.ops.quote_name(written.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        written.update(pgh_created_at=F("pgh_created_at") - timedelta(days=2))
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
