"""Work that outlasts a request: judging what is stale, what time has changed, or everything.

Progress is kept in a TaskRun for a page to show; whoever may start one may stop it.
"""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from inventory.models import Organisation, TaskRun
from inventory.services import evaluation
from inventory.services.access import Action, require, require_whole
from inventory.services.actors import Actor
from inventory.services.deferral import EVALUATE, EXPIRE, LOOK_AHEAD, defer, defer_stale
from inventory.services.errors import Conflict, Invalid, NotFound
from inventory.services.preview import preview

EVALUATION = "evaluation"
AHEAD = "look-ahead"
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
LIVE = ("waiting", "running")


class Cancelled(Exception):
    """Somebody asked the task to stop."""


def start_evaluation(actor: Actor) -> TaskRun:
    """Judge the whole register by a task. Raises Refused, and Conflict while one is at work."""
    require(actor, Action.DECIDE)
    return _start(actor, EVALUATION, EVALUATE, busy="The whole register is being judged already.")


def start_look_ahead(actor: Actor, on: date) -> TaskRun:
    """Judge the register under the law of another day, by a task. Raises Refused, Invalid, and
    Conflict while one is at work."""
    require_whole(actor, Action.DECIDE)
    if not FIRST <= on <= LAST:
        raise Invalid({"on": f"Choose a day between {FIRST.year} and {LAST.year}."})
    asked = {"on": on.isoformat()}
    return _start(actor, AHEAD, LOOK_AHEAD, asked, busy="Somebody is looking ahead already.")


def latest(actor: Actor, kind: str, **asked: str) -> TaskRun | None:
    """The last task of a kind, asked with just this; None where there was none. Raises Refused
    for a member who does not see the whole register."""
    require_whole(actor, Action.READ)
    rows = TaskRun.objects.filter(organisation=actor.organisation, kind=kind)
    return rows.filter(asked=asked).order_by("-pk").first() if asked else rows.last()


def cancel(actor: Actor, task_run_id: int) -> TaskRun:
    """Ask a task to stop: it does between two batches, and keeps what it has done."""
    run = TaskRun.objects.filter(organisation=actor.organisation, pk=task_run_id).first()
    if run is None:
        raise NotFound("No such task that you can see.")
    require(actor, Action.DECIDE)
    if run.state not in LIVE:
        raise Conflict("It has ended already.")
    run.cancel_requested = True
    run.save(update_fields=["cancel_requested", "changed_at"])
    return run


@app.task(name="inventory.services.tasks.judge_stale")
def judge_stale(organisation_id: int) -> None:
    """Judge what a change marked stale."""
    organisation = Organisation.objects.get(pk=organisation_id)
    evaluation.judge_stale(organisation, as_of=local_day(organisation))


@app.task(name=EXPIRE)
def expire(organisation_id: int) -> None:
    """Judge what the new day, or a new edition of the law, may have changed."""
    organisation = Organisation.objects.get(pk=organisation_id)
    evaluation.expire(organisation, as_of=local_day(organisation))


@app.task(name=EVALUATE)
def evaluate_whole(task_run_id: int) -> None:
    """Judge a whole register, with progress. One that was killed goes on where it stopped."""
    run = TaskRun.objects.select_related("organisation").get(pk=task_run_id)
    organisation = run.organisation
    since = run.created_at if run.state == "running" else None
    _follow(
        run,
        lambda tell: evaluation.evaluate_organisation(
            organisation, as_of=local_day(organisation), progress=tell, since=since
        ),
    )


@app.task(name=LOOK_AHEAD)
def look_ahead(task_run_id: int) -> None:
    """What another day would change, kept as the task's result."""
    run = TaskRun.objects.select_related("organisation").get(pk=task_run_id)
    organisation, on = run.organisation, date.fromisoformat(run.asked["on"])

    def look(tell: evaluation.Progress) -> int:
        found = preview(organisation, on, today=local_day(organisation), progress=tell)
        TaskRun.objects.filter(pk=run.pk).update(result=found.document())
        return found.subjects

    _follow(run, look)


@app.periodic(cron="7 * * * *")
@app.task(name="inventory.services.tasks.expire_all", queueing_lock="expire-all")
def expire_all(timestamp: int) -> None:
    """Every hour, since days begin at different hours: organisations do it once the day is new."""
    for organisation in Organisation.objects.all():
        defer(EXPIRE, queueing_lock=f"expire-{organisation.pk}", organisation_id=organisation.pk)


@app.periodic(cron="* * * * *")
@app.task(name="inventory.services.tasks.find_stale", queueing_lock="find-stale")
def find_stale(timestamp: int) -> None:
    """Every minute: what is stale and has no task, since a job was lost, gets one."""
    for organisation in Organisation.objects.filter(pk__in=evaluation.stale_organisations()):
        defer_stale(organisation)


@app.periodic(cron="* * * * *")
@app.task(
    name="inventory.services.tasks.retry_stalled", queueing_lock="retry-stalled", pass_context=True
)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Every minute: what a worker was at when it died is done again by another, unless the same
    is asked for anew already."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)


def local_day(organisation: Organisation) -> date:
    """The day it is where the organisation is."""
    return timezone.now().astimezone(ZoneInfo(organisation.timezone)).date()


def _start(
    actor: Actor, kind: str, task: str, asked: dict[str, str] | None = None, *, busy: str
) -> TaskRun:
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=actor.organisation.pk)
        at_work = TaskRun.objects.filter(organisation=organisation, kind=kind, state__in=LIVE)
        if at_work.exists():
            raise Conflict(busy)
        run = TaskRun.objects.create(
            organisation=organisation, kind=kind, asked=asked or {}, started_by=actor.membership
        )
        defer(task, queueing_lock=f"{kind}-{organisation.pk}", task_run_id=run.pk)
    return run


def _follow(run: TaskRun, work: Callable[[evaluation.Progress], int]) -> None:
    """Do the work, saying how far it is, and how it ended."""

    def tell(done: int, total: int) -> None:
        TaskRun.objects.filter(pk=run.pk).update(done=done, total=total, changed_at=timezone.now())
        if TaskRun.objects.filter(pk=run.pk, cancel_requested=True).exists():
            raise Cancelled

    _end(run, "running", "")
    try:
        work(tell)
    except Cancelled:
        _end(run, "cancelled", "Stopped as asked. What was judged before stands.")
    except Exception:
        _end(run, "failed", "It failed; the log says why. What was judged before stands.")
        raise
    else:
        _end(run, "done", "")


def _end(run: TaskRun, state: str, message: str) -> None:
    TaskRun.objects.filter(pk=run.pk).update(
        state=state, message=message, changed_at=timezone.now()
    )
