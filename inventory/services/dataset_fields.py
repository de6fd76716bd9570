"""Fields between manifest and register. The manifest owns presence, type and comment; the
register owns a decided category and use. What a manifest says of those is a proposal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from inventory.models import Dataset, Field, FieldUse, Purpose
from inventory.services.access import visible
from inventory.services.actors import Actor
from inventory.services.history import events
from inventory.services.inputs import KEEP, FieldInput
from inventory.services.validation import Problems

LIKELY_RENAME = 0.6
MANIFEST_OWNS = ("type", "comment", "position")
PROPOSED = ("category", "identifiability")


@dataclass(frozen=True, slots=True)
class Merge:
    """What a document did to the fields, and what now waits for a decision."""

    proposals: tuple[str, ...] = ()


def merge_fields(
    actor: Actor,
    dataset: Dataset,
    fields: Sequence[FieldInput],
    *,
    now: datetime,
    problems: Problems,
) -> Merge:
    """Make the live fields those of the document; a vanished one is retired with its grounds."""
    held = {f.name: f for f in dataset.fields.all()}
    fresh = [f for f in fields if f.name not in held]
    new = [_new_field(dataset, f, fields.index(f)) for f in fresh]
    changed = [
        held[f.name]
        for position, f in enumerate(fields)
        if f.name in held and _update(held[f.name], f, position)
    ]
    named = {f.name for f in fields}
    gone = [f for name, f in held.items() if name not in named and f.retired_at is None]
    for field in gone:
        field.retired_at = now
    Field.objects.bulk_create(new)
    columns = [*MANIFEST_OWNS, "proposed_category", "proposed_identifiability", "protection",
               "mandatory", "flagged", "retired_at"]  # fmt: skip
    Field.objects.bulk_update([*changed, *gone], columns, batch_size=500)
    live = {f.name: f for f in [*new, *held.values()]}
    _propose_uses(actor, [(live[f.name], f) for f in fields], problems)
    return Merge((*_renames(gone, new), *_proposals([live[f.name] for f in fields])))


def _new_field(dataset: Dataset, said: FieldInput, position: int) -> Field:
    field = Field(organisation_id=dataset.organisation_id, dataset=dataset, name=said.name)
    _update(field, said, position)
    return field


def _update(field: Field, said: FieldInput, position: int) -> bool:
    """Lay the manifest's part over a field; whether anything differs."""
    before = _owned(field)
    field.type, field.comment, field.position = said.type, said.comment, position
    field.retired_at = None
    for name in PROPOSED:
        value = getattr(said, name)
        if value is not None:  # a manifest that says nothing takes no proposal back
            decided = getattr(field, name)
            setattr(field, f"proposed_{name}", None if value == decided else value)
    for name in ("protection", "mandatory", "flagged"):
        value = getattr(said, name)
        if value is not KEEP and getattr(field, name) is None:
            setattr(field, name, value)  # a manifest fills a blank; what is decided stays
    return before != _owned(field)


def _owned(field: Field) -> tuple[object, ...]:
    return (
        field.type,
        field.comment,
        field.position,
        field.retired_at,
        field.proposed_category,
        field.proposed_identifiability,
        field.protection,
        field.mandatory,
        field.flagged,
    )


def _propose_uses(actor: Actor, pairs: list[tuple[Field, FieldInput]], problems: Problems) -> None:
    """A manifest's purposes become proposed uses; those already there stay as decided."""
    wanted = [
        (field, key, f"fields.{i}.purposes.{j}")
        for i, (field, said) in enumerate(pairs)
        if said.purposes is not KEEP
        for j, key in enumerate(said.purposes)
    ]
    if not wanted:
        return
    purposes = dict(visible(actor, Purpose).filter(retired_at=None).values_list("key", "pk"))
    there = set(
        FieldUse.objects.filter(field__in=[f for f, _, _ in wanted]).values_list(
            "field_id", "purpose_id"
        )
    )
    for _, key, path in wanted:
        problems.known(key, path, purposes.keys(), what="purpose")
    problems.refuse()
    new = {(field.pk, purposes[key]) for field, key, _ in wanted} - there
    new -= _refused(new)
    FieldUse.objects.bulk_create(
        FieldUse(
            organisation=actor.organisation, field_id=field_id, purpose_id=purpose, proposed=True
        )
        for field_id, purpose in sorted(new)
    )


def _refused(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Uses that somebody took away: an old document does not bring them back."""
    ended = events(FieldUse).filter(pgh_label="delete", field__in={f for f, _ in pairs})
    return pairs & set(ended.values_list("field_id", "purpose_id"))


def _renames(gone: list[Field], new: list[Field]) -> list[str]:
    """Offers: a vanished field and a new one of the same type with much the same name."""
    return [
        f"{old.name} looks renamed to {field.name}: its grounds can be carried over"
        for field in new
        for old in gone
        if old.type == field.type
        and SequenceMatcher(None, old.name, field.name).ratio() >= LIKELY_RENAME
    ]


def _proposals(fields: list[Field]) -> list[str]:
    return [
        f"{field.name}: {name} {getattr(field, f'proposed_{name}')} is proposed"
        for field in fields
        for name in PROPOSED
        if getattr(field, f"proposed_{name}") is not None
    ]
