"""What gives a justification away, in the page's language, and whether its author has seen it."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from inventory.rules.wording import Fault, FaultKind
from inventory.services.advice import Advice

KINDS: Mapping[FaultKind, Any] = {
    FaultKind.VAGUE: gettext_lazy("vague"),
    FaultKind.CIRCULAR: gettext_lazy("goes in a circle"),
    FaultKind.SHORT: gettext_lazy("too short"),
    FaultKind.STRETCHED: gettext_lazy("stretched over unlike fields"),
    FaultKind.CONTRADICTED: gettext_lazy("contradicted by the facts"),
    FaultKind.PLACEHOLDER: gettext_lazy("only holds a place"),
    FaultKind.COPIED: gettext_lazy("copied"),
}
MOST_FIELDS = 8


def told(advice: Advice) -> list[dict[str, Any]]:
    """Each fault as `_parts/advice.html` takes it."""
    return [
        {
            "quote": fault.quote,
            "kind": KINDS[fault.kind],
            "advice": fault.advice,
            "fields": fault.fields[:MOST_FIELDS],
            "more": len(fault.fields) > MOST_FIELDS,
        }
        for fault in advice
    ]


def in_short(advice: Advice) -> str:
    """The first fault in a sentence, for a message that passes."""
    return next((_short(fault) for fault in advice), "")


def unseen(request: HttpRequest, said: str, ask: Callable[[], Advice]) -> Advice:
    """What is to be shown before a text is submitted; none where it was shown beside it already,
    so that whoever stands by their words submits them. A text that is none is refused anyway."""
    advice = () if request.POST.get("advised") == seal(said) else ask()
    return () if any(fault.kind is FaultKind.PLACEHOLDER for fault in advice) else advice


def seal(said: str) -> str:
    """A mark of the text that advice was given on: another text is read anew."""
    words = " ".join(said.split())  # a browser sends other line ends than it was given
    return sha256(words.encode(errors="replace")).hexdigest()[:32]


def page_language() -> str:
    return (get_language() or "en")[:10]


def _short(fault: Fault) -> str:
    return _("“%(quote)s”: %(kind)s.") % {"quote": fault.quote, "kind": KINDS[fault.kind]}
