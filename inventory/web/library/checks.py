"""Every check of the law: the list, and one with all it rests on and what it finds now."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.law.amending import OWN
from inventory.law.bundle import Law
from inventory.law.shapes import Check, ValueOf
from inventory.law.vocabulary import Level, Mark, Severity, Status, SubjectKind
from inventory.rules.asking import find_condition
from inventory.rules.evaluate import waiting
from inventory.rules.explain import say_ruling
from inventory.services import compliance
from inventory.services.access import Action, may, sees_whole
from inventory.services.actors import Actor
from inventory.services.errors import NotFound
from inventory.services.law import law_of
from inventory.web.finding_cards import citation_lines
from inventory.web.library.telling import mark_word, parameter_words, period
from inventory.web.narrowing import Offer, filter_bar
from inventory.web.native_words import all_words
from inventory.web.page import clock, page, screen
from inventory.web.registers import paged
from inventory.web.words import choices, regime_name, said, text_in

PAGE = 100
IN_FORCE, WAITING, OFF, LATER, ENDED = "in_force", "waiting", "off", "later", "ended"


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The checks that the address asks for, in the order of the law's files."""
    law, today = law_of(actor.organisation), clock(actor)[0]
    found = compliance.counts_by_check(actor)
    states = _states(law, today)
    chosen = [one for one in _all(law) if _is_asked(request.GET, one, states[id(one)], found)]
    shown = paged(request, chosen, size=PAGE)
    context = {
        "rows": [_row(one, states[id(one)], found) for one in shown],
        "page": shown,
        "filters": filter_bar(request, _offers(law), label=_("Title, article or id")),
        "result": ngettext("%(n)s check", "%(n)s checks", len(chosen)) % {"n": len(chosen)},
    }
    return page(request, "library/checks", context)


@screen("GET")
def show(request: HttpRequest, actor: Actor, check: str) -> HttpResponse:
    """One check, all its periods, and how many findings it has now."""
    law, today = law_of(actor.organisation), clock(actor)[0]
    versions = law.wordings(check)
    if not versions:
        raise NotFound(_("The law data has no such check."))
    now = next((one for one in versions if one.covers(today)), versions[-1])
    found = compliance.counts_by_check(actor).get(check, {})
    context = {
        "check": now,
        "title": text_in(now.title),
        "question": find_condition(now).question,
        "remedy": text_in(now.remedy),
        "citations": citation_lines(now.citations, now.mark),
        "facts": _facts(law, now, _states(law, today)[id(now)]),
        "periods": [period(one.valid_from, one.valid_until) for one in versions],
        "parameters": [(name, *_parameter(law, value)) for name, value in now.parameters.items()],
        "texts": all_words(now, law),
        "counsel": _counsel(actor, now, versions),
        "counts": [(status.value, found[status.value]) for status in Status if status in found],
        "findings_url": f"{reverse('finding-browse')}?check={check}",
        "crumbs": [
            {"label": _("Law library"), "url": reverse("law-browse")},
            {"label": _("Checks"), "url": reverse("law-check-browse")},
            {"label": now.id, "key": True},
        ],
    }
    return page(request, "library/check", context)


def _counsel(actor: Actor, now: Check, versions: Iterable[Check]) -> dict[str, Any]:
    """What `_parts/counsel.html` shows: every ruling on the check, and the way to another."""
    label = _("Confirm, amend or switch off this check")
    url = reverse("ruling-check", args=[now.id])
    decides = may(actor, Action.DECIDE) and sees_whole(actor) and not now.id.startswith(OWN)
    name = actor.organisation.name
    return {
        "said": [say_ruling(one.ruling, name) for one in versions if one.ruling],
        "rulings": [{"label": label, "url": url}] if decides else [],
    }


def _all(law: Law) -> Iterable[Check]:
    return (check for regime in law.regimes.values() for check in regime.checks)


