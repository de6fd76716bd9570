"""Lists and pages of the register's things, put together the same way for every kind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.law.vocabulary import Declared, Status, SubjectKind
from inventory.services import compliance
from inventory.services.access import fetch, may, may_change, visible
from inventory.services.actors import Actor
from inventory.services.history import of_row
from inventory.templatetags.grounds import day
from inventory.web.events import event_lines
from inventory.web.mending import mendable_cards
from inventory.web.page import clock, page, screen
from inventory.web.sheets import Room

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in a list under one head: words, perhaps as a link, or a verdict."""

    text: str = ""
    url: str = ""
    status: str = ""
    count: int | None = None
    key: str = ""
    quiet: bool = False
    num: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A card of a thing's page: facts or a table, and where they are changed."""

    title: str
    change_url: str = ""
    change: str = ""
    facts: Sequence[tuple[str, str]] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    empty: str = ""
    open_question: bool = False  # nobody has said: shown as unknown, never as none
    text: str = ""


def browse(
    request: HttpRequest,
    actor: Actor,
    room: Room,
    *,
    lead: str,
    heads: Sequence[str],
    cells: Callable[[Any], Sequence[Cell]],
    rows: QuerySet[Any] | None = None,
) -> HttpResponse:
    """A list by name, with how each thing stands at its worst; searched by name and key."""
    asked = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    found = (visible(actor, room.model) if rows is None else rows).filter(retired_at=None)
    if asked:
        found = found.filter(name__icontains=asked) | found.filter(key__icontains=asked)
    shown = paged(request, found.order_by("name", "pk"))
    worst = worst_of(actor, room, shown)
    context = {
        "room": room,
        "lead": lead,
        "heads": heads,
        "rows": [(row, reverse(f"{room.noun}-show", args=[row.key]), worst.get(row.pk), cells(row))
                 for row in shown],
        "page": shown,
        "filters": {"label": _("Name or key"), "query": asked, "kept": [], "used": [],
                    "offered": [], "clear_url": request.path},
        "add_url": reverse(f"{room.noun}-create") if may(actor, room.needs) else "",
    }  # fmt: skip
    return page(request, "registers/browse", context)


def show(
    request: HttpRequest,
    actor: Actor,
    room: Room,
    row: Any,
    *,
    sections: Iterable[Section],
    lead: str = "",
) -> HttpResponse:
    """A thing's page: its parts, and beside them what was found of it."""
    kind = SubjectKind(KINDS[room.noun])
    found = compliance.findings(actor, subject=(kind, str(row.pk)))
    today, _now = clock(actor)
    context = {
        "room": room,
        "row": row,
        "lead": lead,
        "sections": list(sections),
        "findings": mendable_cards(actor, list(found[:20]), today=today),
        "crumbs": [
            {"label": room.several, "url": reverse(f"{room.noun}-browse")},
            {"label": row.key, "key": True},
        ],
        "history_url": reverse(f"{room.noun}-history", args=[row.key]),
        "retire_url": _retire_url(actor, room, row),
    }
    return page(request, "registers/show", context)


def happenings(room: Room) -> Callable[..., HttpResponse]:
    """The view of what happened to a thing of the room, newest first."""

    @screen("GET")
    def history(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
        row: Any = fetch(actor, room.model, key=key)
        context = {
            "room": room,
            "row": row,
            "history": event_lines(of_row(row)),
            "crumbs": [
                {"label": room.several, "url": reverse(f"{room.noun}-browse")},
                {"label": row.name, "url": reverse(f"{room.noun}-show", args=[row.key])},
                {"label": _("History")},
            ],
        }
        return page(request, "registers/history", context)

    return history


def paged(request: HttpRequest, rows: Any, *, size: int = PAGE) -> Page[Any]:
    """The page of a list that the address asks for; a number that is none is the first."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def worst_of(actor: Actor, room: Room, rows: Iterable[Any]) -> Mapping[int, tuple[str, int | None]]:
    """The worst verdict of each row in any country, with how many findings have it."""
    kind = next(name for name, kind in compliance.KINDS.items() if kind == KINDS[room.noun])
    found = compliance.cells(actor, [row.pk for row in rows], kind=kind)
    return {pk: _worst(cells) for pk, cells in found.items()}


def _retire_url(actor: Actor, room: Room, row: Any) -> str:
    if row.retired_at or not may_change(actor, room.model, room.needs):
        return ""
    return reverse(f"{room.noun}-retire", args=[row.key])


def _worst(cells: Sequence[compliance.Cell]) -> tuple[str, int | None]:
    status = min((cell.status for cell in cells), key=list(Status).index)
    needs = status in (Status.BREACH, Status.UNKNOWN, Status.ATTENTION)
    return status.value, sum(c.count for c in cells if c.status == status) if needs else None


def part(actor: Actor, room: Room, row: Any, name: str, *, said: str = "", **shown: Any) -> Section:
    """A section that a sheet changes. `said` is the state of its list: an empty one that nobody
    has spoken of is an open question."""
    sheet = room.sheets[name]
    url = reverse(f"{room.noun}-change", args=[row.key, name])
    url = url if may_change(actor, room.model, room.needs) else ""
    empty = shown.pop("empty", "")
    if said == Declared.NOT_ASKED:
        empty = _("Nobody has said yet.")
    elif said == Declared.NONE:
        empty = _("There is none.")
    return Section(
        title=str(shown.pop("title", sheet.title)),
        change_url=url,
        change=_("Change"),
        empty=empty,
        open_question=said == Declared.NOT_ASKED,
        **shown,
    )


def fact_said(value: bool | None) -> str:
    """A fact in words; nothing where nobody has said, which the page shows as not said."""
    return "" if value is None else _("Yes") if value else _("No")


def day_said(value: date | None) -> str:
    return day(value)


KINDS: Mapping[str, SubjectKind] = {
    "activity": SubjectKind.ACTIVITY,
    "purpose": SubjectKind.PURPOSE,
    "system": SubjectKind.SYSTEM,
    "party": SubjectKind.PARTY,
    "entity": SubjectKind.ENTITY,
    "database": SubjectKind.DATABASE,
}
