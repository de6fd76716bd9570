"""What changes by a day: in the law, and in one's own findings if the register stays as it is."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.changes import Change, Matter, Turn, changes
from inventory.law.pending import Pending, PendingStatus
from inventory.models import TaskRun
from inventory.services import tasks
from inventory.services.access import Action, may, sees_whole
from inventory.services.actors import Actor
from inventory.services.errors import Conflict, Invalid
from inventory.services.law import law_of
from inventory.web import forms as fields
from inventory.web.finding_cards import place_name
from inventory.web.library.telling import mark_word
from inventory.web.page import attach, clock, go, page, screen
from inventory.web.words import level, text_in

FAR = 400  # days that are looked ahead unless a day is asked for
MATTERS = {
    Matter.LAW: __("Law"),
    Matter.CHECK: __("Check"),
    Matter.VALUE: __("Value"),
    Matter.BASIS: __("Legal basis"),
    Matter.MECHANISM: __("Way of transfer"),
    Matter.RECOGNITION: __("Adequacy"),
    Matter.LEVEL: __("Level of protection"),
}


STATUSES = {
    PendingStatus.BILL: __("Bill"),
    PendingStatus.DRAFT: __("Draft"),
    PendingStatus.CASE: __("Before a court"),
    PendingStatus.ENACTED: __("Enacted"),
}


class DayForm(forms.Form):
    """The day that is asked about."""

    on = fields.day(__("As of"), __("A day to come, or a past one."), needed=True)


@screen("GET")
def show(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The law's calendar up to a day, and how the register would stand, if somebody asked."""
    usual = {"on": _usual(clock(actor)[0])}
    return _show(
        request, actor, DayForm(request.GET if "on" in request.GET else None, initial=usual)
    )


@screen("POST", needs=Action.DECIDE)
def judge(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Have the register judged under the law of a day."""
    form = DayForm(request.POST)
    if form.is_valid():
        on = form.cleaned_data["on"]
        try:
            tasks.start_look_ahead(actor, on)
        except Invalid as invalid:
            attach(form, invalid)
        except Conflict as conflict:
            form.add_error("on", str(conflict))
        else:
            messages.success(request, _("The register is being judged under the law of that day."))
            return go(request, f"{reverse('law-ahead')}?on={on.isoformat()}")
    return _show(request, actor, form)


def _show(request: HttpRequest, actor: Actor, form: DayForm) -> HttpResponse:
    today = clock(actor)[0]
    on = form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None
    on = on or _usual(today)
    first, last = sorted((today, on))
    run = tasks.latest(actor, tasks.AHEAD, on=on.isoformat()) if sees_whole(actor) else None
    context = {
        "form": form,
        "on": on,
        "back": on < today,
        "changes": [_change(one) for one in changes(law_of(actor.organisation), first, last)],
        "pending": [_pending(one) for one in law_of(actor.organisation).pending_on(today)],
        "run": _progress(run) if run else None,
        "may_judge": may(actor, Action.DECIDE) and sees_whole(actor),
        "crumbs": [
            {"label": _("Law library"), "url": reverse("law-browse")},
            {"label": _("What changes")},
        ],
    }
    return page(request, "library/ahead", context, part="ahead", status=422 if form.errors else 200)


def _usual(today: date) -> date:
    return date.fromordinal(today.toordinal() + FAR)


def _change(one: Change) -> dict[str, Any]:
    text = f"{place_name(one.place)}: {level(one.id)}" if one.matter is Matter.LEVEL else one.text
    return {
        "day": one.day,
        "turn": _("begins") if one.turn is Turn.BEGINS else _("ends"),
        "matter": MATTERS[one.matter],
        "place": place_name(one.place),
        "text": text,
        "id": one.id,
        "cited": str(one.citation) if one.citation else "",
        "mark": mark_word(one.mark),
    }


def _pending(one: Pending) -> dict[str, Any]:
    """What is not law yet. It decides nothing until it is written into the law's own files."""
    return {
        "title": text_in(one.title),
        "status": STATUSES[one.status],
        "place": place_name(one.jurisdiction),
        "begins": one.begins,
        "changes": one.changes,
        "note": one.note or "",
        "cited": str(one.citation),
        "mark": mark_word(one.mark),
    }


def _progress(run: TaskRun) -> dict[str, Any]:
    """How far the task is, or what it answers."""
    live = run.state in tasks.LIVE
    return {
        "live": live,
        "done": run.done,
        "total": run.total or 0,
        "message": run.message,
        "answer": None if live or not run.result else run.result,
        "number": run.pk,
    }
