"""The list of datasets as it was recorded at the end of a past day: to read, never to change."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.law.vocabulary import DatasetKind
from inventory.models import Dataset
from inventory.models.organisations import ScopeKind
from inventory.services import history
from inventory.services.access import visible
from inventory.services.actors import Actor
from inventory.services.errors import Invalid
from inventory.web import words
from inventory.web.page import clock, go, page

A_PAGE = 50


def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A page of that day's datasets by key. A day to come is today."""
    day = _day(request.GET.get("as_of", ""))
    if day >= clock(actor)[0]:
        return go(request, "dataset-browse")
    after = request.GET.get("after", "")[:200]
    after = "" if "\x00" in after else after
    rows = history.datasets_as_of(actor.organisation, day, after=after, most=A_PAGE)
    last = rows[-1].key if len(rows) == A_PAGE else ""
    shown = _seen(actor, rows)
    context = {
        "day": day,
        "rows": [_row(row) for row in shown],
        "next_url": f"?as_of={day.isoformat()}&after={last}" if last else "",
    }
    return page(request, "datasets/past", context)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise Invalid({"as_of": _("This is no day. Write it like 2025-12-31.")}) from error


def _seen(actor: Actor, rows: list[Any]) -> list[Any]:
    """What a scoped member sees of a past day is what they would see of it now."""
    if actor.scope is ScopeKind.ORGANISATION:
        return rows
    ids = {row.pgh_obj_id for row in rows}
    seen = set(visible(actor, Dataset).filter(pk__in=ids).values_list("pk", flat=True))
    return [row for row in rows if row.pgh_obj_id in seen]


def _row(row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "key": row.key,
        "url": reverse("dataset-show", args=[row.key]),
        "kind": words.said(DatasetKind, row.kind),
        "subjects": words.subjects(row),
        "persons": row.persons,
    }