def _states(law: Law, today: date) -> Mapping[int, str]:
    """Of each check, by identity: whether it is asked today, waits, comes later or has ended."""
    asleep = {id(one) for one in waiting(law, today)}
    return {id(one): _state(one, today, id(one) in asleep) for one in _all(law)}


def _state(check: Check, today: date, asleep: bool) -> str:
    if check.valid_from > today:
        return LATER
    if not check.covers(today):
        return ENDED
    if not check.in_force(today):
        return OFF
    return WAITING if asleep else IN_FORCE


def _is_asked(
    given: Mapping[str, str], check: Check, state: str, found: Mapping[str, Mapping[str, int]]
) -> bool:
    """Whether the address asks for this check; a parameter that no check has finds nothing."""
    query = given.get("q", "").casefold().strip()
    words = " ".join((check.id, check.condition, *check.title.values(), *map(str, check.citations)))
    own = {
        "regime": check.regime,
        "subject": check.subject,
        "severity": check.severity,
        "mark": check.mark,
        "state": state,
        "condition": check.condition,
    }
    return (
        query in words.casefold()
        and all(given[name] == value for name, value in own.items() if given.get(name))
        and (not given.get("found") or check.id in found)
    )


def _row(check: Check, state: str, found: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    counts = found.get(check.id, {})
    return {
        "id": check.id,
        "title": text_in(check.title),
        "url": reverse("law-check-show", args=[check.id]),
        "law": regime_name(check.regime),
        "subject": said(SubjectKind, check.subject),
        "severity": said(Severity, check.severity),
        "cited": ", ".join(str(one) for one in check.citations[:2]),
        "mark": mark_word(check.mark),
        "state": _state_words(state),
        "since": period(check.valid_from, check.valid_until),
        "number": sum(counts.values()),
        "worst": next((s.value for s in Status if s.value in counts), ""),
        "findings_url": f"{reverse('finding-browse')}?check={check.id}",
    }


def _facts(law: Law, check: Check, state: str) -> list[tuple[str, str]]:
    decided = (
        _("in each country by its own number")
        if check.level is Level.COUNTRY
        else _("once for the whole law")
    )
    kind = _("A probable fault: at most attention") if check.risk else said(
        Severity, check.severity
    )  # fmt: skip
    return [
        (_("Law"), law.regimes[check.regime].title["en"]),
        (_("Judges"), said(SubjectKind, check.subject)),
        (_("Weight"), kind),
        (_("Decided"), decided),
        (_("Mark"), mark_word(check.mark)),
        (_("Now"), _state_words(state)),
        (_("Condition"), check.condition),
    ]


def _parameter(law: Law, value: Any) -> tuple[str, str]:
    """A parameter in words, and where a dated value is listed."""
    url = f"{reverse('law-value-browse')}?id={value.id}" if isinstance(value, ValueOf) else ""
    return parameter_words(law, value), url


def _state_words(state: str) -> str:
    return {
        IN_FORCE: _("asked"),
        WAITING: _("waits: the register holds no such thing yet"),
        OFF: _("switched off by your counsel"),
        LATER: _("not yet in force"),
        ENDED: _("no longer in force"),
    }[state]


def _offers(law: Law) -> list[Offer]:
    return [
        Offer(name="regime", label=_("Law"), options=[(c, regime_name(c)) for c in law.regimes]),
        Offer(name="subject", label=_("Judges"), options=choices(SubjectKind)),
        Offer(name="severity", label=_("Weight"), options=choices(Severity)),
        Offer(name="mark", label=_("Mark"), options=[(m.value, mark_word(m)) for m in Mark]),
        Offer(
            name="state",
            label=_("Now"),
            options=[(s, _state_words(s)) for s in (IN_FORCE, WAITING, OFF, LATER, ENDED)],
        ),
        Offer(name="found", label=_("Findings"), options=[("yes", _("has findings now"))]),
    ]
