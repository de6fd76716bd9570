"""House policy: what an organisation asks of itself, switched on or off, and its own rules."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.bundle import HOUSE
from inventory.law.vocabulary import Severity, SubjectKind
from inventory.models import HouseRule
from inventory.rules.asking import CONDITIONS, Condition
from inventory.services import house
from inventory.services.access import Action, may, require_whole
from inventory.services.actors import Actor
from inventory.services.errors import Invalid
from inventory.services.house import HouseRuleInput
from inventory.services.law import current_law, law_of
from inventory.web import forms as fields
from inventory.web.forms import SheetForm
from inventory.web.page import attach, clock, go, page, screen
from inventory.web.parameters import ParametersField
from inventory.web.words import said, text_in


class RuleForm(SheetForm):
    """A rule of the house's own, and the document that it cites."""

    condition = fields.pick(__("What is asked"), needed=True, wide=True)
    parameters = ParametersField(
        label=__("Parameters"),
        help_text=__('One a line, as in the law files: every = "P1Y". The list below names them.'),
    )
    severity = fields.word(Severity, __("Weight"), needed=True, empty=None)
    title = fields.line(__("What is wrong, in a line"), needed=True)
    remedy = fields.prose(__("What mends it, in a sentence"), needed=True, rows=2)
    language = fields.line(__("Language of both"), __("Such as en, fr or pt-BR."), most=10)
    document = fields.line(
        __("Your document"), __("Findings cite it: such as “Data policy 2026”."), needed=True
    )
    section = fields.line(__("Section of it"), needed=True, most=100)
    valid_from = fields.day(__("Holds from"), needed=True)
    valid_until = fields.day(__("Holds no longer on"), __("Empty: until it is retired."))


class NewRuleForm(RuleForm):
    key = fields.key()
    field_order = ("key",)


class RetireForm(forms.Form):
    reason = fields.prose(__("Why?"), __("Kept in the history."))


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whether it is on, what it asks, and the organisation's own rules."""
    on = actor.organisation.house_policy
    decides = may(actor, Action.DECIDE)
    context = {
        "on": on,
        "available": house.has_pack(),
        "decides": decides,
        "pack": _pack(actor, decides=decides),
        "rules": [_row(one, decides=decides) for one in house.own_rules(actor)],
    }
    return page(request, "house/browse", context)


@screen("POST", needs=Action.DECIDE)
def switch(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Switch it on or off."""
    on = request.POST.get("on") == "yes"
    house.switch_house(actor, on=on, today=clock(actor)[0])
    told = _("House policy is on.") if on else _("House policy is off: it asks nothing.")
    messages.success(request, told)
    return go(request, "house-browse")


@screen("GET", "POST", needs=Action.DECIDE)
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new rule of one's own."""
    start = {"valid_from": clock(actor)[0], "severity": Severity.MAJOR, "language": "en"}
    return _write(request, actor, NewRuleForm, start)


@screen("GET", "POST", needs=Action.DECIDE)
def change(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Write a rule anew."""
    row = house.find_rule(actor, key)
    start = {name: getattr(row, name) for name in RuleForm.base_fields}
    return _write(request, actor, RuleForm, start, row)


@screen("GET", "POST", needs=Action.DECIDE)
def retire(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Retire a rule: a page of its own, since findings go."""
    row = house.find_rule(actor, key)
    require_whole(actor, Action.DECIDE)
    form = RetireForm(fields.sent(request))
    if request.method == "POST" and form.is_valid():
        today, now = clock(actor)
        house.retire_rule(actor, key, today=today, now=now, reason=form.cleaned_data["reason"])
        messages.success(request, _("Retired: it asks nothing any more."))
        return go(request, "house-browse")
    return page(request, "house/retire", {"form": form, "row": row})


def _write(
    request: HttpRequest,
    actor: Actor,
    kind: type[RuleForm],
    start: Mapping[str, Any],
    row: HouseRule | None = None,
) -> HttpResponse:
    require_whole(actor, Action.DECIDE)
    offers = {"condition": [("", _("Choose…")), *_conditions()]}
    form = kind(fields.sent(request), initial=dict(start), offers=offers)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        key = row.key if row else given.pop("key")
        try:
            house.put_rule(actor, key, HouseRuleInput(**given), today=clock(actor)[0])
        except Invalid as invalid:
            attach(form, invalid)
        else:
            messages.success(request, _("Kept. What it is about is judged again."))
            return go(request, "house-browse")
    taken = [(one, _parameters(one)) for one in _in_order()]
    context = {"form": form, "row": row, "conditions": taken}
    return page(request, "house/rule", context, status=422 if form.errors else 200)


def _pack(actor: Actor, *, decides: bool) -> list[dict[str, Any]]:
    """The house's checks, as the organisation has them, or as it would."""
    law = law_of(actor.organisation)
    regime = (law if HOUSE in law.regimes else current_law()).regimes.get(HOUSE)
    today, _now = clock(actor)
    checks = [one for one in (regime.checks if regime else ()) if one.covers(today)]
    return [
        {
            "check": one,
            "title": text_in(one.title),
            "weight": said(Severity, one.severity),
            "cited": "; ".join(str(cite) for cite in one.citations),
            "off": not one.in_force(today),
            "rule_url": reverse("ruling-check", args=[one.id]) if decides else "",
        }
        for one in checks
        if ":" not in one.id
    ]


def _row(rule: HouseRule, *, decides: bool) -> dict[str, Any]:
    condition = CONDITIONS.get(rule.condition)
    live = rule.retired_at is None and decides
    return {
        "rule": rule,
        "asks": condition.question if condition else rule.condition,
        "weight": said(Severity, rule.severity),
        "change_url": reverse("house-change", args=[rule.key]) if live else "",
        "retire_url": reverse("house-retire", args=[rule.key]) if live else "",
    }


def _in_order() -> list[Condition]:
    return sorted(CONDITIONS.values(), key=lambda one: (one.subject, one.name))


def _conditions() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be asked, by what it is asked of."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in _in_order():
        subject = said(SubjectKind, one.subject)
        groups.setdefault(subject, []).append((one.name, f"{one.question} ({one.name})"))
    return list(groups.items())


def _parameters(condition: Condition) -> str:
    """The names of what it takes; in brackets what may be left out."""
    return ", ".join(
        f"[{name}]" if name in condition.defaults else name for name in condition.parameters
    )
