"""From the values of a record to HTML: everything people typed is escaped and isolated."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from django.template.loader import render_to_string

from inventory.reports.glyphs import printable
from inventory.reports.record import Record
from inventory.reports.texts import wording

LONGEST = 200_000  # characters of one text: more is no text that anybody wrote


class Unprintable(Exception):
    """A text that cannot be set, and where it stands."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


def record_html(record: Record, *, program: str) -> str:
    """The whole document, with nothing in it to fetch."""
    return render_to_string(
        "reports/record.html",
        {
            "record": _shown(record, ""),
            "missing": wording(record.language).say("pattern.missing"),
            "program": program,
            "created": f"{record.as_of.isoformat()}T00:00:00Z",
        },
    )


def _shown[T](value: T, path: str) -> T:
    """The same values with every text as paper can show it."""
    changed: Any = value
    if isinstance(value, str):
        changed = _text(value, path)
    elif isinstance(value, tuple):
        changed = tuple(_shown(part, path) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        own = {f.name: getattr(value, f.name) for f in fields(value)}
        name = own.get("key") or own.get("code")
        inside = ".".join(part for part in (path, name) if part)
        changed = replace(value, **{key: _shown(part, inside) for key, part in own.items()})
    return cast("T", changed)


def _text(text: str, path: str) -> str:
    if len(text) > LONGEST:
        raise Unprintable(path, f"{len(text)} characters are too many to print; {LONGEST} can be.")
    return printable(text)
