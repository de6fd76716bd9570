"""Rows of the register opened for writing: by key, within the actor's reach, locked, and changed
only where they differ, so that history holds what really happened."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from inventory.law.vocabulary import Declared, SubjectKind
from inventory.models import (
    Activity,
    Database,
    Dataset,
    LegalEntity,
    Party,
    Purpose,
    System,
    Tenant,
)
from inventory.rules.facts import SubjectId
from inventory.services import evaluation
from inventory.services.access import Action, require, require_reach, visible
from inventory.services.actors import Actor
from inventory.services.attributes import Values, quoted
from inventory.services.errors import Conflict, Invalid, NotFound, Refused, Stale
from inventory.services.inputs import KEEP, Outcome
from inventory.services.locks import hold
from inventory.services.nearness import near_keys
from inventory.services.recording import change
from inventory.services.validation import Problems

SUBJECTS: Mapping[type[Model], SubjectKind] = {
    Activity: SubjectKind.ACTIVITY,
    Database: SubjectKind.DATABASE,
    Dataset: SubjectKind.DATASET,
    LegalEntity: SubjectKind.ENTITY,
    Party: SubjectKind.PARTY,
    Purpose: SubjectKind.PURPOSE,
    System: SubjectKind.SYSTEM,
}


@dataclass
class Draft[M: Tenant]:
    """A row being written, and what has been changed of it so far."""

    actor: Actor
    row: M
    created: bool
    today: date
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    touched: set[SubjectId] = field(default_factory=set)
    findings: tuple[Any, ...] = ()
    closed: tuple[Any, ...] = ()
    numbered: bool = False

    def assign(self, values: Values) -> None:
        """Set columns, and save where one really changes. References are rows or None."""
        before = {name: getattr(self.row, name, None) for name in values}
        changed = {name: value for name, value in values.items() if before[name] != value}
        if self.row.pk and not changed:
            return
        for name, value in changed.items():
            setattr(self.row, name, value)
            self.changes.append((name, told(before[name]), told(value)))
        if not self.created and not self.numbered and hasattr(self.row, "version"):
            self.row.version += 1
        self.numbered = True
        self.row.save()

    def replace(self, part: Any, name: str, items: Any, *, identity: Sequence[str]) -> list[Any]:
        """Make the parts of this row those of `items`, keeping each row that stays the same thing.

        Returns the rows that went, came or changed.
        """
        if items is KEEP:
            return []
        whole = {"organisation": self.row.organisation, name: self.row}
        rows = {_identity(row, identity): row for row in part.objects.filter(**whole)}
        changed = []
        for item in items or ():
            row = rows.pop(tuple(_comparable(item.get(one)) for one in identity), None)
            if row is None:
                changed.append(part.objects.create(**whole, **item))
            elif any(getattr(row, column) != value for column, value in item.items()):
                _update(row, item)
                changed.append(row)
        for row in rows.values():
            changed.append(row)
            part.objects.filter(pk=row.pk).delete()
        if changed:
            self.changes.append((str(part._meta.verbose_name_plural), None, len(items or ())))
            self._number()
        return changed

    def touch(self, *rows: Model | None) -> None:
        """These must be judged again beside the row itself."""
        self.touched |= {subject(row) for row in rows if row is not None}

    def outcome(self) -> Outcome[M]:
        return Outcome(
            row=self.row,
            created=self.created,
            changes=tuple(self.changes),
            findings=tuple(self.findings),
            closed=tuple(self.closed),
        )

    def _number(self) -> None:
        """The document's next version, once for each change."""
        if not self.numbered and not self.created and hasattr(self.row, "version"):
            self.row.version += 1
            self.row.save(update_fields=["version"])
        self.numbered = True


def allow(actor: Actor, model: type[Tenant], key: str) -> None:
    """Whether the actor may write the row of this key, if there is one. Raises NotFound for one
    out of reach, Refused for who may only read."""
    rows: QuerySet[Any] = visible(actor, model)
    known: QuerySet[Any] = model._default_manager.filter(organisation=actor.organisation)
    if known.filter(key=key).exists() and not rows.filter(key=key).exists():
        raise NotFound(f"No {model._meta.verbose_name} “{key}” that you can see.")
    require(actor, Action.EDIT)
    if known.filter(key=key).exists():
        require_reach(actor, model, Action.EDIT)


