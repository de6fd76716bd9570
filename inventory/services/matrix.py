"""The matrix of things and countries: how each stands, worst first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce

from inventory.law.bundle import Law
from inventory.law.vocabulary import Status, SubjectKind
from inventory.models import Judgement, Organisation, Standing
from inventory.services.access import visible
from inventory.services.actors import Actor
from inventory.services.law import law_of
from inventory.services.neighbourhood import MODELS
from inventory.services.sight import stale_count, standings
from inventory.services.standing import COUNTS

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
    country: str  # "": a policy's, which governs everything wherever it is
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
            {"regime": c.regime, "country": c.country or None, "name": c.name}
            for c in found.columns
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
    rows = standings(actor, KINDS[kind]).filter(subject_id__in=[str(pk) for pk in ids])
    found: dict[int, list[Cell]] = {}
    for row in rows.order_by("regime", "country"):
        found.setdefault(int(row.subject_id), []).append(_cell(row))
    return found


def countries(actor: Actor) -> list[Column]:
    """The countries that concern what the actor can see, with the law that does it; policies too,
    which have none."""
    law = law_of(actor.organisation)
    policies = law.regimes.keys() - law.statutes.keys()
    rows = standings(actor, SubjectKind.DATASET).filter(~Q(country="") | Q(regime__in=policies))
    pairs = rows.values_list("regime", "country").distinct().order_by("regime", "country")
    return [_column(law, regime, country) for regime, country in pairs]


def by_badness(rows: QuerySet[Any], kind: SubjectKind, organisation: Organisation) -> QuerySet[Any]:
    """The rows with `worst`: how badly each stands, breaches before all else."""
    there = Standing.objects.filter(
        organisation=organisation,
        subject_kind=kind,
        whole=kind is SubjectKind.DATASET,
        subject_id=Cast(OuterRef("pk"), CharField()),
    )
    badness = Sum("breach") * 10**10 + Sum("unknown") * 10**5 + Sum("attention")
    summed = there.order_by().values("subject_id").annotate(badness=badness).values("badness")
    worst = Coalesce(Subquery(summed, output_field=BigIntegerField()), Value(-1))
    ranked: QuerySet[Any] = rows.annotate(worst=worst)
    return ranked


def _row(row: Any, columns: Sequence[Column], found: Sequence[Cell], stale: bool) -> MatrixRow:
    by_place = {(cell.regime, cell.country): cell for cell in found}
    places = [(column.regime, column.country) for column in columns]
    return MatrixRow(
        subject=row,
        stale=stale,
        cells=tuple(by_place.get(place) for place in places),
        elsewhere=tuple(c for c in found if not c.country and (c.regime, "") not in places),
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
    name = known.name["en"] if known else country or short
    return Column(regime=regime, country=country, name=name, law=short)


def _stale(organisation: Organisation, kind: SubjectKind, ids: Sequence[int]) -> frozenset[int]:
    rows = Judgement.objects.filter(
        organisation=organisation,
        subject_kind=kind,
        subject_id__in=[str(pk) for pk in ids],
        stale_since__isnull=False,
    )
    return frozenset(int(key) for key in rows.values_list("subject_id", flat=True))
