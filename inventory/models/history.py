"""History that cannot be forgotten: every write to a registry table leaves an event by trigger."""

from typing import Any

import pghistory
from django.db import models


def recorded[M: type[models.Model]](model: M) -> M:
    """Keep an event of each insert, update and delete, statement by statement, append-only.

    Bulk writes, raw SQL and COPY are recorded too; the actor and reason are what
    `services.recording` set at the start of the transaction.
    """
    table = model._meta.db_table
    track: Any = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        level=pghistory.Statement,
        obj_field=pghistory.ObjForeignKey(
            on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="events"
        ),
        meta={
            "db_table": f"{table}_event",
            "indexes": [models.Index(fields=["pgh_obj", "-pgh_id"], name=f"{table[:22]}_ev_of")],
        },
    )
    return track(model)  # type: ignore[no-any-return]
