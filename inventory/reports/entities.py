"""Whose record is meant: an entity's key, or a country in which there is only one."""

from collections.abc import Iterable

from inventory.law.bundle import Law
from inventory.models import LegalEntity, Organisation
from inventory.services.errors import Conflict, NotFound
from inventory.services.nearness import near_keys


def find_entity(asked: str, *, organisation: str | None, law: Law) -> LegalEntity:
    """Raises NotFound with near keys, or Conflict naming those among which to choose."""
    asked = asked.replace("\x00", "").strip()
    rows = LegalEntity.objects.filter(retired_at=None).select_related("organisation")
    if organisation is not None:
        rows = rows.filter(organisation=_organisation(organisation))
    by_key = list(rows.filter(key=asked.lower()))
    country = _country(asked, law)
    found = by_key or (list(rows.filter(country=country).order_by("key")) if country else [])
    if len(found) == 1:
        return found[0]
    if found:
        raise Conflict(f"“{asked}” may be {_named(found)}. Name one by its key.")
    where = f" in {country}" if country else ""
    raise NotFound(f"No legal entity “{asked}”{where}.", near_keys(rows, asked))


def _organisation(key: str) -> Organisation:
    found = Organisation.objects.filter(key=key.replace("\x00", "")).first()
    if found is None:
        known = ", ".join(Organisation.objects.order_by("key").values_list("key", flat=True)[:20])
        raise NotFound(f"No organisation “{key}”. Known: {known}.")
    return found


def _country(asked: str, law: Law) -> str | None:
    """A country by its code, or by its name in any language that the law data has."""
    if asked.upper() in law.countries:
        return asked.upper()
    name = asked.casefold()
    named = (c.code for c in law.countries.values() if name in _names(c.name.values()))
    return next(named, None)


def _names(texts: Iterable[str]) -> set[str]:
    return {text.casefold() for text in texts}


def _named(found: list[LegalEntity]) -> str:
    several = len({entity.organisation_id for entity in found}) > 1
    said = [
        f"{e.key} (--organisation {e.organisation.key})" if several else e.key for e in found[:20]
    ]
    return " or ".join(said)
