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


def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
