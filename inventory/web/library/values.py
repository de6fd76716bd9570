"""Every dated value of the law: what each country or law sets, from when, and where it says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.law.bundle import Law
from inventory.law.shapes import Entry, Value
from inventory.law.vocabulary import Mark
from inventory.rules.explain import say_ruling
from inventory.services.access import Action, may, sees_whole
from inventory.services.actors import Actor
from inventory.services.law import law_of
from inventory.web.finding_cards import place_name
from inventory.web.library.telling import entry_period, mark_word, value_words
from inventory.web.narrowing import Offer, filter_bar
from inventory.web.page import clock, page, screen
from inventory.web.registers import paged
from inventory.web.words import record_class_name

PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One value over one period, and the country or law that sets it."""

    place: str
    value: Value
    entry: Entry

    @property
    def family(self) -> str:
        return self.value.id.split(".")[0]


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The values that the address asks for, by what they are and who sets them."""
    law, today = law_of(actor.organisation), clock(actor)[0]
    chosen = [one for one in settings(law) if _is_asked(request.GET, one)]
    shown = paged(request, chosen, size=PAGE)
    context = {
        "rows": [setting_row(one, actor, today) for one in shown],
        "page": shown,
        "filters": filter_bar(request, _offers(law), label=_("Value, country or statute")),
        "result": ngettext("%(n)s value", "%(n)s values", len(chosen)) % {"n": len(chosen)},
    }
    return page(request, "library/values", context)


def settings(law: Law, place: str | None = None) -> list[Setting]:
    """All that laws and countries set, or what one of them does."""
    found = [one for one in _all(law) if place in (None, one.place)]
    return sorted(found, key=lambda one: (one.value.id, place_name(one.place), one.entry.since))


def setting_row(one: Setting, actor: Actor, today: date) -> dict[str, Any]:
    """What a table shows of a value."""
    kind, ruling = one.value.id.partition(".")[2], one.entry.ruling
    decides = may(actor, Action.DECIDE) and sees_whole(actor)
    return {
        "what": one.value.description,
        "kind": record_class_name(kind) if kind else "",
        "place": place_name(one.place),
        "place_url": reverse("law-place-show", args=[one.place]) if one.place.isupper() else "",
        "value": value_words(one.entry.value, one.value.unit),
        "period": entry_period(one.entry),
        "now": one.entry.in_force(today),
        "cited": str(one.entry.citation),
        "mark": mark_word(one.entry.mark),
        "guidance": one.entry.guidance,
        "note": one.entry.note or "",
        "ruling": say_ruling(ruling, actor.organisation.name) if ruling else "",
        "rule_url": reverse("ruling-value", args=[one.place, one.value.id]) if decides else "",
    }


def _all(law: Law) -> Iterator[Setting]:
    held = {code: regime.values for code, regime in law.regimes.items()}
    held |= {code: country.values for code, country in law.countries.items()}
    for place, values in held.items():
        for value in values.values():
            for entry in value.entries:
                yield Setting(place=place, value=value, entry=entry)


def _is_asked(given: Mapping[str, str], one: Setting) -> bool:
    query = given.get("q", "").casefold().strip()
    kind = record_class_name(one.value.id.partition(".")[2])
    place, cited = place_name(one.place), str(one.entry.citation)
    words = f"{one.value.id} {one.value.description} {kind} {place} {cited}"
    own = {"place": one.place, "id": one.family, "mark": one.entry.mark}
    return (
        query in words.casefold()
        and all(given[name] == value for name, value in own.items() if given.get(name))
        and (not given.get("guidance") or one.entry.guidance)
    )


def _offers(law: Law) -> list[Offer]:
    places = sorted({one.place for one in _all(law)}, key=place_name)
    families = [(code, one.description) for code, one in law.definitions.items()]
    return [
        Offer(name="id", label=_("What"), options=families),
        Offer(name="place", label=_("Set by"), options=[(p, place_name(p)) for p in places]),
        Offer(name="mark", label=_("Mark"), options=[(m.value, mark_word(m)) for m in Mark]),
        Offer(name="guidance", label=_("Kind"), options=[("yes", _("guidance only"))]),
    ]
