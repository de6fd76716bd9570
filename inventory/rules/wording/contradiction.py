"""Does the text deny what the facts say: anonymous, though the fields name people?"""

from inventory.law.vocabulary import Identifiability
from inventory.law.wordlists import WordLists
from inventory.rules.facts import FieldFacts
from inventory.rules.wording.reading import Reading, Span

NOBODY = frozenset({Identifiability.ANONYMOUS, Identifiability.NONE})
SOMEBODY = frozenset({Identifiability.DIRECT, Identifiability.PSEUDONYMOUS})


def find_contradiction(
    reading: Reading, fields: tuple[FieldFacts, ...], lists: WordLists
) -> tuple[Span, tuple[str, ...]] | None:
    """The claim, and the fields that refute it."""
    telling = tuple(field.name for field in fields if tells_who(field, lists))
    if telling and (claim := _claim(reading, "anonymous")):
        return claim, telling
    delicate = tuple(
        field.name
        for field in fields
        if lists.family_of.get(field.category or "") in lists.delicate
        and field.identifiability not in NOBODY
    )
    if delicate and (claim := _claim(reading, "harmless")):
        return claim, delicate
    return None


def tells_who(field: FieldFacts, lists: WordLists) -> bool:
    """Does it say, by itself or with a key, who somebody is?"""
    if field.identifiability in NOBODY:
        return False
    return field.identifiability in SOMEBODY or field.category in lists.identifying


def _claim(reading: Reading, kind: str) -> Span | None:
    """The first claim that is not denied, conditional, or about what is made of the data."""
    excused = {reading.tokens[hit.first].clause for hit in reading.find("excuse")}
    claims = (hit for hit in reading.find(kind) if reading.tokens[hit.first].clause not in excused)
    return next(claims, None)
