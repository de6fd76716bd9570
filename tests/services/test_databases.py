from datetime import UTC, date, datetime

import pytest

from inventory.law.vocabulary import Declared
from inventory.models import Database, DatabaseCount
from inventory.services.databases import put_database, retire_database
from inventory.services.datasets import put_dataset
from inventory.services.entities import put_entity
from inventory.services.errors import Invalid, NotFound, Refused
from inventory.services.inputs import DatasetInput
from inventory.services.register_inputs import (
    ContactInput,
    CountInput,
    DatabaseInput,
    EntityInput,
    FilingInput,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PATIENTS = DatabaseInput(
    name="Patients",
    entity="acme-il",
    purpose_text="Fitting hearing aids.",
    manager=ContactInput(name="Noa Levi"),
    datasets=("clinic.visits",),
    counts=(CountInput(counted_on=date(2026, 1, 1), persons=900, authorised_users=8),),
    filings=(FilingInput(kind="definition_document", regime="ppa", filed_on=date(2026, 1, 5)),),
)


@pytest.fixture(autouse=True)
def clinic(people, today):
    put_entity(people.dana, "acme-il", EntityInput(name="Acme", country="IL"), today=today)
    put_dataset(people.dana, "clinic.visits", DatasetInput(name="Visits"), today=today)


def test_a_database_is_written_with_datasets_counts_and_filings(people, today):
    row = put_database(people.edith, "patients", PATIENTS, today=today).row
    assert row.datasets.get().dataset.key == "clinic.visits"
    assert row.counts.get().persons == 900
    assert (row.filings.get().regime, row.filings_state) == ("ppa", Declared.COMPLETE)


def test_a_later_count_stands_beside_the_earlier_one(people, today):
    put_database(people.dana, "patients", PATIENTS, today=today)
    both = (*PATIENTS.counts, CountInput(counted_on=date(2026, 6, 1), persons=1200))
    put_database(people.dana, "patients", DatabaseInput(counts=both), today=today)
    assert DatabaseCount.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (DatabaseInput(name="P"), "entity"),
        (DatabaseInput(name="P", entity="nope"), "entity"),
        (DatabaseInput(name="P", entity="acme-il", datasets=("clinic.visit",)), "datasets.0"),
        (DatabaseInput(name="P", entity="acme-il", datasets=("a b",)), "datasets.0"),
        (
            DatabaseInput(name="P", entity="acme-il", counts=(CountInput(counted_on=None),)),
            "counts.0.counted_on",
        ),
        (DatabaseInput(name="P", entity="acme-il", counts=PATIENTS.counts * 2), "counts.1"),
        (
            DatabaseInput(name="P", entity="acme-il", filings=(FilingInput(kind="x", regime="y"),)),
            "filings.0.kind",
        ),
        (DatabaseInput(name="P", entity="acme-il", filings=PATIENTS.filings * 2), "filings.1"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(people, today, data, path):
    with pytest.raises(Invalid) as refusal:
        put_database(people.dana, "patients", data, today=today)
    assert path in refusal.value.errors
    assert not Database.objects.exists()


def test_a_reader_is_refused_and_a_stranger_finds_nothing(people, today):
    put_database(people.dana, "patients", PATIENTS, today=today)
    with pytest.raises(Refused):
        put_database(people.vera, "patients", PATIENTS, today=today)
    with pytest.raises(NotFound):
        retire_database(people.otto, "patients", today=today, now=NOW)
