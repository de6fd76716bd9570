"""Facts from rows: the same number of queries for one and for many, no persons, nothing missing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.law.vocabulary import Declared, SubjectKind
from inventory.models import (
    Activity,
    Contact,
    Database,
    DatabaseCount,
    Dataset,
    FieldUse,
    Filing,
    LegalEntity,
    Purpose,
    RegimeExclusion,
)
from inventory.rules.evaluate import evaluate, subjects_of
from inventory.services.gather import dependants, gather
from inventory.services.law import current_law
from tests.register import make_register
from tests.world import TODAY, make_organisation

pytestmark = pytest.mark.django_db


def count_queries(organisation, subjects):
    with CaptureQueriesContext(connection) as seen:
        gather(organisation, subjects, as_of=TODAY)
    return len(seen)


def told(found):
    return {one.key: (one.status, one.answer) for one in found.findings}


def test_one_dataset_and_fifty_take_the_same_queries():
    register = make_register(make_organisation("home"), datasets=50)
    ids = [(SubjectKind.DATASET, str(row.pk)) for row in register.datasets]
    few = count_queries(register.organisation, ids[:1])
    assert count_queries(register.organisation, ids) == few
    assert few < 40


def test_a_part_of_the_register_is_judged_as_within_the_whole():
    register = make_register(make_organisation("home"), datasets=12)
    whole = gather(register.organisation, as_of=TODAY)
    for subject in subjects_of(whole):
        part = gather(register.organisation, [subject], as_of=TODAY)
        only = frozenset([subject])
        said = evaluate(part, current_law(), TODAY, only=only)
        expected = evaluate(whole, current_law(), TODAY, only=only)
        assert told(said) == told(expected), subject
        assert said.tallies == expected.tallies, subject
        assert said.applications == expected.applications, subject


def test_names_of_persons_never_enter_facts():
    register = make_register(make_organisation("home"), datasets=3)
    person = Contact.objects.create(organisation=register.organisation, name="Ines Duarte")
    entity, database = register.entities[0], register.databases[0]
    entity.contact, entity.dpo, entity.address = person, person, "Rue 1"
    entity.save()
    database.manager = person
    database.save()
    facts = gather(register.organisation, as_of=TODAY)
    assert "Ines" not in repr(facts)
    assert facts.entities[str(entity.pk)].contact is True
    assert facts.entities[str(register.entities[1].pk)].contact is None
    assert facts.databases[str(database.pk)].manager_named is True


def test_what_nobody_said_is_unknown_and_never_no():
    register = make_register(make_organisation("home"), datasets=1)
    facts = gather(register.organisation, as_of=TODAY)
    dataset = next(iter(facts.datasets.values()))
    assert dataset.has_disposal_job is None
    assert dataset.collected_in.state is Declared.NOT_ASKED
    assert all(s.encrypted_at_rest is None for s in facts.systems.values())


def test_what_is_retired_is_left_out():
    register = make_register(make_organisation("home"), datasets=2)
    gone, kept = register.datasets
    kept.fields.filter(name="c0").update(retired_at="2026-01-01T00:00Z")
    type(gone).objects.filter(pk=gone.pk).update(retired_at="2026-01-01T00:00Z")
    purpose = register.purposes[0]
    type(purpose).objects.filter(pk=purpose.pk).update(retired_at="2026-01-01T00:00Z")
    facts = gather(register.organisation, as_of=TODAY)
    assert set(facts.datasets) == {str(kept.pk)}
    assert [f.name for f in facts.datasets[str(kept.pk)].fields] == ["c1", "c2", "c3"]
    assert str(purpose.pk) not in facts.purposes
    assert all(str(purpose.pk) not in f.purposes for f in facts.datasets[str(kept.pk)].fields)


def test_a_use_that_a_manifest_proposed_is_judged_like_another():
    register = make_register(make_organisation("home"), datasets=1)
    FieldUse.objects.all().delete()
    column = register.datasets[0].fields.get(name="c0")
    FieldUse.objects.create(
        organisation=register.organisation,
        field=column,
        purpose=register.purposes[0],
        proposed=True,
    )
    facts = gather(register.organisation, as_of=TODAY)
    first = facts.datasets[str(register.datasets[0].pk)].fields[0]
    assert first.purposes == (str(register.purposes[0].pk),)
    assert not first.justifications


def test_only_an_approved_exclusion_that_has_not_run_out_counts():
    register = make_register(make_organisation("home"), datasets=1)
    row = RegimeExclusion.objects.create(
        organisation=register.organisation,
        dataset=register.datasets[0],
        regime="gdpr",
        reason="No tie",
        until=date(2027, 1, 1),
    )

    def excluded(day):
        facts = gather(register.organisation, as_of=day)
        return [x.regime for x in facts.datasets[str(row.dataset_id)].exclusions]

    assert excluded(TODAY) == []
    row.approved_at = "2026-01-01T00:00Z"
    row.save()
    assert excluded(date(2026, 12, 31)) == ["gdpr"]
    assert excluded(date(2027, 1, 1)) == []


def test_a_database_is_counted_as_of_the_day():
    register = make_register(make_organisation("home"), datasets=1)
    database = register.databases[0]
    for day, persons in ((date(2026, 1, 1), 10), (date(2026, 6, 1), 20), (date(2027, 1, 1), 30)):
        DatabaseCount.objects.create(
            organisation=register.organisation, database=database, counted_on=day, persons=persons
        )
    facts = gather(register.organisation, as_of=TODAY).databases[str(database.pk)]
    assert (facts.persons, facts.persons_on) == (20, date(2026, 6, 1))


def test_another_organisation_is_not_read():
    home = make_register(make_organisation("home"), datasets=2)
    make_register(make_organisation("away"), datasets=2)
    facts = gather(home.organisation, as_of=TODAY)
    assert set(facts.datasets) == {str(row.pk) for row in home.datasets}


def test_a_purpose_depends_on_its_datasets_and_they_on_it():
    register = make_register(make_organisation("home"), datasets=6)
    column = FieldUse.objects.first()
    dataset = (SubjectKind.DATASET, str(column.field.dataset_id))
    purpose = (SubjectKind.PURPOSE, str(column.purpose_id))
    assert purpose in dependants(register.organisation, [dataset])
    assert dataset in dependants(register.organisation, [purpose])


def test_whatever_is_answered_reaches_the_facts_under_its_own_name():
    register = make_register(make_organisation("home"), datasets=1)
    answered = {}
    for model, kind in (
        (LegalEntity, "entities"),
        (Dataset, "datasets"),
        (Purpose, "purposes"),
        (Activity, "activities"),
    ):
        flags = [f.name for f in model._meta.fields if f.get_internal_type() == "BooleanField"]
        model.objects.update(**dict.fromkeys(flags, True))
        answered[kind] = flags
    facts = gather(register.organisation, as_of=TODAY)
    for kind, flags in answered.items():
        for one in getattr(facts, kind).values():
            assert {name: getattr(one, name) for name in flags} == dict.fromkeys(flags, True)


def test_registered_databases_are_counted_once_all_of_them_are_asked_about():
    register = make_register(make_organisation("home"), datasets=1)
    database = register.databases[0]
    Filing.objects.filter(database__entity=database.entity).delete()
    held = Database.objects.filter(entity=database.entity)
    for state, kind, expected in (
        (Declared.NOT_ASKED, None, None),
        (Declared.NONE, None, 0),
        (Declared.COMPLETE, "registration", held.count()),
    ):
        held.update(filings_state=state)
        if kind:
            for row in held:
                Filing.objects.create(
                    organisation=register.organisation, database=row, kind=kind, regime="ppa"
                )
        facts = gather(register.organisation, as_of=TODAY)
        assert facts.entities[str(database.entity_id)].filed_databases == expected
