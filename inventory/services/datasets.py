"""The one door for datasets: browser form, REST, manifest and importer all come in here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from inventory.law.vocabulary import SubjectKind
from inventory.models import Dataset, FieldUse, Finding, LegalEntity
from inventory.models.organisations import ScopeKind
from inventory.services import evaluation, locks
from inventory.services.access import Action, fetch, may, require, visible
from inventory.services.actors import Actor
from inventory.services.dataset_checks import check_dataset
from inventory.services.dataset_fields import merge_fields
from inventory.services.dataset_rows import fill_columns, write_countries, write_sources
from inventory.services.documents import dataset_document, differences
from inventory.services.errors import Invalid, NotFound, Refused, Stale
from inventory.services.inputs import KEEP, DatasetInput, Outcome
from inventory.services.recording import change
from inventory.services.validation import Problems


def put_dataset(
    actor: Actor,
    key: str,
    data: DatasetInput,
    *,
    today: date,
    if_match: int | None = None,
    dry_run: bool = False,
) -> Outcome[Dataset]:
    """Create or update one dataset. With `dry_run` nothing is kept, but everything is answered.

    Raises Invalid by field, Refused, NotFound, and Stale when `if_match` is not the version.
    """
    outcomes = put_datasets(actor, {key: data}, today=today, if_match=if_match, dry_run=dry_run)
    return outcomes[key]


def put_datasets(
    actor: Actor,
    documents: Mapping[str, DatasetInput],
    *,
    today: date,
    if_match: int | None = None,
    dry_run: bool = False,
    reason: str = "put",
) -> dict[str, Outcome[Dataset]]:
    """Several datasets in one transaction: all of them, or none. Findings come once, at the end."""
    require(actor, Action.REGISTER)
    _check_all(documents)
    with change(actor, reason=reason):
        locks.hold(actor.organisation, [f"dataset-key:{key}" for key in documents])
        held = _held(actor, documents)
        evaluation.lock(actor.organisation, [_subject(d) for d in held.values()])
        puts = {
            key: _put(actor, key, data, held.get(key), if_match=if_match, many=len(documents) > 1)
            for key, data in documents.items()
        }
        outcomes = _judge(actor, puts, today)
        if dry_run:
            transaction.set_rollback(True)
    return {key: replace(outcome, dry_run=dry_run) for key, outcome in outcomes.items()}


def retire_dataset(
    actor: Actor, key: str, *, today: date, if_match: int | None = None
) -> Outcome[Dataset]:
    """It leaves lists and new records; its history and past records stay."""
    dataset = fetch(actor, Dataset, Action.REGISTER, key=key)
    with change(actor, reason="retire"):
        evaluation.lock(actor.organisation, [_subject(dataset)])
        dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
        _match(dataset, if_match)
        if dataset.retired_at is None:
            dataset.retired_at = timezone.now()
            dataset.version += 1
            dataset.save()
        findings, closed = evaluation.reevaluate(actor, [_subject(dataset)], as_of=today)
    return Outcome(row=dataset, findings=tuple(findings), closed=tuple(closed))


def live_datasets(actor: Actor) -> QuerySet[Dataset]:
    """The datasets that are there for the actor, retired ones apart."""
    return visible(actor, Dataset).filter(retired_at=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Put:
    """One document written, before it is judged."""

    row: Dataset
    document: dict[str, Any]
    created: bool
    changes: tuple[tuple[str, Any, Any], ...]
    proposals: tuple[str, ...] = ()


def _check_all(documents: Mapping[str, DatasetInput]) -> None:
    problems = Problems()
    for key, data in documents.items():
        prefix = f"{key}." if len(documents) > 1 else ""
        check_dataset(key, data, problems, prefix=prefix)
    problems.refuse()


def _held(actor: Actor, documents: Mapping[str, DatasetInput]) -> dict[str, Dataset]:
    """The rows that these keys name already. A key that exists out of the actor's sight is
    refused like one that is not there, but cannot be taken either."""
    rows = Dataset.objects.filter(organisation=actor.organisation, key__in=list(documents))
    seen = {d.key: d for d in visible(actor, Dataset).filter(key__in=list(documents))}
    for row in rows:
        if row.key not in seen:
            raise NotFound(f"No dataset “{row.key}” that you can see.")
    return seen


def _put(
    actor: Actor,
    key: str,
    data: DatasetInput,
    held: Dataset | None,
    *,
    if_match: int | None,
    many: bool,
) -> _Put:
    try:
        return _write(actor, key, data, held, if_match=if_match)
    except Invalid as invalid:
        if not many:
            raise
        raise Invalid({f"{key}.{path}": said for path, said in invalid.errors.items()}) from invalid


def _write(
    actor: Actor, key: str, data: DatasetInput, held: Dataset | None, *, if_match: int | None
) -> _Put:
    dataset = held or Dataset(organisation=actor.organisation, key=key, name=key)
    if held is not None:
        held.refresh_from_db()
        _match(held, if_match)
    elif if_match is not None:
        raise Stale(0)
    before = dataset_document(dataset) if held else {}
    problems = Problems()
    proposals = fill_columns(actor, dataset, data, problems)
    problems.refuse()
    _stay_in_reach(actor, dataset)
    if held is None:
        dataset.owner = actor.membership if actor.scope is ScopeKind.OWNED else None
    if dataset.retired_at is not None and data.fields is not KEEP:
        dataset.retired_at = None  # a document pushed again brings the dataset back
    dataset.save()
    proposals += _write_parts(actor, dataset, data, problems)
    document = dataset_document(dataset)
    changes = differences(before, document)
    if held is not None and changes:
        dataset.version += 1
        dataset.save(update_fields=["version"])
    return _Put(
        row=dataset,
        document=document,
        created=held is None,
        changes=changes,
        proposals=tuple(proposals),
    )


def _write_parts(
    actor: Actor, dataset: Dataset, data: DatasetInput, problems: Problems
) -> tuple[str, ...]:
    if data.subject_countries is not KEEP and _may_write(actor, dataset, "subject_countries"):
        write_countries(dataset, data.subject_countries)
    if data.sources is not KEEP:
        write_sources(actor, dataset, data.sources, problems)
    if data.fields is KEEP:
        return ()
    now: datetime = timezone.now()
    return merge_fields(actor, dataset, data.fields, now=now, problems=problems).proposals


def _may_write(actor: Actor, dataset: Dataset, name: str) -> bool:
    """Whether this door may write a collection: a manifest not over a decision."""
    if actor.door == "web":
        dataset.decided = sorted({*dataset.decided, name})
        dataset.save(update_fields=["decided"])
        return True
    return name not in dataset.decided


def _judge(actor: Actor, puts: Mapping[str, _Put], today: date) -> dict[str, Outcome[Dataset]]:
    touched = [put.row for put in puts.values() if put.created or put.changes]
    subjects = [_subject(row) for row in touched]
    uses = FieldUse.objects.filter(field__dataset__in=touched, proposed=True)
    purposes = uses.values_list("purpose_id", flat=True).distinct()
    subjects += [(SubjectKind.PURPOSE, str(pk)) for pk in purposes]
    findings, closed = evaluation.reevaluate(actor, subjects, as_of=today)
    return {
        key: Outcome(
            row=put.row,
            document=put.document,
            created=put.created,
            changes=put.changes,
            proposals=put.proposals,
            findings=tuple(f for f in findings if _about(f, put.row)),
            closed=tuple(f for f in closed if _about(f, put.row)),
        )
        for key, put in puts.items()
    }


def _about(finding: Finding, dataset: Dataset) -> bool:
    """On the dataset itself, or on a border that its storage crosses."""
    if finding.subject_kind == SubjectKind.TRANSFER:
        return finding.subject_id.startswith(f"d{dataset.pk}-")
    return (finding.subject_kind, finding.subject_id) == (SubjectKind.DATASET, str(dataset.pk))


def _stay_in_reach(actor: Actor, dataset: Dataset) -> None:
    """A member whose reach is some entities cannot put a dataset out of it, nor claim others'."""
    if actor.scope is not ScopeKind.ENTITIES or may(actor, Action.MANAGE):
        return
    if dataset.entity_id not in actor.entity_ids:
        names = LegalEntity.objects.filter(pk__in=actor.entity_ids).values_list("key", flat=True)
        raise Refused(f"Your membership reaches {', '.join(sorted(names)) or 'no entity'} only.")


def _match(dataset: Dataset, if_match: int | None) -> None:
    if if_match is not None and if_match != dataset.version:
        raise Stale(dataset.version)


def _subject(dataset: Dataset) -> tuple[SubjectKind, str]:
    return (SubjectKind.DATASET, str(dataset.pk))
