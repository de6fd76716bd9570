"""What an evaluation answers: findings, counts per place, and how long they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from inventory.law.shapes import Check
from inventory.law.vocabulary import Severity, Status
from inventory.rules.facts import Known, SubjectId

type Place = str  # a regime's code ("gdpr"), or a country's ("FR") where the country decides


class Answer(NamedTuple):
    """A condition's answer: does the fault hold? None is unknown.

    `read` names the facts it rests on, in words a person can check; `fields` are the columns a
    field-level check folds into one finding; `until` is the first day on which time alone
    could change the answer. `applicable` None: the question waits for a fact that another
    check asks for; it is counted as not evaluated.
    """

    fault: Known
    read: tuple[tuple[str, str | None], ...] = ()
    fields: tuple[str, ...] = ()
    applicable: Known = True
    guidance: bool = False  # the fault is against guidance, not a statute: at most attention
    until: date | None = None
    note: str | None = None  # the two facts that make it so, in one sentence


class Finding(NamedTuple):
    """What one check says of one subject in one place. Only breach, unknown and attention."""

    check: Check
    subject: SubjectId
    place: Place
    status: Status
    answer: Answer

    @property
    def regime(self) -> str:
        return self.check.regime

    @property
    def severity(self) -> Severity:
        return self.check.severity

    @property
    def key(self) -> tuple[str, SubjectId, Place]:
        return (self.check.id, self.subject, self.place)


class Tally(NamedTuple):
    """Verdicts that leave no row, counted: for one subject under one regime in one country."""

    met: int = 0
    not_applicable: int = 0
    not_evaluated: int = 0


class Application(NamedTuple):
    """Whether a regime governs a subject, in which of its countries, and why."""

    regime: str
    applies: Known  # None: it may apply
    countries: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()  # in words, with the citation of the trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All that one run found. `good_until` is the first day a verdict could change by time
    alone; None where no day is known."""

    as_of: date
    findings: tuple[Finding, ...]
    tallies: Mapping[tuple[SubjectId, Place], Tally] = field(default_factory=dict)
    applications: Mapping[SubjectId, tuple[Application, ...]] = field(default_factory=dict)
    until: Mapping[SubjectId, date] = field(default_factory=dict)  # the same by subject
    good_until: date | None = None
