"""What the rules found, kept: runs, findings, their transitions, waivers, and roll-ups.

None of it is registry: an evaluation can be made again from history and the law bundle.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from inventory.law.vocabulary import Severity, Status, SubjectKind
from inventory.models import columns
from inventory.models.constraints import one_of, tenant, unique_key
from inventory.models.organisations import Tenant

OPEN = (Status.BREACH, Status.UNKNOWN, Status.ATTENTION)
BEARER = models.Func(  # what a derived transfer's id begins with
    models.F("subject_id"),
    models.Value("-"),
    models.Value(1),
    function="split_part",
    output_field=models.CharField(),
)


class LawBundle(models.Model):
    """An edition of the law by hash, kept so that an old evaluation can be explained.

    An organisation's own edition is the program's that lies `beneath` and what it lays over that.
    """

    hash = models.CharField(max_length=64, primary_key=True)
    beneath = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    files = models.JSONField()
    first_used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "law_bundle"


class Evaluation(Tenant):
    """One run of the rules: over what, as of which date, under which law and program."""

    as_of = models.DateField()
    law = models.ForeignKey(LawBundle, models.PROTECT, related_name="+")
    program_version = models.CharField(max_length=40)
    subjects = models.PositiveIntegerField()
    whole = models.BooleanField(default=False)
    good_until = columns.day()
    finished_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "evaluation"
        constraints = [*tenant("evaluation")]


class Finding(Tenant):
    """What one check says of one subject in one place: breach, unknown or attention."""

    check_id = columns.code()
    subject_kind = columns.word(SubjectKind)
    subject_id = models.CharField(max_length=100)  # the row's id, or a derived transfer's key
    subject_name = columns.name()
    place = models.CharField(max_length=10)  # a regime's code, or a country's
    regime = models.CharField(max_length=10)
    countries = ArrayField(models.CharField(max_length=2), default=list)
    status = columns.word(Status)
    severity = columns.word(Severity)
    fields = ArrayField(models.CharField(max_length=300), default=list)
    read = models.JSONField(default=list)
    note = columns.text()
    facts_hash = models.CharField(max_length=64)
    since = models.DateTimeField()
    evaluation = columns.refers("inventory.Evaluation")

    class Meta:
        db_table = "finding"
        constraints = [
            *tenant("finding", "evaluation"),
            unique_key("finding", "check_id", "subject_kind", "subject_id", "place"),
            one_of("finding", "status", OPEN),
            one_of("finding", "severity", Severity),
        ]
        indexes = [
            models.Index(fields=["organisation", "status", "severity"], name="finding_work_list"),
            models.Index(
                fields=["organisation", "subject_kind", "subject_id"], name="finding_of_subject"
            ),
            models.Index(
                models.F("organisation"),
                BEARER,
                condition=models.Q(subject_kind="transfer"),
                name="finding_of_bearer",
            ),
        ]


class FindingTransition(Tenant):
    """A finding appeared, changed its status, or went: the log that *as told then* reads."""

    check_id = columns.code()
    subject_kind = columns.word(SubjectKind)
    subject_id = models.CharField(max_length=100)
    place = models.CharField(max_length=10)
    before = columns.word(Status, null=True, blank=True)
    after = columns.word(Status, null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    evaluation = columns.refers("inventory.Evaluation")

    class Meta:
        db_table = "finding_transition"
        constraints = [*tenant("finding_transition", "evaluation")]
        indexes = [models.Index(fields=["organisation", "at"], name="transition_by_time")]


class Waiver(Tenant):
    """A finding accepted for a while. It keeps its status, and ends with the facts it saw."""

    finding = columns.part_of("inventory.Finding", "waivers")
    reason = models.TextField()
    until = models.DateField()
    facts_hash = models.CharField(max_length=64)
    by = columns.may_refer("inventory.Membership")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "waiver"
        constraints = [*tenant("waiver", "finding", "by"), unique_key("waiver", "finding")]


class Standing(Tenant):
    """How a subject stands in one country, rolled up: worst first, with counts.

    A row counts what was found of the subject itself and of its border crossings; a `whole` row
    counts what a dataset is made of too: its purposes, its system and its databases. Where the
    country is not known ("") only what is not known to be anywhere either counts.
    """

    subject_kind = columns.word(SubjectKind)
    subject_id = models.CharField(max_length=100)
    regime = models.CharField(max_length=10)
    country = models.CharField(max_length=2, blank=True)  # "": which country is not known
    whole = models.BooleanField(default=False)
    applies = columns.known()  # None: the regime may apply
    breach = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    attention = models.PositiveIntegerField(default=0)
    waived = models.PositiveIntegerField(default=0)
    met = models.PositiveIntegerField(default=0)
    not_applicable = models.PositiveIntegerField(default=0)
    not_evaluated = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "standing"
        constraints = [
            *tenant("standing"),
            unique_key("standing", "subject_kind", "subject_id", "regime", "country", "whole"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "-breach", "-unknown", "-attention"],
                condition=models.Q(whole=True),
                name="standing_worst_first",
            ),
        ]

    @property
    def worst(self) -> Status:
        """The cell's word: breach before unknown before attention before met."""
        for status in OPEN:
            if getattr(self, status.value):
                return status
        return Status.MET if self.met else Status.NOT_APPLICABLE


class Judgement(Tenant):
    """When a subject was last judged, until when that stands, and whether it is stale.

    `marks` counts how often it was marked stale: whoever judges it again clears the mark only
    if nobody marked it meanwhile.
    """

    subject_kind = columns.word(SubjectKind)
    subject_id = models.CharField(max_length=100)
    evaluation = columns.refers("inventory.Evaluation")
    good_until = columns.day()
    stale_since = models.DateTimeField(null=True, blank=True)
    stale_reason = columns.text()
    marks = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "judgement"
        constraints = [
            *tenant("judgement", "evaluation"),
            unique_key("judgement", "subject_kind", "subject_id"),
        ]
        indexes = [
            models.Index(fields=["organisation", "good_until"], name="judgement_expiry"),
            models.Index(
                fields=["organisation", "id"],
                condition=models.Q(stale_since__isnull=False),
                name="judgement_stale",
            ),
        ]


class Report(Tenant):
    """An issued document: its bytes, the facts it shows, their hash. Never changed."""

    entity = columns.refers("inventory.LegalEntity", "reports")
    regime = columns.code()
    layout = columns.code()
    language = models.CharField(max_length=10)
    as_of = models.DateField()
    number = models.CharField(max_length=40, unique=True)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    facts = models.JSONField()
    facts_hash = models.CharField(max_length=64)
    law = models.ForeignKey(LawBundle, models.PROTECT, related_name="+")
    program_version = models.CharField(max_length=40)
    issued_by = columns.may_refer("inventory.Membership")
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "report"
        constraints = [*tenant("report", "entity", "issued_by")]


class TaskRun(Tenant):
    """Work that outlasts a request: how far it is, and whether somebody asked it to stop."""

    kind = columns.code()
    state = columns.code(default="waiting")  # waiting, running, done, failed, cancelled
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    message = columns.text()
    asked = models.JSONField(default=dict, blank=True)  # what it was started with
    result = models.JSONField(null=True, blank=True)  # what it answers, where that is not findings
    started_by = columns.may_refer("inventory.Membership")
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "task_run"
        constraints = [*tenant("task_run", "started_by")]
