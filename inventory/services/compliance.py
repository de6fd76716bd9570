"""What the stored verdicts say to an actor: matrix, findings, counts, and the law's words.

Everything here reads; a scoped member sees the findings of what they can see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from inventory.law.bundle import Law
from inventory.law.vocabulary import JustificationState, Severity, Status, SubjectKind
from inventory.models import (
    Dataset,
    Finding,
    Judgement,
    Justification,
    Organisation,
    Standing,
    Waiver,
)
from inventory.models.evaluations import BEARER, OPEN
from inventory.services.access import Action, may, visible
from inventory.services.actors import Actor
from inventory.services.law import current_law, law_of
from inventory.services.matrix import (
    KINDS,
    Cell,
    Column,
    Matrix,
    MatrixRow,
    by_badness,
    cells,
    countries,
    matrix,
    matrix_document,
)
from inventory.services.sight import reach, stale_count
from inventory.services.wording import NextThing, Words, explain, find_check

__all__ = [
    "KINDS",
    "OPEN",
    "Cell",
    "Column",
    "Counts",
    "Matrix",
    "MatrixRow",
    "NextThing",
    "Words",
    "by_badness",
    "cells",
    "countries",
    "counts",
    "counts_by_check",
    "current_law",
    "explain",
    "findings",
    "findings_of_dataset",
    "matrix",
    "matrix_document",
    "next_things",
    "stale_count",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the side of every page says."""

    breach: int
    unknown: int
    attention: int
    waived: int
    stale: int
    datasets: int
    submitted: int  # justifications that wait for a decision

    @property
    def open(self) -> int:
        return self.breach + self.unknown + self.attention


