"""Locking what a change touches before it is written, and remembering it until it is judged."""

import json
from collections.abc import Iterable

from django.db import connection, transaction

from inventory.law.vocabulary import SubjectKind
from inventory.models import Organisation
from inventory.rules.facts import SubjectId
from inventory.services import locks
from inventory.services.links import Links
from inventory.services.neighbourhood import MODELS, Rows, near, reads, split
from inventory.services.postponing import is_postponed

ROUNDS = 5  # how often a neighbourhood may grow while it is being locked


def lock(organisation: Organisation, subjects: Iterable[SubjectId]) -> None:
    """Before writing: lock these subjects and what reads them, in key order, until the
    transaction ends; and remember who reads them now, since a change may cut a link."""
    changed = Rows.of(subjects)
    if not len(changed) or is_postponed():
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
    _remember(remembered() | near(Links(organisation), changed))


def remembered() -> Rows:
    """What read the subjects that this transaction locked, when it locked them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('grounds.near', true)")
        said = cursor.fetchone()[0]
    return Rows({SubjectKind(k): set(ids) for k, ids in json.loads(said or "{}").items()})


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


def _remember(rows: Rows) -> None:
    """Keep ids until the transaction ends; a savepoint rolled back forgets them too."""
    said = {kind.value: sorted(rows[kind]) for kind in rows.kinds()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('grounds.near', %s, true)", [json.dumps(said)])
