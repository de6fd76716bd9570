"""Two people changing things that read each other end with the right findings, and never in a
deadlock."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from inventory.law.vocabulary import SubjectKind
from inventory.models import FieldUse, Judgement
from inventory.services import evaluation, locks
from inventory.services.holding import remembered
from tests.register import make_register, stored, told_afresh
from tests.world import TODAY, make_organisation

ROUNDS = 20


def change_dataset(register, row, chance):
    row.fields.filter(name="c0").update(category=chance.choice(["health", "email", None]))
    return [(SubjectKind.DATASET, str(row.pk))]


def change_purpose(register, purpose, chance):
    purpose.bases.update(code=chance.choice(["gdpr.6.1.a", "gdpr.6.1.f", "gdpr.9.2.a"]))
    purpose.bases.update(data_class=chance.choice(["ordinary", "special"]))
    return [(SubjectKind.PURPOSE, str(purpose.pk))]


def change_activity(register, purpose, chance):
    purpose.activity.entities.update(entity=chance.choice(register.entities))
    return [(SubjectKind.ACTIVITY, str(purpose.activity_id))]


def change_system(register, row, chance):
    row.locations.update(country=chance.choice(["FR", "US", "IL"]))
    return [(SubjectKind.SYSTEM, str(row.pk))]


def run(register, change, row, subjects, seed, together):
    """One person's change, in a connection of its own."""
    try:
        with transaction.atomic():
            together.wait(timeout=30)
            evaluation.lock(register.organisation, subjects)
            named = change(register, row, random.Random(seed))
            evaluation.reevaluate(register.organisation, named, as_of=TODAY)
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_connections_at_once_end_with_the_right_findings():
    register = make_register(make_organisation("home"), datasets=5, fields=3, purposes=3)
    evaluation.evaluate_organisation(register.organisation, as_of=TODAY)
    chance = random.Random(7)
    changes = [
        (change_dataset, register.datasets, SubjectKind.DATASET),
        (change_purpose, register.purposes, SubjectKind.PURPOSE),
        (change_activity, register.purposes, SubjectKind.ACTIVITY),
        (change_system, register.systems, SubjectKind.SYSTEM),
    ]
    for _ in range(ROUNDS):
        together = Barrier(2)
        two = [(changes[0], changes[1]), tuple(chance.sample(changes, 2))][chance.random() < 0.5]
        with ThreadPoolExecutor(2) as pool:
            done = []
            for change, rows, kind in two:
                row = chance.choice(rows)
                key = row.activity_id if kind is SubjectKind.ACTIVITY else row.pk
                subject = (kind, str(key))
                seed = chance.random()
                done.append(pool.submit(run, register, change, row, [subject], seed, together))
            for one in done:
                one.result(timeout=60)
        if two != (changes[0], changes[1]):  # who met somebody where it was not foreseen put it off
            evaluation.judge_stale(register.organisation, as_of=TODAY)
        assert stored(register.organisation) == told_afresh(register.organisation, TODAY)


@pytest.mark.django_db
def test_a_link_that_is_cut_is_remembered_until_the_transaction_ends():
    register = make_register(make_organisation("home"), datasets=3)
    row = register.datasets[0]
    used = set(row.fields.exclude(uses=None).values_list("uses__purpose_id", flat=True))
    evaluation.lock(register.organisation, [(SubjectKind.DATASET, str(row.pk))])
    for field in row.fields.all():
        field.uses.all().delete()
    assert used
    assert used <= remembered().now[SubjectKind.PURPOSE]


@pytest.mark.django_db
def test_what_was_linked_while_somebody_else_holds_it_is_judged_again_by_a_task(monkeypatch):
    register = make_register(make_organisation("home"), datasets=4)
    evaluation.evaluate_organisation(register.organisation, as_of=TODAY)
    row, purpose = register.datasets[0], register.purposes[0]
    row.fields.last().uses.all().delete()
    subject = (SubjectKind.DATASET, str(row.pk))
    evaluation.lock(register.organisation, [subject])
    monkeypatch.setattr(locks, "hold_if_free", lambda *given: False)
    FieldUse.objects.create(
        organisation=register.organisation, field=row.fields.last(), purpose=purpose, proposed=True
    )
    named = [subject, (SubjectKind.PURPOSE, str(purpose.pk))]
    evaluation.reevaluate(register.organisation, named, as_of=TODAY)
    stale = Judgement.objects.filter(stale_since__isnull=False)
    assert stale.filter(subject_kind="dataset", subject_id=str(row.pk)).exists()
    evaluation.judge_stale(register.organisation, as_of=TODAY)
    assert stored(register.organisation) == told_afresh(register.organisation, TODAY)
