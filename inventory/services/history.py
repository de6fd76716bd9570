"""Reading history: what happened to a thing, and the register as it stood on a day.

Events are written by triggers (see `models.history`); nothing here writes. Registry rows are
retired, not deleted, so the live table is the index by which a past list is paged.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model, OuterRef, QuerySet, Subquery
from pghistory.models import Context

from inventory.models import (
    Activity,
    ActivityEntity,
    Contract,
    Database,
    DatabaseCount,
    DatabaseDataset,
    Dataset,
    DatasetCountry,
    Disclosure,
    Field,
    FieldUse,
    Filing,
    ImpactAssessment,
    LegalBasis,
    LegalEntity,
    Lineage,
    Membership,
    Organisation,
    Party,
    Purpose,
    Representative,
    RetentionPeriod,
    Safeguard,
    System,
    SystemLocation,
)

OWN = frozenset(
    {"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context", "id", "organisation",
     "version", "created_at", "position"}
)  # fmt: skip

PARTS: Mapping[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Activity: ((ActivityEntity, "activity"), (Safeguard, "activity")),
    Database: (
        (DatabaseCount, "database"), (DatabaseDataset, "database"), (Filing, "database"),
    ),
    LegalEntity: ((Representative, "entity"), (Safeguard, "entity")),
    Party: ((Contract, "party"),),
    Purpose: (
        (LegalBasis, "purpose"), (RetentionPeriod, "purpose"), (Disclosure, "purpose"),
        (ImpactAssessment, "purpose"),
    ),
    System: ((Safeguard, "system"), (SystemLocation, "system")),
}  # fmt: skip
type Grouped = dict[Any, list[tuple[datetime, Change]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One column of one row, before and after."""

    what: str  # "dataset", "field email"
    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One transaction that touched a thing: when, who, through which door, why, what."""

    at: datetime
    member: Membership | None
    attributed: bool
    door: str
    reason: str
    changes: tuple[Change, ...]


def of_dataset(dataset: Dataset, *, most: int = 50) -> list[Entry]:
    """The newest entries of a dataset with its fields, uses, countries and lineage."""
    fields = {f.pk: f.name for f in dataset.fields.all()}
    purposes: dict[int, str] = {}
    parts: list[tuple[str, type[Model], dict[str, Any]]] = [
        ("dataset", Dataset, {"pgh_obj": dataset.pk}),
        ("field", Field, {"dataset": dataset.pk}),
        ("use", FieldUse, {"field__in": list(fields)}),
        ("country", DatasetCountry, {"dataset": dataset.pk}),
        ("lineage", Lineage, {"dataset": dataset.pk}),
    ]
    return _entries(_grouped(parts, lambda what, e: _label(what, e, fields, purposes)), most)


def of_row(row: Model, *, most: int = 50) -> list[Entry]:
    """The newest entries of any other thing of the register with its parts."""
    own = str(row._meta.verbose_name)
    parts: list[tuple[str, type[Model], dict[str, Any]]] = [(own, type(row), {"pgh_obj": row.pk})]
    parts += [
        (str(part._meta.verbose_name), part, {whole: row.pk})
        for part, whole in PARTS.get(type(row), ())
    ]
    return _entries(_grouped(parts, lambda what, event: what), most)


def events(model: type[Model]) -> QuerySet[Any]:
    """The event rows of a registry model."""
    related: Any = model._meta.get_field("events")
    rows: QuerySet[Any] = related.related_model.objects.all()
    return rows


def last_change(row: Model) -> tuple[datetime | None, Membership | None]:
    """When a row was last written, and by which member, if that is known."""
    event = events(type(row)).filter(pgh_obj=row.pk).order_by("-pgh_id").first()
    return (None, None) if event is None else (event.pgh_created_at, _writer(event))


def as_of[M: Model](model: type[M], rows: QuerySet[M], at: datetime) -> QuerySet[Any]:
    """The events that tell how these rows stood just before a moment, ordered like the rows.

    Rows that were not there yet, or were deleted, have none. `rows` must not be filtered by what
    can change: filter the answer instead.
    """
    last = events(model).filter(pgh_obj=OuterRef("pk"), pgh_created_at__lt=at).order_by("-pgh_id")
    stood = rows.annotate(stood=Subquery(last.values("pgh_id")[:1])).filter(stood__isnull=False)
    return events(model).filter(pgh_id__in=stood.values("stood")).exclude(pgh_label="delete")


def datasets_as_of(
    organisation: Organisation, day: date, *, after: str = "", most: int = 50
) -> list[Any]:
    """A page of the datasets that were live at the end of a day, by key, after a key."""
    at = end_of(day, organisation)
    last = events(Dataset).filter(pgh_obj=OuterRef("pk"), pgh_created_at__lt=at)
    live = (
        Dataset.objects.filter(organisation=organisation)
        .annotate(stood=Subquery(last.order_by("-pgh_id").values("pgh_id")[:1]))
        .filter(stood__isnull=False)
        .order_by("key")
    )
    page: list[Any] = []
    while len(page) < most:
        rows = list(live.filter(key__gt=after).values_list("key", "stood")[:most])
        if not rows:
            break
        after = rows[-1][0]
        stood = events(Dataset).filter(pgh_id__in=[pk for _, pk in rows], retired_at=None)
        page += stood.order_by("key")
    return page[:most]


def end_of(day: date, organisation: Organisation) -> datetime:
    """The first moment after a day, in the organisation's time zone."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(organisation.timezone))


