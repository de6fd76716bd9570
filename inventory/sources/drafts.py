"""What every source hands over: dataset drafts, a count of what it skipped, what it could not read.

A draft is what a foreign document says, nothing more: no category, no purpose, no guess.
"""

from dataclasses import asdict, dataclass
from typing import Any


class SourceError(Exception):
    """A whole document cannot be read; the message is for the person who gave it."""


@dataclass(frozen=True, slots=True)
class FieldDraft:
    name: str
    type: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class DatasetDraft:
    key: str
    name: str
    comment: str = ""
    fields: tuple[FieldDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A place that was not understood. `dataset` is the key of the draft it leaves incomplete,
    None when no draft suffers: a field missing there is unread, not gone."""

    line: int
    text: str
    reason: str
    dataset: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    datasets: tuple[DatasetDraft, ...] = ()
    skipped: int = 0
    refused: tuple[Refusal, ...] = ()

    def __post_init__(self) -> None:
        _demand_unique([draft.key for draft in self.datasets], "The dataset key")
        for draft in self.datasets:
            _demand_unique([field.name for field in draft.fields], f"In {draft.key} the field")

    def to_json(self) -> dict[str, Any]:
        refused = [{"line": r.line, "text": r.text, "reason": r.reason} for r in self.refused]
        datasets = [asdict(draft) | {"fields": _fields(draft)} for draft in self.datasets]
        return {"datasets": datasets, "skipped": self.skipped, "refused": refused}


def _demand_unique(names: list[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise SourceError(f"{what} {name} comes up twice.")
        seen.add(name)


def _fields(draft: DatasetDraft) -> list[dict[str, str]]:
    return [asdict(field) for field in draft.fields]


def shorten(text: str, limit: int = 160) -> str:
    """One line of a document as it is quoted to a person."""
    words = " ".join(text[: limit * 4].split())
    return words if len(words) <= limit else words[: limit - 1] + "…"
