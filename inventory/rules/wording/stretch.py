"""Is one text stretched over fields that have nothing to do with each other?"""

from collections.abc import Mapping

from inventory.law.wordlists import WordLists
from inventory.rules.facts import FieldFacts
from inventory.rules.wording.reading import Reading, Span

UNLIKE = 3  # families of data that no single reason is likely to cover


def find_stretch(
    reading: Reading, fields: tuple[FieldFacts, ...], lists: WordLists
) -> tuple[Span, tuple[str, ...]] | None:
    """What the text does speak of, and the fields it leaves out."""
    families = sort_fields(fields, lists)
    if len(families) < 2:
        return None
    spoken = {family: spans for family in families if (spans := reading.mention(family))}
    spoken |= {
        family: (Span(n, n + 1),)
        for family, held in families.items()
        if family not in spoken and (n := _named(reading, held)) is not None
    }
    silent = families.keys() - spoken.keys()
    if len(spoken) > 1 or not silent:
        return None
    if len(families) < UNLIKE and not silent & lists.delicate:
        return None
    if reading.find("each") or (reading.find("law") and not silent & lists.delicate):
        return None  # it speaks of every field, or of a provision that may list them all
    left = tuple(
        field.name for family in families if family in silent for field in families[family]
    )
    first = min((spans[0] for spans in spoken.values()), key=lambda s: s.first, default=None)
    return first or reading.whole, left


def sort_fields(fields: tuple[FieldFacts, ...], lists: WordLists) -> Mapping[str, list[FieldFacts]]:
    """Fields by family; technical ones and those of unknown category belong to none."""
    families: dict[str, list[FieldFacts]] = {}
    for field in fields:
        family = lists.family_of.get(field.category or "")
        if family:
            families.setdefault(family, []).append(field)
    return families


def _named(reading: Reading, fields: list[FieldFacts]) -> int | None:
    """A word that is a field's own name."""
    names = [part for field in fields for part in field.name.split("_") if len(part) > 3]
    return min(reading.alike(name.casefold() for name in names), default=None)
