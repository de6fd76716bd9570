"""What makes an organisation's law its own: its counsel's rulings, and its house's own rules."""

from django.db import models

from inventory.law.vocabulary import RulingAct, Severity
from inventory.models import columns
from inventory.models.constraints import matches, one_of, tenant, unique_key
from inventory.models.history import recorded
from inventory.models.organisations import Tenant

ON_CHECK = models.Q(value_id="", place="") & ~models.Q(check_id="")
ON_VALUE = models.Q(check_id="") & ~models.Q(value_id="") & ~models.Q(place="")
NO_CONTENT = models.Q(severity=None, parameters={}, title="", remedy="", amount__isnull=True)


@recorded
class Ruling(Tenant):
    """Counsel confirms, amends or switches off a check, or a value in one place. Never deleted:
    a later ruling, or somebody, ends it on a day."""

    act = columns.word(RulingAct)
    check_id = columns.code(blank=True, default="")
    value_id = columns.code(blank=True, default="")
    place = models.CharField(max_length=10, blank=True, default="")  # a country's, regime's code
    reason = models.TextField()
    author = columns.name()  # the firm or office that answers for it
    made_on = models.DateField()
    since = models.DateField()
    until = columns.day()  # the first day on which it no longer holds, as counsel said
    ended_on = columns.day()  # likewise, since something ended it
    end_reason = columns.text()
    severity = columns.word(Severity, null=True, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    title = columns.text()
    remedy = columns.text()
    amount = models.JSONField(null=True, blank=True)  # the value's new value
    by = columns.may_refer("inventory.Membership")

    class Meta:
        db_table = "ruling"
        constraints = [
            *tenant("ruling", "by"),
            one_of("ruling", "act", RulingAct),
            models.CheckConstraint(condition=ON_CHECK | ON_VALUE, name="ruling_has_one_target"),
            models.CheckConstraint(
                condition=models.Q(act=RulingAct.AMEND.value) | NO_CONTENT,
                name="ruling_amends_or_not",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="ruling_until_after_since",
            ),
            models.UniqueConstraint(
                fields=["organisation", "check_id", "value_id", "place"],
                condition=models.Q(ended_on=None),
                name="ruling_one_on_a_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.check_id or f'{self.value_id} in {self.place}'}"


@recorded
class HouseRule(Tenant):
    """A check that the organisation asks of itself, by its own document. Its subject is the
    condition's."""

    key = columns.key()
    condition = columns.code()
    parameters = models.JSONField(default=dict, blank=True)
    severity = columns.word(Severity)
    title = columns.name()
    remedy = models.TextField()
    language = models.CharField(max_length=10, default="en")
    document = columns.name()
    section = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_until = columns.day()
    version = models.PositiveBigIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "house_rule"
        constraints = [
            *tenant("house_rule"),
            unique_key("house_rule", "key"),
            matches("house_rule", "key", columns.KEY_PATTERN),
            one_of("house_rule", "severity", Severity),
        ]

    def __str__(self) -> str:
        return self.title
