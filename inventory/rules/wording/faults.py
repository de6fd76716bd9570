"""What is found wrong with a justification: its kind, the words that show it, and what to write."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    VAGUE = "vague"
    CIRCULAR = "circular"
    SHORT = "short"
    STRETCHED = "stretched"
    CONTRADICTED = "contradicted"
    PLACEHOLDER = "placeholder"
    COPIED = "copied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault. `quote` is `text[start:end]`, in the author's own letters."""

    kind: FaultKind
    quote: str
    start: int
    end: int
    advice: str  # what to write instead
    fields: tuple[str, ...] = ()  # the columns that it is about
