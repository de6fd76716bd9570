"""A source's drafts into the register: all of them in one transaction, or none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inventory.models import Dataset, System
from inventory.services.access import Action, fetch, visible
from inventory.services.actors import Actor
from inventory.services.datasets import put_datasets
from inventory.services.inputs import KEEP, DatasetInput, FieldInput, Maybe, Outcome
from inventory.sources.drafts import DatasetDraft, FieldDraft, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an import did, dataset by dataset, and what the source left unread."""

    outcomes: dict[str, Outcome[Dataset]]
    reading: Reading

    @property
    def created(self) -> int:
        return sum(outcome.created for outcome in self.outcomes.values())

    @property
    def changed(self) -> int:
        return sum(bool(o.changes) and not o.created for o in self.outcomes.values())


def import_reading(
    actor: Actor, reading: Reading, system_key: str, *, today: date, dry_run: bool = False
) -> Import:
    """Register what a source describes as the datasets of one system.

    Raises NotFound for the system, Invalid by dataset and field; then nothing is written.
    """
    system = fetch(actor, System, Action.REGISTER, key=system_key)
    partly_read = {r.dataset for r in reading.refused if r.dataset}
    keys = [draft.key for draft in reading.datasets]
    held = {
        dataset.key: dataset
        for dataset in visible(actor, Dataset).filter(key__in=keys).prefetch_related("fields")
    }
    documents = {
        draft.key: _document(
            draft, system, held.get(draft.key), complete=draft.key not in partly_read
        )
        for draft in reading.datasets
    }
    if not documents:
        return Import(outcomes={}, reading=reading)
    outcomes = put_datasets(actor, documents, today=today, dry_run=dry_run, reason="import")
    return Import(outcomes=outcomes, reading=reading)


def _document(
    draft: DatasetDraft, system: System, held: Dataset | None, *, complete: bool
) -> DatasetInput:
    """A draft as a document: names of what is there already are the register's to keep."""
    name: Maybe[str] = draft.name if held is None else KEEP
    description: Maybe[str] = draft.comment if held is None and draft.comment else KEEP
    fields = [FieldInput(name=f.name, type=f.type, comment=f.comment) for f in draft.fields]
    if held is not None and not complete:
        fields += _unread(held, draft.fields)
    return DatasetInput(name=name, description=description, system=system.key, fields=tuple(fields))


def _unread(held: Dataset, read: Iterable[FieldDraft]) -> list[FieldInput]:
    """Fields that the source may still have where it could not be read: unread is not gone."""
    names = {field.name for field in read}
    return [
        FieldInput(name=f.name, type=f.type, comment=f.comment)
        for f in held.fields.all()
        if f.retired_at is None and f.name not in names
    ]
