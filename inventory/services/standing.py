"""How subjects stand, country by country: counts worst first, waived ones apart.

A subject's own row counts what was found of it and of its border crossings. A dataset's whole
row adds its purposes, its system and its databases; this is the only place that says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from inventory.law.vocabulary import Severity, SubjectKind
from inventory.models import (
    DatabaseDataset,
    Dataset,
    FieldUse,
    Organisation,
    Standing,
    Waiver,
)
from inventory.rules.facts import Known, SubjectId
from inventory.rules.findings import Application, Evaluation, Tally
from inventory.services.links import Ids, Links
from inventory.services.neighbourhood import Rows, bearer_of
from inventory.services.verdicts import Told, findings_on
from inventory.services.writing import insert

COUNTS = (
    "breach", "unknown", "attention", "waived", "met", "not_applicable", "not_evaluated",
)  # fmt: skip
UNIQUE = ("organisation_id", "subject_kind", "subject_id", "regime", "country", "whole")
COUNTED = ("met", "not_applicable", "not_evaluated")
BATCH = 2000

type Place = tuple[str, str]  # regime, country
type Cell = tuple[SubjectId, str, str]  # subject, regime, country
type Numbers = tuple[int, ...]  # as COUNTS has them
type Sums = dict[Cell, tuple[Known, Numbers]]  # whether the regime applies, and the numbers
type Places = Mapping[tuple[SubjectId, str], list[Cell]]


@dataclass(slots=True)
class Counts:
    applies: Known
    of: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))

    def add(self, tally: Tally) -> None:
        for name, number in zip(COUNTED, tally, strict=True):
            self.of[name] += number


class Change(NamedTuple):
    """Who stands otherwise than before, and which datasets other regimes or countries concern."""

    touched: Rows
    moved: Rows


def keep_standings(
    organisation: Organisation,
    judged: Rows,
    found: Evaluation,
    findings: Iterable[Told],
    *,
    waived: frozenset[int],
) -> Change:
    """Write the own rows that differ."""
    cells = _cells(judged, found)
    places = _places(cells)
    _count_tallies(cells, places, found)
    _count_findings(cells, places, findings, waived=waived)
    fresh: Sums = {
        cell: (counts.applies, tuple(counts.of.values())) for cell, counts in cells.items()
    }
    held = _sums_on(organisation, judged)
    touched = _keep(organisation, fresh, held, whole=False)
    moved = {
        cell[0]
        for cell in fresh.keys() | held.keys()
        if cell not in fresh or cell not in held or fresh[cell][0] != held[cell][0]
    }
    return Change(touched, Rows.of(moved).only(SubjectKind.DATASET))


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
    told = findings_on(organisation, rows).values_list(*Told._fields)
    _count_findings(cells, _places(cells), map(Told._make, told), waived=waived)
    for row in held:
        for name in COUNTS[:4]:
            setattr(row, name, cells[_cell(row)].of[name])
    Standing.objects.bulk_update(held, COUNTS[:4], batch_size=BATCH)


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
    parts = Rows.of({part for several in made_of.values() for part in several})
    own = _by_subject(_sums_on(organisation, parts))
    fresh: Sums = {
        ((SubjectKind.DATASET, dataset), *place): (applies, _add_up(place, several, own))
        for dataset, several in made_of.items()
        for place, (applies, _) in own.get((SubjectKind.DATASET, dataset), {}).items()
    }
    held = _sums_on(organisation, Rows({SubjectKind.DATASET: datasets}), whole=True)
    _keep(organisation, fresh, held, whole=True)


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


def _count_tallies(cells: Mapping[Cell, Counts], places: Places, found: Evaluation) -> None:
    for (subject, place), tally in found.tallies.items():
        bearer = bearer_of(subject[1]) if subject[0] is SubjectKind.TRANSFER else subject
        for cell in places.get((bearer, place), ()):
            cells[cell].add(tally)


def _count_findings(
    cells: Mapping[Cell, Counts],
    places: Places,
    findings: Iterable[Told],
    *,
    waived: frozenset[int],
) -> None:
    """Add findings to the cells where they count. Advice is shown and never counted."""
    for finding in findings:
        subject = finding.subject
        if subject[0] is SubjectKind.TRANSFER:
            subject = bearer_of(finding.subject_id)
        if finding.severity == Severity.ADVICE and finding.status == "attention":
            continue
        name = "waived" if finding.pk in waived else finding.status
        for cell in places.get((subject, finding.place), ()):
            if cell[1] == finding.regime:
                cells[cell].of[name] += 1


def _places(cells: Iterable[Cell]) -> Places:
    """The cells of a subject by place: all of a regime, or the one of a country."""
    places: dict[tuple[SubjectId, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        subject, regime, country = cell
        places[subject, regime].append(cell)
        places[subject, country].append(cell)
    return places


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


def _sums_on(organisation: Organisation, rows: Rows, *, whole: bool = False) -> Sums:
    """The rows that are stored, as numbers."""
    columns = ("subject_kind", "subject_id", "regime", "country", "applies", *COUNTS)
    stored = _rows_on(organisation, rows, whole=whole).values_list(*columns)
    return {
        ((SubjectKind(kind), key), regime, country): (applies, tuple(numbers))
        for kind, key, regime, country, applies, *numbers in stored
    }


def _by_subject(sums: Sums) -> Mapping[SubjectId, dict[Place, tuple[Known, Numbers]]]:
    found: dict[SubjectId, dict[Place, tuple[Known, Numbers]]] = defaultdict(dict)
    for (subject, regime, country), said in sums.items():
        found[subject][regime, country] = said
    return found


def _add_up(
    place: Place,
    parts: Iterable[SubjectId],
    own: Mapping[SubjectId, Mapping[Place, tuple[Known, Numbers]]],
) -> Numbers:
    there = [own[part][place][1] for part in parts if place in own.get(part, {})]
    return tuple(map(sum, zip(*there, strict=True)))


def _rows_on(organisation: Organisation, rows: Rows, *, whole: bool = False) -> QuerySet[Standing]:
    there = Q(pk__in=[])
    for kind in rows.kinds():
        there |= Q(subject_kind=kind, subject_id__in=[str(pk) for pk in rows[kind]])
    return Standing.objects.filter(there, organisation=organisation, whole=whole)


def _cell(row: Standing) -> Cell:
    return ((SubjectKind(row.subject_kind), row.subject_id), row.regime, row.country)


def _keep(organisation: Organisation, fresh: Sums, held: Sums, *, whole: bool) -> Rows:
    """Write the rows that differ; returns the subjects of which one does."""
    changed = sorted(cell for cell, said in fresh.items() if held.get(cell) != said)
    gone = held.keys() - fresh.keys()
    if gone:
        there = _rows_on(organisation, Rows.of(cell[0] for cell in gone), whole=whole)
        ended = [row.pk for row in there if _cell(row) in gone]
        Standing.objects.filter(pk__in=ended).delete()
    written = (_row(organisation, cell, fresh[cell], whole=whole) for cell in changed)
    insert(Standing, written, unique=UNIQUE)
    return Rows.of(cell[0] for cell in (*changed, *gone))


def _row(
    organisation: Organisation, cell: Cell, said: tuple[Known, Numbers], *, whole: bool
) -> dict[str, Any]:
    (kind, key), regime, country = cell
    return {
        "organisation_id": organisation.pk,
        "subject_kind": kind,
        "subject_id": key,
        "regime": regime,
        "country": country,
        "whole": whole,
        "applies": said[0],
        **dict(zip(COUNTS, said[1], strict=True)),
    }
