"""Locking what a change touches before it is written, and remembering it until it is judged."""

import json
from collections.abc import Iterable
from typing import NamedTuple

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


class Held(NamedTuple):
    """What a transaction has locked: what it judges at once, what later, and what it could not
    lock when it turned out to be reached, so that nobody can be sure of it yet."""

    now: Rows
    later: Rows
    doubtful: Rows


def lock(organisation: Organisation, subjects: Iterable[SubjectId]) -> Held:
    """Before writing: lock these subjects and what reads them, in key order, until the
    transaction ends; and remember who reads them now, since a change may cut a link.

    After writing it is asked again for what was linked meanwhile: then nobody is waited for.
    """
    changed = Rows.of(subjects)
    if not len(changed) or is_postponed():
        return Held(Rows(), Rows(), Rows())
    known = remembered()
    found = near(Links(organisation), changed)
    if not len(changed - known.now) and not len(found - known.now - known.later):
        return known
    if len(known.now):
        held = _hold_more(organisation, changed, found, known)
    else:
        held = _hold(organisation, changed, found)
    _remember(held.now | changed, held.later)
    return held


def lock_more(organisation: Organisation, rows: Rows) -> bool:
    """Lock what a change turned out to reach; False if somebody else is at it."""
    return locks.hold_if_free(organisation, _names(rows))


def remembered() -> Held:
    """What this transaction has locked until now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('grounds.near', true)")
        said = json.loads(cursor.fetchone()[0] or "[{}, {}]")
    now, later = (Rows({SubjectKind(k): set(v) for k, v in rows.items()}) for rows in said)
    return Held(now, later, Rows())


def _hold(organisation: Organisation, changed: Rows, found: Rows) -> Held:
    """Lock, look again, and begin anew where the neighbourhood grew: one order everywhere."""
    links = Links(organisation)
    for _ in range(ROUNDS):
        now, later = split(organisation, found - changed)
        held = _circle(links, changed, now, later)
        point = transaction.savepoint_create()
        locks.hold(organisation, _names(held))
        grown = (near(links, changed) - found) | (_summed(links, now) - held)
        if not len(grown):
            transaction.savepoint_commit(point)
            return Held(now, later, Rows())
        transaction.savepoint_rollback(point)  # lets the locks go
        found |= grown
    locks.hold(organisation, _names(held))
    return Held(now, later, changed)


def _hold_more(organisation: Organisation, changed: Rows, found: Rows, known: Held) -> Held:
    """Lock what was linked since, unless somebody else is at it: then a task judges it again."""
    links = Links(organisation)
    found |= known.now | known.later
    now, later = split(organisation, found - changed)
    if lock_more(organisation, _circle(links, changed, now, later)):
        grown = near(links, changed) - found
        return Held(now, later | grown, changed if len(grown) else Rows())
    return Held(known.now, found - known.now, changed)


def _circle(links: Links, changed: Rows, now: Rows, later: Rows) -> Rows:
    return changed | now | later.only(*OTHERS) | _summed(links, now)


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
