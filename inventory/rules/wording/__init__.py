"""Is a justification worth the name? Each fault with the words that show it, never a score."""

from inventory.law.wordlists import WordLists, load_wordlists
from inventory.rules.facts import JustificationFacts
from inventory.rules.wording.assessment import assess, can_read
from inventory.rules.wording.faults import Fault, FaultKind

__all__ = [
    "Fault",
    "FaultKind",
    "JustificationFacts",
    "WordLists",
    "assess",
    "can_read",
    "load_wordlists",
]
