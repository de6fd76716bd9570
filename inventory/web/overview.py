"""The overview: how the register stands in a sentence, by dataset and country, and what to do."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.law.bundle import Law
from inventory.law.vocabulary import Status
from inventory.services import compliance, places
from inventory.services.access import Action, may
from inventory.services.actors import Actor
from inventory.services.law import current_law, law_of
from inventory.services.wording import find_check
from inventory.templatetags.grounds import grouped
from inventory.web import words
from inventory.web.narrowing import place_asked
from inventory.web.page import clock, page, screen

ROWS = 12
THINGS = 8
WORST = (Status.BREACH, Status.UNKNOWN, Status.ATTENTION)


@screen("GET")
def show(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What holds and what doesn't, worst first. A fixed number of queries."""
    counts = compliance.counts(actor)
    found = compliance.matrix(actor, limit=ROWS)
    by_country = places.open_by_country(actor)
    context = {
        "headline": headline(counts, by_country),
        "lead": _lead(counts, found),
        "matrix": _matrix(found),
        "of_all": {"shown": len(found.rows), "total": found.total},
        "stale": found.stale_count,
        "todo": [_todo(thing, law_of(actor.organisation)) for thing in _things(actor)],
        "open": counts.open,
        "open_url": reverse("finding-browse"),
        "where": _where(actor, found, by_country, clock(actor)[0]),
        "record_url": reverse("record-browse") if may(actor, Action.ISSUE) else "",
        "may_register": may(actor, Action.REGISTER),
    }
    return page(request, "overview/show", context)


def headline(counts: compliance.Counts, by_country: Mapping[str, Mapping[str, int]]) -> str:
    """The most important sentence: what is left, and where most of it is."""
    if not counts.datasets:
        return _("Nothing is registered yet")
    for status, one, many in (
        (Status.BREACH, _("%(n)s breach left"), _("%(n)s breaches left")),
        (Status.UNKNOWN, _("%(n)s question open"), _("%(n)s questions open")),
        (Status.ATTENTION, _("%(n)s thing needs attention"), _("%(n)s things need attention")),
    ):
        n = int(getattr(counts, status.value))
        if n:
            said = (one if n == 1 else many) % {"n": words.in_numbers(n)}
            return said + _most_of_it(n, status, by_country)
    return _("Nothing to work off")


def _most_of_it(n: int, status: Status, by_country: Mapping[str, Mapping[str, int]]) -> str:
    """ "…, three of them in Brazil"; nothing where one country has no more than others."""
    held = {code: open_.get(status.value, 0) for code, open_ in by_country.items()}
    most = max(held.values(), default=0)
    where = sorted(words.country_name(code) for code, number in held.items() if number == most)
    if n < 2 or not most or len(where) > 2:
        return ""
    names = _(" and ").join(where)
    if most >= n:
        return _(", all of them in %(country)s") % {"country": names}
    number = words.in_numbers(most).lower()
    return _(", %(n)s of them in %(country)s") % {"n": number, "country": names}


def _lead(counts: compliance.Counts, found: compliance.Matrix) -> str:
    countries = len({column.country for column in found.columns if column.country})
    said = [
        ngettext("%(n)s dataset", "%(n)s datasets", counts.datasets)
        % {"n": grouped(counts.datasets)},
        ngettext("%(n)s country", "%(n)s countries", countries) % {"n": grouped(countries)},
    ]
    if counts.waived:
        said.append(
            ngettext("%(n)s finding waived", "%(n)s findings waived", counts.waived)
            % {"n": grouped(counts.waived)}
        )
    return " · ".join(said)


def _matrix(found: compliance.Matrix) -> dict[str, Any]:
    return {
        "caption": _("Datasets by country"),
        "columns": [
            {"code": c.country or c.law, "name": c.name, "law": c.law if c.country else ""}
            for c in found.columns
        ],
        "rows": [_row(row, found.columns) for row in found.rows],
    }


def _row(row: compliance.MatrixRow, columns: Sequence[compliance.Column]) -> dict[str, Any]:
    url = reverse("dataset-show", args=[row.subject.key])
    pairs = zip(columns, row.cells, strict=True)
    return {
        "name": row.subject.name,
        "url": url,
        "cells": [_cell(column, cell, url) for column, cell in pairs],
    }


def _cell(column: compliance.Column, cell: compliance.Cell | None, url: str) -> dict[str, Any]:
    open_ = cell is not None and cell.status in WORST
    return {
        "code": column.country or column.law,
        "country": column.name,
        "status": cell.status.value if cell else "na",
        "count": cell.count if cell and open_ else None,
        "url": f"{url}?{urlencode(place_asked(column))}#findings" if cell else "",
    }


def _things(actor: Actor) -> list[compliance.NextThing]:
    """Worst first; what waits for the member stands with what needs attention."""
    order = [status.value for status in WORST]
    things = compliance.next_things(actor, most=THINGS)
    return sorted(things, key=lambda thing: order.index(thing.status.value))


def _todo(thing: compliance.NextThing, law: Law) -> dict[str, Any]:
    if thing.check_id is None:
        return {
            "status": thing.status.value,
            "title": ngettext(
                "%(n)s justification waits for you",
                "%(n)s justifications wait for you",
                thing.count,
            )
            % {"n": grouped(thing.count)},
            "under": _("Someone else wrote them"),
            "act_label": _("Review"),
            "act_url": reverse("justification-browse"),
        }
    check = find_check(law, thing.check_id)
    cited = str(check.citations[0]) if check else ""
    more = thing.count - 1
    several = ngettext("%(n)s more", "%(n)s more", more) % {"n": more} if more else ""
    return {
        "status": thing.status.value,
        "title": thing.title,
        "under": " · ".join(part for part in (thing.named, several, cited) if part),
        "act_label": _("Mend") if thing.status != Status.UNKNOWN else _("Answer"),
        "act_url": _things_url(thing),
    }


def _things_url(thing: compliance.NextThing) -> str:
    if thing.count > 1 or not thing.finding_id:
        return f"{reverse('finding-browse')}?{urlencode({'check': thing.check_id or ''})}"
    return reverse("finding-show", args=[thing.finding_id])


def _where(
    actor: Actor,
    found: compliance.Matrix,
    by_country: Mapping[str, Mapping[str, int]],
    today: Any,
) -> list[dict[str, Any]]:
    """A row a country: its law, its level of protection, and what is open there; or a policy."""
    law = current_law()
    by_policy = {} if all(c.country for c in found.columns) else places.open_by_policy(actor)
    rows = []
    for column in found.columns:
        country = law.countries.get(column.country)
        there = by_country.get(column.country) if country else by_policy.get(column.regime)
        open_ = there or {}
        worst = next((s.value for s in WORST if open_.get(s.value)), Status.MET.value)
        rows.append(
            {
                "name": column.name,
                "law": column.law,
                "level": words.level(country.level_on(today) if country else None)
                if column.country
                else "",
                "status": worst,
                "count": open_.get(worst),
                "url": f"{reverse('finding-browse')}?{urlencode(place_asked(column))}",
            }
        )
    order = [*(s.value for s in WORST), Status.MET.value]
    return sorted(rows, key=lambda r: (order.index(r["status"]), -(r["count"] or 0), r["name"]))
