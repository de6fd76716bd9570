"""What a judgement reads, and so what must be judged again when something changes.

A border crossing is judged with the dataset or the purpose that it is derived from.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import batched

from inventory.law.vocabulary import SubjectKind
from inventory.models import (
    Activity,
    Database,
    Dataset,
    LegalEntity,
    Organisation,
    Party,
    Purpose,
    System,
)
from inventory.rules.facts import SubjectId
from inventory.services.links import Ids, Links, TooMany

MODELS = {
    SubjectKind.DATASET: Dataset,
    SubjectKind.PURPOSE: Purpose,
    SubjectKind.DATABASE: Database,
    SubjectKind.SYSTEM: System,
    SubjectKind.ACTIVITY: Activity,
    SubjectKind.PARTY: Party,
    SubjectKind.ENTITY: LegalEntity,
}
MOST = 200  # dependants that a change judges in its own transaction
USES = 25  # as many uses of its fields are looked at for each dataset that may be read
CROSSING = re.compile(r"([dp])([0-9]+)-")  # a derived transfer's id begins with its bearer


class Rows:
    """Ids of register rows by kind."""

    def __init__(self, ids: dict[SubjectKind, Ids] | None = None) -> None:
        self._ids = {kind: set((ids or {}).get(kind, ())) for kind in MODELS}

    @classmethod
    def of(cls, subjects: Iterable[SubjectId]) -> "Rows":
        """The rows of these subjects; a crossing stands for what it is derived from."""
        rows = cls()
        for kind, key in subjects:
            kind, key = bearer_of(key) if kind is SubjectKind.TRANSFER else (kind, key)
            if kind in MODELS and key.isdecimal():
                rows._ids[kind].add(int(key))
        return rows

    def __getitem__(self, kind: SubjectKind) -> Ids:
        return self._ids[kind]

    def __or__(self, other: "Rows") -> "Rows":
        return Rows({kind: ids | other[kind] for kind, ids in self._ids.items()})

    def __sub__(self, other: "Rows") -> "Rows":
        return Rows({kind: ids - other[kind] for kind, ids in self._ids.items()})

    def __len__(self) -> int:
        return sum(map(len, self._ids.values()))

    def kinds(self) -> list[SubjectKind]:
        """The kinds of which there is a row."""
        return [kind for kind, ids in self._ids.items() if ids]

    def only(self, *kinds: SubjectKind) -> "Rows":
        return Rows({kind: self._ids[kind] for kind in kinds})

    def batches(self, size: int) -> Iterator["Rows"]:
        """The same rows in parts of one kind each, in order."""
        for kind, ids in self._ids.items():
            for some in batched(sorted(ids), size):
                yield Rows({kind: set(some)})

    def subjects(self) -> frozenset[SubjectId]:
        return frozenset((kind, str(pk)) for kind, ids in self._ids.items() for pk in ids)


def bearer_of(crossing: str) -> SubjectId:
    """The dataset or purpose that a derived transfer's id begins with."""
    found = CROSSING.match(crossing)
    if found is None:
        return (SubjectKind.TRANSFER, crossing)
    kind = SubjectKind.DATASET if found[1] == "d" else SubjectKind.PURPOSE
    return (kind, found[2])


def whole(organisation: Organisation) -> Rows:
    """Everything that can be judged."""
    links = Links(organisation)
    return Rows({kind: links.all_of(model) for kind, model in MODELS.items()})