def unattributed(organisation: Organisation) -> int:
    """How many dataset and field events nobody was put down for: writes past the services."""
    models = (Dataset, Field, FieldUse)
    return sum(
        events(m).filter(organisation=organisation, pgh_context=None).count() for m in models
    )


def _writer(event: Any) -> Membership | None:
    context = Context.objects.filter(pk=event.pgh_context_id).first()
    number = context.metadata.get("member") if context else None
    return Membership.objects.select_related("user").filter(pk=number).first() if number else None


def _grouped(
    parts: Iterable[tuple[str, type[Model], dict[str, Any]]], label: Callable[[str, Any], str]
) -> Grouped:
    """The changes of these event rows by transaction."""
    found: Grouped = defaultdict(list)
    for what, model, lookup in parts:
        for event, before in _with_previous(events(model).filter(**lookup).order_by("pgh_id")):
            for change in _changes(label(what, event), before, event):
                key = (event.pgh_context_id, event.pgh_created_at)
                found[key].append((event.pgh_created_at, change))
    return found


def _with_previous(rows: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Each event with the one before it of the same row."""
    previous: dict[int, Any] = {}
    for event in rows:
        yield event, previous.get(event.pgh_obj_id)
        previous[event.pgh_obj_id] = event


def _changes(what: str, before: Any, event: Any) -> list[Change]:
    if event.pgh_label != "update":
        word = {"insert": "added", "delete": "removed"}[event.pgh_label]
        return [Change(what=what, column=word, before=None, after=None)]
    names = [f.attname for f in event._meta.concrete_fields if f.name not in OWN]
    return [
        Change(what=what, column=n, before=getattr(before, n, None), after=getattr(event, n))
        for n in names
        if before is not None and getattr(before, n) != getattr(event, n)
    ]


def _label(what: str, event: Any, fields: Mapping[int, str], purposes: dict[int, str]) -> str:
    if what == "field":
        return f"field {event.name}"
    if what == "country":
        return f"country {event.country}"
    if what != "use":
        return what
    if not purposes:
        held = Purpose.objects.filter(organisation=event.organisation_id)
        purposes.update(held.values_list("pk", "name"))
    return f"use of {fields.get(event.field_id, '?')} for {purposes.get(event.purpose_id, '?')}"


def _entries(grouped: Mapping[Any, list[tuple[datetime, Change]]], most: int) -> list[Entry]:
    newest = sorted(grouped.items(), key=lambda item: item[0][1], reverse=True)[:most]
    contexts = Context.objects.in_bulk([key[0] for key, _ in newest if key[0]])
    said = {pk: context.metadata for pk, context in contexts.items()}
    ids = {metadata.get("member") for metadata in said.values()} - {None}
    members = Membership.objects.select_related("user").in_bulk(ids)
    return [
        Entry(
            at=key[1],
            member=members.get(said.get(key[0], {}).get("member")),
            attributed=key[0] is not None,
            door=said.get(key[0], {}).get("door", ""),
            reason=said.get(key[0], {}).get("reason", ""),
            changes=tuple(change for _, change in found),
        )
        for key, found in newest
    ]
