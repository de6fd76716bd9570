"""Advisory locks: two changes that read each other's subjects wait for one another."""

from collections.abc import Iterable
from hashlib import blake2b

from django.db import connection

from inventory.models import Organisation


def hold(organisation: Organisation, names: Iterable[str]) -> None:
    """Lock these names until the transaction ends, in one order everywhere: no deadlock."""
    numbers = sorted({_number(f"{organisation.pk}:{name}") for name in names})
    if not numbers:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(n) FROM unnest(%s::bigint[]) WITH ORDINALITY AS t(n, i)"
            " ORDER BY i",
            [numbers],
        )


def hold_if_free(organisation: Organisation, names: Iterable[str]) -> bool:
    """Lock these names unless somebody holds one of them: for what was not foreseen, since waiting
    out of order could be a deadlock."""
    numbers = sorted({_number(f"{organisation.pk}:{name}") for name in names})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(bool_and(pg_try_advisory_xact_lock(n)), true)"
            " FROM unnest(%s::bigint[]) AS t(n)",
            [numbers],
        )
        return bool(cursor.fetchone()[0])


def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
