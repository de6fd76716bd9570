"""The words that law, rules and the register share: every coded value that no statute decides."""

from enum import StrEnum


class Mark(StrEnum):
    """How well a legal fact was read. Nobody with a law licence has reviewed any of them."""

    CHECKED = "checked"  # a stored or secondary copy of the text was read
    KNOWLEDGE = "knowledge"  # from memory of the text
    UNCERTAIN = "uncertain"  # at most *attention*, never in a regulator's copy


class Severity(StrEnum):
    """What a fault weighs, worst first."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"
    ADVICE = "advice"  # attention that is never counted


class Status(StrEnum):
    """A verdict of one check on one subject, worst first."""

    BREACH = "breach"
    UNKNOWN = "unknown"
    ATTENTION = "attention"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"


class Declared(StrEnum):
    """What has been said of a whole collection. *Not asked* must never look like *none*."""

    COMPLETE = "complete"
    NONE = "none"
    NOT_ASKED = "not_asked"


class SubjectKind(StrEnum):
    """What a check can judge."""

    ENTITY = "entity"
    ACTIVITY = "activity"
    PURPOSE = "purpose"
    DATABASE = "database"
    DATASET = "dataset"
    SYSTEM = "system"
    PARTY = "party"
    TRANSFER = "transfer"
    REQUEST = "request"
    INCIDENT = "incident"


class RequestKind(StrEnum):
    """What a person asks of whoever holds their data."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    WITHDRAWAL = "withdrawal"
    COMPLAINT = "complaint"


class Level(StrEnum):
    """Where a check is decided: once for the regime, or per country by a national parameter."""

    REGIME = "regime"
    COUNTRY = "country"


class Trigger(StrEnum):
    """Why a regime may govern data."""

    ESTABLISHMENT = "establishment"  # an entity of the regime's countries holds the data
    OFFERING = "offering"  # goods or services are offered to people there
    MONITORING = "monitoring"  # behaviour of people there is monitored
    COLLECTION = "collection"  # people were there when the data was collected
    STORAGE = "storage"  # the data is stored or processed there
    ORIGIN_AND_STORAGE = "origin_and_storage"  # came from named countries, is stored there
    EFFECT = "effect"  # has effect on people there: the data is theirs, targeted or not
    EVERYTHING = "everything"  # whatever its checks judge, wherever it is: a policy, no country


class DataClass(StrEnum):
    """How a regime sees a category of data."""

    ORDINARY = "ordinary"
    SPECIAL = "special"  # GDPR Art. 9, LGPD art. 5 II, PDP art. 2, PPL special sensitivity
    CRIMINAL = "criminal"  # where the regime treats it apart (GDPR Art. 10, PDP art. 7(4))


class SystemKind(StrEnum):
    DATABASE = "database"
    KUBERNETES_VOLUME = "kubernetes_volume"
    OBJECT_STORE = "object_store"
    CACHE = "cache"
    SAAS = "saas"
    FILE_SHARE = "file_share"
    MODEL_STORE = "model_store"


class LocationRole(StrEnum):
    PRIMARY = "primary"
    REPLICA = "replica"
    BACKUP = "backup"
    ACCESSED_FROM = "accessed_from"


class DatasetKind(StrEnum):
    SOFTWARE = "software"
    USER = "user"
    ANALYTICS = "analytics"


