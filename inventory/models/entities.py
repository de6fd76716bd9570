"""Legal entities, and the parties they deal with."""

from django.db import models

from inventory.law.vocabulary import PartyRole
from inventory.models import columns
from inventory.models.constraints import matches, one_of, tenant, unique_key
from inventory.models.history import recorded
from inventory.models.organisations import Tenant


@recorded
class LegalEntity(Tenant):
    """A company of the group. Records are kept per entity."""

    key = columns.key()
    name = columns.name()
    country = columns.country()
    region = models.CharField(max_length=80, blank=True, default="")
    address = columns.text()
    contact = columns.may_refer("inventory.Contact")
    dpo = columns.may_refer("inventory.Contact")
    headcount = columns.count()
    headcount_on = columns.day()
    public_body = columns.known()
    research_body = columns.known()
    health_body = columns.known()
    data_trader = columns.known()
    small_agent = columns.known()
    core_monitoring = columns.known()
    core_special_data = columns.known()
    dpo_appointed = columns.known()
    dpo_published = columns.known()
    security_officer = columns.known()
    financial_body = columns.known()
    automated_staff = columns.count()
    occasional = columns.known()
    sensitive_data = columns.known()
    likely_risk = columns.known()
    subject_channel = columns.known()
    complaints_procedure = columns.known()
    representatives_state = columns.state()
    safeguards_state = columns.state()
    version = models.PositiveBigIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "legal_entity"
        constraints = [
            *tenant("legal_entity", "contact", "dpo"),
            unique_key("legal_entity", "key"),
            matches("legal_entity", "key", columns.KEY_PATTERN),
            matches("legal_entity", "country", columns.COUNTRY_PATTERN),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class Representative(Tenant):
    """Who stands for an entity where a regime asks for somebody on the spot (GDPR Art. 27)."""

    entity = columns.part_of("inventory.LegalEntity", "representatives")
    regime = columns.code()
    contact = columns.refers("inventory.Contact")
    since = columns.day()

    class Meta:
        db_table = "representative"
        constraints = [
            *tenant("representative", "entity", "contact"),
            unique_key("representative", "entity", "regime"),
        ]


@recorded
class Party(Tenant):
    """A processor, recipient, joint controller, customer or provider, once."""

    key = columns.key()
    name = columns.name()
    country = columns.country(null=True, blank=True)
    address = columns.text()
    contact = columns.may_refer("inventory.Contact")
    roles = columns.codes()
    certifications = columns.codes()
    certifications_state = columns.state()
    contracts_state = columns.state()
    version = models.PositiveBigIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "party"
        constraints = [
            *tenant("party", "contact"),
            unique_key("party", "key"),
            matches("party", "key", columns.KEY_PATTERN),
            matches("party", "country", columns.COUNTRY_PATTERN),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class Contract(Tenant):
    """What was agreed with a party; `terms` are the law data's letters it covers."""

    party = columns.part_of("inventory.Party", "contracts")
    entity = columns.may_refer("inventory.LegalEntity")
    title = columns.name()
    signed_on = columns.day()
    ends_on = columns.day()
    written = columns.known()
    data_destroyed = columns.known()
    kept_authorised = columns.known()
    terms = columns.codes()
    terms_state = columns.state()

    class Meta:
        db_table = "contract"
        constraints = [*tenant("contract", "party", "entity")]


@recorded
class Disclosure(Tenant):
    """A purpose's data, or a dataset's, goes to a party."""

    purpose = columns.may_refer("inventory.Purpose", "disclosures", on_delete=models.CASCADE)
    dataset = columns.may_refer("inventory.Dataset", "disclosures", on_delete=models.CASCADE)
    party = columns.refers("inventory.Party", "disclosures")
    role = columns.word(PartyRole)
    what_for = columns.text()
    consent = columns.known()
    for_gain = columns.known()
    excepted = columns.known()

    class Meta:
        db_table = "disclosure"
        constraints = [
            *tenant("disclosure", "purpose", "dataset", "party"),
            unique_key("disclosure", "purpose", "dataset", "party", "role"),
            one_of("disclosure", "role", PartyRole),
            models.CheckConstraint(
                condition=models.Q(purpose__isnull=True) ^ models.Q(dataset__isnull=True),
                name="disclosure_has_one_subject",
            ),
        ]


@recorded
class Transfer(Tenant):
    """The mechanism for a border crossing. The crossing itself is derived, never typed: an
    entity's data reaches a country through a system or a party."""

    entity = columns.part_of("inventory.LegalEntity", "transfers")
    destination = columns.country()
    party = columns.may_refer("inventory.Party", "transfers", on_delete=models.CASCADE)
    system = columns.may_refer("inventory.System", "transfers", on_delete=models.CASCADE)
    mechanism = columns.code()
    instrument_on = columns.day()
    unmodified = columns.known()
    undertaking = columns.known()
    published = columns.known()
    repeated = columns.known()
    module_fits = columns.known()
    legacy_clauses = columns.known()
    fallback = columns.known()
    filed = columns.known()
    filed_on = columns.day()
    terms = columns.codes()
    terms_state = columns.state()
    assessment_on = columns.day()

    class Meta:
        db_table = "transfer"
        constraints = [
            *tenant("transfer", "entity", "party", "system"),
            unique_key("transfer", "entity", "destination", "party", "system"),
            matches("transfer", "destination", columns.COUNTRY_PATTERN),
            models.CheckConstraint(
                condition=models.Q(party__isnull=True) ^ models.Q(system__isnull=True),
                name="transfer_has_one_way",
            ),
        ]
