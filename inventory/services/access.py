"""The whole access policy: which role may do what, and how far a membership reaches.

A stranger gets *not found*; a member who may see but not do gets *refused*. Rows are fetched
through `fetch` and `visible`, so that permission travels with the row.
"""

from enum import StrEnum
from typing import Any

from django.db.models import Model, Q, QuerySet

from inventory.models import (
    Activity,
    Database,
    Dataset,
    LegalEntity,
    Membership,
    Party,
    Purpose,
    System,
)
from inventory.models.organisations import Role, ScopeKind
from inventory.services.actors import Actor
from inventory.services.errors import NotFound, Refused
from inventory.services.nearness import near_keys

SHARED: tuple[type[Model], ...] = (Party,)  # one row for all companies of a group


class Action(StrEnum):
    READ = "read"
    REGISTER = "register"  # datasets and systems: presence, types, storage, lineage
    EDIT = "edit"  # what the register owns: categories, uses, purposes, periods …
    DECIDE = "decide"  # approve and reject, waive, exclude a regime, rule on the law
    ISSUE = "issue"  # records for an authority
    MANAGE = "manage"  # members, tokens of others, settings


ROLES: dict[Action, frozenset[Role]] = {
    Action.READ: frozenset(Role),
    Action.REGISTER: frozenset({Role.OWNER, Role.DPO, Role.EDITOR, Role.ENGINEER}),
    Action.EDIT: frozenset({Role.OWNER, Role.DPO, Role.EDITOR}),
    Action.DECIDE: frozenset({Role.OWNER, Role.DPO}),
    Action.ISSUE: frozenset({Role.OWNER, Role.DPO}),
    Action.MANAGE: frozenset({Role.OWNER}),
}

WHO = {
    Action.REGISTER: "An engineer, an editor or a DPO can change it.",
    Action.EDIT: "An editor or a DPO can change it.",
    Action.DECIDE: "A DPO decides this.",
    Action.ISSUE: "A DPO can issue it.",
    Action.MANAGE: "An owner of the organisation can do this.",
}


def may(actor: Actor, action: Action) -> bool:
    """Whether the actor's role (and token) carries this action at all."""
    if actor.read_only and action is not Action.READ:
        return False
    return actor.role in ROLES[action]


def may_change(actor: Actor, model: type[Model], action: Action) -> bool:
    """Whether a row of this model that the actor sees is theirs to change."""
    return may(actor, action) and (model not in SHARED or actor.scope is not ScopeKind.ENTITIES)


def require(actor: Actor, action: Action) -> None:
    """Raises Refused, saying who can."""
    if actor.read_only and action is not Action.READ:
        raise Refused("This token may only read.")
    if not may(actor, action):
        raise Refused(f"You can read this. {WHO[action]}")


def require_whole(actor: Actor, action: Action) -> None:
    """For what concerns all companies of the group. Raises Refused for a scoped member."""
    require(actor, action)
    if not sees_whole(actor):
        raise Refused("This is about the whole organisation; you see a part of it.")


def sees_whole(actor: Actor) -> bool:
    """Whether the actor sees all companies of the group."""
    return actor.scope is ScopeKind.ORGANISATION


def visible[M: Model](actor: Actor, model: type[M]) -> QuerySet[M]:
    """The rows of a model that exist for the actor."""
    rows: QuerySet[M] = model._default_manager.filter(organisation=actor.organisation)
    reach = _reach(actor, model)
    return rows if reach is None else rows.filter(reach).distinct()


def fetch[M: Model](actor: Actor, model: type[M], action: Action = Action.READ, **lookup: Any) -> M:
    """One row, with permission. Raises NotFound with near matches, or Refused."""
    possible = not any("\x00" in str(value) for value in lookup.values())  # no row holds a NUL
    row = visible(actor, model).filter(**lookup).first() if possible else None
    if row is None:
        asked = next(iter(lookup.values()))
        near = near_keys(visible(actor, model), str(asked)) if "key" in lookup else []
        raise NotFound(f"No {model._meta.verbose_name} “{asked}” that you can see.", near)
    require(actor, action)
    require_reach(actor, model, action)
    return row


def require_reach(actor: Actor, model: type[Model], action: Action) -> None:
    """What the whole organisation shares is changed by who reaches the whole. Raises Refused."""
    if action is not Action.READ and not may_change(actor, model, action):
        raise Refused("All companies share this. A member who reaches all of them can change it.")


def _reach(actor: Actor, model: type[Model]) -> Q | None:
    """The filter that a membership's scope lays over a model; None where it lays none.

    A scoped member reads the vocabulary of the organisation (purposes, parties) only as far as
    it touches what they reach; with scope *owned*, purposes stay readable, since an engineer
    must be able to name them.
    """
    if actor.scope is ScopeKind.ENTITIES:
        return _entity_reach(model, actor.entity_ids)
    if actor.scope is ScopeKind.OWNED:
        return _owned_reach(model, actor.membership)
    return None


def _owned_reach(model: type[Model], owner: Membership | None) -> Q | None:
    """What somebody owns, and the datasets of the systems they own."""
    if model is System:
        return Q(owner=owner)
    return Q(owner=owner) | Q(system__owner=owner) if model is Dataset else None


def _entity_reach(model: type[Model], ids: frozenset[int]) -> Q | None:
    paths: dict[type[Model], Q] = {
        LegalEntity: Q(pk__in=ids),
        Dataset: Q(entity__in=ids),
        System: Q(datasets__entity__in=ids),
        Activity: Q(entities__entity__in=ids),
        Purpose: Q(activity__entities__entity__in=ids),
        Database: Q(entity__in=ids),
    }
    return paths.get(model)