@contextmanager
def editing[M: Tenant](
    actor: Actor,
    model: type[M],
    key: str,
    *,
    today: date,
    reason: str = "",
    if_match: int | None = None,
) -> Iterator[Draft[M]]:
    """One transaction around a row, new or known: locks before, judgement after.

    Raises Conflict for a retired key, Stale where somebody else was quicker.
    """
    with change(actor, reason=reason):
        hold(actor.organisation, [f"{model._meta.db_table}:{key}"])
        row = model._default_manager.filter(organisation=actor.organisation, key=key).first()
        if row is not None and getattr(row, "retired_at", None):
            raise Conflict(f"{quoted(key)} was retired. Its key is not used again.")
        if row is not None:
            evaluation.lock(actor.organisation, [subject(row)])
            row.refresh_from_db()
        _match(row, if_match)
        made = row or model(organisation=actor.organisation, key=key)
        draft = Draft(actor=actor, row=made, created=row is None, today=today)
        yield draft
        _finish(draft)


def retire[M: Tenant](
    actor: Actor,
    model: type[M],
    key: str,
    *,
    today: date,
    now: datetime,
    reason: str = "",
    holds: Callable[[M], Mapping[str, QuerySet[Any]]] = lambda row: {},
) -> Outcome[M]:
    """Take a row out of lists and new records; its history and past records stay.

    Raises Conflict while it still `holds` something that would be left without it.
    """
    allow(actor, model, key)
    if not visible(actor, model).filter(key=key).exists():
        near = near_keys(visible(actor, model), key)
        raise NotFound(f"No {model._meta.verbose_name} “{key}” that you can see.", near)
    with editing(actor, model, key, today=today, reason=reason or f"retire {key}") as draft:
        for what, rows in holds(draft.row).items():
            if number := rows.count():
                raise Conflict(f"It still has {number} {what}. Move or retire them first.")
        draft.assign({"retired_at": now})
    return draft.outcome()


def refer(
    actor: Actor, problems: Problems, model: type[Tenant], wanted: Iterable[tuple[str, Any]]
) -> dict[str, Any]:
    """The rows that keys refer to, in one query; `wanted` are (path, key). One that is not there,
    out of reach or retired is a problem at its path, with near matches."""
    asked = [(path, key) for path, key in wanted if key and key is not KEEP]
    if not asked:
        return {}
    rows: QuerySet[Any] = visible(actor, model)
    found = {row.key: row for row in rows.filter(key__in=[key for _, key in asked])}
    for path, key in asked:
        row = found.get(key)
        if row is None:
            near = near_keys(rows, key)
            meant = f" Did you mean {' or '.join(near)}?" if near else ""
            problems.add(path, f"No {model._meta.verbose_name} is called {quoted(key)}.{meant}")
        elif row.retired_at:
            problems.add(path, f"{quoted(key)} was retired.")
    return found


def subject(row: Model) -> SubjectId:
    """What the rules call this row."""
    return (SUBJECTS[type(row)], str(row.pk))


def refuse_twice(items: Any, path: str, identity: Sequence[str]) -> None:
    """Raises Invalid where two entries of a list are the same thing."""
    if items is KEEP or items is None:
        return
    seen: dict[tuple[Any, ...], int] = {}
    for n, item in enumerate(items):
        known = seen.setdefault(tuple(_comparable(item.get(one)) for one in identity), n)
        if known != n:
            raise Invalid({f"{path}.{n}": f"This is the same entry as number {known + 1}."})


def declared(**collections: Any) -> Values:
    """What was said of collections: complete, none, or not asked; KEEP says nothing."""
    said = {name: items for name, items in collections.items() if items is not KEEP}
    return {f"{name}_state": _state(items).value for name, items in said.items()}


def mapped(items: Any, turn: Callable[[Any], Values]) -> Any:
    """Each entry turned into columns; KEEP and None stay what they are."""
    return items if items is KEEP or items is None else [turn(one) for one in items]


def told(value: Any) -> Any:
    """A value in words for a list of changes: never a person, never a whole row."""
    if isinstance(value, Model):
        return getattr(value, "key", value.pk)
    return value.isoformat() if isinstance(value, date) else value


def _state(items: Any) -> Declared:
    if items is None:
        return Declared.NOT_ASKED
    return Declared.COMPLETE if items else Declared.NONE


def _match(row: Any, if_match: int | None) -> None:
    if if_match is None:
        return
    current = getattr(row, "version", 0)
    if current != if_match:
        raise Stale(current)


def _finish(draft: Draft[Any]) -> None:
    """Keep the row in reach, and judge what was touched."""
    if not draft.created and not draft.changes:
        return
    row = draft.row
    if not visible(draft.actor, type(row)).filter(pk=row.pk).exists():
        raise Refused("This would lie outside the companies that you look after.")
    draft.touch(row)
    found = evaluation.reevaluate(draft.actor, sorted(draft.touched), as_of=draft.today)
    draft.findings, draft.closed = tuple(found[0]), tuple(found[1])


def _identity(row: Model, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(_comparable(getattr(row, name)) for name in names)


def _comparable(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _update(row: Model, values: Values) -> None:
    for column, value in values.items():
        setattr(row, column, value)
    row.save()
