"""Near matches for a key that is not there: what somebody may have meant."""

from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet

NEAR = 0.3


def near_keys(rows: QuerySet[Any], asked: str, *, most: int = 3) -> list[str]:
    """The keys most like the one asked for, best first; never the whole list."""
    asked = asked.replace("\x00", "")[:200]
    ranked = rows.annotate(nearness=TrigramSimilarity("key", asked)).filter(nearness__gte=NEAR)
    return list(ranked.order_by("-nearness", "key").values_list("key", flat=True)[:most])
