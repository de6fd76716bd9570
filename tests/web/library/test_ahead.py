"""What changes by a day: in the law at once, in the findings by a task."""

from datetime import UTC, datetime

import pytest
import time_machine

from inventory.models import TaskRun
from inventory.services import tasks
from tests.register import make_register
from tests.web.conftest import Door
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False):
        yield


def test_the_laws_calendar_is_there_for_every_reader(door: Door) -> None:
    said = door("vera").get("/law/ahead/?on=2026-12-02").content.decode()
    assert "Chile: Authority and law" in said
    assert "Judge the register" not in said
    eve = door("vera").get("/law/ahead/?on=2026-11-30").content.decode()
    assert "Chile: Authority and law" not in eve


def test_a_dpo_has_the_register_judged_and_reads_the_answer(world: World, door: Door) -> None:
    make_register(world.organisation, datasets=3)
    client = door("dana")
    assert client.post("/law/ahead/judge/", {"on": "2018-05-24"}).status_code == 302
    run = TaskRun.objects.get(kind=tasks.AHEAD)
    waits = client.get("/law/ahead/?on=2018-05-24").content.decode()
    assert "Judging under the law of that day" in waits
    tasks.look_ahead(run.pk)
    said = client.get("/law/ahead/?on=2018-05-24").content.decode()
    assert "vanish" in said
    assert "/law/checks/" in said


def test_a_second_one_waits_for_the_first(world: World, door: Door) -> None:
    client = door("dana")
    client.post("/law/ahead/judge/", {"on": "2026-12-02"})
    again = client.post("/law/ahead/judge/", {"on": "2026-12-03"})
    assert again.status_code == 422
    assert "looking ahead already" in again.content.decode()


def test_a_reader_cannot_start_one_and_a_scoped_member_sees_no_answer(door: Door) -> None:
    assert door("vera").post("/law/ahead/judge/", {"on": "2026-12-02"}).status_code == 403
    assert door("eli").get("/law/ahead/?on=2026-12-02").status_code == 200


def test_what_is_no_day_is_said_beside_the_field(door: Door) -> None:
    said = door("dana").get("/law/ahead/?on=tomorrow")
    assert said.status_code == 422
    assert "This is not a date" in said.content.decode()


def test_a_bill_is_told_apart_and_decides_nothing(door: Door) -> None:
    said = door("vera").get("/law/ahead/").content.decode()
    assert "Not law yet" in said
    assert "Digital Omnibus" in said
    assert "It decides no finding" in said
