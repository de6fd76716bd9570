"""What doors hand to the register's services, one document a thing. KEEP (absent) is not null:
of a collection, absent leaves it, None is *not asked*, an empty tuple is *declared none*."""

from dataclasses import dataclass
from datetime import date

from inventory.services.inputs import KEEP, Maybe


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactInput:
    """A person or desk; kept outside history, so that a person can be forgotten."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardInput:
    kind: str
    description: str = ""
    since: date | None = None
    last_done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeInput:
    regime: str
    contact: ContactInput
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityInput:
    name: Maybe[str] = KEEP
    country: Maybe[str] = KEEP
    region: Maybe[str] = KEEP
    address: Maybe[str] = KEEP
    contact: Maybe[ContactInput | None] = KEEP
    dpo: Maybe[ContactInput | None] = KEEP
    headcount: Maybe[int | None] = KEEP
    headcount_on: Maybe[date | None] = KEEP
    public_body: Maybe[bool | None] = KEEP
    research_body: Maybe[bool | None] = KEEP
    health_body: Maybe[bool | None] = KEEP
    data_trader: Maybe[bool | None] = KEEP
    small_agent: Maybe[bool | None] = KEEP
    core_monitoring: Maybe[bool | None] = KEEP
    core_special_data: Maybe[bool | None] = KEEP
    dpo_appointed: Maybe[bool | None] = KEEP
    dpo_published: Maybe[bool | None] = KEEP
    security_officer: Maybe[bool | None] = KEEP
    financial_body: Maybe[bool | None] = KEEP
    automated_staff: Maybe[int | None] = KEEP
    occasional: Maybe[bool | None] = KEEP
    sensitive_data: Maybe[bool | None] = KEEP
    likely_risk: Maybe[bool | None] = KEEP
    subject_channel: Maybe[bool | None] = KEEP
    complaints_procedure: Maybe[bool | None] = KEEP
    representatives: Maybe[tuple[RepresentativeInput, ...] | None] = KEEP
    safeguards: Maybe[tuple[SafeguardInput, ...] | None] = KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractInput:
    title: str
    entity: str | None = None  # key; None: with all companies of the group
    signed_on: date | None = None
    ends_on: date | None = None
    written: bool | None = None
    data_destroyed: bool | None = None
    kept_authorised: bool | None = None
    terms: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyInput:
    name: Maybe[str] = KEEP
    country: Maybe[str | None] = KEEP
    address: Maybe[str] = KEEP
    contact: Maybe[ContactInput | None] = KEEP
    roles: Maybe[tuple[str, ...]] = KEEP
    certifications: Maybe[tuple[str, ...] | None] = KEEP
    contracts: Maybe[tuple[ContractInput, ...] | None] = KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityEntityInput:
    entity: str  # key
    role: str
    on_behalf_of: str | None = None  # a party's key, for a processor


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityInput:
    name: Maybe[str] = KEEP
    description: Maybe[str] = KEEP
    owner: Maybe[str | None] = KEEP  # a member's e-mail address
    entities: Maybe[tuple[ActivityEntityInput, ...] | None] = KEEP
    subject_categories: Maybe[tuple[str, ...] | None] = KEEP
    safeguards: Maybe[tuple[SafeguardInput, ...] | None] = KEEP
    processor_record: Maybe[bool | None] = KEEP
    reviewed_on: Maybe[date | None] = KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisInput:
    regime: str
    code: str
    data_class: str = "ordinary"
    country: str | None = None
    law_reference: str = ""
    consent_record: bool | None = None
    consent_explicit: bool | None = None
    withdrawal_as_easy: bool | None = None
    parental_consent: bool | None = None
    balancing_test_on: date | None = None
    best_interest: bool | None = None
    freely_given: bool | None = None
    listed_purpose: bool | None = None
    policy_document: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionInput:
    record_class: str | None = None
    country: str | None = None
    period: str | None = None  # "P6M", or words: "6 months"
    criteria: str = ""
    start_event: str = ""
    rounding: str = "none"
    authority: str = "purpose"
    law_reference: str = ""
    disposal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureInput:
    party: str  # key
    role: str
    what_for: str = ""
    consent: bool | None = None
    for_gain: bool | None = None
    excepted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentInput:
    kind: str
    done_on: date | None = None
    residual_high: bool | None = None
    authority_consulted: bool | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeInput:
    name: Maybe[str] = KEEP
    text: Maybe[str] = KEEP
    activity: Maybe[str | None] = KEEP  # key
    automated_decision: Maybe[bool | None] = KEEP
    human_review: Maybe[bool | None] = KEEP
    profiling: Maybe[bool | None] = KEEP
    direct_marketing: Maybe[bool | None] = KEEP
    opt_out: Maybe[bool | None] = KEEP
    child_service: Maybe[bool | None] = KEEP
    youngest_age: Maybe[int | None] = KEEP
    consent_age: Maybe[int | None] = KEEP
    ages_by_country: Maybe[bool | None] = KEEP
    public_task: Maybe[bool | None] = KEEP
    further_use: Maybe[bool | None] = KEEP
    compatible: Maybe[bool | None] = KEEP
    infers_special: Maybe[bool | None] = KEEP
    legal_effect: Maybe[bool | None] = KEEP
    phone_marketing: Maybe[bool | None] = KEEP
    do_not_call_checked: Maybe[bool | None] = KEEP
    bases: Maybe[tuple[BasisInput, ...] | None] = KEEP
    retention: Maybe[tuple[RetentionInput, ...] | None] = KEEP
    disclosures: Maybe[tuple[DisclosureInput, ...] | None] = KEEP
    notices: Maybe[tuple[int, ...] | None] = KEEP  # ids
    assessments: Maybe[tuple[AssessmentInput, ...] | None] = KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferInput:
    """Which crossing: the exporter, the country, and the party or the system it goes through."""

    entity: str  # key
    destination: str
    party: str | None = None  # key
    system: str | None = None  # key
    mechanism: Maybe[str] = KEEP
    instrument_on: Maybe[date | None] = KEEP
    unmodified: Maybe[bool | None] = KEEP
    undertaking: Maybe[bool | None] = KEEP
    published: Maybe[bool | None] = KEEP
    repeated: Maybe[bool | None] = KEEP
    module_fits: Maybe[bool | None] = KEEP
    legacy_clauses: Maybe[bool | None] = KEEP
    fallback: Maybe[bool | None] = KEEP
    filed: Maybe[bool | None] = KEEP
    filed_on: Maybe[date | None] = KEEP
    terms: Maybe[tuple[str, ...] | None] = KEEP
    assessment_on: Maybe[date | None] = KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class CountInput:
    counted_on: date
    persons: int | None = None
    authorised_users: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingInput:
    kind: str
    regime: str
    number: str = ""
    filed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseInput:
    name: Maybe[str] = KEEP
    entity: Maybe[str] = KEEP  # key
    purpose_text: Maybe[str] = KEEP
    manager: Maybe[ContactInput | None] = KEEP
    risks: Maybe[str] = KEEP
    access_means: Maybe[bool | None] = KEEP
    trades_in_data: Maybe[bool | None] = KEEP
    changed_on: Maybe[date | None] = KEEP
    document_checked_on: Maybe[date | None] = KEEP
    declared_categories: Maybe[tuple[str, ...] | None] = KEEP
    datasets: Maybe[tuple[str, ...]] = KEEP  # keys
    counts: Maybe[tuple[CountInput, ...]] = KEEP
    filings: Maybe[tuple[FilingInput, ...] | None] = KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeInput:
    kind: Maybe[str] = KEEP
    title: Maybe[str] = KEEP
    url: Maybe[str] = KEEP
    language: Maybe[str] = KEEP
    published_on: Maybe[date | None] = KEEP
    items: Maybe[tuple[str, ...] | None] = KEEP
    purposes: Maybe[tuple[str, ...]] = KEEP  # keys


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceInput:
    """A file's bytes, or a link; the hash of a file is computed, that of a link may be given."""

    title: str
    content: bytes | None = None
    media_type: str = ""
    url: str = ""
    sha256: str = ""
