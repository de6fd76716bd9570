"""Looking ahead: the same register under the law of another day."""

from datetime import date

import pytest

from inventory.models import Evaluation, Finding
from inventory.services.preview import preview
from tests.register import make_register
from tests.world import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(world):
    return make_register(world.organisation, datasets=4)


def test_today_against_today_changes_nothing(world, register):
    found = preview(world.organisation, TODAY, today=TODAY)
    assert (found.appear, found.vanish, found.turn, found.differences) == (0, 0, 0, ())
    assert found.now == found.then
    assert sum(found.now.values()) > 0


def test_before_the_law_began_its_findings_vanish(world, register):
    found = preview(world.organisation, date(2018, 5, 24), today=TODAY)
    gone = [one for one in found.differences if one.after is None and one.place == "gdpr"]
    assert gone
    assert found.vanish >= len(gone)
    assert sum(found.then.values()) == sum(found.now.values()) + found.appear - found.vanish


def test_it_tells_how_far_it_is_and_stores_nothing(world, register):
    told = []
    found = preview(
        world.organisation, TODAY, today=TODAY, progress=lambda d, t: told.append((d, t))
    )
    assert told[-1] == (found.subjects, found.subjects)
    assert not Finding.objects.exists()
    assert not Evaluation.objects.exists()


def test_its_document_is_plain_data(world, register):
    found = preview(world.organisation, date(2018, 5, 24), today=TODAY).document()
    assert found["on"] == "2018-05-24"
    assert {"check", "title", "subject", "place", "before", "after"} <= found["differences"][
        0
    ].keys()
