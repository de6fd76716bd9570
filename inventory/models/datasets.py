"""What is held: datasets, their fields, whose data it is, and where it was derived from."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from inventory.law.vocabulary import DatasetKind, Identifiability, LineageKind, Protection
from inventory.models import columns
from inventory.models.constraints import matches, one_of, tenant, unique_key
from inventory.models.history import recorded
from inventory.models.organisations import Tenant


@recorded
class Dataset(Tenant):
    """A table, collection, topic, file or model in a system."""

    key = columns.key()
    name = columns.name()
    description = columns.text()
    kind = columns.word(DatasetKind, null=True, blank=True)
    entity = columns.may_refer("inventory.LegalEntity", "datasets")
    system = columns.may_refer("inventory.System", "datasets")
    owner = columns.may_refer("inventory.Membership")
    subject_categories = columns.codes()
    subject_categories_state = columns.state()
    subject_countries_state = columns.state()
    collected_in = columns.codes()
    collected_in_state = columns.state()
    origins = columns.codes()
    origins_state = columns.state()
    sources_state = columns.state()
    persons = columns.count()
    record_class = columns.code(null=True, blank=True)
    clock_column = models.CharField(max_length=300, blank=True, default="")
    has_disposal_job = columns.known()
    oldest_record = columns.day()
    last_disposal = columns.day()
    reviewed_on = columns.day()
    legal_hold = columns.known()
    deployed = columns.known()
    national_id_rule = models.CharField(max_length=300, null=True, blank=True)
    free_text_guarded = columns.known()
    lawfully_obtained = columns.known()
    obtained_from_others = columns.known()
    obtained_on = columns.day()
    persons_informed = columns.known()
    informed_on = columns.day()
    deletion_channel = columns.known()
    minimisation_mechanism = columns.known()
    accuracy_mechanism = columns.known()
    critical = columns.known()
    source_of_truth = columns.known()
    recomputable = columns.known()
    access_policies = columns.names()
    access_policies_state = columns.state()
    decided = columns.codes()  # columns decided in the browser: no manifest overrides them
    version = models.PositiveBigIntegerField(default=1)  # the ETag of the whole document
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "dataset"
        constraints = [
            *tenant("dataset", "entity", "system", "owner"),
            unique_key("dataset", "key"),
            matches("dataset", "key", columns.KEY_PATTERN),
            one_of("dataset", "kind", DatasetKind),
        ]
        indexes = [
            models.Index(fields=["organisation", "name", "id"], name="dataset_by_name"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="dataset_name_like"),
            GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="dataset_key_like"),
            GinIndex(fields=["access_policies"], name="dataset_opened_by"),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class DatasetCountry(Tenant):
    """A country whose people are in the data: is something offered to them, are they watched?"""

    dataset = columns.part_of("inventory.Dataset", "subject_countries")
    country = columns.country()
    offered = columns.known()
    monitored = columns.known()

    class Meta:
        db_table = "dataset_country"
        constraints = [
            *tenant("dataset_country", "dataset"),
            unique_key("dataset_country", "dataset", "country"),
            matches("dataset_country", "country", columns.COUNTRY_PATTERN),
        ]


@recorded
class Field(Tenant):
    """A column or path. `category` is what was decided; `proposed_category` what a manifest or
    an import suggests, which never overrides a decision."""

    dataset = columns.part_of("inventory.Dataset", "fields")
    name = models.CharField(max_length=300)
    type = models.CharField(max_length=200, blank=True, default="")
    comment = columns.text()
    position = models.PositiveIntegerField(default=0)
    category = columns.code(null=True, blank=True)
    proposed_category = columns.code(null=True, blank=True)
    identifiability = columns.word(Identifiability, null=True, blank=True)
    proposed_identifiability = columns.word(Identifiability, null=True, blank=True)
    protection = columns.word(Protection, null=True, blank=True)
    mandatory = columns.known()
    flagged = columns.known()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "field"
        constraints = [
            *tenant("field", "dataset"),
            unique_key("field", "dataset", "name"),
            one_of("field", "identifiability", Identifiability),
            one_of("field", "proposed_identifiability", Identifiability),
            one_of("field", "protection", Protection),
        ]
        indexes = [
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="field_name_like"),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class Lineage(Tenant):
    """A dataset derived from another, and what was done to the data on the way."""

    dataset = columns.part_of("inventory.Dataset", "sources")
    source = columns.refers("inventory.Dataset", "derived")
    kind = columns.word(LineageKind)
    key_held_by = models.CharField(max_length=300, null=True, blank=True)
    key_destroyed = columns.known()
    lawful = columns.known()
    test = models.TextField(null=True, blank=True)

    class Meta:
        db_table = "lineage"
        constraints = [
            *tenant("lineage", "dataset", "source"),
            unique_key("lineage", "dataset", "source"),
            one_of("lineage", "kind", LineageKind),
            models.CheckConstraint(
                condition=~models.Q(dataset=models.F("source")), name="lineage_not_of_itself"
            ),
        ]


@recorded
class RegimeExclusion(Tenant):
    """A decision that a regime does not govern a dataset: with a reason, and approved."""

    dataset = columns.part_of("inventory.Dataset", "exclusions")
    regime = columns.code()
    reason = models.TextField()
    proposed_by = columns.may_refer("inventory.Membership")
    approved_by = columns.may_refer("inventory.Membership")
    approved_at = models.DateTimeField(null=True, blank=True)
    until = columns.day()

    class Meta:
        db_table = "regime_exclusion"
        constraints = [
            *tenant("regime_exclusion", "dataset", "proposed_by", "approved_by"),
            unique_key("regime_exclusion", "dataset", "regime"),
        ]
