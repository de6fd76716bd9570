"""What the stored verdicts say to an actor: matrix, findings, counts, and the law's words.

Everything here reads; a scoped member sees the findings of what they can see.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    IntegerField,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

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
from inventory.models.organisations import ScopeKind
from inventory.services.access import Action, may, visible
from inventory.services.actors import Actor
from inventory.services.law import current_law
from inventory.services.neighbourhood import MODELS
from inventory.services.standing import COUNTS
from inventory.services.wording import NextThing, Words, explain, find_check

__all__ = [
    "Cell",
    "Column",
    "Counts",
    "Matrix",
    "MatrixRow",
    "NextThing",
    "Words",
    "cells",
    "countries",
    "counts",
    "explain",
    "findings",
    "findings_of_dataset",
    "matrix",
    "matrix_document",
    "next_things",
]

KINDS = {  # what a matrix can have as its rows
    "datasets": SubjectKind.DATASET,
    "purposes": SubjectKind.PURPOSE,
    "activities": SubjectKind.ACTIVITY,
    "systems": SubjectKind.SYSTEM,
    "databases": SubjectKind.DATABASE,
    "parties": SubjectKind.PARTY,
    "entities": SubjectKind.ENTITY,
}
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How one thing stands in one country: worst first, with counts, never a percentage."""

    regime: str
    country: str  # "": which country is not known
    may_apply: bool  # nobody can tell yet whether the regime applies
    status: Status
    breach: int
    unknown: int
    attention: int
    waived: int
    met: int
    not_applicable: int
    not_evaluated: int

    @property
    def count(self) -> int:
        """How many findings have the cell's status."""
        return int(getattr(self, self.status.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    regime: str
    country: str
    name: str
    law: str  # the regime's short name


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    subject: Any  # the register's row
    stale: bool
    cells: tuple[Cell | None, ...]  # in the order of the columns; None: not concerned
    elsewhere: tuple[Cell, ...] = ()  # regimes that may apply, in a country nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    total: int
    stale_count: int  # how many things wait to be judged again, in the whole organisation


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
    reach = _reach(actor)
    if reach is not None:
        rows = rows.alias(bearer=BEARER).filter(reach)
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


def findings_of_dataset(actor: Actor, dataset: Dataset) -> QuerySet[Finding]:
    """What its cells count: of itself, its purposes, system and databases, and of the border
    crossings derived from it or its purposes."""
    purposes = visible_ids(dataset)
    there = Q(subject_kind=SubjectKind.DATASET, subject_id=str(dataset.pk))
    there |= Q(subject_kind=SubjectKind.PURPOSE, subject_id__in=purposes)
    there |= Q(subject_kind=SubjectKind.SYSTEM, subject_id=str(dataset.system_id))
    there |= Q(
        subject_kind=SubjectKind.DATABASE,
        subject_id__in=[str(pk) for pk in dataset.databases.values_list("database_id", flat=True)],
    )
    bearers = [f"d{dataset.pk}", *(f"p{pk}" for pk in purposes)]
    there |= Q(subject_kind=SubjectKind.TRANSFER, bearer__in=bearers)
    return findings(actor).alias(bearer=BEARER).filter(there)


def visible_ids(dataset: Dataset) -> list[str]:
    """The purposes that use a field of it."""
    uses = dataset.fields.filter(retired_at=None).values_list("uses__purpose_id", flat=True)
    return [str(pk) for pk in uses.distinct().order_by() if pk is not None]


def countries(actor: Actor) -> list[Column]:
    """The countries that concern what the actor can see, with the law that does it."""
    law = current_law()
    rows = _standings(actor, SubjectKind.DATASET).exclude(country="")
    pairs = rows.values_list("regime", "country").distinct().order_by("regime", "country")
    return [_column(law, regime, country) for regime, country in pairs]


def matrix(
    actor: Actor,
    *,
    kind: str = "datasets",
    page: int = 1,
    limit: int = PAGE,
    worst_first: bool = True,
    among: QuerySet[Any] | None = None,
) -> Matrix:
    """A page of things and how each stands in every country; `among` narrows which things."""
    subject = KINDS[kind]
    model: Any = MODELS[subject]
    rows = (visible(actor, model) if among is None else among).filter(retired_at=None)
    total = rows.count()
    ordered = by_badness(rows, subject, actor.organisation) if worst_first else rows
    start = (max(page, 1) - 1) * limit
    shown = list(
        ordered.order_by(*(["-worst"] if worst_first else []), "name", "pk")[start : start + limit]
    )
    ids = [row.pk for row in shown]
    columns = countries(actor)
    found = cells(actor, ids, kind=kind)
    stale = _stale(actor.organisation, subject, ids)
    return Matrix(
        columns=tuple(columns),
        rows=tuple(_row(row, columns, found.get(row.pk, ()), row.pk in stale) for row in shown),
        total=total,
        stale_count=stale_count(actor),
    )


def matrix_document(actor: Actor, *, page: int = 1, limit: int = PAGE) -> dict[str, Any]:
    """The matrix as the API answers it."""
    found = matrix(actor, page=page, limit=limit)
    return {
        "total": found.total,
        "stale_count": found.stale_count,
        "countries": [
            {"regime": c.regime, "country": c.country, "name": c.name} for c in found.columns
        ],
        "datasets": [
            {
                "key": row.subject.key,
                "name": row.subject.name,
                "stale": row.stale,
                "cells": [_cell_document(cell) for cell in (*row.cells, *row.elsewhere) if cell],
            }
            for row in found.rows
        ],
    }


def cells(
    actor: Actor, ids: Sequence[int], *, kind: str = "datasets"
) -> Mapping[int, Sequence[Cell]]:
    """The cells of these rows, by row."""
    rows = _standings(actor, KINDS[kind]).filter(subject_id__in=[str(pk) for pk in ids])
    found: dict[int, list[Cell]] = {}
    for row in rows.order_by("regime", "country"):
        found.setdefault(int(row.subject_id), []).append(_cell(row))
    return found


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


def stale_count(actor: Actor) -> int:
    """How many things wait to be judged again; pages and reports say so."""
    stale = Judgement.objects.filter(organisation=actor.organisation, stale_since__isnull=False)
    return stale.count()


def next_things(actor: Actor, most: int = 5) -> list[NextThing]:
    """What to do first: the gravest questions with how many things they are about, and the
    justifications that wait for the actor's decision."""
    law = current_law()
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


def _standings(actor: Actor, kind: SubjectKind) -> QuerySet[Standing]:
    rows = Standing.objects.filter(
        organisation=actor.organisation, subject_kind=kind, whole=kind is SubjectKind.DATASET
    )
    if _reach(actor) is None:
        return rows
    return rows.filter(subject_id__in=_ids(actor, MODELS[kind]))


def _reach(actor: Actor) -> Q | None:
    """The findings of subjects that exist for the actor; None where all do."""
    if actor.scope is ScopeKind.ORGANISATION:
        return None
    seen = Q(pk__in=[])
    for kind, model in MODELS.items():
        seen |= Q(subject_kind=kind, subject_id__in=_ids(actor, model))
    for letter, kind in (("d", SubjectKind.DATASET), ("p", SubjectKind.PURPOSE)):
        bearers = _ids(actor, MODELS[kind], before=letter)
        seen |= Q(subject_kind=SubjectKind.TRANSFER, bearer__in=bearers)
    return seen


def _ids(actor: Actor, model: type[Model], *, before: str = "") -> QuerySet[Any]:
    """The ids of what the actor can see, as text."""
    written = Concat(Value(before), Cast("pk", CharField()), output_field=CharField())
    rows: QuerySet[Any] = visible(actor, model).order_by().annotate(written=written)
    return rows.values("written")


def _live_waiver() -> QuerySet[Waiver]:
    return Waiver.objects.filter(finding=OuterRef("pk"), facts_hash=OuterRef("facts_hash"))


def _rank(column: str, words: Iterable[Any]) -> Case:
    """Worst first, as the vocabulary lists its words."""
    ranked = [When(**{column: word.value}, then=Value(i)) for i, word in enumerate(words)]
    return Case(*ranked, default=Value(99), output_field=IntegerField())


def by_badness(
    rows: QuerySet[Any], kind: SubjectKind, organisation: Organisation
) -> QuerySet[Any]:
    standings = Standing.objects.filter(
        organisation=organisation,
        subject_kind=kind,
        whole=kind is SubjectKind.DATASET,
        subject_id=Cast(OuterRef("pk"), CharField()),
    )
    badness = Sum("breach") * 10**10 + Sum("unknown") * 10**5 + Sum("attention")
    summed = standings.order_by().values("subject_id").annotate(badness=badness).values("badness")
    worst = Coalesce(Subquery(summed, output_field=BigIntegerField()), Value(-1))
    ranked: QuerySet[Any] = rows.annotate(worst=worst)
    return ranked


def _row(row: Any, columns: Sequence[Column], found: Sequence[Cell], stale: bool) -> MatrixRow:
    by_place = {(cell.regime, cell.country): cell for cell in found}
    return MatrixRow(
        subject=row,
        stale=stale,
        cells=tuple(by_place.get((column.regime, column.country)) for column in columns),
        elsewhere=tuple(cell for cell in found if not cell.country),
    )


def _cell(row: Standing) -> Cell:
    return Cell(
        regime=row.regime,
        country=row.country,
        may_apply=row.applies is None,
        status=row.worst,
        **{name: getattr(row, name) for name in COUNTS},
    )


def _cell_document(cell: Cell) -> dict[str, Any]:
    return {
        "regime": cell.regime,
        "country": cell.country or None,
        "may_apply": cell.may_apply,
        "status": cell.status.value,
        **{name: getattr(cell, name) for name in COUNTS},
    }


def _column(law: Law, regime: str, country: str) -> Column:
    known = law.countries.get(country)
    short = law.regimes[regime].short if regime in law.regimes else regime
    return Column(
        regime=regime, country=country, name=known.name["en"] if known else country, law=short
    )


def _stale(organisation: Organisation, kind: SubjectKind, ids: Sequence[int]) -> frozenset[int]:
    rows = Judgement.objects.filter(
        organisation=organisation,
        subject_kind=kind,
        subject_id__in=[str(pk) for pk in ids],
        stale_since__isnull=False,
    )
    return frozenset(int(key) for key in rows.values_list("subject_id", flat=True))


def _count(rows: QuerySet[Any]) -> Coalesce:
    one = rows.order_by().values("organisation").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(one, output_field=IntegerField()), Value(0))
