"""How gathering reads tables: some columns of some rows, streamed, in a fixed order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from inventory.law.vocabulary import Declared
from inventory.models import Organisation
from inventory.rules.facts import Collection
from inventory.services.links import Ids

CHUNK = 10_000


def read(
    model: Any,
    organisation: Organisation,
    columns: tuple[str, ...],
    *,
    among: Mapping[str, Ids | None] | None = None,
    order: tuple[str, ...] = ("pk",),
    **given: Any,
) -> Iterator[tuple[Any, ...]]:
    """Rows of the organisation; a column `among` None is not narrowed."""
    narrowed = {f"{path}__in": list(ids) for path, ids in (among or {}).items() if ids is not None}
    rows = model._default_manager.filter(organisation=organisation, **narrowed, **given)
    found = rows.order_by(*order).values_list(*columns)
    return iter(found) if narrowed else found.iterator(chunk_size=CHUNK)


def grouped[T](pairs: Iterable[tuple[Any, T]]) -> Mapping[Any, list[T]]:
    """Items by what they belong to; nothing belongs to a key that is not there."""
    found: dict[Any, list[T]] = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return found


def collect[T](items: Iterable[T], state: str) -> Collection[T]:
    return Collection(tuple(items), Declared(state))
