"""Judging what a change touches, in its transaction: verdicts are never older than the facts.

The changed subjects and their nearest dependants are judged at once; what is more is marked
stale in the same transaction, and a task judges it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from django.db import connection, transaction
from django.utils import timezone

from inventory.law.bundle import Law
from inventory.law.vocabulary import SubjectKind
from inventory.models import Evaluation, Finding, Organisation
from inventory.rules.evaluate import evaluate
from inventory.rules.facts import Facts, SubjectId
from inventory.rules.findings import Evaluation as Answers
from inventory.services import judgements, locks, standing
from inventory.services.actors import Actor
from inventory.services.deferral import defer_stale
from inventory.services.gather import gather
from inventory.services.law import current_law, keep_bundle
from inventory.services.links import Links
from inventory.services.neighbourhood import MODELS, MOST, Rows, bearer_of, near, reads, split
from inventory.services.verdicts import Kept, Run, keep_findings

ROUNDS = 5  # how often a neighbourhood may grow while it is being locked
TOLD = (SubjectKind.DATASET, SubjectKind.PURPOSE, SubjectKind.SYSTEM, SubjectKind.DATABASE)


def lock(organisation: Organisation, subjects: Iterable[SubjectId]) -> None:
    """Before writing: lock these subjects and what reads them, in key order, until the
    transaction ends; and remember who reads them now, since a change may cut a link."""
    changed = Rows.of(subjects)
    if not len(changed):
        return
    held = _circle(organisation, changed)
    for _ in range(ROUNDS):
        point = transaction.savepoint_create()
        locks.hold(organisation, _names(held))
        there = _circle(organisation, changed)
        if not len(there - held):
            transaction.savepoint_commit(point)
            break
        transaction.savepoint_rollback(point)  # lets the locks go: they are taken in one order
        held |= there
    else:
        locks.hold(organisation, _names(held))
    _remember(_remembered() | near(Links(organisation), changed))


def reevaluate(
    actor: Actor | Organisation, subjects: Iterable[SubjectId], *, as_of: date
) -> tuple[list[Finding], list[Finding]]:
    """After writing, in the same transaction: judge what was changed and what reads it.

    Answers the findings that stand on the subjects and on what they are made of, and those
    that this change ended.
    """
    organisation = actor.organisation if isinstance(actor, Actor) else actor
    changed = Rows.of(subjects)
    if not len(changed):
        return [], []
    lock(organisation, changed.subjects())
    now, later = split(organisation, _remembered() - changed)
    kept = judge(organisation, changed | now, as_of=as_of, later=later, changed=changed)
    return [row for row in kept.standing if _is_told(row, changed)], kept.closed


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
        round_ = more if len(done) + len(more) <= MOST else Rows()
        waiting |= put_off | (more - round_)
    _roll(organisation, done, touched, waiting)
    if len(waiting):
        judgements.mark_stale(run, waiting - done, "something that it depends on was changed")
        defer_stale(organisation)
    return kept


def start_run(
    organisation: Organisation, as_of: date, subjects: int, *, whole: bool = False
) -> Run:
    """A new run under the current law."""
    law = current_law()
    row = Evaluation.objects.create(
        organisation=organisation,
        as_of=as_of,
        law=keep_bundle(law),
        program_version=program_version(),
        subjects=subjects,
        whole=whole,
    )
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
    found = evaluate_rows(facts, run.law, rows, as_of=run.as_of)
    judgements.claim(run.organisation, rows)
    return keep(run, rows, facts, found, seen=seen)


def evaluate_rows(facts: Facts, law: Law, rows: Rows, *, as_of: date) -> Answers:
    """Judge these rows and the crossings derived from them."""
    wanted = rows.subjects()
    there = {(kind, key) for kind, key in wanted if key in _held(facts, kind)}
    crossings = {(SubjectKind.TRANSFER, key) for key in facts.transfers if bearer_of(key) in there}
    return evaluate(facts, law, as_of, only=frozenset(there | crossings))


def keep(run: Run, rows: Rows, facts: Facts, found: Answers, *, seen: judgements.Sights) -> Step:
    """Store what differs: findings, standings, and until when they stand."""
    kept = keep_findings(run, found, facts, rows)
    waived = standing.live_waivers(run.organisation, rows, run.as_of)
    moved = standing.changed_scopes(run.organisation, rows, found)
    touched = standing.keep_standings(
        run.organisation, rows, found, kept.standing, waived=frozenset(waived)
    )
    until = min(filter(None, (found.good_until, *waived.values())), default=None)
    there = [s for s in rows.subjects() if s[1] in _held(facts, s[0])]
    judgements.settle(run, dict.fromkeys(there, until), seen)
    gone = rows - Rows.of(there)
    if len(gone):
        judgements.judgements_on(run.organisation, gone).delete()
    return Step(kept=kept, touched=touched, moved=moved)


def program_version() -> str:
    try:
        return version("grounds")
    except PackageNotFoundError:  # run from a checkout that was not installed
        return "0"


def _held(facts: Facts, kind: SubjectKind) -> dict[str, object]:
    """The facts of one kind, by id."""
    return {
        SubjectKind.ENTITY: facts.entities,
        SubjectKind.SYSTEM: facts.systems,
        SubjectKind.DATASET: facts.datasets,
        SubjectKind.PURPOSE: facts.purposes,
        SubjectKind.ACTIVITY: facts.activities,
        SubjectKind.PARTY: facts.parties,
        SubjectKind.DATABASE: facts.databases,
    }[kind]  # type: ignore[return-value]


def _circle(organisation: Organisation, changed: Rows) -> Rows:
    """What to lock: the subjects, what reads them, and the datasets that are summed up again.

    Where datasets are too many to be judged at once they are only marked, under row locks.
    """
    links = Links(organisation)
    found = near(links, changed)
    now, _ = split(organisation, found - changed)
    others = [kind for kind in MODELS if kind is not SubjectKind.DATASET]
    read = reads(links, now)
    return changed | now | found.only(*others) | read.only(SubjectKind.DATASET)


def _names(rows: Rows) -> list[str]:
    return [f"{kind}:{key}" for kind, key in rows.subjects()]


def _roll(organisation: Organisation, judged: Rows, touched: Rows, waiting: Rows) -> None:
    """Sum up again the datasets that were judged or that have a part which stands otherwise."""
    links = Links(organisation)
    made_of = (
        links.datasets_used_by(touched[SubjectKind.PURPOSE])
        | links.datasets_in(touched[SubjectKind.SYSTEM])
        | links.datasets_of_databases(touched[SubjectKind.DATABASE])
    )
    datasets = judged[SubjectKind.DATASET] | made_of
    standing.roll_up(organisation, sorted(datasets - waiting[SubjectKind.DATASET]))


def _is_told(row: Finding, changed: Rows) -> bool:
    """Is it about what was changed, or what that is made of?"""
    subject = (SubjectKind(row.subject_kind), row.subject_id)
    if subject[0] is SubjectKind.TRANSFER:
        return True
    if subject in changed.subjects():
        return True
    return subject[0] in TOLD[1:] and bool(changed[SubjectKind.DATASET])


def _remember(rows: Rows) -> None:
    """Keep ids until the transaction ends; a savepoint rolled back forgets them too."""
    said = {kind.value: sorted(rows[kind]) for kind in rows.kinds()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('grounds.near', %s, true)", [json.dumps(said)])


def _remembered() -> Rows:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('grounds.near', true)")
        said = cursor.fetchone()[0]
    return Rows({SubjectKind(k): set(ids) for k, ids in json.loads(said or "{}").items()})
