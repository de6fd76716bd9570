import pytest

from inventory.models import Transfer
from inventory.services.entities import put_entity
from inventory.services.errors import Invalid, NotFound, Refused
from inventory.services.parties import put_party
from inventory.services.register_inputs import EntityInput, PartyInput, TransferInput
from inventory.services.transfers import put_transfer, remove_transfer

CLAUSES = {"entity": "acme", "destination": "US", "party": "host"}


@pytest.fixture(autouse=True)
def parties(people, today):
    put_entity(people.dana, "acme", EntityInput(name="Acme", country="FR"), today=today)
    put_party(people.dana, "host", PartyInput(name="Host", country="US"), today=today)


def test_a_mechanism_is_laid_over_a_crossing_once(people, today):
    put_transfer(people.edith, TransferInput(**CLAUSES, mechanism="gdpr.46.2.c"), today=today)
    put_transfer(people.edith, TransferInput(**CLAUSES, assessment_on=today), today=today)
    row = Transfer.objects.get()
    assert (row.mechanism, row.assessment_on) == ("gdpr.46.2.c", today)


def test_what_was_said_of_a_crossing_can_be_withdrawn(people, today):
    data = TransferInput(**CLAUSES, mechanism="gdpr.46.2.c")
    put_transfer(people.dana, data, today=today)
    remove_transfer(people.dana, data, today=today)
    assert not Transfer.objects.exists()
    with pytest.raises(NotFound):
        remove_transfer(people.dana, data, today=today)


def test_it_can_be_said_that_nothing_lets_the_data_leave(people, today):
    put_transfer(people.dana, TransferInput(**CLAUSES, mechanism="none"), today=today)
    assert Transfer.objects.get().mechanism == "none"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"mechanism": "gdpr.46.2.cc"}, "mechanism"),
        ({}, "mechanism"),
        ({"destination": "Atlantis", "mechanism": "gdpr.45"}, "destination"),
        ({"party": None, "mechanism": "gdpr.45"}, "party"),
        ({"party": "nobody", "mechanism": "gdpr.45"}, "party"),
        ({"entity": "nobody", "mechanism": "gdpr.45"}, "entity"),
        ({"system": "crm", "mechanism": "gdpr.45"}, "party"),
        ({"mechanism": "gdpr.45", "undertaking": "yes"}, "undertaking"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(people, today, change, path):
    with pytest.raises(Invalid) as refusal:
        put_transfer(people.dana, TransferInput(**{**CLAUSES, **change}), today=today)
    assert path in refusal.value.errors
    assert not Transfer.objects.exists()


def test_a_reader_is_refused(people, today):
    with pytest.raises(Refused):
        put_transfer(people.vera, TransferInput(**CLAUSES, mechanism="gdpr.45"), today=today)


def test_companies_of_another_organisation_are_not_there(people, today):
    with pytest.raises(Invalid) as refusal:
        put_transfer(people.otto, TransferInput(**CLAUSES, mechanism="gdpr.45"), today=today)
    assert {"entity", "party"} <= refusal.value.errors.keys()


def test_history_says_who_did_it(people, today):
    put_transfer(people.edith, TransferInput(**CLAUSES, mechanism="gdpr.45"), today=today)
    said = Transfer.objects.get().events.latest("pgh_id").pgh_context.metadata
    assert said["member"] == people.edith.membership.pk
