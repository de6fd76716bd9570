"""Which rows refer to which, asked for whole sets: one query a kind of reference, however many."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from inventory.models import (
    ActivityEntity,
    Database,
    DatabaseDataset,
    Dataset,
    Disclosure,
    FieldUse,
    Justification,
    Lineage,
    Organisation,
    Purpose,
    System,
)

type Ids = set[int]

OPENED_BESIDE = """
    SELECT DISTINCT other.id
    FROM dataset AS one
    CROSS JOIN unnest(one.access_policies) AS policy
    JOIN dataset AS other
      ON other.organisation_id = one.organisation_id AND other.id <> one.id
     AND other.retired_at IS NULL AND other.access_policies @> ARRAY[policy]
    WHERE one.organisation_id = %(organisation)s AND one.id = ANY(%(ids)s)
      AND NOT EXISTS (
        SELECT FROM dataset AS alike
        WHERE alike.organisation_id = one.organisation_id AND alike.id <> ALL(%(ids)s)
          AND alike.retired_at IS NULL AND alike.access_policies @> ARRAY[policy]
          AND alike.kind IS NOT DISTINCT FROM one.kind)
"""


class TooMany(Exception):
    """More rows than were to be looked at."""


class Links:
    """The references of one organisation's register. No ids in, no query and no ids out.

    With `most`, raises TooMany where more rows would have to be looked at: the cost of asking
    does not grow with the register.
    """

    def __init__(self, organisation: Organisation, *, most: int | None = None) -> None:
        self.organisation = organisation
        self._most = most

    # from datasets
    def purposes_of(self, datasets: Iterable[int]) -> Ids:
        uses = {"field__dataset": datasets}
        return self._ask(FieldUse, "purpose", uses, field__retired_at=None)

    def systems_of(self, datasets: Iterable[int]) -> Ids:
        return self._ask(Dataset, "system", {"pk": datasets})

    def holders_of(self, datasets: Iterable[int]) -> Ids:
        return self._ask(Dataset, "entity", {"pk": datasets})

    def databases_of(self, datasets: Iterable[int]) -> Ids:
        return self._ask(DatabaseDataset, "database", {"dataset": datasets})

    def derived_from(self, datasets: Iterable[int]) -> Ids:
        return self._ask(Lineage, "dataset", {"source": datasets})

    def opened_beside(self, datasets: Iterable[int]) -> Ids:
        """The others that a policy opens of which one of these alone decides that it opens data
        of its kind: what that policy opens is another thing without it."""
        ids = list(datasets)
        if not ids:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(OPENED_BESIDE, {"organisation": self.organisation.pk, "ids": ids})
            return {pk for (pk,) in cursor.fetchall()}

    def recipients_of_datasets(self, datasets: Iterable[int]) -> Ids:
        return self._ask(Disclosure, "party", {"dataset": datasets})

    # from purposes and activities
    def datasets_used_by(self, purposes: Iterable[int]) -> Ids:
        return self._ask(FieldUse, "field__dataset", {"purpose": purposes}, field__retired_at=None)

    def activities_of(self, purposes: Iterable[int]) -> Ids:
        return self._ask(Purpose, "activity", {"pk": purposes})

    def recipients_of(self, purposes: Iterable[int]) -> Ids:
        return self._ask(Disclosure, "party", {"purpose": purposes})

    def purposes_in(self, activities: Iterable[int]) -> Ids:
        return self._ask(Purpose, "pk", {"activity": activities})

    def purposes_saying_as(self, purposes: Iterable[int]) -> Ids:
        """Others that are given the very text of a justification of these."""
        ids = list(purposes)
        if not ids:
            return set()
        texts = Justification.objects.filter(organisation=self.organisation)
        others = texts.exclude(purpose__in=ids)
        alike = others.filter(text__in=texts.filter(purpose__in=ids).values("text"))
        return self._take(alike.values_list("purpose", flat=True))

    def entities_in(self, activities: Iterable[int]) -> Ids:
        return self._ask(ActivityEntity, "entity", {"activity": activities})

    # from entities
    def activities_with(self, entities: Iterable[int]) -> Ids:
        return self._ask(ActivityEntity, "activity", {"entity": entities})

    def datasets_held_by(self, entities: Iterable[int]) -> Ids:
        return self._ask(Dataset, "pk", {"entity": entities})

    def databases_held_by(self, entities: Iterable[int]) -> Ids:
        return self._ask(Database, "pk", {"entity": entities})

    # from systems, parties and databases
    def datasets_in(self, systems: Iterable[int]) -> Ids:
        return self._ask(Dataset, "pk", {"system": systems})

    def providers_of(self, systems: Iterable[int]) -> Ids:
        return self._ask(System, "provider", {"pk": systems})

    def systems_by(self, parties: Iterable[int]) -> Ids:
        return self._ask(System, "pk", {"provider": parties})

    def purposes_to(self, parties: Iterable[int]) -> Ids:
        return self._ask(Disclosure, "purpose", {"party": parties})

    def datasets_to(self, parties: Iterable[int]) -> Ids:
        return self._ask(Disclosure, "dataset", {"party": parties})

    def datasets_of_databases(self, databases: Iterable[int]) -> Ids:
        return self._ask(DatabaseDataset, "dataset", {"database": databases})

    def holders_of_databases(self, databases: Iterable[int]) -> Ids:
        return self._ask(Database, "entity", {"pk": databases})

    def with_parts(self, *, purposes: Ids, systems: Ids, databases: Ids) -> Ids:
        """Datasets of which one of these is a part."""
        return (
            self.datasets_used_by(purposes)
            | self.datasets_in(systems)
            | self.datasets_of_databases(databases)
        )

    # the whole register
    def all_of(self, model: Any) -> Ids:
        rows = model._default_manager.filter(organisation=self.organisation, retired_at=None)
        return set(rows.values_list("pk", flat=True))

    def _ask(self, model: Any, column: str, given: dict[str, Iterable[int]], **rest: Any) -> Ids:
        narrowed = {f"{path}__in": list(ids) for path, ids in given.items()}
        if not all(narrowed.values()):
            return set()
        rows = model._default_manager.filter(organisation=self.organisation, **narrowed, **rest)
        return self._take(rows.values_list(column, flat=True))

    def _take(self, found: Any) -> Ids:
        found = found.order_by()
        if self._most is None:
            return set(found.distinct()) - {None}
        some = list(found[: self._most + 1])
        if len(some) > self._most:
            raise TooMany
        return set(some) - {None}
