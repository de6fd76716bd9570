"""The program's and the law's codes in the words that people read; never a raw code on a screen."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from inventory.law.shapes import Texts
from inventory.law.taxonomies import WorldLevel
from inventory.law.translations import in_language
from inventory.law.vocabulary import (
    AssessmentKind,
    DataClass,
    DatasetKind,
    Disposal,
    EntityRole,
    FilingKind,
    Identifiability,
    LineageKind,
    LocationRole,
    PartyRole,
    Protection,
    RecipientScope,
    RetentionAuthority,
    Rounding,
    RulingAct,
    SafeguardKind,
    Severity,
    SubjectCategory,
    SubjectKind,
    SystemKind,
)
from inventory.models.organisations import Role
from inventory.services.law import current_law

_WORDS: list[tuple[StrEnum, object]] = [
    (DatasetKind.SOFTWARE, _("Software")),
    (DatasetKind.USER, _("User")),
    (DatasetKind.ANALYTICS, _("Analytics")),
    (Identifiability.DIRECT, _("Direct")),
    (Identifiability.INDIRECT, _("Indirect")),
    (Identifiability.PSEUDONYMOUS, _("Pseudonymous")),
    (Identifiability.ANONYMOUS, _("Anonymous")),
    (Identifiability.NONE, _("No person")),
    (Protection.PLAIN, _("Plain")),
    (Protection.ENCRYPTED, _("Encrypted")),
    (Protection.HASHED, _("Hashed")),
    (Protection.TOKENISED, _("Tokenised")),
    (Protection.MASKED, _("Masked")),
    (SystemKind.DATABASE, _("Database")),
    (SystemKind.KUBERNETES_VOLUME, _("Kubernetes volume")),
    (SystemKind.OBJECT_STORE, _("Object store")),
    (SystemKind.CACHE, _("Cache")),
    (SystemKind.SAAS, _("Software as a service")),
    (SystemKind.FILE_SHARE, _("File share")),
    (SystemKind.MODEL_STORE, _("Model store")),
    (LineageKind.COPIED, _("copied")),
    (LineageKind.PSEUDONYMISED, _("pseudonymised")),
    (LineageKind.ANONYMISED, _("anonymised")),
    (LineageKind.AGGREGATED, _("aggregated")),
    (LineageKind.TRAINED, _("used to train a model")),
    (PartyRole.PROCESSOR, _("Processor")),
    (PartyRole.SUB_PROCESSOR, _("Sub-processor")),
    (PartyRole.JOINT_CONTROLLER, _("Joint controller")),
    (PartyRole.CONTROLLER, _("Independent recipient")),
    (PartyRole.PUBLIC_AUTHORITY, _("Public authority")),
    (PartyRole.GROUP_COMPANY, _("Company of the group")),
    (SubjectCategory.CUSTOMERS, _("Customers")),
    (SubjectCategory.PROSPECTS, _("Prospects")),
    (SubjectCategory.USERS, _("Users")),
    (SubjectCategory.EMPLOYEES, _("Employees")),
    (SubjectCategory.APPLICANTS, _("Applicants")),
    (SubjectCategory.SUPPLIERS, _("Suppliers")),
    (SubjectCategory.VISITORS, _("Visitors")),
    (SubjectCategory.PATIENTS, _("Patients")),
    (SubjectCategory.STUDENTS, _("Students")),
    (SubjectCategory.CHILDREN, _("Children")),
    (SubjectCategory.ELDERLY, _("Elderly people")),
    (SubjectCategory.PUBLIC, _("The public")),
    (WorldLevel.EU_EEA_MEMBER, _("EU or EEA member")),
    (WorldLevel.ADEQUATE, _("Adequate")),
    (WorldLevel.PARTIALLY_ADEQUATE, _("Partly adequate")),
    (WorldLevel.AUTHORITY_AND_LAW, _("Authority and law")),
    (WorldLevel.LEGISLATION, _("Has a law")),
    (WorldLevel.NO_SPECIFIC_LAW, _("No specific law")),
    (AssessmentKind.DPIA, _("Impact assessment (GDPR Art. 35)")),
    (AssessmentKind.RIPD, _("Impact report (LGPD art. 38)")),
    (AssessmentKind.LIA, _("Balancing test")),
    (AssessmentKind.TIA, _("Transfer assessment")),
    (DataClass.ORDINARY, _("Ordinary data")),
    (DataClass.SPECIAL, _("Sensitive data")),
    (DataClass.CRIMINAL, _("Data on offences")),
    (RetentionAuthority.PURPOSE, _("The purpose")),
    (RetentionAuthority.STATUTE, _("A statute")),
    (RetentionAuthority.GUIDANCE, _("An authority’s guidance")),
    (Rounding.NONE, _("Not rounded")),
    (Rounding.CALENDAR_YEAR, _("The end of the calendar year")),
    (Rounding.FISCAL_YEAR, _("The end of the fiscal year")),
    (Disposal.ERASE, _("Erase")),
    (Disposal.ANONYMISE, _("Anonymise")),
    (Disposal.ARCHIVE, _("Archive")),
    (Disposal.RETURN, _("Return")),
    (EntityRole.CONTROLLER, _("Controller")),
    (EntityRole.JOINT_CONTROLLER, _("Joint controller")),
    (EntityRole.PROCESSOR, _("Processor")),
    (FilingKind.REGISTRATION, _("Registration")),
    (FilingKind.NOTIFICATION, _("Notification")),
    (FilingKind.DEFINITION_DOCUMENT, _("Database definition document")),
    (FilingKind.EXCESS_REVIEW, _("Yearly review of excess data")),
    (LocationRole.PRIMARY, _("Kept in")),
    (LocationRole.REPLICA, _("Copied to")),
    (LocationRole.BACKUP, _("Backed up in")),
    (LocationRole.ACCESSED_FROM, _("Reached from")),
    (RecipientScope.DPF, _("EU-US Data Privacy Framework")),
    (RecipientScope.DPF_HR, _("EU-US Data Privacy Framework, data of staff")),
    (RecipientScope.PIPEDA, _("Under PIPEDA (Canada)")),
    (RecipientScope.APPI, _("Under APPI (Japan)")),
    (RecipientScope.PIPA, _("Under PIPA (Korea)")),
    (RecipientScope.PRIVATE_SECTOR, _("A private company")),
    (RecipientScope.UK_EXTENSION, _("UK Extension to the Data Privacy Framework")),
    (RecipientScope.SWISS_DPF, _("Swiss-US Data Privacy Framework")),
    (RecipientScope.AUTOMATED, _("Automated processing only")),
    (RulingAct.CONFIRM, _("Confirmed")),
    (RulingAct.AMEND, _("Amended")),
    (RulingAct.SWITCH_OFF, _("Switched off")),
    (SafeguardKind.ACCESS_CONTROL, _("Access control")),
    (SafeguardKind.RISK_SURVEY, _("Risk survey")),
    (SafeguardKind.PENETRATION_TEST, _("Penetration test")),
    (SafeguardKind.INCIDENT_RESPONSE, _("Incident response")),
    (Severity.BLOCKER, _("Blocks processing")),
    (Severity.MAJOR, _("Major")),
    (Severity.MINOR, _("Minor")),
    (Severity.ADVICE, _("Advice")),
    (SubjectKind.ENTITY, _("Legal entity")),
    (SubjectKind.PARTY, _("Recipient")),
    (Role.OWNER, _("Owner")),
    (Role.DPO, _("DPO")),
    (Role.EDITOR, _("Editor")),
    (Role.ENGINEER, _("Engineer")),
    (Role.READER, _("Reader")),
]
# By kind and value: words of two vocabularies may have one value, such as "none".
WORDS: Mapping[tuple[type[StrEnum], str], object] = {(type(w), w.value): said for w, said in _WORDS}


def said(kind: type[StrEnum], code: str | None) -> str:
    """A word of a vocabulary; empty where nobody has said."""
    if not code:
        return ""
    return str(WORDS.get((kind, code), code.replace("_", " ").capitalize()))


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, said(kind, word.value)) for word in kind]


def text_in(texts: Texts) -> str:
    """A text of the law data in the reader's language, or English."""
    return in_language(texts, get_language() or "en")


