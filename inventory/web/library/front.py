"""The library's front: how much law there is, how well it was read, and what it finds now."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.law.bundle import Law
from inventory.law.shapes import Regime
from inventory.law.vocabulary import Mark, Status
from inventory.rules.evaluate import waiting
from inventory.services import compliance
from inventory.services.actors import Actor
from inventory.services.law import law_of
from inventory.web.library.telling import WHAT_MARKS_MEAN, mark_word
from inventory.web.library.values import settings
from inventory.web.page import clock, page, screen


@screen("GET")
def show(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A row a law, and the ways into the library."""
    law, today = law_of(actor.organisation), clock(actor)[0]
    found = compliance.counts_by_check(actor)
    asleep = Counter(one.regime for one in waiting(law, today))
    context = {
        "edition": law.hash[:12],
        "laws": [_row(law, one, found, asleep[one.code]) for one in law.regimes.values()],
        "rooms": _rooms(law),
        "marks": [(mark_word(mark), str(WHAT_MARKS_MEAN[mark])) for mark in Mark],
    }
    return page(request, "library/front", context)


def _row(law: Law, regime: Regime, found: dict[str, dict[str, int]], asleep: int) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    for check in {one.id for one in regime.checks}:
        counts.update(found.get(check, {}))
    marks = Counter(one.mark for one in regime.checks)
    return {
        "short": regime.short,
        "title": regime.title["en"],
        "url": f"{reverse('law-check-browse')}?regime={regime.code}",
        "countries": len(regime.countries),
        "checks": len(regime.checks),
        "asleep": asleep,
        "marks": [(mark_word(mark), marks[mark]) for mark in Mark if marks[mark]],
        "counts": [(status.value, counts[status]) for status in Status if counts[status]],
        "findings_url": f"{reverse('finding-browse')}?regime={regime.code}",
    }


def _rooms(law: Law) -> list[dict[str, str]]:
    values = _("%(n)d numbers and periods, by country and day.") % {"n": len(settings(law))}
    countries = _("Authorities, levels of protection, and who finds whom adequate.")
    ahead = _("What the law begins or ceases to ask, and what that does to your findings.")
    return [
        _room("law-check-browse", _("Checks"), _("What each law asks, and of what.")),
        _room("law-value-browse", _("Values"), values),
        _room("law-place-browse", _("Countries"), countries),
        _room("law-kind-browse", _("Categories of data"), _("How each law sees each kind.")),
        _room("law-ahead", _("What changes"), ahead),
    ]


def _room(address: str, label: str, text: str) -> dict[str, str]:
    return {"url": reverse(address), "label": label, "text": text}
