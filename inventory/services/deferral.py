"""Handing work to a task once the transaction that made it necessary is kept.

A job that gets lost between the two is found again: a periodic task looks for what is stale.
"""

import logging
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from inventory.models import Organisation

logger = logging.getLogger(__name__)
JUDGE_STALE = "inventory.services.tasks.judge_stale"
EXPIRE = "inventory.services.tasks.expire"
EVALUATE = "inventory.services.tasks.evaluate_whole"
LOOK_AHEAD = "inventory.services.tasks.look_ahead"


def defer_stale(organisation: Organisation) -> None:
    """Ask for what is stale in the organisation to be judged, once however often it is asked."""
    key = f"stale-{organisation.pk}"
    defer(JUDGE_STALE, queueing_lock=key, organisation_id=organisation.pk)


def defer(task: str, *, queueing_lock: str, **given: Any) -> None:
    """Start a task by its name when the transaction is kept; one that waits already will do."""

    def start() -> None:
        try:
            app.configure_task(task, queueing_lock=queueing_lock, lock=queueing_lock).defer(**given)
        except AlreadyEnqueued:
            logger.debug("%s waits already", queueing_lock)

    transaction.on_commit(start, robust=True)
