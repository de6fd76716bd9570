"""Finding things of the register by what somebody remembers of their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from inventory.models import Dataset, Field, Purpose
from inventory.services.access import visible
from inventory.services.actors import Actor

MOST = 20
LIKE_ENOUGH = "0.4"
LONGEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The likeliest of each kind."""

    datasets: Sequence[Dataset]
    fields: Sequence[Field]
    purposes: Sequence[Purpose]


def search(actor: Actor, asked: str) -> Found:
    """Datasets, fields and purposes that the actor can see, the likeliest first."""
    asked = asked.replace("\x00", "")[:LONGEST]
    datasets = visible(actor, Dataset).filter(retired_at=None)
    fields = Field.objects.filter(dataset__in=datasets.values("pk"), retired_at=None)
    purposes = visible(actor, Purpose).filter(retired_at=None)
    with transaction.atomic():
        _forgive_slips()
        return Found(
            datasets=_nearest(datasets, asked, "name", "key"),
            fields=_nearest(fields.select_related("dataset"), asked, "name"),
            purposes=_nearest(purposes, asked, "name", "key"),
        )


def _forgive_slips() -> None:
    """Let the index find words that are as little alike as two swapped letters leave them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [LIKE_ENOUGH]
        )


def _nearest(rows: QuerySet[Any], asked: str, *columns: str) -> list[Any]:
    """Those that hold the words or are much like them, the likeliest first."""
    wanted = Q()
    for column in columns:
        wanted |= Q(**{f"{column}__icontains": asked})
        wanted |= Q(**{f"{column}__trigram_word_similar": asked})
    likeness = [TrigramWordSimilarity(asked, column) for column in columns]
    ranked = rows.filter(wanted).annotate(
        likeness=Greatest(*likeness) if len(likeness) > 1 else likeness[0]
    )
    return list(ranked.order_by("-likeness", "name", "pk")[:MOST])
