"""A waiver keeps the status, is counted apart, and ends with the facts it saw or on its day."""

from datetime import timedelta

import pytest

from inventory.law.vocabulary import SubjectKind
from inventory.models import Finding, FindingTransition, Standing, Waiver
from inventory.services import compliance, evaluation, waivers
from inventory.services.errors import Invalid, NotFound, Refused
from tests.world import TODAY, make_dataset

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=30)


@pytest.fixture
def finding(world):
    row = make_dataset(world, fields=("email", "phone"))
    row.fields.update(category="email")
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    return Finding.objects.filter(subject_kind="dataset", status="breach").first() or (
        Finding.objects.filter(subject_kind="dataset").first()
    )


def whole(finding):
    rows = Standing.objects.filter(
        subject_kind=finding.subject_kind,
        subject_id=finding.subject_id,
        regime=finding.regime,
        whole=True,
    )
    return {row.country: (getattr(row, finding.status), row.waived) for row in rows}


def test_a_waived_finding_keeps_its_status_and_is_counted_apart(world, finding):
    dana = world.actor("dana")
    before = whole(finding)
    waivers.waive(dana, finding.pk, "Accepted by the board.", LATER, today=TODAY)
    finding.refresh_from_db()
    assert whole(finding) == {c: (n - 1, w + 1) for c, (n, w) in before.items()}
    assert compliance.findings(dana).get(pk=finding.pk).waived_until == LATER
    assert finding.pk not in compliance.findings(dana, waived=False).values_list("pk", flat=True)


def test_judging_again_keeps_the_waiver(world, finding):
    waivers.waive(world.actor("dana"), finding.pk, "Accepted.", LATER, today=TODAY)
    held = whole(finding)
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    assert whole(finding) == held


def test_it_ends_with_the_facts_it_saw(world, finding):
    dana = world.actor("dana")
    before = whole(finding)
    waivers.waive(dana, finding.pk, "Accepted.", LATER, today=TODAY)
    Finding.objects.filter(pk=finding.pk).update(facts_hash="0" * 64)
    subject = (SubjectKind.DATASET, finding.subject_id)
    evaluation.reevaluate(world.organisation, [subject], as_of=TODAY)
    assert compliance.findings(dana).get(pk=finding.pk).waived_until == LATER  # same facts again
    Waiver.objects.update(facts_hash="1" * 64)
    evaluation.reevaluate(world.organisation, [subject], as_of=TODAY)
    assert compliance.findings(dana).get(pk=finding.pk).waived_until is None
    assert whole(finding) == before


def test_it_ends_on_its_day(world, finding):
    before = whole(finding)
    waivers.waive(world.actor("dana"), finding.pk, "Accepted.", LATER, today=TODAY)
    evaluation.expire(world.organisation, as_of=LATER - timedelta(days=1))
    assert whole(finding) != before
    evaluation.expire(world.organisation, as_of=LATER)
    assert whole(finding) == before
    assert compliance.findings(world.actor("dana")).get(pk=finding.pk).waived_until is None


def test_it_can_be_taken_back(world, finding):
    dana, before = world.actor("dana"), whole(finding)
    waivers.waive(dana, finding.pk, "Accepted.", LATER, today=TODAY)
    waivers.end_waiver(dana, finding.pk, today=TODAY)
    assert whole(finding) == before
    assert not Waiver.objects.exists()


def test_a_mended_finding_takes_its_waiver_along(world, finding):
    waivers.waive(world.actor("dana"), finding.pk, "Accepted.", LATER, today=TODAY)
    type(finding).objects.filter(pk=finding.pk).delete()
    assert not Waiver.objects.exists()
    assert FindingTransition.objects.exists()


@pytest.mark.parametrize(
    ("reason", "until", "path"),
    [
        ("", LATER, "reason"),
        ("  ", LATER, "reason"),
        ("nul \x00", LATER, "reason"),
        ("x", TODAY, "until"),
        ("x", TODAY + timedelta(days=400), "until"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(world, finding, reason, until, path):
    with pytest.raises(Invalid) as refused:
        waivers.waive(world.actor("dana"), finding.pk, reason, until, today=TODAY)
    assert path in refused.value.errors
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("name", ["vera", "edith"])
def test_who_does_not_decide_is_refused(world, finding, name):
    with pytest.raises(Refused):
        waivers.waive(world.actor(name), finding.pk, "Please.", LATER, today=TODAY)


def test_a_stranger_finds_nothing(world, finding):
    with pytest.raises(NotFound):
        waivers.waive(world.actor("otto"), finding.pk, "Please.", LATER, today=TODAY)
