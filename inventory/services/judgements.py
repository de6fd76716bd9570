"""When each subject was last judged, how long that stands, and whether it is stale.

A judgement's row also tells two runs apart: whoever keeps a verdict locks it first.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Least, Now

from inventory.law.vocabulary import SubjectKind
from inventory.models import Judgement, Organisation
from inventory.rules.facts import SubjectId
from inventory.services.neighbourhood import Rows
from inventory.services.verdicts import Run

SETTLE = """
INSERT INTO judgement AS held (organisation_id, subject_kind, subject_id, evaluation_id,
                               good_until, stale_since, stale_reason, marks)
SELECT %(organisation)s, kind, id, %(evaluation)s, good_until, NULL, '', marks
FROM unnest(%(kinds)s::text[], %(ids)s::text[], %(until)s::date[], %(marks)s::bigint[])
     AS judged (kind, id, good_until, marks)
ORDER BY kind, id
ON CONFLICT (organisation_id, subject_kind, subject_id) DO UPDATE SET
    evaluation_id = EXCLUDED.evaluation_id,
    good_until = EXCLUDED.good_until,
    stale_since = CASE WHEN held.marks = EXCLUDED.marks THEN NULL ELSE held.stale_since END,
    stale_reason = CASE WHEN held.marks = EXCLUDED.marks THEN '' ELSE held.stale_reason END
"""
MARK = """
INSERT INTO judgement AS held (organisation_id, subject_kind, subject_id, evaluation_id,
                               stale_since, stale_reason, marks)
SELECT %(organisation)s, kind, id, %(evaluation)s, %(at)s, %(reason)s, 1
FROM unnest(%(kinds)s::text[], %(ids)s::text[]) AS stale (kind, id)
ORDER BY kind, id
ON CONFLICT (organisation_id, subject_kind, subject_id) DO UPDATE SET
    stale_since = coalesce(held.stale_since, EXCLUDED.stale_since),
    stale_reason = EXCLUDED.stale_reason,
    marks = held.marks + 1
"""


class Seen(NamedTuple):
    """A judgement as it was before the facts were read."""

    evaluation: int
    marks: int


type Sights = Mapping[SubjectId, Seen]


def look(organisation: Organisation, rows: Rows) -> Sights:
    """The judgements of these rows as they are now."""
    return _sights(judgements_on(organisation, rows))


def claim(organisation: Organisation, rows: Rows) -> None:
    """Wait for and lock the judgements of these rows, in one order everywhere."""
    list(_in_order(judgements_on(organisation, rows)).select_for_update().values_list("pk"))


def claim_unchanged(organisation: Organisation, rows: Rows, seen: Sights) -> Rows:
    """Lock those that nobody judged or is judging since they were seen; the others are left."""
    held = _in_order(judgements_on(organisation, rows)).select_for_update(skip_locked=True)
    free = _sights(held)
    moved = {
        subject
        for subject in seen.keys() | free.keys()
        if subject not in seen
        or subject not in free
        or free[subject].evaluation != seen[subject].evaluation
    }
    return rows - Rows.of(moved)


def judged_in(run: Run) -> Rows:
    """What this run has judged, or somebody else under the same law since it began, and nobody
    has marked."""
    there = judgements_of(run.organisation).filter(
        evaluation_id__gte=run.row.pk,
        evaluation__law=run.row.law_id,
        evaluation__as_of=run.as_of,
        stale_since=None,
    )
    return Rows.of(subjects_in(there))


def settle(run: Run, until: Mapping[SubjectId, date | None], seen: Sights) -> None:
    """These subjects are judged; their mark goes unless somebody marked them meanwhile."""
    subjects = list(until)
    with connection.cursor() as cursor:
        cursor.execute(
            SETTLE,
            {
                "organisation": run.organisation.pk,
                "evaluation": run.row.pk,
                "kinds": [kind.value for kind, _ in subjects],
                "ids": [key for _, key in subjects],
                "until": list(until.values()),
                "marks": [seen[s].marks if s in seen else 0 for s in subjects],
            },
        )


def mark_stale(run: Run, rows: Rows, reason: str) -> None:
    """What is said of these rows may be wrong from now on, until they are judged again."""
    subjects = rows.subjects()
    with connection.cursor() as cursor:
        cursor.execute(
            MARK,
            {
                "organisation": run.organisation.pk,
                "evaluation": run.row.pk,
                "at": run.at,
                "reason": reason,
                "kinds": [kind.value for kind, _ in subjects],
                "ids": [key for _, key in subjects],
            },
        )


def mark_all_stale(organisation: Organisation, *, but: str, reason: str) -> int:
    """All that was judged under another edition of the law is stale."""
    old = Judgement.objects.filter(organisation=organisation, stale_since=None)
    old = old.exclude(evaluation__law_id=but)
    return old.update(stale_since=Now(), stale_reason=reason, marks=F("marks") + 1)


def end_by(organisation: Organisation, rows: Rows, day: date) -> None:
    """What is said of these rows stands no longer than until that day."""
    judgements_on(organisation, rows).update(good_until=Least("good_until", Value(day)))


def judgements_on(organisation: Organisation, rows: Rows) -> QuerySet[Judgement]:
    there = Q(pk__in=[])
    for kind in rows.kinds():
        there |= Q(subject_kind=kind, subject_id__in=[str(pk) for pk in rows[kind]])
    return Judgement.objects.filter(there, organisation=organisation)


def judgements_of(organisation: Organisation) -> QuerySet[Judgement]:
    return Judgement.objects.filter(organisation=organisation)


def subjects_in(rows: QuerySet[Judgement]) -> frozenset[SubjectId]:
    found = rows.values_list("subject_kind", "subject_id")
    return frozenset((SubjectKind(kind), key) for kind, key in found)


def _in_order(rows: QuerySet[Judgement]) -> QuerySet[Judgement]:
    return rows.order_by("subject_kind", "subject_id")


def _sights(rows: QuerySet[Judgement]) -> Sights:
    found = rows.values_list("subject_kind", "subject_id", "evaluation_id", "marks")
    return {
        (SubjectKind(kind), key): Seen(evaluation, marks) for kind, key, evaluation, marks in found
    }
