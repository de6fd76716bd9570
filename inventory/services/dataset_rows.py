"""A dataset's rows written from its document: its own columns, countries and lineage."""

from collections.abc import Iterable, Sequence
from typing import Any

from inventory.law.vocabulary import Declared, LineageKind
from inventory.models import Dataset, DatasetCountry, Field, LegalEntity, Lineage, System, Tenant
from inventory.services.access import visible
from inventory.services.actors import Actor
from inventory.services.inputs import (
    KEEP,
    DatasetInput,
    LineageInput,
    SubjectCountryInput,
    given,
)
from inventory.services.validation import Problems

PLAIN = (
    "name", "description", "kind", "persons", "record_class", "clock_column",
    "has_disposal_job", "oldest_record", "last_disposal", "legal_hold", "deployed",
    "national_id_rule", "free_text_guarded", "lawfully_obtained", "obtained_from_others",
    "obtained_on", "persons_informed", "informed_on", "deletion_channel",
    "minimisation_mechanism", "accuracy_mechanism", "critical", "source_of_truth",
    "recomputable",
)  # fmt: skip
LISTS = ("subject_categories", "collected_in", "origins", "access_policies")


def fill_columns(
    actor: Actor, dataset: Dataset, data: DatasetInput, problems: Problems
) -> list[str]:
    """Lay what was given over the dataset's own columns; what was not given stays.

    A member at a browser decides; a manifest fills the rest and only proposes what differs from
    a decision. Answers those proposals in words.
    """
    wanted = _wanted(actor, data, problems)
    differing = [n for n, value in wanted.items() if getattr(dataset, n) != value]
    if actor.door == "web":
        dataset.decided = sorted({*dataset.decided, *differing})
        kept = []
    else:
        kept = [name for name in differing if name in dataset.decided]
    for name in differing:
        if name not in kept:
            setattr(dataset, name, wanted[name])
    return [f"{name.removesuffix('_id')} was decided otherwise, and stays" for name in kept]


def _wanted(actor: Actor, data: DatasetInput, problems: Problems) -> dict[str, Any]:
    """The columns that a document speaks of, with their values."""
    wanted = given(data, *PLAIN)
    for name, items in given(data, *LISTS).items():
        wanted |= {name: [item.strip() for item in items or ()], f"{name}_state": declared(items)}
    for name, model in (("entity", LegalEntity), ("system", System)):
        for key in given(data, name).values():
            row = refer(actor, model, key, name, problems)
            wanted[f"{name}_id"] = row and row.pk
    if data.subject_countries is not KEEP:
        wanted["subject_countries_state"] = declared(data.subject_countries)
    if data.sources is not KEEP:
        wanted["sources_state"] = declared(data.sources)
    return wanted


def declared(items: Sequence[Any] | None) -> Declared:
    """None was not asked, an empty list is declared none, anything else is complete."""
    if items is None:
        return Declared.NOT_ASKED
    return Declared.COMPLETE if items else Declared.NONE


def refer[M: Tenant](
    actor: Actor, model: type[M], key: str | None, path: str, problems: Problems
) -> M | None:
    """The row that a key names, as far as the actor sees; a near miss is named."""
    if key is None:
        return None
    row = visible(actor, model).filter(key=str(key).replace("\x00", "")).first()
    if row is None:
        keys = visible(actor, model).values_list("key", flat=True)[:2000]
        problems.known(key, path, list(keys), what=str(model._meta.verbose_name))
    return row


def write_countries(dataset: Dataset, countries: Iterable[SubjectCountryInput] | None) -> None:
    """Make the dataset's subject countries those given, touching only what differs."""
    wanted = {c.country: c for c in countries or ()}
    for row in dataset.subject_countries.all():
        said = wanted.pop(row.country, None)
        if said is None:
            row.delete()
        elif (row.offered, row.monitored) != (said.offered, said.monitored):
            row.offered, row.monitored = said.offered, said.monitored
            row.save()
    DatasetCountry.objects.bulk_create(
        DatasetCountry(
            organisation_id=dataset.organisation_id,
            dataset=dataset,
            country=c.country,
            offered=c.offered,
            monitored=c.monitored,
        )
        for c in wanted.values()
    )


def write_sources(
    actor: Actor, dataset: Dataset, sources: Sequence[LineageInput] | None, problems: Problems
) -> None:
    """Make the dataset's sources those given. A source must be there, and not be itself."""
    wanted: dict[int, LineageInput] = {}
    for i, said in enumerate(sources or ()):
        source = refer(actor, Dataset, said.source, f"lineage.{i}.source", problems)
        if source is not None and source.pk == dataset.pk:
            problems.add(f"lineage.{i}.source", "A dataset is not derived from itself.")
        if source is not None:
            wanted[source.pk] = said
    problems.refuse()
    for row in dataset.sources.all():
        kept = wanted.pop(row.source_id, None)
        if kept is None:
            row.delete()
        elif _lineage_values(kept) != {n: getattr(row, n) for n in _lineage_values(kept)}:
            _set(row, _lineage_values(kept))
            row.save()
    Lineage.objects.bulk_create(
        Lineage(
            organisation_id=dataset.organisation_id,
            dataset=dataset,
            source_id=pk,
            **_lineage_values(said),
        )
        for pk, said in wanted.items()
    )


def pick_fields(dataset: Dataset, names: Sequence[str]) -> list[Field]:
    """The dataset's fields of these names. Raises Invalid for names it does not have."""
    problems = Problems()
    if not names:
        problems.add("fields", "Choose at least one field.")
    rows = {f.name: f for f in dataset.fields.filter(retired_at=None)}
    for name in names:
        if name not in rows:
            problems.known(name, "fields", list(rows), what="field of this dataset")
    problems.refuse()
    return [rows[name] for name in dict.fromkeys(names)]


def _lineage_values(said: LineageInput) -> dict[str, Any]:
    return {
        "kind": LineageKind(said.kind),
        "key_held_by": said.key_held_by,
        "key_destroyed": said.key_destroyed,
        "test": said.test,
        "lawful": said.lawful,
    }


def _set(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