class Identifiability(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    PSEUDONYMOUS = "pseudonymous"
    ANONYMOUS = "anonymous"
    NONE = "none"  # says nothing about a person


class Protection(StrEnum):
    PLAIN = "plain"
    ENCRYPTED = "encrypted"
    HASHED = "hashed"
    TOKENISED = "tokenised"
    MASKED = "masked"


class LineageKind(StrEnum):
    COPIED = "copied"
    PSEUDONYMISED = "pseudonymised"
    ANONYMISED = "anonymised"
    AGGREGATED = "aggregated"
    TRAINED = "trained"


class EntityRole(StrEnum):
    CONTROLLER = "controller"
    JOINT_CONTROLLER = "joint_controller"
    PROCESSOR = "processor"


class PartyRole(StrEnum):
    PROCESSOR = "processor"
    SUB_PROCESSOR = "sub_processor"
    JOINT_CONTROLLER = "joint_controller"
    CONTROLLER = "controller"  # an independent recipient
    PUBLIC_AUTHORITY = "public_authority"
    GROUP_COMPANY = "group_company"


class SubjectCategory(StrEnum):
    """Categories of data subjects (GDPR Art. 30(1)(c))."""

    CUSTOMERS = "customers"
    PROSPECTS = "prospects"
    USERS = "users"
    EMPLOYEES = "employees"
    APPLICANTS = "applicants"
    SUPPLIERS = "suppliers"
    VISITORS = "visitors"
    PATIENTS = "patients"
    STUDENTS = "students"
    CHILDREN = "children"
    ELDERLY = "elderly"
    PUBLIC = "public"


class JustificationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    STALE = "stale"


class RetentionAuthority(StrEnum):
    PURPOSE = "purpose"
    STATUTE = "statute"
    GUIDANCE = "guidance"


class Rounding(StrEnum):
    NONE = "none"
    CALENDAR_YEAR = "calendar_year"
    FISCAL_YEAR = "fiscal_year"


class Disposal(StrEnum):
    ERASE = "erase"
    ANONYMISE = "anonymise"
    ARCHIVE = "archive"
    RETURN = "return"


class SafeguardKind(StrEnum):
    ACCESS_CONTROL = "access_control"
    ENCRYPTION = "encryption"
    PSEUDONYMISATION = "pseudonymisation"
    LOGGING = "logging"
    BACKUP = "backup"
    AUDIT = "audit"
    RISK_SURVEY = "risk_survey"
    PENETRATION_TEST = "penetration_test"
    TRAINING = "training"
    CONFIDENTIALITY = "confidentiality"
    INCIDENT_RESPONSE = "incident_response"


class AssessmentKind(StrEnum):
    DPIA = "dpia"  # GDPR Art. 35
    RIPD = "ripd"  # LGPD art. 38
    LIA = "lia"  # balancing test of a legitimate interest
    TIA = "tia"  # transfer impact assessment


class FilingKind(StrEnum):
    REGISTRATION = "registration"
    NOTIFICATION = "notification"
    DEFINITION_DOCUMENT = "definition_document"  # IL Data Security Regulations reg. 2
    EXCESS_REVIEW = "excess_review"  # IL Data Security Regulations reg. 2(c)


class NoticeKind(StrEnum):
    PRIVACY_NOTICE = "privacy_notice"
    COLLECTION_FORM = "collection_form"
    TRANSFER_NOTICE = "transfer_notice"


class RecordItemSource(StrEnum):
    """What of the register fills an item that a law demands of a record."""

    CONTROLLER = "controller"
    PURPOSES = "purposes"
    SUBJECT_CATEGORIES = "subject_categories"
    DATA_CATEGORIES = "data_categories"
    RECIPIENTS = "recipients"
    TRANSFERS = "transfers"
    RETENTION = "retention"
    SECURITY = "security"
    LEGAL_BASIS = "legal_basis"
    SOURCE = "source"
    DATABASE = "database"
    ACCESS = "access"
    RISKS = "risks"
    PROCESSORS = "processors"
    OPERATIONS = "operations"
    RIGHTS = "rights"
    NOTES = "notes"
    CONTACT = "contact"  # the data protection officer's, or the channel for data subjects
    ASSESSMENTS = "assessments"
    LINEAGE = "lineage"


class BasisKind(StrEnum):
    """What sort of ground a legal basis is: conditions ask this, never a code."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"
    RECOGNISED_INTERESTS = "recognised_interests"  # UK GDPR Art. 6(1)(ea), Annex 1
    CREDIT_PROTECTION = "credit_protection"
    HEALTH = "health"
    PUBLIC_HEALTH = "public_health"
    RESEARCH = "research"
    LEGAL_CLAIMS = "legal_claims"
    EMPLOYMENT = "employment"
    ASSOCIATION = "association"  # its members' data
    PUBLISHED = "published"  # made public by the person, or from a public source
    PUBLIC_INTEREST = "public_interest"
    FRAUD_PREVENTION = "fraud_prevention"
    LISTING = "listing"  # PDP art. 5(2)(c)
    BANKING = "banking"
    DEFENCE = "defence"  # PPL s. 18
    OFFICIAL_AUTHORITY = "official_authority"


class BasisNeed(StrEnum):
    """What must be on record before a legal basis carries a purpose."""

    CONSENT_RECORD = "consent_record"
    WITHDRAWAL = "withdrawal"  # a way to withdraw, as easy as giving
    EXPLICIT = "explicit"
    HIGHLIGHTED = "highlighted"  # set apart from other clauses
    CONTRACT_REFERENCE = "contract_reference"
    LAW_REFERENCE = "law_reference"
    BALANCING_TEST = "balancing_test"
    REASON = "reason"
    PUBLIC_BODY = "public_body"
    RESEARCH_BODY = "research_body"
    HEALTH_SERVICE = "health_service"
    FINANCIAL_ENTITY = "financial_entity"
    ASSOCIATION = "association"
    PROFESSIONAL_SECRECY = "professional_secrecy"
    LISTED_FIELDS = "listed_fields"
    ANONYMISED_RESULT = "anonymised_result"
    LISTED_PURPOSE = "listed_purpose"  # one that an annex of the law names
    POLICY_DOCUMENT = "policy_document"


class MechanismKind(StrEnum):
    """What sort of gateway a transfer mechanism is."""

    ADEQUACY = "adequacy"
    EQUIVALENT_LAW = "equivalent_law"  # found equal by the exporter itself
    STANDARD_CLAUSES = "standard_clauses"
    AD_HOC_CLAUSES = "ad_hoc_clauses"
    CORPORATE_RULES = "corporate_rules"
    CODE_OF_CONDUCT = "code_of_conduct"
    CERTIFICATION = "certification"
    PUBLIC_INSTRUMENT = "public_instrument"  # between authorities, treaties, cooperation
    AUTHORISATION = "authorisation"
    AGREEMENT = "agreement"  # a contract whose terms the exporter writes
    CONTROLLED_COMPANY = "controlled_company"
    CONSENT = "consent"
    CONTRACT = "contract"  # needed to perform one with the person, or in their interest
    LEGAL_OBLIGATION = "legal_obligation"
    LEGAL_CLAIMS = "legal_claims"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_INTEREST = "public_interest"
    PUBLIC_DATA = "public_data"
    LEGITIMATE_INTERESTS = "legitimate_interests"
    BANKING = "banking"
    MEDICAL = "medical"


class MechanismNeed(StrEnum):
    """What must be on record before a mechanism opens a border."""

    INSTRUMENT_DATE = "instrument_date"
    TRANSFER_ASSESSMENT = "transfer_assessment"
    MODULE = "module"  # of the clauses, fitting the two roles
    UNALTERED = "unaltered"
    AUTHORITY_APPROVAL = "authority_approval"
    PUBLICATION = "publication"
    FILING = "filing"  # with the authority, where the contract departs from its model
    UNDERTAKING = "undertaking"  # of the recipient, in writing
    EXPLICIT_CONSENT = "explicit_consent"
    OCCASIONAL = "occasional"
    RECIPIENT_IN_SCOPE = "recipient_in_scope"
    LAW_REFERENCE = "law_reference"
    ANONYMISED_RESULT = "anonymised_result"


class RecipientScope(StrEnum):
    """What a recipient must be for a country's recognition to reach it."""

    DPF = "dpf"  # certified under the EU-US Data Privacy Framework
    DPF_HR = "dpf_hr"  # ... for data of staff, which is certified apart
    PIPEDA = "pipeda"  # a commercial organisation under the Canadian act
    APPI = "appi"
    PIPA = "pipa"
    PRIVATE_SECTOR = "private_sector"
    UK_EXTENSION = "uk_extension"  # certified under the UK Extension to the DPF
    SWISS_DPF = "swiss_dpf"  # certified under the Swiss-US DPF
    AUTOMATED = "automated"  # only data processed automatically there


class Unit(StrEnum):
    """What a dated value is measured in; it decides the value's type."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    HOURS = "hours"
    PERSONS = "persons"
    DATABASES = "databases"
    DURATION = "duration"  # ISO 8601, such as "P10Y"
    TEXT = "text"
    DATE = "date"
    FLAG = "flag"


class RulingAct(StrEnum):
    """What an organisation's counsel does to a check or a value of the law data."""

    CONFIRM = "confirm"
    AMEND = "amend"
    SWITCH_OFF = "switch_off"
