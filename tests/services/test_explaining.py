"""Every verdict on one thing, explained on demand."""

import pytest

from inventory.law.vocabulary import Status
from inventory.models import Dataset
from inventory.services.errors import Invalid, NotFound
from inventory.services.evaluation import evaluate_organisation
from inventory.services.explaining import narrow, tell
from inventory.services.neighbourhood import Rows
from inventory.services.verdicts import findings_on
from tests.register import make_register
from tests.world import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset(world) -> Dataset:
    make_register(world.organisation, datasets=2)
    return Dataset.objects.filter(organisation=world.organisation).order_by("pk").first()


def test_what_is_met_is_told_with_its_question_and_facts(world, dataset):
    _row, found = tell(world.actor("dana"), "dataset", dataset.key, as_of=TODAY)
    met = narrow(found, status="met")
    assert met
    for one in met:
        assert one.status is Status.MET
        assert one.explanation.question.endswith("?")
        assert one.explanation.answer.startswith("Yes.")
        assert one.explanation.remedy is None


def test_what_it_tells_agrees_with_the_findings_that_are_kept(world, dataset):
    evaluate_organisation(world.organisation, as_of=TODAY)
    rows = Rows.of([("dataset", str(dataset.pk))])
    kept = findings_on(world.organisation, rows).values_list("check_id", "place", "status")
    _row, found = tell(world.actor("dana"), "dataset", dataset.key, as_of=TODAY)
    open_ = {"breach", "unknown", "attention"}
    assert sorted(kept) == sorted(
        (one.check.id, one.place, one.word) for one in found if one.word in open_
    )


def test_a_place_and_a_check_narrow_it(world, dataset):
    _row, found = tell(world.actor("dana"), "dataset", dataset.key, as_of=TODAY)
    one = found[0]
    chosen = narrow(found, place=one.place, check=one.check.id)
    assert one in chosen
    assert {(two.place, two.check.id) for two in chosen} == {(one.place, one.check.id)}


def test_a_kind_nobody_knows_and_a_strangers_thing(world, dataset):
    with pytest.raises(Invalid):
        tell(world.actor("dana"), "unicorn", dataset.key, as_of=TODAY)
    with pytest.raises(NotFound):
        tell(world.actor("otto"), "dataset", dataset.key, as_of=TODAY)
