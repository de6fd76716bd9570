"""What a record tells of one entity under one regime: facts of the register, in no language.

They are what a report's hash is made of. None means that nobody has said.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from inventory.law.vocabulary import Declared

type Known = bool | None


class Way(StrEnum):
    """By what data reaches a country."""

    PARTY = "party"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    email: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    key: str
    name: str
    country: str
    region: str
    address: str
    small_agent: Known
    dpo_appointed: Known
    contact: Person | None
    dpo: Person | None
    representative: Person | None
    representatives_state: Declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    code: str
    data_class: str
    country: str | None
    law_reference: str
    balancing_test_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    record_class: str | None
    country: str | None
    period: str | None
    criteria: str
    start_event: str
    rounding: str
    authority: str
    law_reference: str
    disposal: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    kind: str
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    key: str
    name: str
    text: str
    automated_decision: Known
    profiling: Known
    direct_marketing: Known
    child_service: Known
    bases: tuple[Basis, ...]
    bases_state: Declared
    periods: tuple[Period, ...]
    retention_state: Declared
    disclosures_state: Declared
    assessments: tuple[Assessment, ...]
    assessments_state: Declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """An approved justification's text, in the language it was written in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of the data in use, why it is needed, and what its records are."""

    code: str | None  # None: fields that nobody has put into a category
    fields: int
    unjustified: int
    reasons: tuple[Reason, ...]
    record_classes: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    name: str
    country: str | None
    role: str
    what_for: str
    contract_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Data reaches a country by a party or a system; a mechanism of None is not recorded."""

    destination: str | None  # None: nobody has said where the party or system is
    way: Way
    name: str
    mechanism: str | None
    instrument_on: date | None
    assessment_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    kind: str
    description: str
    last_done: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """A system that holds an activity's data, and what protects it there."""

    name: str
    encrypted_at_rest: Known
    encrypted_in_transit: Known
    access_controlled: Known
    access_logged: Known
    access_policy: str
    backed_up: Known
    backup_cycle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    key: str
    name: str
    description: str
    reviewed_on: date | None
    updated_on: date | None
    joint_controllers: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    subjects: tuple[str, ...]
    subjects_state: Declared
    fields_used: int  # of any kind, those that speak of nobody too
    categories: tuple[Category, ...]
    collected_in: tuple[str, ...]
    derived_from: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    crossings: tuple[Crossing, ...]
    storages: tuple[Storage, ...]
    measures: tuple[Measure, ...]
    measures_state: Declared


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts:
    """All that a record of processing tells, on a day."""

    regime: str
    as_of: date
    entity: Entity
    activities: tuple[Activity, ...]

    def document(self) -> dict[str, Any]:
        """As JSON holds it."""
        document: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return document

    @property
    def hash(self) -> str:
        written = json.dumps(self.document(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
