"""The filter bar of a list: what is asked for, what is on offer, all of it in the address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from inventory.services import compliance

MOST_OPTIONS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A filter on offer: its parameter, its label, and (value, label) to choose from."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]


def filter_bar(request: HttpRequest, offers: Iterable[Offer], *, label: str) -> dict[str, Any]:
    """What `_parts/filters.html` shows."""
    offers = [offer for offer in offers if offer.options]
    given = request.GET
    names = {offer.name for offer in offers}
    used = [offer for offer in offers if given.get(offer.name)]
    return {
        "label": label,
        "query": given.get("q", ""),
        "kept": [(n, v) for n, v in given.items() if n in names | {"sort"} and v],
        "used": [_used(given, offer) for offer in used],
        "offered": [
            {"label": offer.label, "options": [_option(given, offer, one) for one in offer.options]}
            for offer in offers
            if offer not in used
        ],
        "clear_url": "?",
    }


def sorting(
    request: HttpRequest, columns: Sequence[tuple[str, str, bool]], *, usual: str
) -> list[dict[str, Any]]:
    """Heads of columns that sort: (name, label, is a number). A second click turns the order."""
    asked = request.GET.get("sort") or usual
    heads = []
    for name, label, number in columns:
        current = asked.removeprefix("-") == name
        down = current and not asked.startswith("-")
        heads.append(
            {
                "label": label,
                "url": _with(request.GET, "sort", f"-{name}" if down else name),
                "sort": _direction(down, worst_first=name == "standing") if current else "",
                "num": number,
            }
        )
    return heads


def _direction(asked_up: bool, *, worst_first: bool) -> str:
    """Names go up, what is worst comes first: the second click turns either."""
    return "ascending" if asked_up != worst_first else "descending"


def _used(given: QueryDict, offer: Offer) -> dict[str, str]:
    value = given.get(offer.name, "")
    label = next((label for code, label in offer.options if code == value), value)
    return {"label": offer.label, "value": label, "remove_url": _with(given, offer.name, "")}


def _option(given: QueryDict, offer: Offer, option: tuple[str, str]) -> dict[str, Any]:
    value, label = option
    return {"label": label, "count": None, "url": _with(given, offer.name, value)}


def _with(given: QueryDict, name: str, value: str) -> str:
    """The same list with one parameter changed, from its first page."""
    changed = given.copy()
    changed.pop("page", None)
    changed.pop(name, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}"


def found(count: int, one: str, many: str) -> str:
    """What a list says it holds."""
    return _("Nothing found") if not count else f"{count:,} {one if count == 1 else many}"


def place_asked(place: compliance.Column | compliance.Cell) -> dict[str, str]:
    """How an address asks for the findings of a place: its country, or the policy's code."""
    return {"country": place.country} if place.country else {"regime": place.regime}
