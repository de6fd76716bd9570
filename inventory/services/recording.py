"""One transaction for each change, and who made it: history's triggers read both."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from inventory.services.actors import Actor
from inventory.services.errors import Conflict


@contextmanager
def change(actor: Actor, *, reason: str = "") -> Iterator[None]:
    """A transaction in which every write, raw SQL and COPY included, is put down to the actor.

    Only ids go into history, never the name of a person.
    """
    try:
        with transaction.atomic():
            attribute(actor, reason=reason)
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, DeadlockDetected):
            raise Conflict("Somebody changed the same things at that moment. Try again.") from error
        raise


def attribute(actor: Actor, *, reason: str = "") -> None:
    """Tell the database who acts until this transaction ends."""
    said = {
        "member": actor.membership.pk if actor.membership else None,
        "door": actor.door,
        "request": actor.request_id,
        "reason": reason[:500],
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true),"
            " set_config('pghistory.context_metadata', %s, true)",
            [str(uuid4()), json.dumps(said)],
        )
