"""What the law asks to exist, each dated: databases and filings, notices, assessments, reviews,
evidence."""

from django.db import models

from inventory.law.vocabulary import AssessmentKind, FilingKind, NoticeKind
from inventory.models import columns
from inventory.models.constraints import exactly_one, matches, one_of, tenant, unique_key
from inventory.models.history import recorded
from inventory.models.organisations import Tenant

EVIDENCE_OF = (
    "entity", "system", "dataset", "activity", "purpose", "basis", "contract", "transfer",
    "safeguard", "assessment", "filing", "justification",
)  # fmt: skip


@recorded
class Database(Tenant):
    """What Israel and Argentina regulate: a named body of data of one entity."""

    key = columns.key()
    name = columns.name()
    entity = columns.refers("inventory.LegalEntity", "databases")
    purpose_text = columns.text()
    manager = columns.may_refer("inventory.Contact")
    risks = columns.text()
    access_means = columns.known()
    trades_in_data = columns.known()
    changed_on = columns.day()
    document_checked_on = columns.day()
    declared_categories = columns.codes()
    declared_categories_state = columns.state()
    filings_state = columns.state()
    version = models.PositiveBigIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "database"
        constraints = [
            *tenant("database", "entity", "manager"),
            unique_key("database", "key"),
            matches("database", "key", columns.KEY_PATTERN),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class DatabaseDataset(Tenant):
    database = columns.part_of("inventory.Database", "datasets")
    dataset = columns.part_of("inventory.Dataset", "databases")

    class Meta:
        db_table = "database_dataset"
        constraints = [
            *tenant("database_dataset", "database", "dataset"),
            unique_key("database_dataset", "database", "dataset"),
        ]


@recorded
class DatabaseCount(Tenant):
    """How many people are in a database and how many may open it, on a day."""

    database = columns.part_of("inventory.Database", "counts")
    counted_on = models.DateField()
    persons = columns.count()
    authorised_users = columns.count()

    class Meta:
        db_table = "database_count"
        constraints = [
            *tenant("database_count", "database"),
            unique_key("database_count", "database", "counted_on"),
        ]


@recorded
class Filing(Tenant):
    """A registration, notification or document that a database's law demands."""

    database = columns.part_of("inventory.Database", "filings")
    kind = columns.word(FilingKind)
    regime = columns.code()
    number = models.CharField(max_length=100, blank=True, default="")
    filed_on = columns.day()

    class Meta:
        db_table = "filing"
        constraints = [*tenant("filing", "database"), one_of("filing", "kind", FilingKind)]


@recorded
class Notice(Tenant):
    """What data subjects are told; `items` are the law data's item codes that it covers."""

    kind = columns.word(NoticeKind)
    title = columns.name()
    url = models.URLField(max_length=500, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    published_on = columns.day()
    items = columns.codes()
    items_state = columns.state()

    class Meta:
        db_table = "notice"
        constraints = [*tenant("notice"), one_of("notice", "kind", NoticeKind)]


@recorded
class NoticePurpose(Tenant):
    notice = columns.part_of("inventory.Notice", "purposes")
    purpose = columns.part_of("inventory.Purpose", "notices")

    class Meta:
        db_table = "notice_purpose"
        constraints = [
            *tenant("notice_purpose", "notice", "purpose"),
            unique_key("notice_purpose", "notice", "purpose"),
        ]


@recorded
class ImpactAssessment(Tenant):
    """A DPIA, RIPD or balancing test of a purpose, or a transfer's assessment."""

    kind = columns.word(AssessmentKind)
    purpose = columns.may_refer("inventory.Purpose", "assessments", on_delete=models.CASCADE)
    transfer = columns.may_refer("inventory.Transfer", "assessments", on_delete=models.CASCADE)
    done_on = columns.day()
    residual_high = columns.known()
    authority_consulted = columns.known()
    summary = columns.text()

    class Meta:
        db_table = "impact_assessment"
        constraints = [
            *tenant("impact_assessment", "purpose", "transfer"),
            one_of("impact_assessment", "kind", AssessmentKind),
            exactly_one("impact_assessment", "purpose", "transfer"),
        ]


@recorded
class Review(Tenant):
    """Somebody looked at an entry again, on a day."""

    dataset = columns.may_refer("inventory.Dataset", "reviews", on_delete=models.CASCADE)
    activity = columns.may_refer("inventory.Activity", "reviews", on_delete=models.CASCADE)
    reviewed_on = models.DateField()
    reviewer = columns.may_refer("inventory.Membership")
    note = columns.text()

    class Meta:
        db_table = "review"
        constraints = [
            *tenant("review", "dataset", "activity", "reviewer"),
            exactly_one("review", "dataset", "activity"),
        ]


@recorded
class Evidence(Tenant):
    """A file or link with its hash, attached to one thing of the register."""

    title = columns.name()
    url = models.URLField(max_length=500, blank=True, default="")
    content = models.BinaryField(null=True, blank=True)
    media_type = models.CharField(max_length=100, blank=True, default="")
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(auto_now_add=True)
    entity = columns.may_refer("inventory.LegalEntity", "evidence")
    system = columns.may_refer("inventory.System", "evidence")
    dataset = columns.may_refer("inventory.Dataset", "evidence")
    activity = columns.may_refer("inventory.Activity", "evidence")
    purpose = columns.may_refer("inventory.Purpose", "evidence")
    basis = columns.may_refer("inventory.LegalBasis", "evidence")
    contract = columns.may_refer("inventory.Contract", "evidence")
    transfer = columns.may_refer("inventory.Transfer", "evidence")
    safeguard = columns.may_refer("inventory.Safeguard", "evidence")
    assessment = columns.may_refer("inventory.ImpactAssessment", "evidence")
    filing = columns.may_refer("inventory.Filing", "evidence")
    justification = columns.may_refer("inventory.Justification", "evidence")

    class Meta:
        db_table = "evidence"
        verbose_name_plural = "evidence"
        constraints = [*tenant("evidence", *EVIDENCE_OF), exactly_one("evidence", *EVIDENCE_OF)]
