"""Judging what a change touches, in its transaction: verdicts are never older than the facts.

The changed subjects and their nearest dependants are judged at once; what is more is marked
stale in the same transaction, and a task judges it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from inventory.law.vocabulary import SubjectKind
from inventory.models import Evaluation, Finding, Judgement, Organisation
from inventory.rules.facts import SubjectId
from inventory.rules.findings import Evaluation as Answers
from inventory.services import judgements, standing
from inventory.services.actors import Actor
from inventory.services.deferral import defer_stale
from inventory.services.gather import gather
from inventory.services.holding import lock, lock_more
from inventory.services.law import keep_bundle, law_in_force, law_of
from inventory.services.links import Links
from inventory.services.neighbourhood import MOST, Rows, bearer_of, near, split, whole
from inventory.services.postponing import is_postponed
from inventory.services.sitting import Sitting
from inventory.services.verdicts import Kept, Run, Told, findings_on, keep_findings, key_of

__all__ = ["evaluate_organisation", "expire", "judge", "judge_stale", "lock", "reevaluate"]

type Progress = Callable[[int, int], None]  # told how many of how many; may raise to stop

BATCH = 500
ROUNDS = 10  # how often judging what is stale may make something else stale
PARTS = {SubjectKind.PURPOSE, SubjectKind.SYSTEM, SubjectKind.DATABASE}


def reevaluate(
    actor: Actor | Organisation, subjects: Iterable[SubjectId], *, as_of: date
) -> tuple[list[Finding], list[Finding]]:
    """After writing, in the same transaction: judge what was changed and what reads it.

    Answers the findings that stand on the subjects and on what they are made of, and those
    that this change ended.
    """
    organisation = actor.organisation if isinstance(actor, Actor) else actor
    changed = Rows.of(subjects)
    if not len(changed) or is_postponed():
        return [], []
    held = lock(organisation, changed.subjects())
    kept = judge(
        organisation,
        changed | held.now,
        as_of=as_of,
        later=(held.later - changed) | held.doubtful,
        changed=changed,
    )
    return _rows_of(organisation, _choose_told(kept.standing, changed)), kept.closed


def judge(
    organisation: Organisation,
    rows: Rows,
    *,
    as_of: date,
    later: Rows | None = None,
    changed: Rows | None = None,
) -> Kept:
    """Judge these rows and keep what differs; `later` is marked stale for a task.

    A dataset that comes under other regimes by it draws in what reads the dataset.
    """
    run = start_run(organisation, as_of, len(rows))
    done, waiting = changed or Rows(), later or Rows()
    kept, round_ = Kept(), rows
    touched = Rows()
    while len(round_):
        step = _judge_round(run, round_)
        kept.standing += step.kept.standing
        kept.closed += step.kept.closed
        touched |= step.touched
        done |= round_
        more, put_off = split(
            organisation, near(Links(organisation), step.moved - (changed or Rows())) - done
        )
        few = len(done) + len(more) <= MOST
        round_ = more if few and lock_more(organisation, more) else Rows()
        waiting |= put_off | (more - round_)
    _roll(organisation, done, touched, waiting - done)
    if len(waiting):
        judgements.mark_stale(run, waiting, "something that it depends on was changed")
        defer_stale(organisation)
    return kept


def evaluate_organisation(
    organisation: Organisation,
    *,
    as_of: date,
    progress: Progress | None = None,
    since: datetime | None = None,
) -> int:
    """Judge the whole register in batches, each kept by itself; returns how many subjects.

    Whoever is changing something meanwhile goes first: what they judge is left to them. A run
    that was begun after `since`, under the same law as of the same day, is continued where it
    stopped.
    """
    rows = whole(organisation)
    run = start_run(organisation, as_of, len(rows), whole=True, since=since)
    gone = Rows.of(judgements.subjects_in(judgements.judgements_of(organisation))) - rows
    before = judgements.judged_in(run) if since else Rows()
    sweep(run, rows | gone, progress=progress, before=before)
    return len(rows)


def expire(organisation: Organisation, *, as_of: date, progress: Progress | None = None) -> int:
    """Judge again what time alone may have changed by this day, and all that was judged under
    another edition of the law. Returns how many subjects."""
    standing.end_waivers(organisation, as_of)
    old = judgements.judgements_of(organisation).filter(good_until__lte=as_of)
    rows = Rows.of(judgements.subjects_in(old))
    if len(rows):
        sweep(start_run(organisation, as_of, len(rows)), rows, progress=progress)
    mark_outdated(organisation)
    return len(rows) + judge_stale(organisation, as_of=as_of, progress=progress)


def mark_outdated(organisation: Organisation) -> int:
    """What was judged under another edition of the law is stale; says how much that is."""
    edition = law_of(organisation).hash
    reason = "the law's data has a new edition"
    return judgements.mark_all_stale(organisation, but=edition, reason=reason)


def judge_stale(
    organisation: Organisation, *, as_of: date, progress: Progress | None = None
) -> int:
    """Judge what is marked stale, until nothing is; returns how many subjects."""
    done = 0
    for _ in range(ROUNDS):
        stale = judgements.judgements_of(organisation).filter(stale_since__isnull=False)
        rows = Rows.of(judgements.subjects_in(stale))
        if not len(rows):
            break
        sweep(start_run(organisation, as_of, len(rows)), rows, progress=progress)
        done += len(rows)
    return done


def stale_organisations() -> QuerySet[Judgement, int]:
    """The ids of organisations in which something waits to be judged again."""
    stale = Judgement.objects.filter(stale_since__isnull=False)
    return stale.values_list("organisation_id", flat=True).distinct()


def start_run(
    organisation: Organisation,
    as_of: date,
    subjects: int,
    *,
    whole: bool = False,
    since: datetime | None = None,
) -> Run:
    """A run under the organisation's edition of the law: a new one, or the one of its kind that
    began after `since`."""
    law = law_in_force(organisation)
    given = {
        "organisation": organisation,
        "as_of": as_of,
        "law": keep_bundle(law),
        "program_version": program_version(),
        "whole": whole,
    }
    row = None
    if since is not None:
        row = Evaluation.objects.filter(**given, finished_at__gte=since).order_by("pk").last()
    row = row or Evaluation.objects.create(**given, subjects=subjects)
    return Run(organisation=organisation, law=law, as_of=as_of, at=timezone.now(), row=row)


@dataclass(slots=True, kw_only=True)
class Step:
    """What one round of judging did."""

    kept: Kept = field(default_factory=Kept)
    touched: Rows = field(default_factory=Rows)  # stand otherwise than before
    moved: Rows = field(default_factory=Rows)  # datasets under other regimes than before


def _judge_round(run: Run, rows: Rows) -> Step:
    seen = judgements.look(run.organisation, rows)
    facts = gather(run.organisation, rows.subjects(), as_of=run.as_of)
    sitting = Sitting(facts, run.law, run.as_of)
    found = sitting.judge(rows)
    judgements.claim(run.organisation, rows)
    return keep(run, rows, sitting, found, seen=seen)


def sweep(
    run: Run, rows: Rows, *, progress: Progress | None = None, before: Rows | None = None
) -> None:
    """Judge many rows in batches, each in its own transaction: datasets first, then what reads
    them, then the sums. What was judged `before`, until the run was interrupted, stands."""
    tell = progress or (lambda done, total: None)
    rest = rows - (before or Rows())
    datasets, others = rest.only(SubjectKind.DATASET), rest - rest.only(SubjectKind.DATASET)
    done, touched, moved = len(rows) - len(rest), Rows(), Rows()
    for batch in datasets.batches(BATCH):
        with transaction.atomic():
            seen = judgements.look(run.organisation, batch)
            facts = gather(run.organisation, batch.subjects(), as_of=run.as_of)
            step = _keep_free(run, batch, Sitting(facts, run.law, run.as_of), seen)
        touched, moved, done = touched | step.touched, moved | step.moved, done + len(batch)
        tell(done, len(rows))
    seen = judgements.look(run.organisation, others)
    facts = gather(run.organisation, None if run.row.whole else others.subjects(), as_of=run.as_of)
    sitting = Sitting(facts, run.law, run.as_of)
    for batch in others.batches(BATCH):
        with transaction.atomic():
            step = _keep_free(run, batch, sitting, seen)
        touched, done = touched | step.touched, done + len(batch)
        tell(done, len(rows))
    _sum_up(run.organisation, rows | touched)
    if not run.row.whole:
        _mark_moved(run, near(Links(run.organisation), moved) - rows)
    if law_in_force(run.organisation).hash != run.law.hash:  # counsel ruled meanwhile
        mark_outdated(run.organisation)


def _keep_free(run: Run, rows: Rows, sitting: Sitting, seen: judgements.Sights) -> Step:
    """Judge a batch and keep what nobody else judged since it was seen."""
    found = sitting.judge(rows)
    there = {subject: seen[subject] for subject in rows.subjects() if subject in seen}
    free = judgements.claim_unchanged(run.organisation, rows, there)
    subjects = free.subjects()
    mine = [one for one in found.findings if _bearer(one.subject) in subjects]
    return keep(run, free, sitting, replace(found, findings=tuple(mine)), seen=seen)


def _sum_up(organisation: Organisation, rows: Rows) -> None:
    datasets = Rows({SubjectKind.DATASET: standing.datasets_made_of(organisation, rows)})
    for batch in datasets.batches(BATCH):
        with transaction.atomic():
            judgements.claim(organisation, batch)
            standing.roll_up(organisation, batch[SubjectKind.DATASET])


def _mark_moved(run: Run, rows: Rows) -> None:
    if len(rows):
        judgements.mark_stale(run, rows, "a dataset came under other laws")


def keep(
    run: Run, rows: Rows, sitting: Sitting, found: Answers, *, seen: judgements.Sights
) -> Step:
    """Store what differs: findings, standings, and until when they stand."""
    kept = keep_findings(run, found, sitting.facts, rows)
    waived = standing.live_waivers(run.organisation, rows, run.as_of)
    touched, moved = standing.keep_standings(
        run.organisation, rows, found, kept.standing, waived=frozenset(waived)
    )
    there = sitting.present(rows)
    ends = _ends(found, kept, waived)
    judgements.settle(run, {one: min(ends[one], default=None) for one in there}, seen)
    gone = rows - Rows.of(there)
    if len(gone):
        judgements.judgements_on(run.organisation, gone).delete()
    return Step(kept=kept, touched=touched, moved=moved)


def _ends(found: Answers, kept: Kept, waived: Mapping[int, date]) -> Mapping[SubjectId, list[date]]:
    """The days on which what is said of each subject may change by time alone."""
    ends: dict[SubjectId, list[date]] = defaultdict(list)
    for subject, day in found.until.items():
        ends[_bearer(subject)].append(day)
    for told in kept.standing:
        if told.pk is not None and told.pk in waived:
            ends[_bearer(told.subject)].append(waived[told.pk])
    return ends


def program_version() -> str:
    try:
        return version("grounds")
    except PackageNotFoundError:  # run from a checkout that was not installed
        return "0"


def _roll(organisation: Organisation, judged: Rows, touched: Rows, waiting: Rows) -> None:
    """Sum up again the datasets that were judged or that have a part which stands otherwise."""
    datasets = standing.datasets_made_of(organisation, judged.only(SubjectKind.DATASET) | touched)
    standing.roll_up(organisation, datasets - waiting[SubjectKind.DATASET])


def _bearer(subject: SubjectId) -> SubjectId:
    return bearer_of(subject[1]) if subject[0] is SubjectKind.TRANSFER else subject


def _rows_of(organisation: Organisation, told: list[Told]) -> list[Finding]:
    """Their rows, whole, in the order in which they were told."""
    rows = findings_on(organisation, Rows.of(one.subject for one in told))
    held = {key_of(row): row for row in rows.select_related("evaluation")}
    return [held[one.key] for one in told]


def _choose_told(told: Iterable[Told], changed: Rows) -> list[Told]:
    """What is about the things that were changed, or about what those are made of."""
    subjects, parts = changed.subjects(), {SubjectKind.TRANSFER}
    if changed[SubjectKind.DATASET]:
        parts |= PARTS
    return [one for one in told if one.subject in subjects or one.subject[0] in parts]
