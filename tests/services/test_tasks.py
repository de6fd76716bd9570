"""Work that outlasts a request: it says how far it is, can be stopped, and is found again."""

import asyncio
from datetime import UTC, date, datetime
from types import SimpleNamespace
from unittest.mock import AsyncMock

import pytest
import time_machine
from procrastinate.exceptions import UniqueViolation

from inventory.models import Finding, Judgement, TaskRun
from inventory.services import evaluation, tasks
from inventory.services.errors import Conflict, Invalid, NotFound, Refused
from tests.register import make_register, stored, told_afresh
from tests.world import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(world):
    return make_register(world.organisation, datasets=4)


@pytest.fixture
def jobs(monkeypatch):
    """What was asked of the queue."""
    asked = []
    monkeypatch.setattr(tasks, "defer", lambda task, **given: asked.append((task, given)))
    return asked


def test_a_whole_evaluation_is_followed_to_its_end(world, register, jobs):
    run = tasks.start_evaluation(world.actor("dana"))
    assert jobs[0][1]["task_run_id"] == run.pk
    tasks.evaluate_whole(run.pk)
    run.refresh_from_db()
    assert (run.state, run.done) == ("done", run.total)
    assert Finding.objects.filter(organisation=world.organisation).exists()


def test_one_at_a_time(world, register, jobs):
    tasks.start_evaluation(world.actor("dana"))
    with pytest.raises(Conflict):
        tasks.start_evaluation(world.actor("dana"))


def test_it_stops_between_two_batches_when_asked(world, register, jobs):
    run = tasks.start_evaluation(world.actor("dana"))
    tasks.cancel(world.actor("dana"), run.pk)
    tasks.evaluate_whole(run.pk)
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert 0 < run.done < run.total
    with pytest.raises(Conflict):
        tasks.cancel(world.actor("dana"), run.pk)


def test_a_failure_is_said(world, register, jobs, monkeypatch):
    run = tasks.start_evaluation(world.actor("dana"))

    def fail(*args, **kwargs):
        raise RuntimeError("no")

    monkeypatch.setattr(evaluation, "evaluate_organisation", fail)
    with pytest.raises(RuntimeError):
        tasks.evaluate_whole(run.pk)
    assert TaskRun.objects.get(pk=run.pk).state == "failed"


def test_who_may_not_decide_may_not_start_or_stop_one(world, register, jobs):
    with pytest.raises(Refused):
        tasks.start_evaluation(world.actor("vera"))
    run = tasks.start_evaluation(world.actor("dana"))
    with pytest.raises(Refused):
        tasks.cancel(world.actor("vera"), run.pk)
    with pytest.raises(NotFound):
        tasks.cancel(world.actor("otto"), run.pk)


def test_what_is_stale_is_found_and_judged(world, register, monkeypatch):
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    Judgement.objects.filter(subject_kind="dataset").update(stale_since="2026-11-24T00:00Z")
    Finding.objects.filter(subject_kind="dataset").delete()
    found = []
    monkeypatch.setattr(tasks, "defer_stale", found.append)
    tasks.find_stale(0)
    assert found == [world.organisation]
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC)):
        tasks.judge_stale(world.organisation.pk)
    assert not Judgement.objects.filter(stale_since__isnull=False).exists()
    assert stored(world.organisation) == told_afresh(world.organisation, TODAY)


def test_a_job_whose_worker_died_is_done_again_unless_it_waits_anew_already():
    jobs = AsyncMock(get_stalled_jobs=AsyncMock(return_value=["one", "two"]))
    jobs.retry_job.side_effect = [None, UniqueViolation(constraint_name="q", queueing_lock="l")]
    asyncio.run(tasks.retry_stalled(SimpleNamespace(app=SimpleNamespace(job_manager=jobs)), 0))
    assert [call.args[0] for call in jobs.retry_job.await_args_list] == ["one", "two"]
    assert [call.args[0] for call in jobs.finish_job.await_args_list] == ["two"]


def test_every_organisation_is_asked_to_expire(world, jobs):
    tasks.expire_all(0)
    assert {given["organisation_id"] for _, given in jobs} == {
        world.organisation.pk,
        world.elsewhere.pk,
    }
    tasks.expire(world.organisation.pk)


def test_the_day_is_that_of_the_organisation(world):
    world.organisation.timezone = "Pacific/Auckland"
    with time_machine.travel(datetime(2026, 11, 24, 20, tzinfo=UTC)):
        assert tasks.local_day(world.organisation) == date(2026, 11, 25)


def test_a_look_ahead_keeps_its_answer_and_no_verdict(world, register, jobs):
    run = tasks.start_look_ahead(world.actor("dana"), date(2026, 12, 2))
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC)):
        tasks.look_ahead(run.pk)
    run.refresh_from_db()
    assert run.state == "done"
    assert run.result["on"] == "2026-12-02"
    assert run.result["subjects"] == run.total
    assert not Finding.objects.filter(organisation=world.organisation).exists()
    assert tasks.latest(world.actor("vera"), tasks.AHEAD, on="2026-12-02") == run
    assert tasks.latest(world.actor("vera"), tasks.AHEAD, on="2026-12-03") is None


def test_only_who_decides_for_the_whole_organisation_looks_ahead(world, register, jobs):
    for name in ("vera", "eli"):
        with pytest.raises(Refused):
            tasks.start_look_ahead(world.actor(name), date(2026, 12, 2))
    with pytest.raises(Refused):
        tasks.latest(world.actor("eli"), tasks.AHEAD)
    with pytest.raises(Invalid):
        tasks.start_look_ahead(world.actor("dana"), date(1066, 10, 14))
