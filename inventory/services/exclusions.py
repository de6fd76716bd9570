"""Decisions that a regime does not govern a dataset: proposed with a reason, then approved.

Only an approved exclusion that has not run out enters facts.
"""

from datetime import date, datetime

from inventory.law.vocabulary import SubjectKind
from inventory.models import Dataset, RegimeExclusion
from inventory.services import evaluation
from inventory.services.access import Action, fetch
from inventory.services.actors import Actor
from inventory.services.errors import Conflict, NotFound
from inventory.services.inputs import Outcome
from inventory.services.law import law_of
from inventory.services.recording import change
from inventory.services.validation import Problems


def propose_exclusion(
    actor: Actor,
    dataset_key: str,
    regime: str,
    reason: str,
    *,
    until: date | None = None,
    today: date,
) -> RegimeExclusion:
    """Say that a regime does not govern the dataset. It changes nothing until it is approved.

    Raises Invalid, Refused, NotFound, and Conflict where one was approved already.
    """
    dataset = fetch(actor, Dataset, Action.EDIT, key=dataset_key)
    problems = Problems()
    regimes = law_of(actor.organisation).regimes
    regime = problems.known(regime, "regime", regimes, what="law")
    reason = problems.text(reason, "reason", required="Say why this law does not govern it.")
    if until is not None and until <= today:
        problems.add("until", "Choose a day after today.")
    problems.refuse()
    with change(actor, reason="propose exclusion"):
        held = RegimeExclusion.objects.select_for_update().filter(
            organisation=actor.organisation, dataset=dataset, regime=regime
        )
        row = held.first() or RegimeExclusion(
            organisation=actor.organisation, dataset=dataset, regime=regime
        )
        if row.approved_at is not None:
            raise Conflict("That exclusion was approved. Withdraw it before proposing another.")
        row.reason, row.until, row.proposed_by = reason, until, actor.membership
        row.save()
    return row


def approve_exclusion(
    actor: Actor, exclusion_id: int, *, today: date, now: datetime
) -> Outcome[RegimeExclusion]:
    """From now on the regime does not govern the dataset. With four eyes, not by who proposed."""
    dataset = _fetch(actor, exclusion_id).dataset
    with change(actor, reason="approve exclusion"):
        evaluation.lock(actor.organisation, [_subject(dataset)])
        row = RegimeExclusion.objects.select_for_update().get(pk=exclusion_id)
        if row.approved_at is not None:
            raise Conflict("That exclusion was approved already.")
        own = actor.membership is not None and row.proposed_by_id == actor.membership.pk
        if own and actor.organisation.four_eyes:
            raise Conflict("Somebody else must approve what you proposed.")
        row.approved_by, row.approved_at = actor.membership, now
        row.save()
        found = evaluation.reevaluate(actor, [_subject(dataset)], as_of=today)
    return Outcome(row=row, findings=tuple(found[0]), closed=tuple(found[1]))


def withdraw_exclusion(actor: Actor, exclusion_id: int, *, today: date) -> Outcome[Dataset]:
    """The regime governs the dataset again, as far as the rules say so."""
    dataset = _fetch(actor, exclusion_id).dataset
    with change(actor, reason="withdraw exclusion"):
        evaluation.lock(actor.organisation, [_subject(dataset)])
        RegimeExclusion.objects.filter(pk=exclusion_id).delete()
        found = evaluation.reevaluate(actor, [_subject(dataset)], as_of=today)
    return Outcome(row=dataset, findings=tuple(found[0]), closed=tuple(found[1]))


def _fetch(actor: Actor, exclusion_id: int) -> RegimeExclusion:
    row = (
        RegimeExclusion.objects.filter(organisation=actor.organisation, pk=exclusion_id)
        .select_related("dataset")
        .first()
    )
    if row is None:
        raise NotFound("No such exclusion that you can see.")
    fetch(actor, Dataset, Action.DECIDE, pk=row.dataset_id)
    return row


def _subject(dataset: Dataset) -> tuple[SubjectKind, str]:
    return (SubjectKind.DATASET, str(dataset.pk))