def findings(
    actor: Actor,
    *,
    status: str | None = None,
    severity: str | None = None,
    regime: str | None = None,
    country: str | None = None,
    subject: tuple[str, str] | None = None,
    check: str | None = None,
    waived: bool | None = None,
) -> QuerySet[Finding]:
    """The findings that the actor can see, worst first; `waived_until` is set where one holds."""
    rows = Finding.objects.filter(organisation=actor.organisation).select_related("evaluation")
    seen = reach(actor)
    if seen is not None:
        rows = rows.alias(bearer=BEARER).filter(seen)
    given = {
        "status": status,
        "severity": severity,
        "regime": regime,
        "check_id": check,
        "subject_kind": subject and subject[0],
        "subject_id": subject and subject[1],
        "countries__contains": country and [country],
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    rows = rows.annotate(waived_until=Subquery(_live_waiver().values("until")[:1]))
    if waived is not None:
        rows = rows.filter(waived_until__isnull=not waived)
    return rows.annotate(rank=_rank("status", OPEN), weight=_rank("severity", Severity)).order_by(
        "rank", "weight", "check_id", "subject_name", "pk"
    )


def counts_by_check(actor: Actor) -> dict[str, dict[str, int]]:
    """How many findings of each status stand under each check, waived ones apart."""
    found: dict[str, dict[str, int]] = {}
    rows: QuerySet[Any] = findings(actor, waived=False).order_by()
    for check, status, number in rows.values_list("check_id", "status").annotate(Count("pk")):
        found.setdefault(check, {})[status] = number
    return found


def findings_of_dataset(actor: Actor, dataset: Dataset) -> QuerySet[Finding]:
    """What its cells count, and advice: of itself, its purposes, system and databases, and of
    the border crossings derived from it or its purposes."""
    purposes = _purposes_of(dataset)
    there = Q(subject_kind=SubjectKind.DATASET, subject_id=str(dataset.pk))
    there |= Q(subject_kind=SubjectKind.PURPOSE, subject_id__in=purposes)
    there |= Q(subject_kind=SubjectKind.SYSTEM, subject_id=str(dataset.system_id))
    there |= Q(
        subject_kind=SubjectKind.DATABASE,
        subject_id__in=[str(pk) for pk in dataset.databases.values_list("database_id", flat=True)],
    )
    bearers = [f"d{dataset.pk}", *(f"p{pk}" for pk in purposes)]
    there |= Q(subject_kind=SubjectKind.TRANSFER, bearer__in=bearers)
    return findings(actor).alias(bearer=BEARER).filter(there & _within(dataset))


def _within(dataset: Dataset) -> Q:
    """Counted in one of its cells: its system's findings under a law that governs only another
    dataset are not its own."""
    places: dict[str, list[str]] = {}
    rows = Standing.objects.filter(
        organisation=dataset.organisation_id,
        subject_kind=SubjectKind.DATASET,
        subject_id=str(dataset.pk),
        whole=True,
    )
    for regime, country in rows.values_list("regime", "country"):
        places.setdefault(regime, []).append(country)
    within = Q(pk__in=[])
    for regime, several in places.items():
        within |= Q(regime=regime, countries__overlap=[c for c in several if c])
        if "" in several:
            within |= Q(regime=regime, countries=[])
    return within


def _purposes_of(dataset: Dataset) -> list[str]:
    """The purposes that use a field of it."""
    uses = dataset.fields.filter(retired_at=None).values_list("uses__purpose_id", flat=True)
    return [str(pk) for pk in uses.distinct().order_by() if pk is not None]


def counts(actor: Actor) -> Counts:
    """All in one query."""
    open_ = findings(actor, waived=False).exclude(status=Status.ATTENTION, severity=Severity.ADVICE)
    wanted: dict[str, QuerySet[Any]] = {
        status.value: open_.filter(status=status) for status in OPEN
    }
    wanted |= {
        "waived": findings(actor, waived=True),
        "stale": Judgement.objects.filter(
            organisation=actor.organisation, stale_since__isnull=False
        ),
        "datasets": visible(actor, Dataset).filter(retired_at=None),
        "submitted": Justification.objects.filter(
            organisation=actor.organisation, state=JustificationState.SUBMITTED
        ),
    }
    only: QuerySet[Any] = Organisation.objects.filter(pk=actor.organisation.pk)
    found = only.values_list(*(_count(rows) for rows in wanted.values()))[0]
    return Counts(**dict(zip(wanted, found, strict=True)))


def next_things(actor: Actor, most: int = 5) -> list[NextThing]:
    """What to do first: the gravest questions with how many things they are about, and the
    justifications that wait for the actor's decision."""
    law = law_of(actor.organisation)
    open_: QuerySet[Any] = findings(actor, waived=False)
    grouped = (
        open_.order_by()
        .values("check_id", "status", "rank", "weight")
        .annotate(number=Count("pk"), first=Min("pk"), named=Min("subject_name"))
        .order_by("rank", "weight", "-number", "check_id")[:most]
    )
    things = [
        NextThing(
            status=Status(row["status"]),
            title=explain_check(law, row["check_id"]),
            count=row["number"],
            named=row["named"],
            finding_id=row["first"],
            check_id=row["check_id"],
        )
        for row in grouped
    ]
    return [*_waiting(actor), *things][:most]


def explain_check(law: Law, check_id: str) -> str:
    """The title of a check, in English; its id where the law no longer has it."""
    check = find_check(law, check_id)
    return check.title["en"] if check else check_id


def _waiting(actor: Actor) -> list[NextThing]:
    if not may(actor, Action.DECIDE):
        return []
    rows = Justification.objects.filter(
        organisation=actor.organisation, state=JustificationState.SUBMITTED
    )
    number = rows.count()
    if not number:
        return []
    return [NextThing(status=Status.ATTENTION, title="Justifications wait for you", count=number)]


def _live_waiver() -> QuerySet[Waiver]:
    return Waiver.objects.filter(finding=OuterRef("pk"), facts_hash=OuterRef("facts_hash"))


def _rank(column: str, words: Iterable[Any]) -> Case:
    """Worst first, as the vocabulary lists its words."""
    ranked = [When(**{column: word.value}, then=Value(i)) for i, word in enumerate(words)]
    return Case(*ranked, default=Value(99), output_field=IntegerField())


def _count(rows: QuerySet[Any]) -> Coalesce:
    one = rows.order_by().values("organisation").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(one, output_field=IntegerField()), Value(0))
