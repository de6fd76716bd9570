"""The countries of the world as the law data sees them, and one with all that it sets."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.law.bundle import Law
from inventory.law.shapes import Authority, Country, Recognition
from inventory.law.taxonomies import WorldLevel
from inventory.law.vocabulary import RecipientScope
from inventory.services.actors import Actor
from inventory.services.errors import NotFound
from inventory.services.law import law_of
from inventory.templatetags.grounds import day
from inventory.web.finding_cards import place_name
from inventory.web.library.telling import mark_word, period
from inventory.web.library.values import setting_row, settings
from inventory.web.narrowing import Offer, filter_bar
from inventory.web.page import clock, page, screen
from inventory.web.registers import paged
from inventory.web.words import choices, level, regime_name, said, text_in

PAGE = 100


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every country with its level of protection; one that nobody has looked at is unknown."""
    law, today = law_of(actor.organisation), clock(actor)[0]
    query = request.GET.get("q", "").casefold().strip()
    chosen = [
        one
        for one in sorted(law.countries.values(), key=lambda one: text_in(one.name))
        if query in f"{one.code} {text_in(one.name)}".casefold()
        and request.GET.get("level") in (None, "", one.level_on(today) or "unknown")
        and request.GET.get("regime") in (None, "", one.regime)
    ]
    shown = paged(request, chosen, size=PAGE)
    context = {
        "rows": [_row(one, today) for one in shown],
        "page": shown,
        "filters": filter_bar(request, _offers(law), label=_("Country")),
        "result": ngettext("%(n)s country", "%(n)s countries", len(chosen)) % {"n": len(chosen)},
    }
    return page(request, "library/places", context)


@screen("GET")
def show(request: HttpRequest, actor: Actor, country: str) -> HttpResponse:
    """One country: its law, authorities and values, and who finds it adequate."""
    law, today = law_of(actor.organisation), clock(actor)[0]
    known = law.countries.get(country)
    if known is None:
        raise NotFound(_("The law data has no such country."))
    context = {
        "name": text_in(known.name),
        "facts": _facts(law, known, today),
        "authorities": [_authority(one) for one in known.authorities],
        "values": [setting_row(one, actor, today) for one in settings(law, country)],
        "recognised": [_recognition(one) for one in law.recognitions if one.destination == country],
        "crumbs": [
            {"label": _("Law library"), "url": reverse("law-browse")},
            {"label": _("Countries"), "url": reverse("law-place-browse")},
            {"label": known.code, "key": True},
        ],
    }
    return page(request, "library/place", context)


def _row(country: Country, today: date) -> dict[str, Any]:
    return {
        "code": country.code,
        "name": text_in(country.name),
        "url": reverse("law-place-show", args=[country.code]),
        "level": level(country.level_on(today)),
        "known": country.level_on(today) is not None,
        "to_come": _to_come(country, today),
        "law": country.law or "",
        "regime": regime_name(country.regime) if country.regime else "",
        "mark": mark_word(country.mark),
    }


def _facts(law: Law, country: Country, today: date) -> Iterable[tuple[str, str]]:
    regime = law.regimes.get(country.regime or "")
    begun = regime.begins(country.code) if regime else None
    governed = (
        f"{regime.title['en']}, {period(begun, None)}" if regime else _("none that is encoded")
    )
    return [
        (_("Level of protection"), f"{level(country.level_on(today))} {_to_come(country, today)}"),
        (_("Its law, in the world table"), country.law or ""),
        (_("Governed here by"), governed),
        (_("Languages of record"), ", ".join(country.languages)),
        (_("Mark"), mark_word(country.mark)),
    ]


def _to_come(country: Country, today: date) -> str:
    coming = [(since, code) for since, code in country.changes if since > today]
    said_ = [_("from %(day)s: %(level)s") % {"day": day(d), "level": level(c)} for d, c in coming]
    return f"({'; '.join(said_)})" if said_ else ""


def _authority(one: Authority) -> dict[str, str]:
    return {
        "name": one.name,
        "english": one.name_en if one.name_en != one.name else "",
        "language": one.language,
        "acronym": one.acronym,
        "region": one.region or "",
        "url": one.url or "",
        "mark": mark_word(one.mark),
        "note": one.note or "",
    }


def _recognition(one: Recognition) -> dict[str, str]:
    return {
        "by": place_name(one.origin),
        "scope": said(RecipientScope, one.scope) if one.scope else _("in general"),
        "period": period(one.since if one.dated else None, one.until),
        "cited": str(one.citation),
        "mark": mark_word(one.mark),
        "note": one.note or "",
    }


def _offers(law: Law) -> list[Offer]:
    return [
        Offer(
            name="level",
            label=_("Level"),
            options=[*choices(WorldLevel), ("unknown", _("not known"))],
        ),
        Offer(name="regime", label=_("Law"), options=[(c, regime_name(c)) for c in law.regimes]),
    ]
