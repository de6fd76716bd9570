"""Datasets and their fields as facts. What says the same is one object: a register holds millions
of fields, and their words are few."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import batched
from typing import Any

from inventory.law.vocabulary import (
    DatasetKind,
    Identifiability,
    JustificationState,
    LineageKind,
    Protection,
    SystemKind,
)
from inventory.models import (
    DatabaseDataset,
    Dataset,
    DatasetCountry,
    Field,
    FieldUse,
    Lineage,
    Organisation,
    RegimeExclusion,
)
from inventory.rules.facts import (
    DatasetFacts,
    Exclusion,
    FieldFacts,
    LineageFacts,
    Opening,
    SubjectCountry,
)
from inventory.services.gather_openings import load_openings
from inventory.services.gather_rows import collect, grouped, read
from inventory.services.links import Ids, Links

type Use = tuple[str, str | None]  # a purpose's id, and the state of its justification
type Parts = Mapping[str, Mapping[int, list[Any]]]

COLUMNS = (
    "pk", "key", "name", "kind", "entity_id", "system_id", "subject_categories",
    "subject_categories_state", "subject_countries_state", "collected_in", "collected_in_state",
    "origins", "origins_state", "sources_state", "access_policies", "access_policies_state",
    "persons", "record_class", "has_disposal_job",
    "oldest_record", "last_disposal", "reviewed_on", "legal_hold", "deployed",
    "national_id_rule", "free_text_guarded", "lawfully_obtained", "obtained_from_others",
    "obtained_on", "persons_informed", "informed_on", "deletion_channel",
    "minimisation_mechanism", "accuracy_mechanism", "critical", "source_of_truth", "recomputable",
)  # fmt: skip
POLICIES = COLUMNS.index("access_policies")
PLAIN = COLUMNS[COLUMNS.index("persons") :]
UNSAID: Mapping[str, JustificationState] = {}
CHUNK = 1000  # datasets whose rows are held at once beside their facts


class Words:
    """One object for all that are equal."""

    def __init__(self) -> None:
        self._held: dict[Any, Any] = {}

    def one[T](self, said: T) -> T:
        return self._held.setdefault(said, said)  # type: ignore[no-any-return]


def load_datasets(
    organisation: Organisation, ids: Ids | None, as_of: date
) -> dict[str, DatasetFacts]:
    """Datasets that are not retired, with their fields, uses, countries, sources, exclusions."""
    wanted = Links(organisation).all_of(Dataset) if ids is None else ids
    words = Words()
    found: dict[str, DatasetFacts] = {}
    for some in batched(sorted(wanted), CHUNK):
        found |= _load_some(organisation, set(some), as_of, words)
    return found


def _load_some(
    organisation: Organisation, ids: Ids, as_of: date, words: Words
) -> dict[str, DatasetFacts]:
    parts: dict[str, Mapping[int, list[Any]]] = {
        "fields": _load_fields(organisation, ids, words),
        "countries": _load_countries(organisation, ids),
        "sources": _load_sources(organisation, ids),
        "databases": _load_databases(organisation, ids),
        "exclusions": _load_exclusions(organisation, ids, as_of),
    }
    rows = list(read(Dataset, organisation, COLUMNS, among={"pk": ids}, retired_at=None))
    openings = load_openings(organisation, {name for row in rows for name in row[POLICIES]})
    return {
        str(row[0]): _dataset(dict(zip(COLUMNS, row, strict=True)), parts, words, openings)
        for row in rows
    }


def _dataset(
    row: dict[str, Any], parts: Parts, words: Words, openings: Mapping[str, Opening]
) -> DatasetFacts:
    pk = row["pk"]
    return DatasetFacts(
        id=str(pk),
        key=row["key"],
        name=row["name"],
        kind=row["kind"] and DatasetKind(row["kind"]),
        entity=words.one(row["entity_id"] and str(row["entity_id"])),
        system=words.one(row["system_id"] and str(row["system_id"])),
        fields=tuple(parts["fields"].get(pk, ())),
        subject_categories=words.one(
            collect(row["subject_categories"], row["subject_categories_state"])
        ),
        subject_countries=words.one(
            collect(parts["countries"].get(pk, ()), row["subject_countries_state"])
        ),
        collected_in=words.one(collect(row["collected_in"], row["collected_in_state"])),
        origins=words.one(collect(row["origins"], row["origins_state"])),
        sources=words.one(collect(parts["sources"].get(pk, ()), row["sources_state"])),
        access=words.one(
            collect(
                (openings[name] for name in row["access_policies"]), row["access_policies_state"]
            )
        ),
        databases=tuple(parts["databases"].get(pk, ())),
        exclusions=tuple(parts["exclusions"].get(pk, ())),
        **{name: row[name] for name in PLAIN},
    )


def _load_fields(
    organisation: Organisation, ids: Ids, words: Words
) -> Mapping[int, list[FieldFacts]]:
    uses = _load_uses(organisation, ids, words)
    alike: dict[tuple[Any, ...], FieldFacts] = {}
    columns = (
        "dataset_id", "pk", "name", "category", "identifiability", "protection", "mandatory",
        "flagged",
    )  # fmt: skip
    rows = read(
        Field,
        organisation,
        columns,
        among={"dataset": ids},
        order=("dataset_id", "position", "pk"),
        retired_at=None,
    )
    found: dict[int, list[FieldFacts]] = defaultdict(list)
    for row in rows:
        used = tuple(uses.get(row[1], ()))
        said = (*row[2:], used)
        if said not in alike:
            alike[said] = _field(row[2:], used, words)
        found[row[0]].append(alike[said])
    return found


def _field(row: tuple[Any, ...], uses: tuple[Use, ...], words: Words) -> FieldFacts:
    name, category, identifiability, protection, mandatory, flagged = row
    return FieldFacts(
        name=words.one(name),
        category=words.one(category),
        identifiability=identifiability and Identifiability(identifiability),
        protection=protection and Protection(protection),
        mandatory=mandatory,
        flagged=flagged,
        purposes=words.one(tuple([purpose for purpose, _ in uses])),
        justifications={p: JustificationState(state) for p, state in uses if state} or UNSAID,
    )


def _load_uses(organisation: Organisation, ids: Ids, words: Words) -> Mapping[int, list[Use]]:
    """The purposes of each field, proposed ones too: a manifest's use is judged like another,
    and has no justification until somebody decides."""
    rows = read(
        FieldUse,
        organisation,
        ("field_id", "purpose_id", "justification__state"),
        among={"field__dataset": ids},
        order=("field_id", "purpose_id"),
        field__retired_at=None,
        purpose__retired_at=None,
    )
    return grouped((field, words.one((str(purpose), state))) for field, purpose, state in rows)


def _load_countries(organisation: Organisation, ids: Ids) -> Mapping[int, list[SubjectCountry]]:
    columns = ("dataset_id", "country", "offered", "monitored")
    rows = read(
        DatasetCountry,
        organisation,
        columns,
        among={"dataset": ids},
        order=("dataset_id", "country"),
    )
    return grouped(
        (row[0], SubjectCountry(country=row[1], offered=row[2], monitored=row[3])) for row in rows
    )


def _load_sources(organisation: Organisation, ids: Ids) -> Mapping[int, list[LineageFacts]]:
    columns = (
        "dataset_id", "source_id", "kind", "key_held_by", "key_destroyed", "test", "lawful",
        "source__kind", "source__source_of_truth", "source__system__kind",
    )  # fmt: skip
    rows = read(Lineage, organisation, columns, among={"dataset": ids})
    return grouped((row[0], _source(*row[1:])) for row in rows)


def _source(
    source: int,
    kind: str,
    held_by: str,
    destroyed: bool | None,
    test: str,
    lawful: bool | None,
    *of_source: Any,
) -> LineageFacts:
    source_kind, truth, store = of_source
    return LineageFacts(
        source=str(source),
        kind=LineageKind(kind),
        key_held_by=held_by or None,
        key_destroyed=destroyed,
        test=test or None,
        lawful=lawful,
        source_kind=source_kind and DatasetKind(source_kind),
        source_of_truth=truth,
        stored_in=store and SystemKind(store),
    )


def _load_databases(organisation: Organisation, ids: Ids) -> Mapping[int, list[str]]:
    rows = read(
        DatabaseDataset,
        organisation,
        ("dataset_id", "database_id"),
        among={"dataset": ids},
        database__retired_at=None,
    )
    return grouped((dataset, str(database)) for dataset, database in rows)


def _load_exclusions(
    organisation: Organisation, ids: Ids, as_of: date
) -> Mapping[int, list[Exclusion]]:
    """Those that were approved and have not run out."""
    rows = read(
        RegimeExclusion,
        organisation,
        ("dataset_id", "regime", "reason", "until"),
        among={"dataset": ids},
        approved_at__isnull=False,
    )
    return grouped(
        (dataset, Exclusion(regime=regime, reason=reason, until=until))
        for dataset, regime, reason, until in rows
        if until is None or until > as_of
    )
