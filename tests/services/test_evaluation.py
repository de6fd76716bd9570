"""What is kept is always what the rules would say afresh, and only differences are written."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from inventory.law.vocabulary import SubjectKind
from inventory.models import (
    Evaluation,
    Field,
    FieldUse,
    Finding,
    FindingTransition,
    Judgement,
    Justification,
    LawBundle,
    Standing,
)
from inventory.services import evaluation, neighbourhood
from inventory.services.gather import gather
from inventory.services.law import current_law, keep_bundle
from inventory.services.sitting import Sitting
from tests.register import make_register, stored, told_afresh
from tests.world import TODAY, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    made = make_register(make_organisation("home"), datasets=10)
    evaluation.evaluate_organisation(made.organisation, as_of=TODAY)
    return made


def dataset(row):
    return (SubjectKind.DATASET, str(row.pk))


def test_the_whole_register_is_kept_as_the_rules_tell_it(register):
    assert stored(register.organisation) == told_afresh(register.organisation, TODAY)
    assert stored(register.organisation)
    judged = Judgement.objects.filter(organisation=register.organisation)
    assert judged.count() == 10 + 5 + 3 + 3 + 6 + 6 + 2
    assert not judged.exclude(stale_since=None).exists()


def test_a_finding_goes_when_the_fact_is_mended_and_leaves_a_transition(register):
    column = FieldUse.objects.filter(field__category="email").first().field
    row = column.dataset
    lacking = Finding.objects.filter(
        subject_kind="dataset", subject_id=str(row.pk), check_id="E-19"
    )
    assert lacking.exists()
    for use in FieldUse.objects.filter(field__dataset=row):
        use.justification = Justification.objects.create(
            organisation=register.organisation, purpose=use.purpose, text="t", state="approved"
        )
        use.save()
    evaluation.lock(register.organisation, [dataset(row)])
    now, closed = evaluation.reevaluate(register.organisation, [dataset(row)], as_of=TODAY)
    assert not lacking.exists()
    assert "E-19" in {one.check_id for one in closed}
    assert "E-19" not in {one.check_id for one in now if one.subject_kind == "dataset"}
    last = FindingTransition.objects.get(
        check_id="E-19", subject_id=str(row.pk), subject_kind="dataset", after=None
    )
    assert last.before == "breach"


def test_judging_again_writes_nothing_but_when_it_was_judged(register):
    findings = list(Finding.objects.order_by("pk").values())
    standings = list(Standing.objects.order_by("pk").values())
    moved = FindingTransition.objects.count()
    evaluation.evaluate_organisation(register.organisation, as_of=TODAY)
    assert list(Finding.objects.order_by("pk").values()) == findings
    assert list(Standing.objects.order_by("pk").values()) == standings
    assert FindingTransition.objects.count() == moved


def test_another_organisations_rows_are_never_touched(register):
    away = make_register(make_organisation("away"), datasets=3)
    evaluation.evaluate_organisation(away.organisation, as_of=TODAY)
    held = list(Finding.objects.filter(organisation=away.organisation).order_by("pk").values())
    Field.objects.filter(organisation=register.organisation).update(category="health")
    evaluation.evaluate_organisation(register.organisation, as_of=TODAY)
    now = Finding.objects.filter(organisation=away.organisation).order_by("pk").values()
    assert list(now) == held


def recategorise(register, chance):
    row = chance.choice(register.datasets)
    row.fields.filter(name="c1").update(category=chance.choice(["health", None, "email"]))
    return [dataset(row)]


def rebase(register, chance):
    purpose = chance.choice(register.purposes)
    purpose.bases.update(code=chance.choice(["gdpr.6.1.a", "gdpr.6.1.c"]))
    return [(SubjectKind.PURPOSE, str(purpose.pk))]


def move_entity(register, chance):
    entity = chance.choice(register.entities)
    entity.country = chance.choice(["FR", "DE", "BR", "US"])
    entity.save()
    return [(SubjectKind.ENTITY, str(entity.pk))]


def move_system(register, chance):
    system = chance.choice(register.systems)
    system.locations.update(country=chance.choice(["FR", "US", "JP"]))
    return [(SubjectKind.SYSTEM, str(system.pk))]


def move_party(register, chance):
    party = chance.choice(register.parties)
    party.country = chance.choice(["US", "FR", None])
    party.save()
    return [(SubjectKind.PARTY, str(party.pk))]


def unuse(register, chance):
    row = chance.choice(register.datasets)
    FieldUse.objects.filter(field__dataset=row).delete()
    return [dataset(row)]


def hand_over(register, chance):
    row = chance.choice(register.datasets)
    row.system, row.entity = chance.choice(register.systems), chance.choice(register.entities)
    row.save()
    return [dataset(row)]


def reassign(register, chance):
    purpose = chance.choice(register.purposes)
    purpose.activity.entities.update(entity=chance.choice(register.entities))
    return [(SubjectKind.ACTIVITY, str(purpose.activity_id))]


def retire(register, chance):
    row = chance.choice(register.datasets)
    row.retired_at = None if row.retired_at else "2026-01-01T00:00Z"
    row.save()
    return [dataset(row)]


CHANGES = (
    recategorise, rebase, move_entity, move_system, move_party, unuse, hand_over, reassign, retire,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_after_any_change_what_is_kept_is_what_a_fresh_evaluation_says(register, seed):
    chance = random.Random(seed)
    organisation = register.organisation
    for change in chance.choices(CHANGES, k=6):
        state = chance.getstate()
        named = try_out(change, register, chance)
        evaluation.lock(organisation, named)
        chance.setstate(state)
        assert change(register, chance) == named
        evaluation.reevaluate(organisation, named, as_of=TODAY)
        assert stored(organisation) == told_afresh(organisation, TODAY), change
    check_sums(organisation)


def try_out(change, register, chance):
    """The subjects that a change will name, without making it."""
    with transaction.atomic():
        named = change(register, chance)
        transaction.set_rollback(True)
    for rows in (register.datasets, register.entities, register.systems, register.parties):
        for row in rows:
            row.refresh_from_db()
    return named


def check_sums(organisation):
    """Sums made step by step are those that are made afresh."""
    names = ("subject_kind", "subject_id", "regime", "country", "whole", "applies", "breach",
             "unknown", "attention", "met", "not_applicable", "not_evaluated")  # fmt: skip
    rows = Standing.objects.filter(organisation=organisation)
    kept = set(rows.values_list(*names))
    rows.delete()
    evaluation.evaluate_organisation(organisation, as_of=TODAY)
    assert kept == set(rows.values_list(*names))


def test_beyond_the_limit_dependants_are_stale_until_a_task_judges_them(register, monkeypatch):
    monkeypatch.setattr(neighbourhood, "MOST", 2)
    monkeypatch.setattr(evaluation, "MOST", 2)
    organisation, purpose = register.organisation, register.purposes[0]
    subject = (SubjectKind.PURPOSE, str(purpose.pk))
    evaluation.lock(organisation, [subject])
    purpose.bases.all().delete()
    purpose.activity.entities.all().delete()
    evaluation.reevaluate(organisation, [subject], as_of=TODAY)
    stale = Judgement.objects.filter(organisation=organisation, stale_since__isnull=False)
    assert stale.filter(subject_kind="dataset").exists()
    assert not stale.filter(stale_reason="").exists()
    assert not stale.filter(subject_kind="purpose", subject_id=str(purpose.pk)).exists()
    assert organisation.pk in evaluation.stale_organisations()
    assert evaluation.judge_stale(organisation, as_of=TODAY)
    assert not stale.exists()
    assert stored(organisation) == told_afresh(organisation, TODAY)
    check_sums(organisation)


def test_who_is_marked_while_being_judged_stays_stale(register):
    rows = neighbourhood.Rows.of([dataset(register.datasets[0])])
    organisation = register.organisation
    run = evaluation.start_run(organisation, TODAY, 1)
    seen = evaluation.judgements.look(organisation, rows)
    facts = gather(organisation, rows.subjects(), as_of=TODAY)
    sitting = Sitting(facts, run.law, TODAY)
    found = sitting.judge(rows)
    evaluation.judgements.mark_stale(run, rows, "changed meanwhile")
    evaluation.keep(run, rows, sitting, found, seen=seen)
    assert Judgement.objects.get(
        subject_kind="dataset", subject_id=str(register.datasets[0].pk)
    ).stale_since


def test_what_is_told_stands_until_the_day_that_is_kept_with_it(register):
    days = Judgement.objects.filter(organisation=register.organisation)
    until = min(day for day in days.values_list("good_until", flat=True) if day)
    assert until > TODAY
    assert told_afresh(register.organisation, until - timedelta(days=1)) == stored(
        register.organisation
    )


def test_each_subject_stands_until_its_own_day(register):
    soon, later = register.datasets[:2]
    soon.reviewed_on = TODAY + timedelta(days=1)  # not yet: nothing can be said of it before
    soon.save()
    evaluation.evaluate_organisation(register.organisation, as_of=TODAY)
    days = dict(
        Judgement.objects.filter(subject_kind="dataset").values_list("subject_id", "good_until")
    )
    assert days[str(soon.pk)] == soon.reviewed_on
    assert days[str(later.pk)] > soon.reviewed_on


def queries_of(organisation):
    with CaptureQueriesContext(connection) as seen:
        evaluation.evaluate_organisation(organisation, as_of=TODAY)
    return len(seen)


def test_a_batch_takes_the_same_queries_however_many_datasets_are_in_it(monkeypatch):
    few, many = (
        make_register(make_organisation(f"of-{n}"), datasets=n).organisation for n in (10, 40)
    )
    keep_bundle(current_law())
    assert queries_of(few) == queries_of(many) == 160  # all is new
    again = queries_of(many)
    assert queries_of(few) == again < 170  # nothing differs
    monkeypatch.setattr(evaluation, "BATCH", 20)
    assert queries_of(many) - again < 50  # one batch more, and its sums


def test_on_that_day_it_is_judged_again(register):
    organisation = register.organisation
    row = register.datasets[0]
    key = str(row.pk)
    Judgement.objects.filter(subject_kind="dataset", subject_id=key).update(good_until=TODAY)
    Finding.objects.filter(subject_kind="dataset", subject_id=key).delete()
    before = Evaluation.objects.count()
    assert evaluation.expire(organisation, as_of=TODAY) == 1
    assert Evaluation.objects.count() == before + 1
    assert stored(organisation) == told_afresh(organisation, TODAY)
    assert evaluation.expire(organisation, as_of=TODAY) == 0


def test_a_new_edition_of_the_law_makes_everything_stale_and_judged(register):
    old = LawBundle.objects.create(hash="0" * 64, files={})
    Evaluation.objects.update(law=old)
    number = Judgement.objects.count()
    assert evaluation.expire(register.organisation, as_of=TODAY) == number
    laws = Judgement.objects.values_list("evaluation__law_id", flat=True)
    assert set(laws) == {current_law().hash}


def test_a_dry_run_keeps_nothing(register):
    row = register.datasets[0]
    before = stored(register.organisation)
    with transaction.atomic():
        row.fields.update(category=None)
        now, _ = evaluation.reevaluate(register.organisation, [dataset(row)], as_of=TODAY)
        transaction.set_rollback(True)
    assert now
    assert stored(register.organisation) == before


def test_an_organisation_that_was_never_judged_is_judged_by_its_first_change():
    made = make_register(make_organisation("new"), datasets=2)
    evaluation.reevaluate(made.organisation, [dataset(made.datasets[0])], as_of=date(2026, 1, 1))
    assert Finding.objects.filter(organisation=made.organisation, subject_kind="dataset").exists()
