"""How subjects stand, country by country: counts worst first, waived ones apart.

A subject's own row counts what was found of it and of its border crossings. A dataset's whole
row adds its purposes, its system and its databases; this is the only place that says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from inventory.law.vocabulary import Severity, SubjectKind
from inventory.models import Finding, Organisation, Standing, Waiver
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


PARTS = """
WITH made AS (
    SELECT id AS dataset, 'dataset' AS kind, id AS part FROM dataset
     WHERE organisation_id = %(organisation)s AND id = ANY(%(datasets)s)
    UNION
    SELECT f.dataset_id, 'purpose', u.purpose_id
      FROM field f JOIN field_use u ON u.field_id = f.id
     WHERE f.dataset_id = ANY(%(datasets)s) AND f.retired_at IS NULL
    UNION
    SELECT id, 'system', system_id FROM dataset
     WHERE id = ANY(%(datasets)s) AND system_id IS NOT NULL
    UNION
    SELECT dataset_id, 'database', database_id FROM database_dataset
     WHERE dataset_id = ANY(%(datasets)s)
), own AS (
    SELECT * FROM standing WHERE organisation_id = %(organisation)s AND NOT whole
), wanted AS (
    SELECT cell.subject_id, cell.regime, cell.country, cell.applies, sum(part.breach) AS breach,
           sum(part.unknown) AS unknown, sum(part.attention) AS attention,
           sum(part.waived) AS waived, sum(part.met) AS met,
           sum(part.not_applicable) AS not_applicable, sum(part.not_evaluated) AS not_evaluated
      FROM own cell
      JOIN made ON made.dataset::text = cell.subject_id
      JOIN own part ON part.subject_kind = made.kind AND part.subject_id = made.part::text
           AND part.regime = cell.regime AND part.country = cell.country
     WHERE cell.subject_kind = 'dataset'
       AND cell.subject_id = ANY(SELECT unnest(%(datasets)s)::text)
     GROUP BY cell.subject_id, cell.regime, cell.country, cell.applies
)
"""
SUMS = ", ".join(COUNTS)
ROLL_UP = f"""{PARTS}
INSERT INTO standing AS held (organisation_id, subject_kind, subject_id, regime, country, whole,
                              applies, {SUMS})
SELECT %(organisation)s, 'dataset', subject_id, regime, country, true, applies, {SUMS}
  FROM wanted ORDER BY subject_id, regime, country
ON CONFLICT (organisation_id, subject_kind, subject_id, regime, country, whole) DO UPDATE SET
    applies = EXCLUDED.applies, {", ".join(f"{name} = EXCLUDED.{name}" for name in COUNTS)}
WHERE (held.applies, {", ".join(f"held.{name}" for name in COUNTS)})
      IS DISTINCT FROM (EXCLUDED.applies, {", ".join(f"EXCLUDED.{name}" for name in COUNTS)})
"""  # noqa: S608 (the names are the constants above)
DROP_WHOLE = """
DELETE FROM standing held
 WHERE organisation_id = %(organisation)s AND whole AND subject_kind = 'dataset'
   AND subject_id = ANY(SELECT unnest(%(datasets)s)::text)
   AND NOT EXISTS (
       SELECT 1 FROM standing own
        WHERE own.organisation_id = held.organisation_id AND NOT own.whole
          AND own.subject_kind = held.subject_kind AND own.subject_id = held.subject_id
          AND own.regime = held.regime AND own.country = held.country)
"""

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
    held = {_cell(row): row for row in _rows_on(organisation, judged)}
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
    changed = [row for row in fresh if _differs(row, held.get(_cell(row)))]
    gone = [row for cell, row in held.items() if cell not in cells]
    _write(changed, gone)
    return Rows.of(_cell(row)[0] for row in (*changed, *gone))


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


def roll_up(organisation: Organisation, datasets: Iterable[int]) -> None:
    """Sum the whole rows of these datasets from the own rows of what they are made of."""
    given: dict[str, Any] = {"organisation": organisation.pk, "datasets": sorted(datasets)}
    if not given["datasets"]:
        return
    with connection.cursor() as cursor:
        cursor.execute(ROLL_UP, given)
        cursor.execute(DROP_WHOLE, given)


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


def _rows_on(organisation: Organisation, rows: Rows) -> QuerySet[Standing]:
    there = Q(pk__in=[])
    for kind in rows.kinds():
        there |= Q(subject_kind=kind, subject_id__in=[str(pk) for pk in rows[kind]])
    return Standing.objects.filter(there, organisation=organisation, whole=False)


def _cell(row: Standing) -> Cell:
    return ((SubjectKind(row.subject_kind), row.subject_id), row.regime, row.country)


def _differs(row: Standing, held: Standing | None) -> bool:
    return held is None or any(
        getattr(row, name) != getattr(held, name) for name in ("applies", *COUNTS)
    )


def _write(changed: Iterable[Standing], gone: Iterable[Standing]) -> None:
    ended = [row.pk for row in gone]
    if ended:
        Standing.objects.filter(pk__in=ended).delete()
    Standing.objects.bulk_create(
        sorted(changed, key=_cell),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=UNIQUE,
        update_fields=["applies", *COUNTS],
    )