def reads(links: Links, of: Rows) -> Rows:
    """The datasets, purposes, activities and systems that judging these walks through.

    What hangs on those (their purposes, entities, parties …) is found while loading them.
    """
    activities = of[SubjectKind.ACTIVITY] | links.activities_with(of[SubjectKind.ENTITY])
    systems = of[SubjectKind.SYSTEM] | links.systems_by(of[SubjectKind.PARTY])
    purposes = (
        of[SubjectKind.PURPOSE]
        | links.purposes_in(activities)
        | links.purposes_to(of[SubjectKind.PARTY])
    )
    datasets = (
        of[SubjectKind.DATASET]
        | links.datasets_held_by(of[SubjectKind.ENTITY])
        | links.datasets_in(systems)
        | links.datasets_used_by(purposes)
        | links.datasets_of_databases(of[SubjectKind.DATABASE])
        | links.datasets_to(of[SubjectKind.PARTY])
    )
    return of | Rows(
        {
            SubjectKind.DATASET: datasets,
            SubjectKind.PURPOSE: purposes,
            SubjectKind.ACTIVITY: activities,
            SubjectKind.SYSTEM: systems,
        }
    )


def near(links: Links, of: Rows) -> Rows:
    """What reads these, and so must be judged again when they change."""
    activities = of[SubjectKind.ACTIVITY] | links.activities_with(of[SubjectKind.ENTITY])
    changed = (  # purposes whose own facts, or what they hang on, are others now
        of[SubjectKind.PURPOSE]
        | links.purposes_in(activities)
        | links.purposes_to(of[SubjectKind.PARTY])
    )
    own = of[SubjectKind.DATASET]
    stored = own | links.datasets_in(of[SubjectKind.SYSTEM])
    datasets = (
        stored
        | links.datasets_held_by(of[SubjectKind.ENTITY])
        | links.datasets_used_by(changed)
        | links.datasets_of_databases(of[SubjectKind.DATABASE])
        | links.datasets_to(of[SubjectKind.PARTY])
        | links.derived_from(stored)
        | links.opened_beside(own)
    )
    purposes = changed | links.purposes_of(own) | links.purposes_saying_as(of[SubjectKind.PURPOSE])
    return _around(links, of, activities, purposes, datasets)


def split(organisation: Organisation, found: Rows) -> tuple[Rows, Rows]:
    """Which dependants are judged at once and which later: at most so many are judged, and at
    most so many datasets are read for them, the nearest kinds first."""
    scout = Links(organisation, most=MOST * USES)
    now, read = Rows(), set[int]()
    for kind in found.kinds():
        tried = found.only(kind)
        try:
            needed = read | reads(scout, tried)[SubjectKind.DATASET]
        except TooMany:
            continue
        if len(now) + len(tried) <= MOST and len(needed) <= MOST:
            now, read = now | tried, needed
    return now, found - now


def _around(links: Links, of: Rows, activities: Ids, purposes: Ids, datasets: Ids) -> Rows:
    """The systems, databases, parties and entities that read what was found."""
    activities = activities | links.activities_of(purposes)
    moved = of[SubjectKind.DATASET] | links.datasets_held_by(of[SubjectKind.ENTITY])
    systems = (
        of[SubjectKind.SYSTEM]
        | links.systems_by(of[SubjectKind.PARTY])
        | links.systems_of(moved | links.datasets_to(of[SubjectKind.PARTY]))
    )
    databases = (
        of[SubjectKind.DATABASE]
        | links.databases_of(of[SubjectKind.DATASET] | links.datasets_in(of[SubjectKind.SYSTEM]))
        | links.databases_held_by(of[SubjectKind.ENTITY])
    )
    parties = (
        of[SubjectKind.PARTY]
        | links.recipients_of(purposes)
        | links.recipients_of_datasets(of[SubjectKind.DATASET])
        | links.providers_of(systems)
    )
    entities = (
        of[SubjectKind.ENTITY]
        | links.holders_of(of[SubjectKind.DATASET])
        | links.entities_in(activities)
        | links.holders_of_databases(databases)
    )
    return Rows(
        {
            SubjectKind.DATASET: datasets,
            SubjectKind.PURPOSE: purposes,
            SubjectKind.ACTIVITY: activities,
            SubjectKind.SYSTEM: systems,
            SubjectKind.DATABASE: databases,
            SubjectKind.PARTY: parties,
            SubjectKind.ENTITY: entities,
        }
    )
