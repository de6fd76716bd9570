"""Template tags for the marks and words that every screen shares; templates/_parts draws them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils import numberformat, timezone
from django.utils.formats import date_format, get_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

VERDICTS = {
    "breach": _("Breach"),
    "attention": _("Attention"),
    "unknown": _("Unknown"),
    "met": _("Met"),
    "na": _("Not applicable"),
}
NEEDS_ACTION = ("breach", "attention", "unknown")
STATES = {
    "none": _("None"),
    "draft": _("Draft"),
    "submitted": _("Submitted"),
    "approved": _("Approved"),
    "stale": _("Stale"),
    "rejected": _("Rejected"),
}


@register.inclusion_tag("_parts/mark.html")
def mark(
    status: str,
    count: int | None = None,
    *,
    word: str = "",
    waived_until: date | None = None,
    compact: bool = False,
) -> dict[str, Any]:
    """A verdict: its shape, its word and, where there are several, how many."""
    name = verdict(status)
    return {
        "name": name,
        "word": word or VERDICTS[name],
        "count": count,
        "waived_until": waived_until,
        "compact": compact,
    }


@register.inclusion_tag("_parts/ring.html")
def ring(state: str | None, why: str = "") -> dict[str, Any]:
    """Where a justification stands: one ring that fills, with the reason beneath."""
    name = state if state in STATES else "none"
    return {"name": name, "word": STATES[name], "why": why}


@register.inclusion_tag("_parts/icon.html")
def icon(name: str) -> dict[str, str]:
    """A shape of the sprite without words, so only beside words."""
    return {"name": name}


@register.inclusion_tag("_parts/tick.html")
def tick(name: str, value: object, label: str, *, checked: bool = False) -> dict[str, Any]:
    """The box that selects a row; the label is read aloud, not shown."""
    return {"name": name, "value": value, "label": label, "checked": checked}


@register.simple_block_tag
def note(content: str, status: str, title: str) -> SafeString:
    """A bordered note around the words between the tags."""
    return render_to_string(
        "_parts/note.html", {"name": verdict(status), "title": title, "body": content}
    )


@register.filter
def verdict(status: str) -> str:
    """The short name of a status, which its class and its shape carry."""
    name = str(status).replace("_", " ")
    return {"not applicable": "na"}.get(name, name if name in VERDICTS else "unknown")


@register.filter
def needs(status: str) -> bool:
    """Whether a status asks someone to act; only then is its cell tinted."""
    return verdict(status) in NEEDS_ACTION


@register.filter
def grouped(number: int | None) -> str:
    """1286 as "1,286", in the language of the page; nothing where nothing is known."""
    if number is None:
        return ""
    # Django's formats for Hebrew and some others name no grouping, so it is said here.
    return numberformat.format(
        number, "", grouping=3, thousand_sep=get_format("THOUSAND_SEPARATOR"), force_grouping=True
    )


@register.filter
def day(value: date | None) -> str:
    """A date in words: "24 November 2026"."""
    if value is None:
        return ""
    english = (get_language() or "en").startswith("en")
    return date_format(_local(value), "j F Y" if english else "DATE_FORMAT")


@register.filter
def age(since: date, today: date) -> str:
    """How long ago, as people say it: "today", "12 days", "3 months"."""
    days = (_plain(today) - _plain(since)).days
    if days <= 0:
        return str(_("today"))
    if days < 60:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    months = days // 30
    if months < 24:
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    return ngettext("%(n)d year", "%(n)d years", days // 365) % {"n": days // 365}


@register.filter
def described(field: BoundField) -> SafeString:
    """A form field's control, joined to its hint and error for assistive technology."""
    ids = [f"{field.auto_id}_hint"] if field.help_text else []
    attrs: dict[str, Any] = {}
    if field.errors:
        ids.append(f"{field.auto_id}_error")
        attrs["aria-invalid"] = "true"
    if ids:
        attrs["aria-describedby"] = " ".join(ids)
    return field.as_widget(attrs=attrs)


@register.filter
def met_in(cells: Iterable[Any]) -> list[str]:
    """The codes of the matrix cells that are met, for the line a phone shows in their place."""
    return [_get(cell, "code") for cell in cells if verdict(_get(cell, "status")) == "met"]


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _plain(value: date) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


def _get(cell: Any, name: str) -> str:
    return str(cell[name] if isinstance(cell, dict) else getattr(cell, name))
