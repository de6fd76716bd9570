"""Borders that data crosses, derived from the register, and the mechanism said of each."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inventory.law.vocabulary import Declared, SubjectKind
from inventory.models import Transfer
from inventory.services.access import Action, may, require
from inventory.services.actors import Actor
from inventory.services.crossings import Crossing, crossings, find_crossing
from inventory.services.errors import Invalid
from inventory.services.law import current_law
from inventory.services.register_inputs import TransferInput
from inventory.services.transfers import put_transfer
from inventory.web import forms
from inventory.web.answers import NONE, SomeOf
from inventory.web.forms import Offers, SheetForm
from inventory.web.page import attach, clock, go, page, screen
from inventory.web.parties import terms_offered
from inventory.web.registers import paged
from inventory.web.sheets import told
from inventory.web.words import country_name, regime_name, text_in

FACTS = ("mechanism", "instrument_on", "unmodified", "undertaking", "published", "repeated",
         "assessment_on", "module_fits", "legacy_clauses", "fallback", "filed",
         "filed_on")  # fmt: skip
_NONE = __("None of these")
PAGE = 50


class TransferForm(SheetForm):
    """By which gateway of the law the data may leave, with what that needs."""

    mechanism = forms.pick(__("Mechanism"), needed=True, wide=True)
    instrument_on = forms.day(__("Signed or decided on"))
    unmodified = forms.fact(__("Its clauses are unaltered"))
    undertaking = forms.fact(__("The recipient has undertaken it in writing"))
    published = forms.fact(__("People are told of it"))
    repeated = forms.fact(__("It happens again and again"))
    assessment_on = forms.day(__("Transfer assessment, last done"))
    module_fits = forms.fact(__("The module of the clauses fits the two roles"))
    legacy_clauses = forms.fact(__("Its clauses are of an earlier form"))
    fallback = forms.fact(__("Another safeguard is kept on file"))
    filed = forms.fact(__("Filed with the authority"))
    filed_on = forms.day(__("Filed on"))
    terms = SomeOf((), none=_NONE, label=__("Terms that the agreement covers"))


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every crossing, worst first, with its mechanism or its gap."""
    shown = paged(request, crossings(actor), size=PAGE)
    n = shown.paginator.count
    context = {
        "headline": ngettext("%(n)d border is crossed", "%(n)d borders are crossed", n) % {"n": n},
        "rows": [_row(one) for one in shown],
        "page": shown,
        "writable": may(actor, Action.EDIT),
    }
    return page(request, "transfers/browse", context)


@screen("GET", "POST")
def change(
    request: HttpRequest, actor: Actor, entity: str, country: str, through: str, key: str
) -> HttpResponse:
    """One crossing: what goes over it, and by which mechanism. Who may not change it reads it."""
    crossing = find_crossing(actor, entity, country.upper(), through, key)
    writable = may(actor, Action.EDIT)
    if request.method == "POST":
        require(actor, Action.EDIT)
    initial = _values(crossing.stored)
    form = TransferForm(forms.sent(request), initial=initial, offers=_offers(actor, crossing))
    context: dict[str, Any] = {
        "crossing": _row(crossing),
        "form": form,
        "writable": writable,
        "seen": _digest(initial),
        "facts": _facts(form, initial),
    }
    if request.method != "POST" or not form.is_valid():
        return page(request, "transfers/change", context, status=422 if form.errors else 200)
    if request.POST.get("seen") != _digest(initial):
        context["stale"] = {"who": "", "at": None, "rows": _theirs(form, initial)}
        return page(request, "transfers/change", context, status=412)
    try:
        outcome = put_transfer(actor, _document(crossing, form.cleaned_data), today=clock(actor)[0])
    except Invalid as invalid:
        attach(form, invalid)
        return page(request, "transfers/change", context, status=422)
    messages.success(request, told(outcome))
    return go(request, "transfer-browse")


def _document(crossing: Crossing, entered: Mapping[str, Any]) -> TransferInput:
    return TransferInput(
        entity=crossing.entity.key,
        destination=crossing.destination,
        **{crossing.through: crossing.by.key},
        **entered,
    )


def _row(one: Crossing) -> dict[str, Any]:
    more = ngettext("and %(n)d more", "and %(n)d more", one.number - 1) % {"n": one.number - 1}
    stored = one.stored
    return {
        "status": one.status,
        "count": one.count,
        "name": one.entity.name,
        "origin": country_name(one.entity.country),
        "destination": country_name(one.destination),
        "by": one.by.name,
        "by_url": reverse(f"{one.through}-show", args=[one.by.key]),
        "carries": f"{one.carries} {more}" if one.number > 1 else one.carries,
        "mechanism": _mechanism(stored.mechanism) if stored else "",
        "url": reverse(
            "transfer-change", args=[one.entity.key, one.destination, one.through, one.by.key]
        ),
    }


def _mechanism(code: str) -> str:
    known = current_law().mechanisms.get(code)
    return f"{known.citation}: {text_in(known.title)}" if known else code


def _values(stored: Transfer | None) -> dict[str, Any]:
    said = stored is not None and stored.terms_state != Declared.NOT_ASKED
    terms = tuple(stored.terms) if stored and said else None
    return {**{name: getattr(stored, name, None) for name in FACTS}, "terms": terms}


def _digest(values: Mapping[str, Any]) -> str:
    """What was shown, so that nobody saves over what they have not seen: it has no version."""
    return sha256(json.dumps(values, default=str, sort_keys=True).encode()).hexdigest()[:16]


def _offers(actor: Actor, crossing: Crossing) -> Offers:
    """The gateways of each law, those of the exporter's own country first, and what is agreed."""
    law = current_law()
    own = next(
        (code for code, r in law.regimes.items() if crossing.entity.country in r.countries), ""
    )
    order = sorted(law.statutes, key=lambda code: (code != own, code))
    groups = [
        (regime_name(code), [(m.code, f"{m.citation.article}: {text_in(m.title)}")
                             for m in law.regimes[code].mechanisms.values()])
        for code in order
    ]  # fmt: skip
    terms = [*terms_offered(actor, SubjectKind.TRANSFER), (NONE, _NONE)]
    return {"mechanism": [("", _("Choose…")), *groups], "terms": terms}


def _facts(form: TransferForm, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(str(bound.label), _said(bound.name, values[bound.name])) for bound in form]


def _theirs(form: TransferForm, values: Mapping[str, Any]) -> list[dict[str, str]]:
    mine = form.cleaned_data
    return [
        {"label": str(bound.label), "theirs": _said(bound.name, values[bound.name])}
        for bound in form
        if values[bound.name] != mine.get(bound.name)
    ]


def _said(name: str, value: Any) -> str:
    if name == "mechanism":
        return _mechanism(value) if value else ""
    if value is None or isinstance(value, bool):
        return "" if value is None else _("Yes") if value else _("No")
    if isinstance(value, tuple):
        return ", ".join(value) or str(_NONE)
    return str(value)
