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
OTHERS = tuple(kind for kind in MODELS if kind is not SubjectKind.DATASET)


def lock(organisation: Organisation, subjects: Iterable[SubjectId]) -> tuple[Rows, Rows]:
    """Before writing: lock these subjects and what reads them, in key order, until the
    transaction ends; and remember who reads them now, since a change may cut a link.

    Answers what is to be judged at once, and what later, with all that was locked before.
    """
    changed = Rows.of(subjects)
    if not len(changed) or is_postponed():
        return Rows(), Rows()
    now, later = remembered()
    found = near(Links(organisation), changed)
    if not len(changed - now) and not len(found - now - later):
        return now, later
    found |= now | later
    now, later = _hold(organisation, changed, found)
    _remember(now | changed, later)
    return now, later


def remembered() -> tuple[Rows, Rows]:
    """What this transaction has locked: what it judges at once, and later."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('grounds.near', true)")
        said = json.loads(cursor.fetchone()[0] or "[{}, {}]")
    now, later = (Rows({SubjectKind(k): set(v) for k, v in rows.items()}) for rows in said)
    return now, later


def _hold(organisation: Organisation, changed: Rows, found: Rows) -> tuple[Rows, Rows]:
    """Lock, look again, and begin anew where the neighbourhood grew: one order everywhere."""
    links = Links(organisation)
    for _ in range(ROUNDS):
        now, later = split(organisation, found - changed)
        held = changed | now | later.only(*OTHERS) | _summed(links, now)
        point = transaction.savepoint_create()
        locks.hold(organisation, _names(held))
        grown = (near(links, changed) - found) | (_summed(links, now) - held)
        if not len(grown):
            transaction.savepoint_commit(point)
            return now, later
        transaction.savepoint_rollback(point)  # lets the locks go
        found |= grown
    locks.hold(organisation, _names(held))
    return now, later


def _summed(links: Links, judged: Rows) -> Rows:
    """The datasets that may have to be summed up again. Where they are too many to be judged at
    once they are only marked, under the lock of their row."""
    return reads(links, judged).only(SubjectKind.DATASET)


def _names(rows: Rows) -> list[str]:
    return [f"{kind}:{key}" for kind, key in rows.subjects()]


def _remember(*several: Rows) -> None:
    """Keep ids until the transaction ends; a savepoint rolled back forgets them too."""
    said = [{kind.value: sorted(rows[kind]) for kind in rows.kinds()} for rows in several]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('grounds.near', %s, true)", [json.dumps(said)])
