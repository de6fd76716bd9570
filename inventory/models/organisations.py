"""The tenant, its members with role and scope, their invitations and tokens."""

from enum import StrEnum

from django.db import models

from inventory.models import columns
from inventory.models.constraints import matches, one_of, tenant, unique_key
from inventory.models.history import recorded


class Role(StrEnum):
    OWNER = "owner"
    DPO = "dpo"
    EDITOR = "editor"
    ENGINEER = "engineer"
    READER = "reader"


class ScopeKind(StrEnum):
    """What a membership reaches."""

    ORGANISATION = "organisation"
    ENTITIES = "entities"
    OWNED = "owned"


class TokenScope(StrEnum):
    READ = "read"
    WRITE = "write"


@recorded
class Organisation(models.Model):
    """A group of companies: the tenant that every registry row belongs to."""

    key = columns.key()
    name = columns.name()
    timezone = models.CharField(max_length=60, default="UTC")
    four_eyes = models.BooleanField(default=True)  # an author cannot approve their own text
    house_policy = models.BooleanField(default=False)  # whether it asks the house's checks too
    law_edition = models.CharField(max_length=64, blank=True, default="")  # what is its own, hashed
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "organisation"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="organisation_key_unique"),
            matches("organisation", "key", columns.KEY_PATTERN),
        ]

    def __str__(self) -> str:
        return self.name


class Tenant(models.Model):
    """A row of one organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


@recorded
class Membership(Tenant):
    """A user's role in an organisation, and how far it reaches."""

    user = models.ForeignKey("inventory.User", models.CASCADE, related_name="memberships")
    role = columns.word(Role)
    scope = columns.word(ScopeKind, default=ScopeKind.ORGANISATION)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "membership"
        constraints = [
            *tenant("membership"),
            unique_key("membership", "user"),
            one_of("membership", "role", Role),
            one_of("membership", "scope", ScopeKind),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


@recorded
class MembershipEntity(Tenant):
    """A legal entity that a membership with scope *entities* reaches."""

    membership = columns.part_of("inventory.Membership", "entities")
    entity = columns.part_of("inventory.LegalEntity", "memberships")

    class Meta:
        db_table = "membership_entity"
        constraints = [
            *tenant("membership_entity", "membership", "entity"),
            unique_key("membership_entity", "membership", "entity"),
        ]


class Invitation(Tenant):
    """An e-mail address asked to join. Only the digest of its secret is kept."""

    email = models.EmailField(max_length=254)
    role = columns.word(Role)
    scope = columns.word(ScopeKind, default=ScopeKind.ORGANISATION)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = columns.may_refer("inventory.Membership")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "invitation"
        constraints = [
            *tenant("invitation", "invited_by"),
            one_of("invitation", "role", Role),
            one_of("invitation", "scope", ScopeKind),
        ]


class ApiToken(Tenant):
    """A machine's key to the API: hashed, scoped, expiring; acts as its membership."""

    membership = columns.part_of("inventory.Membership", "tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scope = columns.word(TokenScope, default=TokenScope.WRITE)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_on = columns.day()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "api_token"
        constraints = [*tenant("api_token", "membership"), one_of("api_token", "scope", TokenScope)]
