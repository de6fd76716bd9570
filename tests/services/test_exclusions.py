"""A regime is excluded with a reason and an approval, and not before."""

from datetime import timedelta

import pytest

from inventory.models import Finding, RegimeExclusion
from inventory.services import evaluation, exclusions
from inventory.services.errors import Conflict, Invalid, NotFound, Refused
from tests.world import NOW, TODAY, make_dataset

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset(world):
    row = make_dataset(world, fields=("email",))
    row.fields.update(category="email")
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    return row


def told(row):
    found = Finding.objects.filter(subject_kind="dataset", subject_id=str(row.pk), regime="gdpr")
    return found.exists()


def propose(world, row, name="edith", **given):
    values = {"regime": "gdpr", "reason": "No one in the Union is concerned.", **given}
    regime, reason = values.pop("regime"), values.pop("reason")
    return exclusions.propose_exclusion(
        world.actor(name), row.key, regime, reason, today=TODAY, **values
    )


def test_only_an_approval_ends_the_findings_of_the_regime(world, dataset):
    proposed = propose(world, dataset)
    assert told(dataset)
    outcome = exclusions.approve_exclusion(world.actor("dana"), proposed.pk, today=TODAY, now=NOW)
    assert outcome.closed
    assert not told(dataset)
    exclusions.withdraw_exclusion(world.actor("dana"), proposed.pk, today=TODAY)
    assert told(dataset)


def test_it_runs_out_on_its_day(world, dataset):
    until = TODAY + timedelta(days=10)
    proposed = propose(world, dataset, until=until)
    exclusions.approve_exclusion(world.actor("dana"), proposed.pk, today=TODAY, now=NOW)
    evaluation.expire(world.organisation, as_of=until - timedelta(days=1))
    assert not told(dataset)
    evaluation.expire(world.organisation, as_of=until)
    assert told(dataset)


def test_who_proposed_does_not_approve(world, dataset):
    proposed = propose(world, dataset, name="dana")
    with pytest.raises(Conflict):
        exclusions.approve_exclusion(world.actor("dana"), proposed.pk, today=TODAY, now=NOW)


def test_an_approved_one_is_not_overwritten(world, dataset):
    proposed = propose(world, dataset)
    exclusions.approve_exclusion(world.actor("dana"), proposed.pk, today=TODAY, now=NOW)
    with pytest.raises(Conflict):
        propose(world, dataset)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"regime": "gdrp"}, "regime"),
        ({"reason": ""}, "reason"),
        ({"until": TODAY}, "until"),
    ],
)
def test_bad_input_names_the_field(world, dataset, given, path):
    with pytest.raises(Invalid) as refused:
        propose(world, dataset, **given)
    assert path in refused.value.errors
    assert not RegimeExclusion.objects.exists()


def test_a_reader_is_refused_and_a_stranger_finds_nothing(world, dataset):
    with pytest.raises(Refused):
        propose(world, dataset, name="vera")
    with pytest.raises(NotFound):
        propose(world, dataset, name="otto")
    proposed = propose(world, dataset)
    with pytest.raises(Refused):
        exclusions.approve_exclusion(world.actor("edith"), proposed.pk, today=TODAY, now=NOW)
    with pytest.raises(NotFound):
        exclusions.approve_exclusion(world.actor("otto"), proposed.pk, today=TODAY, now=NOW)
