"""People named in the register: kept outside history, one row for one place that names them."""

from typing import Any

from inventory.models import Contact
from inventory.services import attributes
from inventory.services.attributes import Rules, Values, given
from inventory.services.validation import Problems

CONTACT: Rules = {
    "name": attributes.line(200),
    "email": attributes.email,
    "phone": attributes.line(60),
    "address": attributes.text,
}


def read_contact(problems: Problems, value: Any, path: str) -> Values | None:
    """A person or desk as written; None names nobody."""
    if value is None:
        return None
    found = given(problems, value, CONTACT, path)
    if not (found["name"] or found["email"]):
        problems.add(path, "Give a name or an e-mail address.")
    return found


def keep_contact(holder: Any, slot: str, values: Values | None) -> Contact | None:
    """The contact of a row's slot, made, changed or forgotten."""
    known: Contact | None = getattr(holder, slot, None) if holder.pk else None
    if values is None:
        _forget(known)
        return None
    if known is None:
        return Contact.objects.create(organisation=holder.organisation, **values)
    for column, value in values.items():
        setattr(known, column, value)
    known.save()
    return known


def _forget(contact: Contact | None) -> None:
    """Blank the person; the row stays, since history refers to its id."""
    if contact is not None:
        blank = dict.fromkeys(CONTACT, "")
        Contact.objects.filter(pk=contact.pk).update(**blank)
