"""Where data lives: systems, their places, and the measures that protect them."""

from django.db import models

from inventory.law.vocabulary import LocationRole, SafeguardKind, SystemKind
from inventory.models import columns
from inventory.models.constraints import exactly_one, matches, one_of, tenant, unique_key
from inventory.models.history import recorded
from inventory.models.organisations import Tenant


@recorded
class System(Tenant):
    """A database, volume, object store, cache, SaaS, file share or model store."""

    key = columns.key()
    name = columns.name()
    description = columns.text()
    kind = columns.word(SystemKind)
    owner = columns.may_refer("inventory.Membership")
    provider = columns.may_refer("inventory.Party")
    encrypted_at_rest = columns.known()
    encrypted_in_transit = columns.known()
    access_controlled = columns.known()
    access_policy = columns.text()
    access_logged = columns.known()
    access_log_months = columns.count()
    reachable_from_outside = columns.known()
    backed_up = columns.known()
    backup_cycle = columns.text()
    backup_retention = columns.duration()
    locations_state = columns.state()
    safeguards_state = columns.state()
    version = models.PositiveBigIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "system"
        constraints = [
            *tenant("system", "owner", "provider"),
            unique_key("system", "key"),
            matches("system", "key", columns.KEY_PATTERN),
            matches("system", "backup_retention", columns.DURATION_PATTERN),
            one_of("system", "kind", SystemKind),
        ]

    def __str__(self) -> str:
        return self.name


@recorded
class SystemLocation(Tenant):
    """A country in which a system is kept, or from which it is reached."""

    system = columns.part_of("inventory.System", "locations")
    role = columns.word(LocationRole)
    country = columns.country()

    class Meta:
        db_table = "system_location"
        constraints = [
            *tenant("system_location", "system"),
            unique_key("system_location", "system", "role", "country"),
            one_of("system_location", "role", LocationRole),
            matches("system_location", "country", columns.COUNTRY_PATTERN),
        ]


@recorded
class Safeguard(Tenant):
    """A technical or organisational measure, dated where it is repeated."""

    entity = columns.may_refer("inventory.LegalEntity", "safeguards", on_delete=models.CASCADE)
    system = columns.may_refer("inventory.System", "safeguards", on_delete=models.CASCADE)
    activity = columns.may_refer("inventory.Activity", "safeguards", on_delete=models.CASCADE)
    kind = columns.word(SafeguardKind)
    description = columns.text()
    since = columns.day()
    last_done = columns.day()

    class Meta:
        db_table = "safeguard"
        constraints = [
            *tenant("safeguard", "entity", "system", "activity"),
            one_of("safeguard", "kind", SafeguardKind),
            exactly_one("safeguard", "entity", "system", "activity"),
        ]
