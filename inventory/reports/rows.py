"""Rows of the register, table by table: as they are now, or as they were at the end of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Max, Model, Q, QuerySet

from inventory.models import Organisation

type Row = dict[str, Any]


class Rows(Protocol):
    """Conditions name columns of the one table only: history knows no joins."""

    def __call__(self, model: type[Model], *conditions: Q, **lookup: Any) -> list[Row]: ...

    def last_changes(self, model: type[Model], ids: Iterable[int]) -> dict[int, datetime]: ...


@dataclass(frozen=True, slots=True)
class Live:
    """What the tables hold."""

    organisation: Organisation

    def __call__(self, model: type[Model], *conditions: Q, **lookup: Any) -> list[Row]:
        rows = model._default_manager.filter(*conditions, organisation=self.organisation, **lookup)
        return list(rows.order_by("pk").values())

    def last_changes(self, model: type[Model], ids: Iterable[int]) -> dict[int, datetime]:
        return _last_changes(_events(model, self.organisation), ids)


@dataclass(frozen=True, slots=True)
class Past:
    """What the tables held just before a moment. Persons are outside history: as they are now."""

    organisation: Organisation
    before: datetime

    def __call__(self, model: type[Model], *conditions: Q, **lookup: Any) -> list[Row]:
        if not _is_recorded(model):
            return Live(self.organisation)(model, *conditions, **lookup)
        latest = self._events(model).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
        kept = _events(model, self.organisation).filter(pgh_id__in=latest.values("pgh_id"))
        rows = kept.exclude(pgh_label="delete").filter(*conditions, **lookup)
        return list(rows.order_by("id").values())

    def last_changes(self, model: type[Model], ids: Iterable[int]) -> dict[int, datetime]:
        return _last_changes(self._events(model), ids)

    def _events(self, model: type[Model]) -> QuerySet[Any]:
        return _events(model, self.organisation).filter(pgh_created_at__lt=self.before)


def _is_recorded(model: type[Model]) -> bool:
    try:
        model._meta.get_field("events")
    except FieldDoesNotExist:
        return False
    return True


def _events(model: type[Model], organisation: Organisation) -> QuerySet[Any]:
    events: Any = model._meta.get_field("events").related_model
    rows: QuerySet[Any] = events._default_manager.filter(organisation=organisation)
    return rows


def _last_changes(events: QuerySet[Any], ids: Iterable[int]) -> dict[int, datetime]:
    changed = events.filter(pgh_obj_id__in=ids).values("pgh_obj_id")
    dated = changed.annotate(last=Max("pgh_created_at")).order_by("pgh_obj_id")
    return dict(dated.values_list("pgh_obj_id", "last"))
