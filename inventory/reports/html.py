"""From the values of a record to HTML: everything people typed is escaped and isolated."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from inventory.reports.glyphs import printable
from inventory.reports.record import Record
from inventory.reports.texts import wording

LONGEST = 200_000  # characters of one text: more is no text that anybody wrote


class Unprintable(Exception):
    """A text that cannot be set; says which."""


def record_html(record: Record, *, program: str) -> str:
    """The whole document, with nothing in it to fetch."""
    return render_to_string(
        "reports/record.html",
        {
            "record": _shown(record, record.title),
            "missing": wording(record.language).say("pattern.missing"),
            "program": program,
            "created": f"{record.as_of.isoformat()}T00:00:00Z",
        },
    )


def _shown[T](value: T, path: str) -> T:
    """The same values with every text as paper can show it."""
    changed: Any = value
    if isinstance(value, str):
        if len(value) > LONGEST:
            raise Unprintable(
                f"{path} is {len(value)} characters long; a record can print {LONGEST}."
            )
        changed = printable(value)
    elif isinstance(value, tuple):
        changed = tuple(_shown(part, path) for part in value)
    elif is_dataclass(value) and not isinstance(value, (type, date)):
        own = {f.name: getattr(value, f.name) for f in fields(value)}
        name = own.get("key") or own.get("code")
        inside = f"{path}: {name}" if name else path
        changed = replace(value, **{key: _shown(part, inside) for key, part in own.items()})
    return changed  # type: ignore[no-any-return]
