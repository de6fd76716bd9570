"""Is the text too short to say why?"""

from inventory.rules.wording.reading import Reading


def is_too_short(reading: Reading) -> bool:
    """A few words pass if they cite a law for something, or name who does what."""
    enough = reading.language.words.shortest
    cited = {n for span in reading.find("law") for n in range(span.first, span.last)}
    if cited:
        return not set(reading.content) - cited - reading.basis
    if len(reading.tokens) >= enough:
        return False
    return len(reading.concrete) < enough - 2 or len(reading.tokens) < enough - 1
