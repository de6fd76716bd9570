"""Who acts: a member of an organisation, through a door, within a scope."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from inventory.models import ApiToken, Membership, Organisation, User
from inventory.models.organisations import Role, ScopeKind, TokenScope


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The permission that travels with every call. `door` is web, api, command or task."""

    organisation: Organisation
    membership: Membership | None  # None: the program itself (a task, the demo loader)
    role: Role
    scope: ScopeKind = ScopeKind.ORGANISATION
    entity_ids: frozenset[int] = frozenset()
    door: str = "web"
    request_id: str = ""
    read_only: bool = False  # a token that may only read


def member(membership: Membership, *, door: str, request_id: str = "") -> Actor:
    """The actor that a membership makes at a door."""
    entity_ids: frozenset[int] = frozenset()
    if membership.scope == ScopeKind.ENTITIES:
        entity_ids = frozenset(membership.entities.values_list("entity_id", flat=True))
    return Actor(
        organisation=membership.organisation,
        membership=membership,
        role=Role(membership.role),
        scope=ScopeKind(membership.scope),
        entity_ids=entity_ids,
        door=door,
        request_id=request_id or uuid4().hex,
    )


def bearer(token: ApiToken, *, request_id: str = "") -> Actor:
    """The actor behind an API token."""
    actor = member(token.membership, door="api", request_id=request_id)
    if token.scope == TokenScope.WRITE:
        return actor
    return _read_only(actor)


def program(organisation: Organisation, *, door: str = "task") -> Actor:
    """The program itself, with an owner's reach; history shows it without a member."""
    return Actor(
        organisation=organisation,
        membership=None,
        role=Role.OWNER,
        door=door,
        request_id=uuid4().hex,
    )


def day_of(organisation: Organisation, moment: datetime) -> date:
    """What day a moment belongs to where the organisation keeps its calendar."""
    return moment.astimezone(ZoneInfo(organisation.timezone)).date()


def memberships(user: User) -> list[Membership]:
    """The organisations a user belongs to now, by name."""
    current = user.memberships.filter(ended_at=None).select_related("organisation")
    return list(current.order_by("organisation__name"))


def _read_only(actor: Actor) -> Actor:
    return Actor(
        **{n: getattr(actor, n) for n in actor.__slots__ if n != "read_only"}, read_only=True
    )
