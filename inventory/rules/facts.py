"""What the rules may know of a register: frozen facts, where None means *nobody has said*.

Subjects refer to each other by id (a UUID's text); `Facts` holds them all, so that a part of
a register can be judged as well as the whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from inventory.law.vocabulary import (
    DataClass,
    DatasetKind,
    Disposal,
    EntityRole,
    FilingKind,
    Identifiability,
    JustificationState,
    LineageKind,
    LocationRole,
    PartyRole,
    Protection,
    RetentionAuthority,
    SubjectKind,
    SystemKind,
)
from inventory.rules.events import IncidentFacts as IncidentFacts
from inventory.rules.events import RequestFacts as RequestFacts
from inventory.rules.evidence import Assessment as Assessment
from inventory.rules.evidence import Notice as Notice
from inventory.rules.evidence import Safeguard as Safeguard
from inventory.rules.opening import Opening as Opening
from inventory.rules.said import Collection as Collection
from inventory.rules.said import Known as Known

type SubjectId = tuple[SubjectKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFacts:
    id: str
    key: str
    name: str
    country: str
    region: str | None = None
    contact: Known = None  # a postal address and a contact are recorded
    headcount: int | None = None
    headcount_on: date | None = None
    public_body: Known = None
    research_body: Known = None
    health_body: Known = None
    data_trader: Known = None
    small_agent: Known = None  # LGPD, Res. CD/ANPD 2/2022
    core_monitoring: Known = None  # core activities: systematic monitoring on a large scale
    core_special_data: Known = None  # core activities: special categories on a large scale
    dpo_appointed: Known = None
    dpo_published: Known = None
    security_officer: Known = None
    financial_body: Known = None  # a bank, insurer or credit-rating company
    filed_databases: int | None = None  # databases subject to registration or notification
    automated_staff: int | None = None  # persons constantly in automated processing
    occasional: Known = None  # it processes personal data only now and then
    sensitive_data: Known = None  # it says whether it processes special or criminal data
    likely_risk: Known = None  # its processing is likely to put people's rights at risk
    subject_channel: Known = None  # a way for data subjects to reach it
    complaints_procedure: Known = None  # an electronic form and a way to handle complaints
    representatives: Collection[str] = field(default_factory=Collection)  # regime codes
    safeguards: Collection[Safeguard] = field(default_factory=Collection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    role: LocationRole
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFacts:
    id: str
    key: str
    name: str
    kind: SystemKind
    provider: str | None = None  # a party's id
    encrypted_at_rest: Known = None
    encrypted_in_transit: Known = None
    access_controlled: Known = None
    access_logged: Known = None
    access_log_months: int | None = None
    reachable_from_outside: Known = None
    backed_up: Known = None
    backup_cycle: str | None = None  # how often, in words
    backup_retention: str | None = None  # how long a backup is kept: an ISO 8601 duration
    locations: Collection[Location] = field(default_factory=Collection)
    safeguards: Collection[Safeguard] = field(default_factory=Collection)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFacts:
    """A column: its category (None = unknown), who it can identify, and what uses it."""

    name: str
    category: str | None = None
    identifiability: Identifiability | None = None
    protection: Protection | None = None
    mandatory: Known = None
    flagged: Known = None  # marked as sensitive where a law asks for the mark
    purposes: tuple[str, ...] = ()  # ids of purposes that use it
    justifications: Mapping[str, JustificationState] = field(default_factory=dict)  # by purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another purpose for which the very same text is given."""

    name: str
    text: str | None = None  # the purpose's own