def country_name(code: str) -> str:
    known = current_law().countries.get(code)
    return text_in(known.name) if known else code


def country_names(codes: Iterable[str]) -> str:
    return ", ".join(country_name(code) for code in codes)


def category_name(code: str | None) -> str:
    known = current_law().categories.get(code or "")
    return text_in(known.title) if known else code or ""


def record_class_name(code: str | None) -> str:
    known = current_law().record_classes.get(code or "")
    return text_in(known.title) if known else code or ""


def regime_name(code: str) -> str:
    known = current_law().regimes.get(code)
    return known.short if known else code.upper()


def basis_name(code: str) -> str:
    known = current_law().bases.get(code)
    return text_in(known.title) if known else code


def basis_cited(code: str) -> str:
    """A legal basis with the provision that gives it: "GDPR Art. 6(1)(b): Contract"."""
    known = current_law().bases.get(code)
    return f"{known.citation}: {text_in(known.title)}" if known else code


def in_numbers(count: int) -> str:
    """Small numbers as people write them at the start of a sentence."""
    small = [_("No"), _("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"),
             _("Eight"), _("Nine"), _("Ten"), _("Eleven"), _("Twelve")]  # fmt: skip
    return str(small[count]) if 0 <= count < len(small) else f"{count:,}"


def subjects(row: Any) -> str:
    """Whose data it is: the categories of persons, in words."""
    return ", ".join(said(SubjectCategory, code) for code in row.subject_categories)


def level(code: str | None) -> str:
    """A country's level of protection, as the map and its table call it."""
    return said(WorldLevel, code) if code else str(_("not known"))


def fact_value(value: str) -> str:
    """A fact that a rule read, its codes in words: "il.transfer.2.8.ii" is no word."""
    return ", ".join(_decoded(part) for part in value.split(", "))


def _decoded(code: str) -> str:
    law = current_law()
    for known in (law.mechanisms, law.bases, law.categories, law.record_classes):
        if code in known:
            return text_in(known[code].title)
    return said(SubjectCategory, code) if code in {c.value for c in SubjectCategory} else code
