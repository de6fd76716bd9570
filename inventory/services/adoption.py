"""From one edition of an organisation's law to the next: what was judged under another is stale in
the same transaction, and is judged again at once where it is little, else by a task."""

from datetime import date

from inventory.models import Judgement
from inventory.services import evaluation
from inventory.services.actors import Actor
from inventory.services.deferral import defer_stale
from inventory.services.editions import read_own
from inventory.services.errors import Conflict
from inventory.services.law import current_law, law_of
from inventory.services.tasks import start_evaluation

FEW = 200  # judgements: as many as a change judges at once


def adopt(actor: Actor, *, today: date) -> None:
    """After what is the organisation's own was written, in that transaction."""
    organisation = actor.organisation
    organisation.law_edition = read_own(organisation, current_law()).digest
    organisation.save(update_fields=["law_edition"])
    law_of(organisation)  # made once, here, rather than by whoever comes first
    if not evaluation.mark_outdated(organisation):
        return
    if Judgement.objects.filter(organisation=organisation).count() <= FEW:
        evaluation.judge_stale(organisation, as_of=today)
    else:
        _leave_to_task(actor)


def _leave_to_task(actor: Actor) -> None:
    """With progress to watch, unless the whole register is being judged already."""
    try:
        start_evaluation(actor)
    except Conflict:
        defer_stale(actor.organisation)
