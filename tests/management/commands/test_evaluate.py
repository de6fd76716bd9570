"""`evaluate`: today's verdicts are kept; another day's are shown beside what the law changes."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from inventory.models import Finding
from tests.register import make_register, stored, told_afresh
from tests.world import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def register(world):
    return make_register(world.organisation, datasets=4)


@pytest.mark.parametrize("asked", [(), ("--as-of", "2026-11-24")])
def test_it_judges_one_organisation_today(world, register, capsys, asked):
    call_command("evaluate", "--organisation", "demo", *asked)
    assert "things judged as of 2026-11-24" in capsys.readouterr().out
    assert stored(world.organisation) == told_afresh(world.organisation, TODAY)


def test_another_day_shows_the_laws_to_come_and_keeps_nothing(world, register, capsys):
    call_command("evaluate", "--organisation", "demo", "--as-of", "2026-12-02")
    said = capsys.readouterr().out
    assert "2026-12-01  CL: level begins: Chile" in said
    assert "Ley 21.719" in said
    assert "things judged as of 2026-12-02, nothing kept" in said
    assert not Finding.objects.exists()


def test_the_day_before_says_nothing_of_chile(world, register, capsys):
    call_command("evaluate", "--organisation", "demo", "--as-of", "2026-11-30")
    assert "Chile" not in capsys.readouterr().out


def test_an_organisation_that_is_not_there_is_refused(db):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("evaluate", "--organisation", "nowhere")
