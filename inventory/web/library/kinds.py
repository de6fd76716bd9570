"""How each law sees each category of data: ordinary, sensitive, or about offences."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.law.bundle import Law
from inventory.law.shapes import DataCategory
from inventory.law.vocabulary import DataClass
from inventory.services.actors import Actor
from inventory.services.law import law_of
from inventory.web.library.telling import mark_word
from inventory.web.narrowing import Offer, filter_bar
from inventory.web.page import page, screen
from inventory.web.words import regime_name, said, text_in


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The taxonomy, a row a category and a column a law."""
    law = law_of(actor.organisation)
    query = request.GET.get("q", "").casefold().strip()
    special = request.GET.get("special", "")
    chosen = [
        one
        for one in law.categories.values()
        if query in f"{one.code} {text_in(one.title)} {one.fides} {one.dpv}".casefold()
        and (not special or one.classes.get(special, DataClass.ORDINARY) is not DataClass.ORDINARY)
    ]
    regimes = [code for code, one in law.regimes.items() if one.countries]
    context = {
        "heads": [regime_name(code) for code in regimes],
        "rows": [_row(one, regimes) for one in sorted(chosen, key=lambda one: text_in(one.title))],
        "filters": filter_bar(request, [_offer(law, regimes)], label=_("Category")),
        "result": ngettext("%(n)s category", "%(n)s categories", len(chosen)) % {"n": len(chosen)},
    }
    return page(request, "library/kinds", context)


def _row(category: DataCategory, regimes: list[str]) -> dict[str, Any]:
    return {
        "code": category.code,
        "title": text_in(category.title),
        "personal": category.personal,
        "terms": ", ".join(filter(None, (category.fides, category.dpv))),
        "views": [_view(category, code) for code in regimes],
    }


def _view(category: DataCategory, regime: str) -> dict[str, str]:
    """An empty word where the law sees it as any other data."""
    seen = category.classes.get(regime, DataClass.ORDINARY)
    if seen is DataClass.ORDINARY:
        return {"word": "", "cited": ""}
    cited = f"{category.citations[regime]} ({mark_word(category.marks[regime])})"
    return {"word": said(DataClass, seen), "cited": cited}


def _offer(law: Law, regimes: list[str]) -> Offer:
    options = [(code, regime_name(code)) for code in regimes]
    return Offer(name="special", label=_("Not ordinary under"), options=options)
