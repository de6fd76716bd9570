"""Counsel's rulings: what was said of a check or a value, saying more, and ending it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.amending import document
from inventory.law.shapes import Check, Entry, Value
from inventory.law.vocabulary import RulingAct, Severity, Unit
from inventory.models import Ruling
from inventory.services import rulings
from inventory.services.access import Action, may, require_whole
from inventory.services.actors import Actor
from inventory.services.errors import Invalid, NotFound
from inventory.services.law import current_law, law_of
from inventory.services.rulings import RulingInput
from inventory.services.wording import MARKS, find_check, say_mark
from inventory.web import forms as fields
from inventory.web.page import attach, clock, go, page, screen
from inventory.web.parameters import ParametersField
from inventory.web.registers import paged
from inventory.web.words import country_name, regime_name, said, text_in

CONTENT = ("severity", "title", "remedy", "parameters", "amount")


class RulingForm(forms.Form):
    """What counsel says, why, and from when."""

    act = forms.ChoiceField(
        label=__("Counsel"),
        choices=[
            (RulingAct.CONFIRM, __("confirms it as it stands")),
            (RulingAct.AMEND, __("amends it as below")),
            (RulingAct.SWITCH_OFF, __("switches it off")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": __("Choose one.")},
    )
    reason = fields.prose(
        __("Why?"), __("An auditor reads it, and whoever works on a finding."), needed=True
    )
    author = fields.line(
        __("Who ruled"), __("The law firm or the office that answers for it."), needed=True
    )
    made_on = fields.day(__("Ruled on"), needed=True)
    since = fields.day(
        __("Holds from"), __("Until the day before, the law is as the program has it."), needed=True
    )
    until = fields.day(__("Holds no longer on"), __("Empty: until somebody ends it."))


class CheckForm(RulingForm):
    """A ruling on a check; what is left as it is, is not amended."""

    severity = fields.word(Severity, __("Weight"), needed=True, empty=None)
    title = fields.line(__("What is wrong, in a line"))
    remedy = fields.prose(__("What mends it, in a sentence"), rows=2)
    parameters = ParametersField(
        label=__("Parameters"), help_text=__("One a line, as in the law files.")
    )


class ValueForm(RulingForm):
    """A ruling on a value; what is left as it is, is not amended."""

    amount = fields.line(__("Value"))


class EndForm(forms.Form):
    reason = fields.prose(__("Why does it no longer hold?"), needed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is ruled on: as the program's law has it, and as it stands now."""

    name: str
    program: Mapping[str, Any]  # its content, by the names of the form
    now: Mapping[str, Any]
    facts: list[tuple[str, str]]
    named: Mapping[str, Any]  # how the service is told what it is
    unit: Unit | None = None


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All rulings, newest first, the ended too."""
    shown = paged(request, rulings.rulings(actor))
    today, _now = clock(actor)
    decides = may(actor, Action.DECIDE)
    rows = [_row(one, today, decides=decides) for one in shown]
    return page(request, "rulings/browse", {"rows": rows, "page": shown})


@screen("GET", "POST", needs=Action.DECIDE)
def on_check(request: HttpRequest, actor: Actor, check: str) -> HttpResponse:
    """Rule on a check."""
    today, _now = clock(actor)
    program = find_check(current_law(), check, today)
    if program is None:
        raise NotFound(_("No check of the law data is called so."))
    target = _target_check(program, find_check(law_of(actor.organisation), check, today) or program)
    return _rule(request, actor, CheckForm, target)


@screen("GET", "POST", needs=Action.DECIDE)
def on_value(request: HttpRequest, actor: Actor, place: str, value: str) -> HttpResponse:
    """Rule on a value in a country, or of a law."""
    today, _now = clock(actor)
    where = {"regime": place} if place in current_law().regimes else {"country": place}
    held = current_law().dated(value, **where)
    if held is None or not held.entries:
        raise NotFound(_("The law data holds no such value there."))
    now = law_of(actor.organisation).dated(value, **where) or held
    return _rule(request, actor, ValueForm, _target_value(place, held, now, today))


@screen("GET", "POST", needs=Action.DECIDE)
def end(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """End a ruling: a page of its own, since it changes verdicts."""
    ruling = rulings.find_ruling(actor, number)
    require_whole(actor, Action.DECIDE)
    form = EndForm(fields.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            rulings.end_ruling(actor, number, form.cleaned_data["reason"], today=clock(actor)[0])
        except Invalid as invalid:
            attach(form, invalid)
        else:
            messages.success(request, _("Ended. What it touched is judged by the law data again."))
            return go(request, "ruling-browse")
    context = {"form": form, "row": _row(ruling, clock(actor)[0], decides=True)}
    return page(request, "rulings/end", context, status=422 if form.errors else 200)


def _rule(
    request: HttpRequest, actor: Actor, kind: type[RulingForm], target: Target
) -> HttpResponse:
    require_whole(actor, Action.DECIDE)
    today, _now = clock(actor)
    shown = {name: _write(one) if name == "amount" else one for name, one in target.now.items()}
    start = {"act": RulingAct.CONFIRM, "made_on": today, "since": today, **shown}
    form = kind(fields.sent(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            rulings.rule(actor, _input(form, target), today=today)
        except Invalid as invalid:
            attach(form, invalid)
        else:
            messages.success(request, _("Kept. What rests on it is judged again."))
            return go(request, request.path)
    earlier = [
        _row(one, today, decides=True) for one in rulings.rulings(actor).filter(**_rows_of(target))
    ]
    context = {"form": form, "target": target, "rows": earlier}
    return page(request, "rulings/rule", context, status=422 if form.errors else 200)


def _input(form: RulingForm, target: Target) -> RulingInput:
    """What was sent, less what is as the program's law has it; where nothing is amended, less what
    is as it was shown."""
    given = {name: value for name, value in form.cleaned_data.items() if name not in CONTENT}
    sent = {name: value for name, value in form.cleaned_data.items() if name in CONTENT}
    if "amount" in sent:
        sent["amount"] = _amount(sent["amount"], target.unit)
    held = target.program if given["act"] == RulingAct.AMEND else target.now
    changed = {name: _differing(value, held[name]) for name, value in sent.items()}
    content = {name: value for name, value in changed.items() if value not in (None, "", {})}
    return RulingInput(**given, **target.named, **content)


def _differing(value: Any, held: Any) -> Any:
    """What is not as it is held; of parameters, those that are not."""
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if held.get(name) != one}
    return None if value == held else value


def _amount(written: str, unit: Unit | None) -> Any:
    """A value as it was typed, of the type its unit asks for where it can be read so."""
    written = written.strip()
    if unit in (Unit.TEXT, Unit.DURATION, Unit.DATE):
        return written or None
    if unit is Unit.FLAG:
        return {"yes": True, "no": False}.get(written.casefold(), written or None)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 12 else (
        written or None
    )  # fmt: skip


def _rows_of(target: Target) -> dict[str, str]:
    columns = {"check": "check_id", "value": "value_id", "place": "place"}
    return {columns[name]: value for name, value in target.named.items()}


def _target_check(program: Check, now: Check) -> Target:
    return Target(
        name=f"{program.id}: {text_in(program.title)}",
        program=_content(program),
        now=_content(now),
        named={"check": program.id},
        facts=[
            (_("Law"), regime_name(program.regime)),
            (_("Cited"), "; ".join(str(one) for one in program.citations)),
            (_("How it was read"), say_mark(now)),
            (_("In the law data it is"), said(Severity, program.severity)),
        ],
    )


def _content(check: Check) -> dict[str, Any]:
    return {
        "severity": check.severity.value,
        "title": check.title["en"],
        "remedy": check.remedy["en"],
        "parameters": document(check.parameters),
    }


def _target_value(place: str, program: Value, now: Value, today: date) -> Target:
    held, current = _entry(program, today), _entry(now, today)
    return Target(
        name=f"{program.description}, {_place_name(place)}",
        program={"amount": document(held.value)},
        now={"amount": document(current.value)},
        named={"value": program.id, "place": place},
        unit=program.unit,
        facts=[
            (_("Value"), program.id),
            (_("In the law data it is"), f"{_write(held.value)} ({program.unit})"),
            (_("Cited"), str(held.citation)),
            (_("How it was read"), MARKS[held.mark]),
            *([(_("Note"), held.note)] if held.note else []),
        ],
    )


def _entry(value: Value, on: date) -> Entry:
    """What holds on the day, else the last that did."""
    return next((one for one in value.entries if one.covers(on)), value.entries[-1])


def _write(amount: Any) -> str:
    if isinstance(amount, bool):
        return "yes" if amount else "no"
    return str(document(amount))


def _place_name(place: str) -> str:
    return country_name(place) if place.isupper() else regime_name(place)


def _row(ruling: Ruling, today: date, *, decides: bool) -> dict[str, Any]:
    ends = [day for day in (ruling.until, ruling.ended_on) if day is not None]
    ended = min(ends, default=None)
    live = ended is None or ended > today
    return {
        "ruling": ruling,
        "what": _what(ruling),
        "did": said(RulingAct, ruling.act),
        "url": _url(ruling) if decides else "",
        "ended": ended,
        "live": live,
        "never": ended is not None and ended <= ruling.since,
        "end_url": reverse("ruling-end", args=[ruling.pk]) if live and decides else "",
    }


def _what(ruling: Ruling) -> str:
    law = current_law()
    if ruling.check_id:
        check = find_check(law, ruling.check_id)
        return f"{ruling.check_id}: {text_in(check.title)}" if check else ruling.check_id
    definition = law.definitions.get(ruling.value_id.partition(".")[0])
    name = definition.description if definition else ruling.value_id
    record_class = ruling.value_id.partition(".")[2]
    name += f" ({record_class})" if record_class else ""
    return f"{name}, {_place_name(ruling.place)}"


def _url(ruling: Ruling) -> str:
    if ruling.check_id:
        return reverse("ruling-check", args=[ruling.check_id])
    return reverse("ruling-value", args=[ruling.place, ruling.value_id])
