"""Does the text give as its reason what it should give a reason for?"""

from inventory.law.wordlists import WordLists
from inventory.rules.facts import FieldFacts, JustificationFacts
from inventory.rules.wording.reading import Language, Reading, Span, named
from inventory.rules.wording.stretch import sort_fields

MOST_WORDS = 400  # who says more is hardly going round in circles


def find_circle(
    reading: Reading, justification: JustificationFacts, lists: WordLists
) -> Span | None:
    """The words that come back to themselves."""
    if len(reading.tokens) > MOST_WORDS or reading.anchors:
        return None
    return _because_of_itself(reading) or _restates(reading, justification, lists)


def find_phrase(reading: Reading) -> Span | None:
    """Words that claim a need and leave it at that: "because it is required"."""
    if reading.anchors or len(reading.concrete) > 1:
        return None
    return next(iter(reading.find("circular")), None)


def words_known(
    reading: Reading, justification: JustificationFacts, lists: WordLists
) -> frozenset[int]:
    """The words that repeat the names of the purpose and of the fields."""
    of_purpose = _of_purpose(reading, justification)
    return of_purpose | _of_fields(reading, justification.fields, lists)


def _because_of_itself(reading: Reading) -> Span | None:
    """‘We need A because B needs A’: nothing stands after the because but what stood before."""
    marks = sorted(reading.class_of("because"))
    for mark in marks:
        clause = reading.clause(mark)
        before = [n for n in reading.content if clause.first <= n < mark]
        after = [n for n in reading.content if mark < n < clause.last and n not in marks]
        if before and after and _says_again(reading, before, after):
            return Span(before[0], after[-1] + 1)
    return None


def _says_again(reading: Reading, before: list[int], after: list[int]) -> bool:
    """Is what stands after a repetition, but for a word at most that is about nothing?"""
    earlier = {stem for n in before for stem in reading.stems[n]}
    repeated = {n for n in after if reading.stems[n] & earlier}
    fresh = [n for n in after if n in reading.telling and n not in repeated]
    if not repeated or any(n in reading.concrete for n in fresh):
        return False
    return len(fresh) < min(2, len(repeated))


def _restates(reading: Reading, justification: JustificationFacts, lists: WordLists) -> Span | None:
    """Nothing is said beyond the names of the purpose and the fields."""
    of_purpose = _of_purpose(reading, justification)
    of_fields = _of_fields(reading, justification.fields, lists)
    if not reading.content or not (of_purpose | of_fields) & frozenset(reading.content):
        return None
    doing = reading.concrete - of_fields
    if of_fields and doing - _of_name(reading, justification):
        return None  # it says what is done with the field
    if reading.telling - of_purpose - of_fields:
        return None
    return Span(reading.content[0], reading.content[-1] + 1)


def _of_name(reading: Reading, justification: JustificationFacts) -> frozenset[int]:
    return reading.alike(named([justification.purpose_name], reading.language))


def _of_purpose(reading: Reading, justification: JustificationFacts) -> frozenset[int]:
    texts = [justification.purpose_name, justification.purpose_text]
    return reading.alike(named(texts, reading.language))


def _of_fields(
    reading: Reading, fields: tuple[FieldFacts, ...], lists: WordLists
) -> frozenset[int]:
    spoken = {
        n
        for family in sort_fields(fields, lists)
        for span in reading.mention(family)
        for n in range(span.first, span.last)
    }
    return reading.alike(_names(fields, reading.language)) | spoken


def _names(fields: tuple[FieldFacts, ...], language: Language) -> list[str]:
    texts = [text for field in fields for text in (field.name, field.category)]
    return named([text.replace("_", " ") for text in texts if text], language)
