"""API tokens: made once, shown once, kept as a digest; they expire and can be revoked."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import QuerySet

from inventory.models import ApiToken, Membership
from inventory.models.organisations import TokenScope
from inventory.services.access import Action, may, require, visible
from inventory.services.actors import Actor
from inventory.services.errors import NotFound
from inventory.services.recording import change
from inventory.services.validation import Problems

PREFIX = "grounds_"
LONGEST_DAYS = 366
DEFAULT_DAYS = 90


def create_token(
    actor: Actor,
    name: str,
    *,
    now: datetime,
    scope: TokenScope = TokenScope.WRITE,
    days: int = DEFAULT_DAYS,
) -> tuple[ApiToken, str]:
    """A token that acts as the actor's own membership, and its secret, which is not kept."""
    require(actor, Action.READ)
    problems = Problems()
    name = problems.line(name, "name", most=100, required="Name what will use the token.")
    if not 1 <= days <= LONGEST_DAYS:
        problems.add("days", f"A token lives 1 to {LONGEST_DAYS} days.")
    problems.refuse()
    if actor.membership is None:
        raise NotFound("A token belongs to a member.")
    secret = PREFIX + secrets.token_urlsafe(32)
    with change(actor, reason="create token"):
        token = ApiToken.objects.create(
            organisation=actor.organisation,
            membership=actor.membership,
            name=name,
            digest=_digest(secret),
            scope=scope,
            expires_at=now + timedelta(days=days),
        )
    return token, secret


def find_token(secret: str, *, now: datetime) -> ApiToken | None:
    """The live token of a secret: not expired, not revoked, its member still there."""
    if not secret.startswith(PREFIX) or len(secret) > 200:
        return None
    token = (
        ApiToken.objects.filter(digest=_digest(secret), revoked_at=None, expires_at__gt=now)
        .filter(membership__ended_at=None, membership__user__is_active=True)
        .select_related("membership__organisation", "membership__user")
        .first()
    )
    if token is not None and token.last_used_on != now.date():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=now.date())
    return token


def revoke_token(actor: Actor, token_id: int, *, now: datetime) -> None:
    """End a token of one's own, or, as an owner, anybody's."""
    token = tokens(actor).filter(pk=token_id).first()
    if token is None:
        raise NotFound("No token of this number that you can see.")
    with change(actor, reason="revoke token"):
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])


def tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens an actor can see: their own, or all as an owner."""
    rows = visible(actor, ApiToken)
    if may(actor, Action.MANAGE):
        return rows
    membership: Membership | None = actor.membership
    return rows.filter(membership=membership)


def _digest(secret: str) -> str:
    # The secret has 256 bits of chance: a plain digest cannot be guessed back.
    return sha256(secret.encode()).hexdigest()
