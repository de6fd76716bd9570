"""What an entity can show: measures in place, assessments done, notices given."""

from dataclasses import dataclass, field
from datetime import date

from inventory.law.vocabulary import AssessmentKind, NoticeKind, SafeguardKind
from inventory.rules.said import Collection, Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguard:
    """A measure in place; `last_done` for what is repeated (audits, surveys, tests)."""

    kind: SafeguardKind
    description: str | None = None
    since: date | None = None
    last_done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A DPIA, RIPD, balancing test or transfer assessment that exists, with its day."""

    kind: AssessmentKind
    done_on: date | None
    residual_high: Known = None
    authority_consulted: Known = None  # before starting, where high risk remains


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What data subjects are told; `items` are the law data's item codes that it covers."""

    kind: NoticeKind
    published_on: date | None
    items: Collection[str] = field(default_factory=Collection)
