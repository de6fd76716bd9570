"""Is the text taken from elsewhere: the purpose, the alternatives, a statute, or itself?"""

from inventory.rules.facts import JustificationFacts
from inventory.rules.wording.reading import Reading, Span, named

FEWEST = 4  # words that make a copy rather than a coincidence
MOST = 2_000  # words that are looked for at every place


def find_copy(reading: Reading, justification: JustificationFacts) -> Span | None:
    """The words that were copied."""
    if statute := reading.find("statute"):
        return None if reading.anchors and len(reading.telling) > 4 else statute[0]
    for other in (justification.purpose_text, justification.alternatives):
        words = named([other], reading.language)
        if len(words) >= FEWEST and (found := _contains(reading, words)):
            return found
    return _twice(reading)


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
