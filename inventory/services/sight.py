"""Which findings and standings exist for an actor: those of what they can see."""

from typing import Any

from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from inventory.law.vocabulary import SubjectKind
from inventory.models import Judgement, Standing
from inventory.models.organisations import ScopeKind
from inventory.services.access import visible
from inventory.services.actors import Actor
from inventory.services.neighbourhood import MODELS


def standings(actor: Actor, kind: SubjectKind) -> QuerySet[Standing]:
    rows = Standing.objects.filter(
        organisation=actor.organisation, subject_kind=kind, whole=kind is SubjectKind.DATASET
    )
    if reach(actor) is None:
        return rows
    return rows.filter(subject_id__in=ids(actor, MODELS[kind]))


def reach(actor: Actor) -> Q | None:
    """The findings of subjects that exist for the actor; None where all do."""
    if actor.scope is ScopeKind.ORGANISATION:
        return None
    seen = Q(pk__in=[])
    for kind, model in MODELS.items():
        seen |= Q(subject_kind=kind, subject_id__in=ids(actor, model))
    for letter, kind in (("d", SubjectKind.DATASET), ("p", SubjectKind.PURPOSE)):
        bearers = ids(actor, MODELS[kind], before=letter)
        seen |= Q(subject_kind=SubjectKind.TRANSFER, bearer__in=bearers)
    return seen


def stale_count(actor: Actor) -> int:
    """How many things wait to be judged again; pages and reports say so."""
    stale = Judgement.objects.filter(organisation=actor.organisation, stale_since__isnull=False)
    return stale.count()


def ids(actor: Actor, model: type[Model], *, before: str = "") -> QuerySet[Any]:
    """The ids of what the actor can see, as text."""
    written = Concat(Value(before), Cast("pk", CharField()), output_field=CharField())
    rows: QuerySet[Any] = visible(actor, model).order_by().annotate(written=written)
    return rows.values("written")