@dataclass(frozen=True, slots=True, kw_only=True)
class JustificationFacts:
    """One text for a set of fields of one purpose, and what else was considered."""

    id: str
    purpose: str  # a purpose's id
    text: str
    state: JustificationState | None = None
    alternatives: str = ""
    language: str | None = None  # None: not said; it is recognised
    purpose_name: str | None = None
    purpose_text: str | None = None
    fields: tuple[FieldFacts, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectCountry:
    """A country whose people are in the data: are they offered something, are they watched?"""

    country: str
    offered: Known = None
    monitored: Known = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageFacts:
    """Where a dataset's data came from, and what was done to it on the way."""

    source: str  # a dataset's id
    kind: LineageKind
    key_held_by: str | None = None  # who can undo a pseudonymisation; None = not said
    key_destroyed: Known = None
    test: str | None = None  # what test proves an anonymisation, or that a model is anonymous
    lawful: Known = None  # this use of the source has a ground of its own
    source_kind: DatasetKind | None = None  # of the source, as are the next two
    source_of_truth: Known = None
    stored_in: SystemKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """An approved decision that a regime does not govern this subject."""

    regime: str
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetFacts:
    id: str
    key: str
    name: str
    kind: DatasetKind | None
    entity: str | None  # who holds it
    system: str | None
    fields: tuple[FieldFacts, ...] = ()
    subject_categories: Collection[str] = field(default_factory=Collection)
    subject_countries: Collection[SubjectCountry] = field(default_factory=Collection)
    collected_in: Collection[str] = field(default_factory=Collection)  # countries
    origins: Collection[str] = field(default_factory=Collection)  # countries it came from
    persons: int | None = None  # how many people are in it
    record_class: str | None = None
    has_disposal_job: Known = None
    oldest_record: date | None = None
    last_disposal: date | None = None
    reviewed_on: date | None = None
    legal_hold: Known = None
    deployed: Known = None  # what was trained is in use
    national_id_rule: str | None = None  # the national rule under which an identifier is used
    free_text_guarded: Known = None  # guidance on what to enter, and a scan
    lawfully_obtained: Known = None
    obtained_from_others: Known = None  # not from the people themselves
    obtained_on: date | None = None
    persons_informed: Known = None  # told of it, or an exception is recorded
    informed_on: date | None = None
    deletion_channel: Known = None
    minimisation_mechanism: Known = None
    accuracy_mechanism: Known = None
    critical: Known = None  # its loss would stop or harm something that matters
    source_of_truth: Known = None  # where copies disagree, this one is right
    recomputable: Known = None  # it can be made anew from its sources at any time
    access: Collection[Opening] = field(default_factory=Collection)
    sources: Collection[LineageFacts] = field(default_factory=Collection)
    databases: tuple[str, ...] = ()  # ids
    exclusions: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisFacts:
    """The legal basis of a purpose under one regime for one class of data."""

    regime: str
    data_class: DataClass
    code: str
    country: str | None = None  # an override where national law is cited
    law_reference: str | None = None
    consent_record: Known = None
    consent_explicit: Known = None
    withdrawal_as_easy: Known = None
    parental_consent: Known = None
    balancing_test_on: date | None = None
    best_interest: Known = None  # LGPD art. 14: assessed and recorded
    freely_given: Known = None  # it is documented why consent is free between unequals
    listed_purpose: Known = None  # the purpose is one of those that the law lists
    policy_document: Known = None  # UK DPA 2018 Sch. 1: an appropriate policy document


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionFacts:
    """How long: `months` and `days` of an ISO 8601 duration, counted from `start_event`."""

    record_class: str | None
    country: str | None
    months: int | None
    days: int | None
    criteria: str | None  # where no period can be set
    start_event: str | None
    authority: RetentionAuthority
    law_reference: str | None = None
    disposal: Disposal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureFacts:
    """A purpose's data goes to a party."""

    party: str
    role: PartyRole
    consent: Known = None  # specific consent to the sharing, where the basis is consent
    for_gain: Known = None
    excepted: Known = None  # an exception of the law covers the sharing


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeFacts:
    id: str
    key: str
    name: str
    text: str | None
    activity: str | None = None  # id
    automated_decision: Known = None
    human_review: Known = None
    profiling: Known = None
    direct_marketing: Known = None
    opt_out: Known = None
    child_service: Known = None
    youngest_age: int | None = None
    consent_age: int | None = None  # the age from which a child's own consent is taken
    ages_by_country: Known = None  # that age follows the country of the child
    public_task: Known = None  # done by a public body in its task
    further_use: Known = None  # it uses data that was collected for another purpose
    compatible: Known = None  # a test found it compatible with the purpose of collection
    infers_special: Known = None  # it infers data of a special category
    legal_effect: Known = None  # it has legal or similarly grave effects on people
    phone_marketing: Known = None
    do_not_call_checked: Known = None
    bases: Collection[BasisFacts] = field(default_factory=Collection)
    retention: Collection[RetentionFacts] = field(default_factory=Collection)
    disclosures: Collection[DisclosureFacts] = field(default_factory=Collection)
    notices: Collection[Notice] = field(default_factory=Collection)
    assessments: Collection[Assessment] = field(default_factory=Collection)
    datasets: tuple[str, ...] = ()  # ids of datasets with a field it uses


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityInActivity:
    entity: str
    role: EntityRole
    on_behalf_of: str | None = None  # for a processor: a party's id


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFacts:
    id: str
    key: str
    name: str
    entities: Collection[EntityInActivity] = field(default_factory=Collection)
    subject_categories: Collection[str] = field(default_factory=Collection)
    safeguards: Collection[Safeguard] = field(default_factory=Collection)
    processor_record: Known = None  # as a processor: a record for each controller
    reviewed_on: date | None = None
    purposes: tuple[str, ...] = ()  # ids


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFacts:
    signed_on: date | None
    ends_on: date | None = None
    written: Known = None
    data_destroyed: Known = None  # after its end
    kept_authorised: Known = None  # express authorisation to keep the data after its end
    terms: Collection[str] = field(default_factory=Collection)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    id: str
    key: str
    name: str
    country: str | None = None
    roles: tuple[PartyRole, ...] = ()
    certifications: Collection[str] = field(default_factory=Collection)  # "dpf", "pipeda" …
    contracts: Collection[ContractFacts] = field(default_factory=Collection)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFacts:
    """A derived border crossing, with what was stored for it: mechanism and instrument."""

    id: str
    purpose: str | None
    dataset: str | None
    entity: str  # the exporter
    origin: str  # country
    destination: str  # country
    party: str | None = None
    mechanism: str | None = None  # a mechanism code; None: none said
    instrument_on: date | None = None
    unmodified: Known = None
    undertaking: Known = None  # IL Transfer Regulations reg. 3
    published: Known = None
    repeated: Known = None
    assessment_on: date | None = None
    module_fits: Known = None  # of the standard clauses, to the two roles
    legacy_clauses: Known = None  # standard clauses of an earlier form
    fallback: Known = None  # another safeguard is kept on file
    filed: Known = None  # with the authority
    filed_on: date | None = None
    terms: Collection[str] = field(default_factory=Collection)  # of the agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFacts:
    kind: FilingKind
    regime: str
    number: str | None = None
    filed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseFacts:
    """What Israel and Argentina regulate: a named body of data of one entity."""

    id: str
    key: str
    name: str
    entity: str
    purpose_text: str | None = None
    persons: int | None = None
    persons_on: date | None = None
    authorised_users: int | None = None
    trades_in_data: Known = None
    manager_named: Known = None
    risks: str | None = None
    access_means: Known = None
    changed_on: date | None = None  # last significant change of what a filing says
    document_checked_on: date | None = None
    declared_categories: Collection[str] = field(default_factory=Collection)
    filings: Collection[FilingFacts] = field(default_factory=Collection)
    datasets: tuple[str, ...] = ()  # ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A register, or the part of one that a judgement needs, by id.

    None says that the register holds no such subjects yet: their checks wait.
    """

    entities: Mapping[str, EntityFacts] = field(default_factory=dict)
    systems: Mapping[str, SystemFacts] = field(default_factory=dict)
    datasets: Mapping[str, DatasetFacts] = field(default_factory=dict)
    purposes: Mapping[str, PurposeFacts] = field(default_factory=dict)
    activities: Mapping[str, ActivityFacts] = field(default_factory=dict)
    parties: Mapping[str, PartyFacts] = field(default_factory=dict)
    transfers: Mapping[str, TransferFacts] = field(default_factory=dict)
    databases: Mapping[str, DatabaseFacts] = field(default_factory=dict)
    justifications: Mapping[str, JustificationFacts] = field(default_factory=dict)
    requests: Mapping[str, RequestFacts] | None = None
    incidents: Mapping[str, IncidentFacts] | None = None
