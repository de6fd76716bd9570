"""Findings kept: only what differs from what is stored is written, and each change of a status
leaves a transition."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from inventory.law.bundle import Law
from inventory.law.vocabulary import SubjectKind
from inventory.models import Evaluation, Finding, FindingTransition, Organisation
from inventory.models.evaluations import BEARER
from inventory.rules import findings as rules
from inventory.rules.facts import Facts, SubjectId, TransferFacts
from inventory.rules.register import held_kinds
from inventory.services.neighbourhood import Rows
from inventory.services.writing import insert

type Key = tuple[str, str, str, str]  # check, kind and id of the subject, place

UNIQUE = ("organisation_id", "check_id", "subject_kind", "subject_id", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the rules as it is being kept."""

    organisation: Organisation
    law: Law
    as_of: date
    at: datetime
    row: Evaluation


class Told(NamedTuple):
    """A finding as it is stored, as far as it tells whether another says the same: the hash is
    that of the status, the severity, the facts and the fields."""

    check_id: str
    subject_kind: str
    subject_id: str
    place: str
    regime: str
    status: str
    severity: str
    subject_name: str
    countries: list[str]
    note: str
    facts_hash: str
    pk: int | None = None
    since: datetime | None = None

    @property
    def key(self) -> Key:
        return self[:4]

    @property
    def subject(self) -> SubjectId:
        return SubjectKind(self.subject_kind), self.subject_id

    @property
    def content(self) -> tuple[Any, ...]:
        return self[4:11]


@dataclass(slots=True)
class Kept:
    """The findings that stand on what was judged, and those that this run ended."""

    standing: list[Told] = field(default_factory=list)
    closed: list[Finding] = field(default_factory=list)


def keep_findings(run: Run, found: rules.Evaluation, facts: Facts, judged: Rows) -> Kept:
    """Write what differs on the judged rows and on their crossings."""
    rows = findings_on(run.organisation, judged).values_list(*Told._fields)
    held = {told.key: told for told in map(Told._make, rows)}
    name = names_of(facts)
    written: list[dict[str, Any]] = []
    moved: list[dict[str, Any]] = []
    standing: list[Told] = []
    wanted: set[Key] = set()
    for one in found.findings:
        told = _tell(one, found, name)
        before = held.get(told.key)
        wanted.add(told.key)
        if before is None or before.status != told.status:
            moved.append(_transition(run, told, before and before.status, told.status))
        if before is not None and before.content == told.content:
            standing.append(before)
            continue
        same = before is not None and before.status == told.status
        told = told._replace(
            pk=before and before.pk, since=before.since if before and same else run.at
        )
        standing.append(told)
        written.append(_row(run, told, one))
    ended = [told for key, told in held.items() if key not in wanted]
    moved += [_transition(run, told, told.status, None) for told in ended]
    return Kept(standing, _write(run, written, ended, moved))


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


def names_of(facts: Facts) -> Callable[[SubjectId], str]:
    """What a person calls each subject."""
    held = held_kinds(facts)

    @cache
    def name(subject: SubjectId) -> str:
        kind, key = subject
        if kind is SubjectKind.TRANSFER:
            return _crossing(facts.transfers[key], facts)[:300]
        return str((held[kind] or {})[key].name)[:300]

    return name


def key_of(row: Finding) -> Key:
    return (row.check_id, row.subject_kind, row.subject_id, row.place)


def _tell(one: rules.Finding, found: rules.Evaluation, name: Callable[[SubjectId], str]) -> Told:
    kind, key = one.subject
    return Told(
        one.check.id,
        kind.value,
        key,
        one.place,
        one.regime,
        one.status.value,
        one.severity.value,
        name(one.subject),
        _countries(one, found.applications),
        one.answer.note or "",
        _hash(one),
    )


def _row(run: Run, told: Told, one: rules.Finding) -> dict[str, Any]:
    row = told._asdict()
    del row["pk"]
    return row | {
        "organisation_id": run.organisation.pk,
        "fields": one.answer.fields,
        "read": one.answer.read,
        "evaluation_id": run.row.pk,
    }


def _countries(
    one: rules.Finding, applications: Mapping[SubjectId, tuple[rules.Application, ...]]
) -> list[str]:
    """Where it counts: the country that decides, or all that the regime is concerned with."""
    if one.place != one.regime:
        return [one.place]
    several = applications.get(one.subject, ())
    return [country for a in several if a.regime == one.regime for country in a.countries]


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


def _transition(run: Run, told: Told, before: str | None, after: str | None) -> dict[str, Any]:
    return {
        "organisation_id": run.organisation.pk,
        "check_id": told.check_id,
        "subject_kind": told.subject_kind,
        "subject_id": told.subject_id,
        "place": told.place,
        "before": before,
        "after": after,
        "at": timezone.now(),
        "evaluation_id": run.row.pk,
    }


def _write(
    run: Run,
    written: list[dict[str, Any]],
    ended: list[Told],
    moved: list[dict[str, Any]],
) -> list[Finding]:
    """Write them in one order everywhere; returns what is deleted."""
    closed: list[Finding] = []
    if ended:
        there = Finding.objects.filter(pk__in=[told.pk for told in ended])
        closed = list(there.select_related("evaluation"))
        there.delete()
    insert(Finding, sorted(written, key=itemgetter(*UNIQUE)), unique=UNIQUE)
    insert(FindingTransition, moved)
    return closed
