"""How legal facts are told on the library's pages: citations, marks, periods, parameters."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.bundle import Law
from inventory.law.shapes import Entry, ValueOf
from inventory.law.vocabulary import Mark, Unit
from inventory.templatetags.grounds import day
from inventory.web.periods import said_duration

MARKS: Mapping[Mark, Any] = {
    Mark.CHECKED: __("Text read"),
    Mark.KNOWLEDGE: __("From memory"),
    Mark.UNCERTAIN: __("Uncertain"),
}
WHAT_MARKS_MEAN: Mapping[Mark, Any] = {
    Mark.CHECKED: __("a copy of the text was read"),
    Mark.KNOWLEDGE: __("cited from memory of the text"),
    Mark.UNCERTAIN: __("not confirmed: at most a hint, never met, never in a regulator’s copy"),
}


def mark_word(mark: Mark) -> str:
    return str(MARKS[mark])


def period(since: date | None, until: date | None) -> str:
    """From when until when something holds; `until` is the first day on which it does not."""
    if since and until:
        return _("%(first)s until the eve of %(last)s") % {"first": day(since), "last": day(until)}
    if until:
        return _("until the eve of %(last)s") % {"last": day(until)}
    return _("since %(first)s") % {"first": day(since)} if since else _("no first day named")


def entry_period(entry: Entry) -> str:
    """A value's period; where its source names no first day, that is said."""
    return period(entry.since if entry.dated else None, entry.until)


def value_words(value: object, unit: Unit) -> str:
    """A value with its unit: "16 years", "10 years" for P10Y, "yes"."""
    if unit is Unit.DURATION:
        return said_duration(str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day(value)
    if unit is Unit.TEXT:
        return str(value)
    return f"{value} {unit.value.replace('_', ' ')}"


def parameter_words(law: Law, value: object) -> str:
    """A check's parameter in words: a plain value, a list, or the dated value it asks for."""
    if isinstance(value, ValueOf):
        known = law.definitions.get(value.id)
        return known.description if known else value.id
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return said_duration(value) if isinstance(value, str) and _is_duration(value) else str(value)


def _is_duration(text: str) -> bool:
    return text.startswith("P") and text[1:2].isdigit()
