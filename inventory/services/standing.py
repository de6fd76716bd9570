"""How subjects stand, country by country: counts worst first, waived ones apart.

A subject's own row counts what was found of it and of its border crossings. A dataset's whole
row adds its purposes, its system and its databases; this is the only place that says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from inventory.law.vocabulary import Severity, SubjectKind
from inventory.models import (
    DatabaseDataset,
    Dataset,
    FieldUse,
    Finding,
    Organisation,
    Standing,
    Waiver,
)
from inventory.rules.facts import Known, SubjectId
from inventory.rules.findings import Application, Evaluation, Tally
from inventory.services.links import Ids, Links
from inventory.services.neighbourhood import Rows, bearer_of
from inventory.services.verdicts import findings_on

COUNTS = (
    "breach", "unknown", "attention", "waived", "met", "not_applicable", "not_evaluated",
)  # fmt: skip
UNIQUE = ["organisation", "subject_kind", "subject_id", "regime", "country", "whole"]
BATCH = 2000
NO_TALLY = Tally()


type Place = tuple[str, str]  # regime, country
type Cell = tuple[SubjectId, str, str]  # subject, regime, country


@dataclass(slots=True)
class Counts:
    applies: Known
    of: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))

    def add(self, tally: Tally) -> None:
        for name in ("met", "not_applicable", "not_evaluated"):
            self.of[name] += getattr(tally, name)


def keep_standings(
    organisation: Organisation,
    judged: Rows,
    found: Evaluation,
    findings: Iterable[Finding],
    *,
    waived: frozenset[int],
) -> Rows:
    """Write the own rows that differ; returns the subjects that stand otherwise than before."""
    cells = _cells(judged, found)
    _count_tallies(cells, found)
    count_findings(cells, findings, waived)
    fresh = [
        Standing(
            organisation=organisation,
            subject_kind=kind,
            subject_id=key,
            regime=regime,
            country=country,
            applies=counts.applies,
            **counts.of,
        )
        for ((kind, key), regime, country), counts in cells.items()
    ]
    return _keep(fresh, {_cell(row): row for row in _rows_on(organisation, judged)})


def live_waivers(organisation: Organisation, rows: Rows, as_of: date) -> dict[int, date]:
    """Findings on these rows that are waived: the facts are those the waiver saw, and its day
    has not come. With the day."""
    found = Waiver.objects.filter(
        organisation=organisation,
        until__gt=as_of,
        facts_hash=F("finding__facts_hash"),
        finding__in=findings_on(organisation, rows).values("pk"),
    )
    return dict(found.values_list("finding_id", "until"))


def end_waivers(organisation: Organisation, as_of: date) -> None:
    """Those whose day has come go; their findings count again when they are judged again."""
    Waiver.objects.filter(organisation=organisation, until__lte=as_of).delete()


def recount(organisation: Organisation, rows: Rows, as_of: date) -> None:
    """Count findings again where only a waiver changed; verdicts stay as they are."""
    waived = frozenset(live_waivers(organisation, rows, as_of))
    held = list(_rows_on(organisation, rows))
    cells = {_cell(row): Counts(row.applies) for row in held}
    count_findings(cells, findings_on(organisation, rows), waived)
    for row in held:
        for name in COUNTS[:4]:
            setattr(row, name, cells[_cell(row)].of[name])
    Standing.objects.bulk_update(held, COUNTS[:4], batch_size=BATCH)


def count_findings(
    cells: Mapping[Cell, Counts], findings: Iterable[Finding], waived: frozenset[int]
) -> None:
    """Add findings to the cells where they count. Advice is shown and never counted."""
    places = _places(cells)
    for finding in findings:
        subject = (SubjectKind(finding.subject_kind), finding.subject_id)
        if subject[0] is SubjectKind.TRANSFER:
            subject = bearer_of(finding.subject_id)
        if finding.severity == Severity.ADVICE and finding.status == "attention":
            continue
        name = "waived" if finding.pk in waived else finding.status
        for cell in _where(places, subject, finding.regime, finding.place):
            cells[cell].of[name] += 1


def changed_scopes(organisation: Organisation, rows: Rows, found: Evaluation) -> Rows:
    """The datasets that other regimes or countries concern now than those that are stored."""
    datasets = rows.only(SubjectKind.DATASET)
    columns = ("subject_id", "regime", "country", "applies")
    held = set(_rows_on(organisation, datasets).values_list(*columns))
    now = {
        (key, regime, country, counts.applies)
        for ((_, key), regime, country), counts in _cells(datasets, found).items()
    }
    return Rows.of((SubjectKind.DATASET, key) for key, *_ in held ^ now)


def datasets_made_of(organisation: Organisation, rows: Rows) -> Ids:
    """The datasets among these rows, and those of which one of them is a part."""
    parts = Links(organisation).with_parts(
        purposes=rows[SubjectKind.PURPOSE],
        systems=rows[SubjectKind.SYSTEM],
        databases=rows[SubjectKind.DATABASE],
    )
    return rows[SubjectKind.DATASET] | parts


def roll_up(organisation: Organisation, datasets: Ids) -> None:
    """Sum the whole rows of these datasets from the own rows of what they are made of."""
    made_of = _parts(organisation, datasets)
    own = _own_sums(organisation, Rows.of({part for parts in made_of.values() for part in parts}))
    fresh = [
        _whole(organisation, dataset, place, applies, parts, own)
        for dataset, parts in made_of.items()
        for place, (applies, _) in own.get((SubjectKind.DATASET, dataset), {}).items()
    ]
    rows = Rows({SubjectKind.DATASET: datasets})
    _keep(fresh, {_cell(row): row for row in _rows_on(organisation, rows, whole=True)})


def _cells(judged: Rows, found: Evaluation) -> dict[Cell, Counts]:
    return {
        (subject, application.regime, country): Counts(application.applies)
        for subject in judged.subjects()
        for application in found.applications.get(subject, ())
        if application.applies is not False
        for country in _concerned(application)
    }


def _concerned(application: Application) -> tuple[str, ...]:
    return application.countries or ("",)


def _count_tallies(cells: Mapping[Cell, Counts], found: Evaluation) -> None:
    places = _places(cells)
    for (subject, place), tally in found.tallies.items():
        bearer = bearer_of(subject[1]) if subject[0] is SubjectKind.TRANSFER else subject
        for cell in places.get((bearer, place), ()):
            cells[cell].add(tally)


def _places(cells: Iterable[Cell]) -> Mapping[tuple[SubjectId, str], list[Cell]]:
    """The cells of a subject by place: all of a regime, or the one of a country."""
    places: dict[tuple[SubjectId, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        subject, regime, country = cell
        places[subject, regime].append(cell)
        places[subject, country].append(cell)
    return places


def _where(
    places: Mapping[tuple[SubjectId, str], list[Cell]], subject: SubjectId, regime: str, place: str
) -> Iterable[Cell]:
    return (cell for cell in places.get((subject, place), ()) if cell[1] == regime)


def _parts(organisation: Organisation, datasets: Ids) -> dict[str, set[SubjectId]]:
    """What each dataset is made of, itself included."""
    found = {str(pk): {(SubjectKind.DATASET, str(pk))} for pk in datasets}
    given: dict[str, Any] = {"organisation": organisation}
    uses = FieldUse.objects.filter(field__dataset__in=datasets, field__retired_at=None, **given)
    pairs: list[tuple[SubjectKind, Any]] = [
        (SubjectKind.PURPOSE, uses.values_list("field__dataset", "purpose").distinct()),
        (
            SubjectKind.SYSTEM,
            Dataset.objects.filter(pk__in=datasets, **given)
            .exclude(system=None)
            .values_list("pk", "system"),
        ),
        (
            SubjectKind.DATABASE,
            DatabaseDataset.objects.filter(dataset__in=datasets, **given).values_list(
                "dataset", "database"
            ),
        ),
    ]
    for kind, rows in pairs:
        for dataset, part in rows:
            found[str(dataset)].add((kind, str(part)))
    return found


def _own_sums(
    organisation: Organisation, rows: Rows
) -> Mapping[SubjectId, dict[Place, tuple[Known, tuple[int, ...]]]]:
    columns = ("subject_kind", "subject_id", "regime", "country", "applies", *COUNTS)
    found: dict[SubjectId, dict[Place, tuple[Known, tuple[int, ...]]]] = defaultdict(dict)
    for kind, key, regime, country, applies, *numbers in _rows_on(organisation, rows).values_list(
        *columns
    ):
        found[SubjectKind(kind), key][regime, country] = (applies, tuple(numbers))
    return found


def _whole(
    organisation: Organisation,
    dataset: str,
    place: Place,
    applies: Known,
    parts: Iterable[SubjectId],
    own: Mapping[SubjectId, Mapping[Place, tuple[Known, tuple[int, ...]]]],
) -> Standing:
    there = [own[part][place][1] for part in parts if place in own.get(part, {})]
    return Standing(
        organisation=organisation,
        subject_kind=SubjectKind.DATASET.value,
        subject_id=dataset,
        regime=place[0],
        country=place[1],
        whole=True,
        applies=applies,
        **dict(zip(COUNTS, map(sum, zip(*there, strict=True)), strict=True)),
    )


def _rows_on(organisation: Organisation, rows: Rows, *, whole: bool = False) -> QuerySet[Standing]:
    there = Q(pk__in=[])
    for kind in rows.kinds():
        there |= Q(subject_kind=kind, subject_id__in=[str(pk) for pk in rows[kind]])
    return Standing.objects.filter(there, organisation=organisation, whole=whole)


def _cell(row: Standing) -> Cell:
    return ((SubjectKind(row.subject_kind), row.subject_id), row.regime, row.country)


def _differs(row: Standing, held: Standing | None) -> bool:
    return held is None or any(
        getattr(row, name) != getattr(held, name) for name in ("applies", *COUNTS)
    )


def _keep(fresh: Iterable[Standing], held: Mapping[Cell, Standing]) -> Rows:
    """Write the rows that differ; returns the subjects of which one does."""
    wanted = {_cell(row): row for row in fresh}
    changed = [row for cell, row in wanted.items() if _differs(row, held.get(cell))]
    gone = [row for cell, row in held.items() if cell not in wanted]
    if gone:
        Standing.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Standing.objects.bulk_create(
        sorted(changed, key=_cell),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=UNIQUE,
        update_fields=["applies", *COUNTS],
    )
    return Rows.of(_cell(row)[0] for row in (*changed, *gone))
