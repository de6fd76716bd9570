"""History in words: who changed what of a thing, when, through which door and why."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.law.vocabulary import DatasetKind, Identifiability, Protection
from inventory.services.history import Change, Entry
from inventory.templatetags.grounds import day
from inventory.web import words

DOORS = {
    "web": gettext_lazy("in the browser"),
    "api": gettext_lazy("through the API"),
    "command": gettext_lazy("by a command"),
    "task": gettext_lazy("by the program"),
    "import": gettext_lazy("by an import"),
}
ADDED = ("added", "removed")
NAMES: Mapping[str, Callable[[str], str]] = {
    "category": words.category_name,
    "record_class": words.record_class_name,
    "identifiability": partial(words.said, Identifiability),
    "protection": partial(words.said, Protection),
    "kind": partial(words.said, DatasetKind),
}
MOST_LINES = 12


def event_lines(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """What `_parts/history.html` shows."""
    return [_line(entry) for entry in entries]


def _line(entry: Entry) -> dict[str, Any]:
    told = [_told(change) for change in entry.changes[:MOST_LINES]]
    more = len(entry.changes) - len(told)
    if more > 0:
        told.append(
            {"label": _("and more"), "before": "", "after": _("%(n)d changes") % {"n": more}}
        )
    return {
        "when": entry.at,
        "who": _who(entry),
        "what": _what(entry),
        "reason": entry.reason,
        "changes": told,
    }


def _who(entry: Entry) -> str:
    if not entry.attributed:
        return ""
    who = str(entry.member.user) if entry.member else _("the program")
    door = DOORS.get(entry.door)
    return f"{who}, {door}" if door else who


def _what(entry: Entry) -> str:
    columns = {(change.what, change.column) for change in entry.changes}
    if ("dataset", "added") in columns:
        return _("Dataset registered")
    if ("dataset", "retired_at") in columns:
        return _("Dataset retired or brought back")
    return _("Changed")


def _told(change: Change) -> dict[str, str]:
    if change.column in ADDED:
        word = _("added") if change.column == "added" else _("removed")
        return {"label": change.what, "before": "", "after": word}
    column = change.column.removesuffix("_id")
    label = f"{change.what}: {column.replace('_', ' ')}"
    if column != change.column:  # a reference: its number says nothing to a person
        return {"label": label, "before": "", "after": _reference(change.after)}
    before, after = (_named(column, value) for value in (change.before, change.after))
    return {"label": label, "before": before, "after": after}


def _reference(value: Any) -> str:
    return _("set anew") if value is not None else _("taken away")


def _named(column: str, value: Any) -> str:
    """A value of a column in words, where the column's codes have some."""
    name = NAMES.get(column.removeprefix("proposed_"))
    return name(value) if name and value else _shown(value)


def _shown(value: Any) -> str:
    if value is None or value == "":
        return _("not said")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (date, datetime)):
        return day(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(one) for one in value) or _("none")
    return str(value)[:300]
