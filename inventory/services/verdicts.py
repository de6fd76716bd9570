"""Findings kept: only what differs from what is stored is written, and each change of a status
leaves a transition."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from inventory.law.bundle import Law
from inventory.law.vocabulary import SubjectKind
from inventory.models import Evaluation, Finding, FindingTransition, Organisation
from inventory.models.evaluations import BEARER
from inventory.rules import findings as rules
from inventory.rules.facts import Facts, SubjectId, TransferFacts
from inventory.services.neighbourhood import Rows

type Key = tuple[str, str, str, str]  # check, kind and id of the subject, place

CONTENT = (
    "subject_name", "regime", "countries", "status", "severity", "fields", "read", "note",
    "facts_hash",
)  # fmt: skip
BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the rules as it is being kept."""

    organisation: Organisation
    law: Law
    as_of: date
    at: datetime
    row: Evaluation


@dataclass(slots=True)
class Kept:
    """The findings that stand on what was judged, and those that this run ended."""

    standing: list[Finding] = field(default_factory=list)
    closed: list[Finding] = field(default_factory=list)


def keep_findings(run: Run, found: rules.Evaluation, facts: Facts, judged: Rows) -> Kept:
    """Write what differs on the judged rows and on their crossings."""
    held = {
        _key(row): row for row in findings_on(run.organisation, judged).select_related("evaluation")
    }
    wanted = {
        _key(row): row for row in (_finding(run, one, found, facts) for one in found.findings)
    }
    moved: list[FindingTransition] = []
    written: list[Finding] = []
    standing: list[Finding] = []
    for key, row in wanted.items():
        before = held.get(key)
        if before is None or before.status != row.status:
            moved.append(_transition(run, row, before.status if before else None, row.status))
        if before is not None and _content(before) == _content(row):
            standing.append(before)
            continue
        if before is not None:
            row.pk = before.pk
            row.since = before.since if before.status == row.status else run.at
        written.append(row)
    closed = [row for key, row in held.items() if key not in wanted]
    moved += [_transition(run, row, row.status, None) for row in closed]
    _write(written, closed, moved)
    return Kept(standing + written, closed)


def findings_on(organisation: Organisation, rows: Rows) -> QuerySet[Finding]:
    """What stands on these rows and on the crossings derived from them."""
    there = Q(pk__in=[])
    for kind in rows.kinds():
        there |= Q(subject_kind=kind, subject_id__in=[str(pk) for pk in rows[kind]])
    bearers = [
        *(f"d{pk}" for pk in rows[SubjectKind.DATASET]),
        *(f"p{pk}" for pk in rows[SubjectKind.PURPOSE]),
    ]
    if bearers:
        there |= Q(subject_kind=SubjectKind.TRANSFER, bearer__in=bearers)
    return Finding.objects.alias(bearer=BEARER).filter(there, organisation=organisation)


def _finding(run: Run, one: rules.Finding, found: rules.Evaluation, facts: Facts) -> Finding:
    kind, key = one.subject
    return Finding(
        organisation=run.organisation,
        check_id=one.check.id,
        subject_kind=kind.value,
        subject_id=key,
        subject_name=name_of(one.subject, facts)[:300],
        place=one.place,
        regime=one.regime,
        countries=_countries(one, found.applications),
        status=one.status.value,
        severity=one.severity.value,
        fields=list(one.answer.fields),
        read=[list(pair) for pair in one.answer.read],
        note=one.answer.note or "",
        facts_hash=_hash(one),
        since=run.at,
        evaluation=run.row,
    )


def _countries(
    one: rules.Finding, applications: Mapping[SubjectId, tuple[rules.Application, ...]]
) -> list[str]:
    """Where it counts: the country that decides, or all that the regime is concerned with."""
    if one.place != one.regime:
        return [one.place]
    several = applications.get(one.subject, ())
    return [country for a in several if a.regime == one.regime for country in a.countries]


def name_of(subject: SubjectId, facts: Facts) -> str:
    """What a person calls the subject."""
    kind, key = subject
    if kind is SubjectKind.TRANSFER:
        return _crossing(facts.transfers[key], facts)
    return str(_register(facts)[kind][key].name)


def _register(facts: Facts) -> Mapping[SubjectKind, Mapping[str, Any]]:
    return {
        SubjectKind.ENTITY: facts.entities,
        SubjectKind.SYSTEM: facts.systems,
        SubjectKind.DATASET: facts.datasets,
        SubjectKind.PURPOSE: facts.purposes,
        SubjectKind.ACTIVITY: facts.activities,
        SubjectKind.PARTY: facts.parties,
        SubjectKind.DATABASE: facts.databases,
    }


def _crossing(transfer: TransferFacts, facts: Facts) -> str:
    bearer = facts.datasets.get(transfer.dataset or "") or facts.purposes.get(
        transfer.purpose or ""
    )
    party = facts.parties.get(transfer.party or "")
    to = f"{party.name}, {transfer.destination}" if party else transfer.destination
    return f"{bearer.name if bearer else transfer.id} → {to}"


def _hash(one: rules.Finding) -> str:
    """What the answer rested on: a waiver holds as long as this is the same."""
    seen = [one.status, one.severity, one.answer.read, one.answer.fields]
    return sha256(json.dumps(seen).encode()).hexdigest()


def _key(row: Finding) -> Key:
    return (row.check_id, row.subject_kind, row.subject_id, row.place)


def _content(row: Finding) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in CONTENT)


def _transition(run: Run, row: Finding, before: str | None, after: str | None) -> FindingTransition:
    return FindingTransition(
        organisation=run.organisation,
        check_id=row.check_id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        place=row.place,
        before=before,
        after=after,
        evaluation=run.row,
    )


def _write(
    written: Iterable[Finding], closed: Iterable[Finding], moved: Iterable[FindingTransition]
) -> None:
    ended = [row.pk for row in closed]
    if ended:
        Finding.objects.filter(pk__in=ended).delete()
    rows = sorted(written, key=_key)
    fresh = [row for row in rows if row.pk is None]
    changed = [row for row in rows if row.pk is not None]
    columns = [*CONTENT, "since", "evaluation"]
    Finding.objects.bulk_create(
        fresh,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["organisation", "check_id", "subject_kind", "subject_id", "place"],
        update_fields=columns,
    )
    Finding.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=columns,
    )
    FindingTransition.objects.bulk_create(moved, batch_size=BATCH)
