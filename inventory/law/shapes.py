"""The typed shapes of law data: what a statute's facts look like once read from their files.

Every legal fact carries a citation and a mark; what is not known is None, never invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from inventory.law.vocabulary import (
    BasisKind,
    BasisNeed,
    DataClass,
    Level,
    Mark,
    MechanismKind,
    MechanismNeed,
    RecipientScope,
    RecordItemSource,
    RulingAct,
    Severity,
    SubjectKind,
    Trigger,
    Unit,
)

type Scalar = str | int | float | bool | date
type Parameter = Scalar | tuple[Scalar, ...]
type Texts = Mapping[str, str]  # language tag → text; "en" is always there


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where the law says it. `url` and `read_on` only where really known."""

    instrument: str
    article: str
    url: str | None = None
    read_on: date | None = None
    quote: str | None = None
    quote_language: str | None = None

    def __str__(self) -> str:
        return f"{self.instrument} {self.article}"


@dataclass(frozen=True, slots=True)
class ValueOf:
    """A check's parameter that is a dated value, to be asked of the law for a country and a day."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Whether a native lawyer has read a file of translations, and who, and when."""

    reviewed: bool
    by: str | None = None  # with `on`, exactly where it is reviewed
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What an organisation's counsel says of one check, or of one value in one place, for a time.

    Its target is `check`, or `value` in `place` (a country's code, or a regime's). What an
    amendment does not name stays as the law has it.
    """

    id: str
    act: RulingAct
    reason: str
    author: str
    made_on: date
    since: date  # the first day on which it holds
    until: date | None = None  # the first day on which it no longer does
    check: str | None = None
    value: str | None = None
    place: str | None = None
    severity: Severity | None = None
    parameters: Mapping[str, Parameter | ValueOf] = field(default_factory=dict)
    title: str | None = None
    remedy: str | None = None
    amount: Parameter | None = None  # the value's new value

    @property
    def target(self) -> tuple[str, ...]:
        return (self.check,) if self.check else (self.place or "", self.value or "")

    def holds(self, on: date) -> bool:
        return _within(on, since=self.since, until=self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question a regime asks of one kind of subject; the condition that answers it is code."""

    id: str
    regime: str
    condition: str
    parameters: Mapping[str, Parameter | ValueOf]
    subject: SubjectKind
    level: Level
    severity: Severity
    title: Texts  # what is wrong, in about seven words
    remedy: Texts  # the act that mends it, one sentence
    citations: tuple[Citation, ...]
    mark: Mark
    valid_from: date
    valid_until: date | None = None  # first day on which it no longer holds
    risk: bool = False  # a probable fault, or one that wants proof: at most attention
    ruling: Ruling | None = None  # counsel's, in an organisation's own edition

    def in_force(self, on: date) -> bool:
        """Asked on that day: not before, not after, and not switched off."""
        return self.covers(on) and not _is_off(self.ruling)

    def covers(self, on: date) -> bool:
        """This is its wording on that day, switched off or not."""
        return _within(on, since=self.valid_from, until=self.valid_until)

    @property
    def doubtful(self) -> bool:
        """Too badly read for a breach, and no counsel stands in for it."""
        return self.mark is Mark.UNCERTAIN and self.ruling is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A value over a period: from `since` until the day before `until`.

    `dated` is False where the source names no first day: then `since` is the regime's own.
    """

    since: date
    until: date | None
    value: Parameter
    citation: Citation
    mark: Mark
    guidance: bool = False  # an authority's practice, not a statute
    note: str | None = None  # what the number alone does not say
    dated: bool = True
    ruling: Ruling | None = None  # counsel's, in an organisation's own edition

    def in_force(self, on: date) -> bool:
        """It can be read on that day: not before, not after, and not switched off."""
        return self.covers(on) and not _is_off(self.ruling)

    def covers(self, on: date) -> bool:
        return _within(on, since=self.since, until=self.until)

    @property
    def doubtful(self) -> bool:
        """Not confirmed by the text, nor by counsel."""
        return self.mark is Mark.UNCERTAIN and self.ruling is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a legal parameter is, whoever sets it: the age of a child's consent, in years."""

    id: str
    description: str
    unit: Unit
    per_record_class: bool = False  # a family: its values' ids are "<id>.<record class>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A dated legal parameter, such as the age of a child's consent in Denmark."""

    id: str
    description: str
    unit: Unit
    entries: tuple[Entry, ...]

    def on(self, day: date) -> Entry | None:
        """The entry in force on that day; None where there is none."""
        return next((entry for entry in self.entries if entry.in_force(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A ground of processing under one regime, for the classes of data it can carry."""

    code: str  # "gdpr.6.1.f"
    regime: str
    data_classes: tuple[DataClass, ...]
    title: Texts
    citation: Citation
    mark: Mark
    kind: BasisKind  # conditions ask this
    needs: tuple[BasisNeed, ...] = ()
    valid_from: date | None = None  # None: as long as the regime
    valid_until: date | None = None

    def in_force(self, on: date) -> bool:
        return _within(on, since=self.valid_from, until=self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """A gateway by which a regime lets data leave: standard clauses, an undertaking, consent …"""

    code: str  # "gdpr.46.2.c"
    regime: str
    title: Texts
    citation: Citation
    mark: Mark
    kind: MechanismKind
    needs: tuple[MechanismNeed, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None

    def in_force(self, on: date) -> bool:
        return _within(on, since=self.valid_from, until=self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who enforces a regime in a country, or in one region of it."""

    name: str  # in its own language, or its languages
    name_en: str
    acronym: str
    language: str
    url: str | None
    region: str | None
    mark: Mark
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One trigger that brings data under a regime."""

    trigger: Trigger
    citation: Citation
    mark: Mark
    countries: tuple[str, ...] = ()  # for ORIGIN_AND_STORAGE: where the data came from


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordItem:
    """An item that a record or filing must contain, and what of the register fills it."""

    code: str
    layout: str  # "gdpr.30.1"
    title: Texts  # heading in the law's own terms
    heading_mark: Mark  # of the headings, which were often not read where the item was
    source: RecordItemSource
    mandatory: bool
    citation: Citation
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A law with its countries, or a policy that governs everything and has none.
    `valid_from` is the day its duties began."""

    code: str
    short: str
    title: Texts
    languages: tuple[str, ...]
    countries: tuple[str, ...]  # with the territories where it applies
    valid_from: date
    joined: Mapping[str, date]  # countries where its duties began later
    citation: Citation
    mark: Mark
    values: Mapping[str, Value]  # what holds wherever a country says nothing of its own
    scopes: tuple[Scope, ...]
    bases: Mapping[str, LegalBasis]
    mechanisms: Mapping[str, Mechanism]
    record_items: tuple[RecordItem, ...]
    checks: tuple[Check, ...]

    @property
    def everywhere(self) -> bool:
        """Does it govern whatever its checks judge? Then it has no countries."""
        return any(scope.trigger is Trigger.EVERYTHING for scope in self.scopes)

    def begins(self, country: str) -> date:
        """The first day of its duties there."""
        return self.joined.get(country, self.valid_from)

    def layouts(self) -> tuple[str, ...]:
        """The records and filings it describes, in the order of its file."""
        return tuple(dict.fromkeys(item.layout for item in self.record_items))


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country of the world table, with its national parameters where a file holds them."""

    code: str  # ISO 3166-1 alpha-2
    name: Texts
    level: str | None  # world.csv's level of protection; None where unknown
    law: str | None
    mark: Mark
    regime: str | None  # the regime whose file names it
    languages: tuple[str, ...] = ()
    authorities: tuple[Authority, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    changes: tuple[tuple[date, str], ...] = ()  # later days, and the level from each on

    def level_on(self, day: date) -> str | None:
        """The level on a day after the table was made; before, what the table says."""
        begun = [level for since, level in self.changes if since <= day]
        return begun[-1] if begun else self.level

    def authority(self, region: str | None) -> Authority | None:
        """The region's own authority, or the country's."""
        regional = [a for a in self.authorities if region and a.region == region]
        general = [a for a in self.authorities if a.region is None]
        return next(iter(regional + general), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """One origin finds one destination adequate, from a day, within a scope."""

    origin: str  # regime code
    destination: str  # country code
    since: date
    until: date | None
    scope: RecipientScope | None  # None: general; else what the recipient must be
    staff_scope: RecipientScope | None = None  # ... for data of staff, where that is apart
    citation: Citation
    mark: Mark
    note: str | None = None
    dated: bool = True  # False: the source names no first day, `since` is the regime's own

    def in_force(self, on: date) -> bool:
        return _within(on, since=self.since, until=self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCategory:
    """A kind of data, and how each regime sees it. A regime not named sees it as ordinary."""

    code: str
    title: Texts
    personal: bool  # False: technical or business data that speaks of no person
    classes: Mapping[str, DataClass]
    citations: Mapping[str, Citation]  # by regime, for the views that are not ordinary
    marks: Mapping[str, Mark]  # by regime, likewise
    fides: str | None = None
    dpv: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClass:
    """What a record is for retention law: an invoice, a payslip, an applicant's file."""

    code: str
    title: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What makes an organisation's law differ from the program's."""

    program: str  # the hash of the law beneath
    house: bool  # whether house policy is switched on
    rulings: tuple[Ruling, ...] = ()
    own: tuple[Check, ...] = ()  # the organisation's own rules, of the house regime


def _is_off(ruling: Ruling | None) -> bool:
    return ruling is not None and ruling.act is RulingAct.SWITCH_OFF


def _within(on: date, *, since: date | None, until: date | None) -> bool:
    return (since is None or since <= on) and (until is None or on < until)
