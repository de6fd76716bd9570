"""The justification queue: what waits for whom, and what was approved before, from history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from inventory.law.vocabulary import JustificationState
from inventory.models import Dataset, Field, FieldUse, Justification, Membership, Purpose
from inventory.services.access import Action, may, visible
from inventory.services.actors import Actor
from inventory.services.errors import NotFound
from inventory.services.history import events


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A text as it was when it was last approved."""

    text: str
    alternatives: str
    at: datetime | None
    by: Membership | None
    fields: tuple[str, ...]
    categories: tuple[str, ...]


def justifications(actor: Actor) -> QuerySet[Justification]:
    """Those of the purposes that the actor can see, the oldest submission first."""
    rows = Justification.objects.filter(
        organisation=actor.organisation, purpose__in=visible(actor, Purpose).values("pk")
    )
    rows = rows.select_related("purpose", "author__user", "decided_by__user")
    return rows.order_by("submitted_at", "pk")


def uses(actor: Actor) -> QuerySet[FieldUse]:
    """The uses of fields that the actor can see, by dataset and name."""
    seen = visible(actor, Dataset).values("pk")
    rows = FieldUse.objects.filter(organisation=actor.organisation, field__dataset__in=seen)
    return rows.select_related("field__dataset").order_by("field__dataset__name", "field__name")


def prefetch_uses(actor: Actor) -> Any:
    """The same, to prefetch for a list of justifications."""
    return Prefetch("uses", queryset=uses(actor))


def find(actor: Actor, number: int) -> Justification:
    """Raises NotFound."""
    found = justifications(actor).filter(pk=number).first()
    if found is None:
        raise NotFound(f"No justification {number} that you can see.")
    return found


def count_states(actor: Actor) -> Mapping[str, int]:
    """How many are in each state, in one query."""
    rows = justifications(actor).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def is_own(actor: Actor, justification: Justification) -> bool:
    """Whether the actor wrote it, so that somebody else must decide where four eyes are needed."""
    return actor.membership is not None and justification.author_id == actor.membership.pk


def may_decide(actor: Actor, justification: Justification) -> bool:
    """Whether the actor may approve or reject it as it stands."""
    if not may(actor, Action.DECIDE) or justification.state != JustificationState.SUBMITTED:
        return False
    return not (actor.organisation.four_eyes and is_own(actor, justification))


def approved_before(justification: Justification) -> Approved | None:
    """The text that was approved last, as history has it; None where none ever was."""
    rows = events(Justification).filter(pgh_obj=justification.pk, state=JustificationState.APPROVED)
    last = rows.order_by("-pgh_id").first()
    if last is None:
        return None
    fields, categories = _covered_at(justification, last.pgh_created_at)
    return Approved(
        text=last.text,
        alternatives=last.alternatives,
        at=last.decided_at,
        by=Membership.objects.select_related("user").filter(pk=last.decided_by_id).first(),
        fields=fields,
        categories=categories,
    )


def _covered_at(
    justification: Justification, moment: datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields under a text at a moment, and their categories then."""

    last: dict[int, Any] = {}
    rows = events(FieldUse).filter(purpose=justification.purpose_id, pgh_created_at__lte=moment)
    for event in rows.order_by("pgh_id"):
        last[event.pgh_obj_id] = event
    held = {
        event.field_id
        for event in last.values()
        if event.justification_id == justification.pk and event.pgh_label != "delete"
    }
    fields: dict[int, Any] = {}
    told = events(Field).filter(pgh_obj__in=held, pgh_created_at__lte=moment)
    for event in told.order_by("pgh_id"):
        fields[event.pgh_obj_id] = event
    names = sorted(event.name for event in fields.values())
    categories = sorted({event.category or "" for event in fields.values()})
    return tuple(names), tuple(categories)
