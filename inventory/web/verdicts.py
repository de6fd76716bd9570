"""Every verdict on one thing in words: what is met and what does not arise too, on demand."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.law.vocabulary import Status
from inventory.services.actors import Actor
from inventory.services.explaining import NOT_EVALUATED, Told, narrow, tell
from inventory.templatetags.grounds import VERDICTS, verdict
from inventory.web.finding_cards import citation_lines, place_name
from inventory.web.narrowing import Offer, filter_bar
from inventory.web.page import clock, page, screen
from inventory.web.words import fact_value, text_in

ORDER = [*(status.value for status in Status), NOT_EVALUATED]


@screen("GET")
def show(request: HttpRequest, actor: Actor, kind: str, key: str) -> HttpResponse:
    """The verdicts that the address asks for, worst first."""
    today = clock(actor)[0]
    asked = {name: request.GET.get(name, "") for name in ("place", "status", "check")}
    row, everything = tell(actor, kind, key, as_of=today)
    words = request.GET.get("q", "").casefold().strip()
    found = [
        one for one in narrow(everything, **asked) if words in text_in(one.check.title).casefold()
    ]
    context = {
        "row": row,
        "rows": [_row(one) for one in sorted(found, key=lambda one: ORDER.index(one.word))],
        "filters": filter_bar(request, _offers(everything), label=_("A word of a title")),
        "result": ngettext("%(n)d verdict", "%(n)d verdicts", len(found)) % {"n": len(found)},
        "crumbs": [
            {"label": row.name, "url": reverse(f"{kind}-show", args=[row.key])},
            {"label": _("All verdicts")},
        ],
    }
    return page(request, "verdicts/show", context)


def _row(one: Told) -> dict[str, Any]:
    said = one.explanation
    return {
        "status": one.status.value if one.status else "",
        "word": _word(one.word),
        "title": _title(one),
        "check": one.check.id,
        "check_url": reverse("law-check-show", args=[one.check.id]),
        "place": place_name(one.place),
        "subject": one.subject,
        "question": said.question,
        "facts": [(name[:1].upper() + name[1:], fact_value(value)) for name, value in said.facts],
        "fields": ", ".join(said.fields),
        "answer": said.answer,
        "remedy": said.remedy or "",
        "citations": citation_lines(one.check.citations, one.check.mark.value),
        "until": one.until,
    }


def _offers(rows: list[Told]) -> list[Offer]:
    places = sorted({one.place for one in rows}, key=place_name)
    held = {one.word for one in rows}
    return [
        Offer(
            name="status",
            label=_("Verdict"),
            options=[(word, _word(word)) for word in ORDER if word in held],
        ),
        Offer(name="place", label=_("Where"), options=[(p, place_name(p)) for p in places]),
    ]


def _title(one: Told) -> str:
    return text_in(one.check.title)


def _word(word: str) -> str:
    return _("Not evaluated") if word == NOT_EVALUATED else str(VERDICTS[verdict(word)])
