"""What happens to an entity and must be answered: requests of people, and incidents.

No register holds them yet; their shapes are what the law's checks will ask of them.
"""

from dataclasses import dataclass, field
from datetime import date

from inventory.law.vocabulary import RequestKind
from inventory.rules.said import Collection, Known


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """A person exercises a right, or complains; `datasets` are those that it concerns."""

    id: str
    key: str
    name: str
    entity: str  # who must answer; an id
    kind: RequestKind
    datasets: tuple[str, ...] = ()  # ids
    received_on: date | None = None
    answered: Known = None
    answered_on: date | None = None
    acknowledged: Known = None
    acknowledged_on: date | None = None
    extended_on: date | None = None  # the day of the notice that more time is needed
    language: str | None = None  # of the answer
    refused: Known = None
    refusal_told: Known = None  # with its reasons and remedies
    mended: Known = None  # what was wrong is corrected
    recipients_told: Known = None
    copies_erased: Known = None  # derived copies and exports too
    person_found: Known = None
    unidentifiable_shown: Known = None  # it is shown that the person cannot be identified, and told
    in_training: Known = None  # the person is in data that a model was trained on
    erased_from_training: Known = None
    in_model: Known = None  # ... and the model is not anonymous
    model_decided: Known = None  # retrain, unlearn or filter


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFacts:
    """A breach of security; `datasets` are those that it touched."""

    id: str
    key: str
    name: str
    entity: str  # an id
    datasets: tuple[str, ...] = ()  # ids
    aware_on: date | None = None
    risk: Known = None  # to people's rights is not unlikely
    high_risk: Known = None
    severe: Known = None  # PPA: a severe security incident
    notified: Known = None  # to the authority
    notified_on: date | None = None
    people_told: Known = None
    telling_excepted: Known = None
    documented: Known = None
    register_items: Collection[str] = field(default_factory=Collection)
