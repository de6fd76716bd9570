"""Safeguards and contacts as sheets: what companies, activities and systems have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.vocabulary import SafeguardKind
from inventory.services.register_inputs import ContactInput, SafeguardInput
from inventory.web import forms
from inventory.web.forms import SheetForm
from inventory.web.registers import Cell, day_said
from inventory.web.sheets import Sheet
from inventory.web.words import said

CONTACT = ("name", "email", "phone", "address")


class SafeguardForm(SheetForm):
    """A technical or organisational measure, dated where it is repeated."""

    kind = forms.word(SafeguardKind, __("Safeguard"), needed=True, empty=None)
    description = forms.prose(__("What is done"))
    since = forms.day(__("Since"))
    last_done = forms.day(
        __("Last done"), __("For what is repeated: a test, a survey, a training.")
    )


def _read(row: Any) -> list[dict[str, Any]]:
    names = tuple(SafeguardForm.base_fields)
    return [{n: getattr(one, n) for n in names} for one in row.safeguards.order_by("kind", "pk")]


def _write(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = tuple(SafeguardForm.base_fields)
    return {"safeguards": tuple(SafeguardInput(**{n: one[n] for n in names}) for one in entries)}


SAFEGUARDS = Sheet(
    title=__("Safeguards"),
    one=__("Safeguard"),
    part="safeguards",
    form=SafeguardForm,
    read=_read,
    write=_write,
)


def safeguard_heads() -> list[str]:
    return [_("Safeguard"), _("Since"), _("Last done"), _("What is done")]


def safeguard_rows(row: Any) -> list[list[Cell]]:
    """The measures of a thing, a row each."""
    return [
        [
            Cell(text=said(SafeguardKind, one.kind)),
            Cell(text=day_said(one.since), quiet=True),
            Cell(text=day_said(one.last_done), quiet=True),
            Cell(text=one.description, quiet=True),
        ]
        for one in row.safeguards.order_by("kind", "pk")
    ]


def contact_said(contact: Any) -> str:
    """A person or desk in one line."""
    if contact is None:
        return ""
    return ", ".join(filter(None, (contact.name, contact.email, contact.phone)))


def read_contact(contact: Any, prefix: str) -> dict[str, str]:
    """A contact's columns under a prefix, for one form that also asks other things."""
    return {f"{prefix}_{name}": getattr(contact, name, "") for name in CONTACT}


def write_contact(entered: Mapping[str, Any], prefix: str) -> ContactInput | None:
    """The contact that a form names; None where all of it is empty."""
    given = {name: entered.get(f"{prefix}_{name}", "") for name in CONTACT}
    return ContactInput(**given) if any(given.values()) else None
