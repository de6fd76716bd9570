"""Is the text taken from elsewhere: the purpose, the alternatives, a statute, or itself?"""

from inventory.rules.facts import Elsewhere, JustificationFacts
from inventory.rules.wording.reading import Reading, Span, named, stem

FEWEST = 4  # words that make a copy rather than a coincidence
MOST = 2_000  # words that are looked for at every place
SHARED = 3  # one word in so many makes two purposes alike


def find_copy(reading: Reading, justification: JustificationFacts) -> Span | None:
    """The words that were copied."""
    if statute := reading.find("statute"):
        return None if reading.anchors and len(reading.telling) > 4 else statute[0]
    for other in (justification.purpose_text, justification.alternatives):
        words = named([other], reading.language)
        if len(words) >= FEWEST and (found := _contains(reading, words)):
            return found
    return _twice(reading)


def find_borrowed(reading: Reading, justification: JustificationFacts) -> Span | None:
    """The whole text, if a purpose that is unlike this one is given the very same."""
    if len(reading.tokens) < FEWEST:
        return None
    here = Elsewhere(name=justification.purpose_name or "", text=justification.purpose_text)
    other = (one for one in justification.elsewhere if _unlike(reading, here, one))
    return reading.whole if any(other) else None


def _unlike(reading: Reading, one: Elsewhere, other: Elsewhere) -> bool:
    """Have two purposes little in common, by their names and by what they say of themselves?"""
    names = _stems(reading, one.name), _stems(reading, other.name)
    if not all(names) or names[0] & names[1]:
        return False
    said = reading.stems
    if all(any(own & name for own in said) for name in names):
        return False  # it speaks of both
    here, there = names[0] | _stems(reading, one.text), names[1] | _stems(reading, other.text)
    return len(here & there) * SHARED < min(len(here), len(there))


def _stems(reading: Reading, text: str | None) -> set[str]:
    """The stems of the words that are about something, in whatever language names are."""
    words = named([text], reading.language)
    empty = reading.language.empty
    return {
        stem(word)
        for word in words
        if len(word) > 3 and not reading.language.globs.of(word) & empty
    }


def _contains(reading: Reading, words: list[str]) -> Span | None:
    """The other text within this one, with little besides."""
    own = [token.word for token in reading.tokens]
    if own == words:
        return reading.whole
    if len(own) > 2 * len(words) or len(words) > MOST:
        return None
    for start in range(len(own) - len(words) + 1):
        if own[start : start + len(words)] == words:
            span = Span(start, start + len(words))
            besides = [n for n in reading.telling if not span.first <= n < span.last]
            return span if len(besides) <= 1 else None
    return None


def _twice(reading: Reading) -> Span | None:
    """A text that is one passage, and the same again."""
    own = [token.word for token in reading.tokens]
    half = len(own) // 2
    if half >= FEWEST and len(own) == 2 * half and own[:half] == own[half:]:
        return Span(half, len(own))
    return None
