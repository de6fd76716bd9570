"""What the register decides of fields: category, identifiability, protection, and uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from inventory.law.vocabulary import Identifiability, Protection, SubjectKind
from inventory.models import Dataset, Field, FieldUse, Purpose
from inventory.services import evaluation, justifications
from inventory.services.access import Action, fetch
from inventory.services.actors import Actor
from inventory.services.dataset_rows import pick_fields
from inventory.services.errors import Conflict, Stale
from inventory.services.inputs import KEEP, Maybe, Outcome, given
from inventory.services.law import current_law
from inventory.services.recording import change
from inventory.services.validation import Problems

DECIDED = ("category", "identifiability", "protection", "mandatory", "flagged")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDecision:
    """What is decided for every chosen field; None takes a decision back to *not said*."""

    category: Maybe[str | None] = KEEP
    identifiability: Maybe[str | None] = KEEP
    protection: Maybe[str | None] = KEEP
    mandatory: Maybe[bool | None] = KEEP
    flagged: Maybe[bool | None] = KEEP


def decide_fields(
    actor: Actor,
    dataset_key: str,
    names: Sequence[str],
    decision: FieldDecision,
    *,
    today: date,
    if_match: int | None = None,
) -> Outcome[Dataset]:
    """Set the same facts on one field or many. Approvals that covered other facts become stale."""
    dataset = fetch(actor, Dataset, Action.EDIT, key=dataset_key)
    _check(decision)
    with change(actor, reason="decide fields"):
        subjects = _lock(actor, dataset, if_match)
        fields = pick_fields(dataset, names)
        changes = [entry for field in fields for entry in _decide(field, decision)]
        columns = [*DECIDED, "proposed_category", "proposed_identifiability"]
        Field.objects.bulk_update(fields, columns, batch_size=500)
        _went_stale(fields, "a field's category or identifiability changed")
        return _answered(actor, dataset, subjects, changes, today)


def accept_proposals(
    actor: Actor, dataset_key: str, names: Sequence[str], *, today: date
) -> Outcome[Dataset]:
    """Decide as the manifest proposed, uses included."""
    dataset = fetch(actor, Dataset, Action.EDIT, key=dataset_key)
    with change(actor, reason="accept proposals"):
        subjects = _lock(actor, dataset, None)
        fields = pick_fields(dataset, names)
        changes = [entry for field in fields for entry in _accept(field)]
        Field.objects.bulk_update(
            fields, ["category", "identifiability", "proposed_category", "proposed_identifiability"]
        )
        FieldUse.objects.filter(field__in=fields, proposed=True).update(proposed=False)
        _went_stale(fields, "a field's category or identifiability changed")
        return _answered(actor, dataset, subjects, changes, today)


def set_uses(
    actor: Actor,
    dataset_key: str,
    names: Sequence[str],
    purpose_key: str,
    *,
    used: bool,
    today: date,
) -> Outcome[Dataset]:
    """Say that a purpose uses these fields, or that it does not."""
    dataset = fetch(actor, Dataset, Action.EDIT, key=dataset_key)
    purpose = fetch(actor, Purpose, Action.EDIT, key=purpose_key)
    with change(actor, reason="set uses"):
        subjects = _lock(actor, dataset, None, purpose)
        fields = pick_fields(dataset, names)
        changes = _use(fields, purpose) if used else _no_use(fields, purpose)
        justifications.mark_stale([purpose.pk], "the set of fields changed")
        return _answered(actor, dataset, subjects, changes, today)


def carry_over(
    actor: Actor, dataset_key: str, old: str, new: str, *, today: date
) -> Outcome[Dataset]:
    """A renamed field keeps its grounds: decisions and uses move from the retired name."""
    dataset = fetch(actor, Dataset, Action.EDIT, key=dataset_key)
    with change(actor, reason=f"carry grounds over to {new}"[:200]):
        subjects = _lock(actor, dataset, None)
        source = dataset.fields.filter(name=old).exclude(retired_at=None).first()
        if source is None:
            raise Conflict("The old field is still there: nothing was renamed.")
        target = pick_fields(dataset, [new])[0]
        changes = [
            (f"fields.{new}.{name}", getattr(target, name), getattr(source, name))
            for name in DECIDED
        ]
        for name in DECIDED:
            setattr(target, name, getattr(source, name))
        target.save()
        kept = FieldUse.objects.filter(field=target).values_list("purpose_id", flat=True)
        FieldUse.objects.filter(field=source).exclude(purpose__in=list(kept)).update(field=target)
        _went_stale([target], "a field was renamed")
        return _answered(actor, dataset, subjects, changes, today)


def _check(decision: FieldDecision) -> None:
    problems = Problems()
    said = {name: value for name, value in given(decision, *DECIDED).items() if value is not None}
    if "category" in said:
        problems.known(said["category"], "category", current_law().categories, what="data category")
    if "identifiability" in said:
        problems.word(
            said["identifiability"], "identifiability", Identifiability, what="identifiability"
        )
    if "protection" in said:
        problems.word(said["protection"], "protection", Protection, what="protection")
    problems.known_fact(said.get("mandatory"), "mandatory")
    problems.known_fact(said.get("flagged"), "flagged")
    problems.refuse()


type Change = tuple[str, object, object]


def _lock(
    actor: Actor, dataset: Dataset, if_match: int | None, purpose: Purpose | None = None
) -> list[tuple[SubjectKind, str]]:
    subjects = [(SubjectKind.DATASET, str(dataset.pk))]
    if purpose is not None:
        subjects.append((SubjectKind.PURPOSE, str(purpose.pk)))
    evaluation.lock(actor.organisation, subjects)
    dataset.refresh_from_db()
    if if_match is not None and if_match != dataset.version:
        raise Stale(dataset.version)
    return subjects


def _decide(field: Field, decision: FieldDecision) -> list[Change]:
    changes: list[Change] = []
    for name, value in given(decision, *DECIDED).items():
        if getattr(field, name) != value:
            changes.append((f"fields.{field.name}.{name}", getattr(field, name), value))
        setattr(field, name, value)
        if name in ("category", "identifiability"):
            setattr(field, f"proposed_{name}", None)  # the proposal has been answered
    return changes


def _accept(field: Field) -> list[Change]:
    decision = FieldDecision(
        category=field.proposed_category or KEEP,
        identifiability=field.proposed_identifiability or KEEP,
    )
    return _decide(field, decision)


def _use(fields: Sequence[Field], purpose: Purpose) -> list[Change]:
    there = FieldUse.objects.filter(field__in=fields, purpose=purpose)
    had = set(there.values_list("field_id", flat=True))
    there.filter(proposed=True).update(proposed=False)
    new = [field for field in fields if field.pk not in had]
    FieldUse.objects.bulk_create(
        FieldUse(organisation_id=purpose.organisation_id, field=field, purpose=purpose)
        for field in new
    )
    return [(f"fields.{field.name}.uses", None, purpose.key) for field in new]


def _no_use(fields: Sequence[Field], purpose: Purpose) -> list[Change]:
    uses = FieldUse.objects.filter(field__in=fields, purpose=purpose).select_related("field")
    changes: list[Change] = [(f"fields.{u.field.name}.uses", purpose.key, None) for u in uses]
    uses.delete()
    return changes


def _went_stale(fields: Sequence[Field], reason: str) -> None:
    purposes = FieldUse.objects.filter(field__in=fields).values_list("purpose_id", flat=True)
    justifications.mark_stale(purposes.distinct(), reason)


def _answered(
    actor: Actor,
    dataset: Dataset,
    subjects: list[tuple[SubjectKind, str]],
    changes: Sequence[Change],
    today: date,
) -> Outcome[Dataset]:
    if changes:
        Dataset.objects.filter(pk=dataset.pk).update(version=F("version") + 1)
        dataset.refresh_from_db(fields=["version"])
    findings, closed = evaluation.reevaluate(actor, subjects, as_of=today)
    return Outcome(
        row=dataset, changes=tuple(changes), findings=tuple(findings), closed=tuple(closed)
    )
