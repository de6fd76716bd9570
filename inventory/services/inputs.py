"""What doors hand to services: frozen inputs that know nothing of HTTP, forms or files.

`KEEP` (absent) is not null: an absent value leaves what the register holds.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Final


class _Keep(Enum):
    KEEP = "keep"

    def __repr__(self) -> str:
        return "KEEP"


KEEP: Final = _Keep.KEEP
type Maybe[T] = T | _Keep


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldInput:
    """A column as a manifest states it. Category and identifiability are proposals."""

    name: str
    type: str = ""
    comment: str = ""
    category: str | None = None
    identifiability: str | None = None
    protection: Maybe[str | None] = KEEP
    mandatory: Maybe[bool | None] = KEEP
    flagged: Maybe[bool | None] = KEEP
    purposes: Maybe[tuple[str, ...]] = KEEP  # keys: proposed uses


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectCountryInput:
    country: str
    offered: bool | None = None
    monitored: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageInput:
    source: str  # a dataset's key
    kind: str
    key_held_by: str | None = None
    key_destroyed: bool | None = None
    test: str | None = None
    lawful: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetInput:
    """A dataset's whole document. The manifest owns presence, type, comment, storage, lineage;
    what the register has decided survives it."""

    name: Maybe[str] = KEEP
    description: Maybe[str] = KEEP
    kind: Maybe[str | None] = KEEP
    entity: Maybe[str | None] = KEEP  # key
    system: Maybe[str | None] = KEEP  # key
    fields: Maybe[tuple[FieldInput, ...]] = KEEP
    subject_categories: Maybe[tuple[str, ...] | None] = KEEP  # () is declared none; None not asked
    subject_countries: Maybe[tuple[SubjectCountryInput, ...] | None] = KEEP
    collected_in: Maybe[tuple[str, ...] | None] = KEEP
    origins: Maybe[tuple[str, ...] | None] = KEEP
    sources: Maybe[tuple[LineageInput, ...] | None] = KEEP
    persons: Maybe[int | None] = KEEP
    record_class: Maybe[str | None] = KEEP
    clock_column: Maybe[str] = KEEP
    has_disposal_job: Maybe[bool | None] = KEEP
    oldest_record: Maybe[date | None] = KEEP
    last_disposal: Maybe[date | None] = KEEP
    legal_hold: Maybe[bool | None] = KEEP
    deployed: Maybe[bool | None] = KEEP
    national_id_rule: Maybe[str | None] = KEEP
    free_text_guarded: Maybe[bool | None] = KEEP
    lawfully_obtained: Maybe[bool | None] = KEEP
    obtained_from_others: Maybe[bool | None] = KEEP
    obtained_on: Maybe[date | None] = KEEP
    persons_informed: Maybe[bool | None] = KEEP
    informed_on: Maybe[date | None] = KEEP
    deletion_channel: Maybe[bool | None] = KEEP
    minimisation_mechanism: Maybe[bool | None] = KEEP
    accuracy_mechanism: Maybe[bool | None] = KEEP
    critical: Maybe[bool | None] = KEEP
    source_of_truth: Maybe[bool | None] = KEEP
    recomputable: Maybe[bool | None] = KEEP
    access_policies: Maybe[tuple[str, ...] | None] = KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationInput:
    role: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemInput:
    name: Maybe[str] = KEEP
    description: Maybe[str] = KEEP
    kind: Maybe[str] = KEEP
    provider: Maybe[str | None] = KEEP  # a party's key
    encrypted_at_rest: Maybe[bool | None] = KEEP
    encrypted_in_transit: Maybe[bool | None] = KEEP
    access_controlled: Maybe[bool | None] = KEEP
    access_policy: Maybe[str] = KEEP
    access_logged: Maybe[bool | None] = KEEP
    access_log_months: Maybe[int | None] = KEEP
    reachable_from_outside: Maybe[bool | None] = KEEP
    backed_up: Maybe[bool | None] = KEEP
    backup_cycle: Maybe[str] = KEEP
    backup_retention: Maybe[str | None] = KEEP  # "P35D", or words: "35 days"
    locations: Maybe[tuple[LocationInput, ...] | None] = KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome[T]:
    """What a change did: the row, whether it is new, what changed, and the findings now.

    `changes` are (path, before, after) in words; with a dry run nothing was kept and `findings`
    are those that would stand.
    """

    row: T
    document: dict[str, Any] = field(default_factory=dict)  # as it stands after the change
    created: bool = False
    changes: tuple[tuple[str, Any, Any], ...] = ()
    findings: tuple[Any, ...] = ()
    closed: tuple[Any, ...] = ()  # findings that this change ended
    proposals: tuple[str, ...] = ()  # what waits for a decision: likely renames, categories
    dry_run: bool = False


def given(source: Any, *names: str) -> dict[str, Any]:
    """The values of an input that were really given."""
    pairs = ((name, getattr(source, name)) for name in names)
    return {name: value for name, value in pairs if value is not KEEP}
