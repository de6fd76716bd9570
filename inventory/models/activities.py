"""Why data is held: activities, their purposes, legal bases, uses, justifications, periods."""

from django.contrib.postgres.indexes import HashIndex
from django.db import models

from inventory.law.vocabulary import (
    DataClass,
    Disposal,
    EntityRole,
    JustificationState,
    RetentionAuthority,
    Rounding,
)
from inventory.models import columns
from inventory.models.constraints import matches, one_of, tenant, unique_key
from inventory.models.history import recorded
from inventory.models.organisations import Tenant


@recorded
class Activity(Tenant):
    """An entry of the record of processing; it holds one or more purposes."""

    key = columns.key()
    name = columns.name()
    description = columns.text()
    owner = columns.may_refer("inventory.Membership")
    entities_state = columns.state()
    subject_categories = columns.codes()
    subject_categories_state = columns.state()
    safeguards_state = columns.state()
    processor_record = columns.known()
    reviewed_on = columns.day()
    version = models.PositiveBigIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "activity"
        verbose_name_plural = "activities"
        constraints = [
            *tenant("activity", "owner"),
            unique_key("activity", "key"),
            matches("activity", "key", columns.KEY_PATTERN),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class ActivityEntity(Tenant):
    """An entity's part in an activity: controller, joint controller, or processor for whom."""

    activity = columns.part_of("inventory.Activity", "entities")
    entity = columns.refers("inventory.LegalEntity", "activities")
    role = columns.word(EntityRole)
    on_behalf_of = columns.may_refer("inventory.Party")

    class Meta:
        db_table = "activity_entity"
        constraints = [
            *tenant("activity_entity", "activity", "entity", "on_behalf_of"),
            unique_key("activity_entity", "activity", "entity", "role", "on_behalf_of"),
            one_of("activity_entity", "role", EntityRole),
        ]


@recorded
class Purpose(Tenant):
    """Why, and what is done."""

    key = columns.key()
    name = columns.name()
    text = columns.text()
    activity = columns.may_refer("inventory.Activity", "purposes")
    automated_decision = columns.known()
    human_review = columns.known()
    profiling = columns.known()
    direct_marketing = columns.known()
    opt_out = columns.known()
    child_service = columns.known()
    youngest_age = columns.count()
    consent_age = columns.count()
    ages_by_country = columns.known()
    public_task = columns.known()
    further_use = columns.known()
    compatible = columns.known()
    infers_special = columns.known()
    legal_effect = columns.known()
    phone_marketing = columns.known()
    do_not_call_checked = columns.known()
    bases_state = columns.state()
    retention_state = columns.state()
    disclosures_state = columns.state()
    notices_state = columns.state()
    assessments_state = columns.state()
    version = models.PositiveBigIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "purpose"
        constraints = [
            *tenant("purpose", "activity"),
            unique_key("purpose", "key"),
            matches("purpose", "key", columns.KEY_PATTERN),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class LegalBasis(Tenant):
    """A purpose's ground under one regime, for one class of data, with what the basis needs."""

    purpose = columns.part_of("inventory.Purpose", "bases")
    regime = columns.code()
    data_class = columns.word(DataClass)
    country = columns.country(null=True, blank=True)
    code = columns.code()
    law_reference = columns.text()
    consent_record = columns.known()
    consent_explicit = columns.known()
    withdrawal_as_easy = columns.known()
    parental_consent = columns.known()
    balancing_test_on = columns.day()
    best_interest = columns.known()
    freely_given = columns.known()
    listed_purpose = columns.known()
    policy_document = columns.known()

    class Meta:
        db_table = "legal_basis"
        verbose_name_plural = "legal bases"
        constraints = [
            *tenant("legal_basis", "purpose"),
            unique_key("legal_basis", "purpose", "regime", "data_class", "country", "code"),
            one_of("legal_basis", "data_class", DataClass),
            matches("legal_basis", "country", columns.COUNTRY_PATTERN),
        ]


@recorded
class Justification(Tenant):
    """One text that covers a set of uses of one purpose: why it cannot do without them.

    `approved_content` is the hash of what was approved (decision 6 of the design): when the
    text, the set, a category or the basis changes, the approval is stale.
    """

    purpose = columns.part_of("inventory.Purpose", "justifications")
    text = models.TextField()
    alternatives = columns.text()
    language = models.CharField(max_length=10, default="en")
    state = columns.word(JustificationState, default=JustificationState.DRAFT)
    author = columns.may_refer("inventory.Membership")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = columns.may_refer("inventory.Membership")
    decided_at = models.DateTimeField(null=True, blank=True)
    rejection = columns.text()
    stale_reason = columns.text()
    approved_content = models.CharField(max_length=64, blank=True, default="")
    review_on = columns.day()
    version = models.PositiveBigIntegerField(default=1)

    class Meta:
        db_table = "justification"
        constraints = [
            *tenant("justification", "purpose", "author", "decided_by"),
            one_of("justification", "state", JustificationState),
        ]
        # Who else is given this very text? The cost of asking does not grow with the register.
        indexes = [HashIndex(fields=["text"], name="justification_by_text")]


@recorded
class FieldUse(Tenant):
    """A purpose uses a field. A proposed use came from a manifest and waits for a decision."""

    field = columns.part_of("inventory.Field", "uses")
    purpose = columns.part_of("inventory.Purpose", "uses")
    justification = columns.may_refer("inventory.Justification", "uses")
    proposed = models.BooleanField(default=False)

    class Meta:
        db_table = "field_use"
        constraints = [
            *tenant("field_use", "field", "purpose", "justification"),
            unique_key("field_use", "field", "purpose"),
        ]


@recorded
class RetentionPeriod(Tenant):
    """How long one purpose needs one class of record, in one country or everywhere."""

    purpose = columns.part_of("inventory.Purpose", "retention")
    record_class = columns.code(null=True, blank=True)
    country = columns.country(null=True, blank=True)
    period = columns.duration()
    criteria = columns.text()
    start_event = columns.text()
    rounding = columns.word(Rounding, default=Rounding.NONE)
    authority = columns.word(RetentionAuthority, default=RetentionAuthority.PURPOSE)
    law_reference = columns.text()
    disposal = columns.word(Disposal, null=True, blank=True)

    class Meta:
        db_table = "retention_period"
        constraints = [
            *tenant("retention_period", "purpose"),
            unique_key("retention_period", "purpose", "record_class", "country"),
            matches("retention_period", "period", columns.DURATION_PATTERN),
            matches("retention_period", "country", columns.COUNTRY_PATTERN),
            one_of("retention_period", "rounding", Rounding),
            one_of("retention_period", "authority", RetentionAuthority),
            one_of("retention_period", "disposal", Disposal),
        ]
