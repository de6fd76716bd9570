"""Organisations and their people: starting one, inviting, joining."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from inventory.models import (
    ApiToken,
    Invitation,
    Membership,
    MembershipEntity,
    Organisation,
    User,
)
from inventory.models.organisations import Role, ScopeKind
from inventory.services.access import Action, require
from inventory.services.actors import Actor, program
from inventory.services.errors import Conflict, Invalid, NotFound
from inventory.services.locks import hold
from inventory.services.recording import change
from inventory.services.validation import Problems

INVITATION_DAYS = 14


def create_organisation(
    name: str, *, key: str | None = None, timezone: str = "UTC"
) -> Organisation:
    """A new, empty organisation. Raises Invalid for its name or a key that is taken."""
    problems = Problems()
    name = problems.line(name, "name", required="Give the organisation a name.")
    key = problems.key(key or _key_from(name), "key")
    problems.known(timezone, "timezone", available_timezones(), what="time zone")
    if key and Organisation.objects.filter(key=key).exists():
        problems.add("key", f"There is an organisation “{key}” already.")
    problems.refuse()
    organisation = Organisation(key=key, name=name, timezone=timezone)
    with change(program(organisation, door="command"), reason="create organisation"):
        organisation.save()
    return organisation


def add_member(
    organisation: Organisation,
    user: User,
    role: Role,
    *,
    scope: ScopeKind = ScopeKind.ORGANISATION,
    entity_ids: Sequence[int] = (),
    actor: Actor | None = None,
) -> Membership:
    """Make a user a member. Raises Conflict if they are one already."""
    if Membership.objects.filter(organisation=organisation, user=user, ended_at=None).exists():
        raise Conflict("That person is a member already.")
    with change(actor or program(organisation, door="command"), reason="add member"):
        membership, _ = Membership.objects.update_or_create(
            organisation=organisation,
            user=user,
            defaults={"role": role, "scope": scope, "ended_at": None},
        )
        MembershipEntity.objects.filter(membership=membership).delete()
        MembershipEntity.objects.bulk_create(
            MembershipEntity(organisation=organisation, membership=membership, entity_id=pk)
            for pk in entity_ids
        )
    return membership


def invite(
    actor: Actor,
    email: str,
    role: Role,
    *,
    now: datetime,
    scope: ScopeKind = ScopeKind.ORGANISATION,
) -> tuple[Invitation, str]:
    """Ask somebody to join; the secret for the link is answered once and kept as a digest."""
    require(actor, Action.MANAGE)
    email = check_email(email)
    secret = secrets.token_urlsafe(32)
    with change(actor, reason="invite"):
        invitation = Invitation.objects.create(
            organisation=actor.organisation,
            email=email,
            role=role,
            scope=scope,
            digest=_digest(secret),
            invited_by=actor.membership,
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
    return invitation, secret


def open_invitation(secret: str, *, now: datetime) -> Invitation:
    """The invitation of a link. Raises NotFound once it is used or over."""
    open_ones = Invitation.objects.filter(accepted_at=None, expires_at__gt=now)
    invitation = open_ones.filter(digest=_digest(secret)).select_related("organisation").first()
    if invitation is None:
        raise NotFound("This invitation is over, or was accepted already. Ask for a new one.")
    return invitation


def accept(secret: str, *, name: str, password: str, now: datetime) -> Membership:
    """Join by invitation. A person who can sign in already proves it with their password."""
    invitation = open_invitation(secret, now=now)
    problems = Problems()
    name = problems.line(name, "name", most=200)
    problems.refuse()
    user = User.objects.filter(email=invitation.email).first()
    if user is not None and not user.check_password(password):
        raise Invalid({"password": "You have an account here: enter its password to join."})
    with change(program(invitation.organisation, door="web"), reason="accept invitation"):
        user = user or create_user(invitation.email, password, name=name)
        invitation.accepted_at = now
        invitation.save()
        return add_member(
            invitation.organisation, user, Role(invitation.role), scope=ScopeKind(invitation.scope)
        )


def members(actor: Actor) -> QuerySet[Membership]:
    """Who belongs to the organisation now."""
    require(actor, Action.MANAGE)
    rows = Membership.objects.filter(organisation=actor.organisation, ended_at=None)
    return rows.select_related("user").order_by("user__name", "user__email")


def invitations(actor: Actor, *, now: datetime) -> QuerySet[Invitation]:
    """Who was asked and has not answered yet."""
    require(actor, Action.MANAGE)
    rows = Invitation.objects.filter(organisation=actor.organisation, accepted_at=None)
    return rows.filter(expires_at__gt=now).order_by("email")


def find_member(actor: Actor, membership_id: int) -> Membership:
    """Raises NotFound."""
    found = members(actor).filter(pk=membership_id).first()
    if found is None:
        raise NotFound("No member of this number.")
    return found


def end_member(actor: Actor, membership_id: int, *, now: datetime) -> None:
    """End a membership and its tokens. Raises Conflict for the last owner."""
    membership = find_member(actor, membership_id)
    with change(actor, reason="end membership"):
        hold(actor.organisation, ["members"])
        owners = members(actor).filter(role=Role.OWNER)
        if not owners.exclude(pk=membership.pk).exists():
            raise Conflict("An organisation keeps one owner. Make somebody else an owner first.")
        membership.ended_at = now
        membership.save(update_fields=["ended_at"])
        ApiToken.objects.filter(membership=membership, revoked_at=None).update(revoked_at=now)


def withdraw(actor: Actor, invitation_id: int, *, now: datetime) -> None:
    """Take an invitation back. Raises NotFound where it is not open."""
    found = invitations(actor, now=now).filter(pk=invitation_id).first()
    if found is None:
        raise NotFound("No open invitation of this number.")
    with change(actor, reason="withdraw invitation"):
        found.expires_at = now
        found.save(update_fields=["expires_at"])


def create_user(email: str, password: str | None, *, name: str = "") -> User:
    """Somebody who can sign in. Raises Invalid beside `email` or `password`."""
    email = check_email(email)
    if User.objects.filter(email=email).exists():
        raise Invalid({"email": "Somebody signs in with this address already."})
    if password is not None:
        try:
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            raise Invalid({"password": error.messages}) from error
    return User.objects.create_user(email, password, name=name)


def is_known(email: str) -> bool:
    """Whether somebody signs in with this address already."""
    return User.objects.filter(email=email).exists()


def check_email(email: str) -> str:
    """The address in lower case. Raises Invalid beside `email`."""
    email = str(email).strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid({"email": "This is no e-mail address. Write name@example.org."}) from error
    return email


def _key_from(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
