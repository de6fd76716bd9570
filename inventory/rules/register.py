"""The facts with the paths between them, and what the law's taxonomy makes of each field.

Every path is walked once, when a condition first asks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from inventory.law.bundle import Law
from inventory.law.vocabulary import DataClass, Identifiability, Mark, SubjectKind
from inventory.rules.facts import (
    ActivityFacts,
    DatasetFacts,
    EntityFacts,
    Facts,
    FieldFacts,
    Known,
    PurposeFacts,
    SystemFacts,
    TransferFacts,
)
from inventory.rules.logic import any_of

UNSEEN = object()
MOST = 50_000  # things of one kind that are remembered; then it begins anew: memory has an end
SPEAKS_OF_NOBODY = frozenset({Identifiability.ANONYMOUS, Identifiability.NONE})


@dataclass(frozen=True, slots=True)
class Contents:
    """Fields by the class in which one regime sees them; `unknown` are those it may see so."""

    by_class: Mapping[DataClass, tuple[str, ...]]
    unknown: tuple[str, ...]  # or seen in a way that the law data is not certain of

    def holds(self, data_class: DataClass) -> Known:
        if self.by_class.get(data_class):
            return True
        return None if self.unknown else False


def held_kinds(facts: Facts) -> dict[SubjectKind, Mapping[str, Any] | None]:
    """What the facts hold of each kind; None: the register holds no such subjects yet."""
    return {
        SubjectKind.ENTITY: facts.entities,
        SubjectKind.SYSTEM: facts.systems,
        SubjectKind.DATASET: facts.datasets,
        SubjectKind.PURPOSE: facts.purposes,
        SubjectKind.ACTIVITY: facts.activities,
        SubjectKind.PARTY: facts.parties,
        SubjectKind.TRANSFER: facts.transfers,
        SubjectKind.DATABASE: facts.databases,
        SubjectKind.REQUEST: facts.requests,
        SubjectKind.INCIDENT: facts.incidents,
    }


class Remembered[K, V](dict[K, V]):
    """What was worked out; forgotten when it grows too large, since it can be worked out again."""

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(key, value)


class Register:
    """Facts, law and a day, with the indexes that conditions walk along."""

    def __init__(self, facts: Facts, law: Law, as_of: date) -> None:
        self.facts = facts
        self.law = law
        self.as_of = as_of
        self._contents: dict[tuple[str, str, str], Contents] = Remembered()
        self._personal: dict[str, tuple[tuple[FieldFacts, Known], ...]] = Remembered()
        self._speaks: Mapping[str | None, bool] = {
            code: category.personal for code, category in law.categories.items()
        }
        self._purposes: dict[str, list[PurposeFacts]] = Remembered()
        self._seen: dict[tuple[str, str, object], Any] = Remembered()

    def speaks_of_person(self, field: FieldFacts) -> Known:
        """Is it personal data? A personal category counts as such until it is made anonymous."""
        if field.identifiability in SPEAKS_OF_NOBODY:
            return False
        return self._speaks.get(field.category)

    def personal_fields(self, dataset: DatasetFacts) -> tuple[tuple[FieldFacts, Known], ...]:
        """The fields that are, or may be, personal data."""
        found = self._personal.get(dataset.id)
        if found is None:
            judged = [(field, self.speaks_of_person(field)) for field in dataset.fields]
            found = tuple([(field, known) for field, known in judged if known is not False])
            self._personal[dataset.id] = found
        return found

    def is_personal(self, dataset: DatasetFacts) -> Known:
        """Does the dataset hold personal data? Of one without fields nobody can say."""
        if not dataset.fields:
            return None
        return any_of([known for _, known in self.personal_fields(dataset)])

    def contents(self, dataset: DatasetFacts, regime: str) -> Contents:
        """The dataset's fields by the regime's classes."""
        key = ("dataset", dataset.id, regime)
        found = self._contents.get(key)
        if found is None:
            found = self._contents[key] = self._sort(self.personal_fields(dataset), regime)
        return found

    def contents_used(self, purpose: PurposeFacts, regime: str) -> Contents:
        """The fields a purpose uses by the regime's classes."""
        key = ("purpose", purpose.id, regime)
        found = self._contents.get(key)
        if found is None:
            found = self._contents[key] = self._sort(self.uses.get(purpose.id, ()), regime)
        return found

    def datasets(self, ids: Iterable[str]) -> list[DatasetFacts]:
        return [self.facts.datasets[key] for key in ids if key in self.facts.datasets]

    def purposes_of(self, dataset: DatasetFacts) -> list[PurposeFacts]:
        """The purposes that use a field of it, once each."""
        found = self._purposes.get(dataset.id)
        if found is None:
            keys = dict.fromkeys([key for field in dataset.fields for key in field.purposes])
            found = [self.facts.purposes[key] for key in keys if key in self.facts.purposes]
            self._purposes[dataset.id] = found
        return found

    def once[T](self, name: str, key: str, more: object, work: Callable[[], T]) -> T:
        """What several checks need of one subject, worked out by the first that asks."""
        place = (name, key, more)
        found = self._seen.get(place, UNSEEN)
        if found is UNSEEN:
            found = self._seen[place] = work()
        return found  # type: ignore[no-any-return]

    def entities_of(self, purpose: PurposeFacts) -> list[EntityFacts]:
        """The legal entities that take part in its activity, as far as known."""
        activity = self.facts.activities.get(purpose.activity or "")
        members = activity.entities.items if activity else ()
        return [
            self.facts.entities[member.entity]
            for member in members
            if member.entity in self.facts.entities
        ]

    @cached_property
    def uses(self) -> Mapping[str, list[tuple[FieldFacts, Known]]]:
        """Personal fields by the purpose that uses them."""
        found = defaultdict(list)
        for dataset in self.facts.datasets.values():
            for field, known in self.personal_fields(dataset):
                for purpose in field.purposes:
                    found[purpose].append((field, known))
        return found

    @cached_property
    def datasets_in(self) -> Mapping[str, list[DatasetFacts]]:
        """Datasets by the system that stores them."""
        return _group((d.system, d) for d in self.facts.datasets.values())

    @cached_property
    def datasets_held(self) -> Mapping[str, list[DatasetFacts]]:
        """Datasets by the entity that holds them."""
        return _group((d.entity, d) for d in self.facts.datasets.values())

    @cached_property
    def activities_of(self) -> Mapping[str, list[ActivityFacts]]:
        """Activities by an entity that takes part."""
        activities = self.facts.activities.values()
        return _group((m.entity, a) for a in activities for m in a.entities.items)

    @cached_property
    def purposes_to(self) -> Mapping[str, list[PurposeFacts]]:
        """Purposes by the party to which their data goes."""
        purposes = self.facts.purposes.values()
        return _group((d.party, p) for p in purposes for d in p.disclosures.items)

    @cached_property
    def systems_by(self) -> Mapping[str, list[SystemFacts]]:
        """Systems by the party that provides them."""
        return _group((s.provider, s) for s in self.facts.systems.values())

    @cached_property
    def transfers_of(self) -> Mapping[str, list[TransferFacts]]:
        """Border crossings by dataset."""
        return _group((t.dataset, t) for t in self.facts.transfers.values())

    def transfers_for(self, purpose: PurposeFacts) -> list[TransferFacts]:
        """Border crossings of the purpose, or of a dataset it uses."""
        found = [one for key in purpose.datasets for one in self.transfers_of.get(key, ())]
        return [*found, *self._transfers_by_purpose.get(purpose.id, ())]

    @cached_property
    def _transfers_by_purpose(self) -> Mapping[str, list[TransferFacts]]:
        return _group((t.purpose, t) for t in self.facts.transfers.values())

    @cached_property
    def transfers_to(self) -> Mapping[str, list[TransferFacts]]:
        """Border crossings by the party that receives."""
        return _group((t.party, t) for t in self.facts.transfers.values())

    def _sort(self, fields: Iterable[tuple[FieldFacts, Known]], regime: str) -> Contents:
        found: dict[DataClass | None, list[str]] = {None: []}
        classes = self._classes(regime)
        for field, known in fields:
            seen = classes[field.category] if known else None
            found.setdefault(seen, []).append(field.name)
        unknown = tuple(found.pop(None))
        return Contents({seen: tuple(names) for seen, names in found.items() if seen}, unknown)

    def _classes(self, regime: str) -> Mapping[str | None, DataClass | None]:
        """How the regime sees each category; None where the law data itself is not certain."""
        return self.once(
            "classes",
            regime,
            None,
            lambda: {code: self._seen_as(code, regime) for code in self.law.categories},
        )

    def _seen_as(self, category: str, regime: str) -> DataClass | None:
        if self.law.categories[category].marks.get(regime) is Mark.UNCERTAIN:
            return None
        return self.law.data_class(category, regime)


def _group[T](pairs: Iterable[tuple[str | None, T]]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, item in pairs:
        if key is not None:
            found[key].append(item)
    return found
