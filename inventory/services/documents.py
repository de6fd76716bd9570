"""A row as the document that doors show and engineers send: null is *not asked*, [] is none."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch

from inventory.law.vocabulary import Declared
from inventory.models import Dataset, Field, FieldUse, System

SYSTEM_FACTS = (
    "key", "name", "description", "kind", "encrypted_at_rest", "encrypted_in_transit",
    "access_controlled", "access_policy", "access_logged", "access_log_months",
    "reachable_from_outside", "backed_up", "backup_cycle", "backup_retention",
)  # fmt: skip
DATASET_FACTS = (
    "key", "name", "description", "kind", "persons", "record_class", "clock_column",
    "has_disposal_job", "oldest_record", "last_disposal", "legal_hold", "deployed",
    "national_id_rule", "free_text_guarded", "lawfully_obtained", "obtained_from_others",
    "obtained_on", "persons_informed", "informed_on", "deletion_channel",
    "minimisation_mechanism", "accuracy_mechanism", "critical", "source_of_truth",
    "recomputable",
)  # fmt: skip
FIELD_FACTS = (
    "name", "type", "comment", "category", "proposed_category", "identifiability",
    "proposed_identifiability", "protection", "mandatory", "flagged",
)  # fmt: skip


def dataset_document(dataset: Dataset) -> dict[str, Any]:
    """The whole document of a dataset: fields, uses, lineage and storage."""
    return {
        **{name: getattr(dataset, name) for name in DATASET_FACTS},
        "entity": dataset.entity.key if dataset.entity else None,
        "system": dataset.system.key if dataset.system else None,
        "subject_categories": listed(dataset, "subject_categories"),
        "subject_countries": _stated(
            dataset.subject_countries_state,
            (
                {"country": c.country, "offered": c.offered, "monitored": c.monitored}
                for c in sorted(dataset.subject_countries.all(), key=lambda c: c.country)
            ),
        ),
        "collected_in": listed(dataset, "collected_in"),
        "origins": listed(dataset, "origins"),
        "access_policies": listed(dataset, "access_policies"),
        "lineage": _stated(dataset.sources_state, (_lineage(line) for line in _sources(dataset))),
        "fields": [_field_document(field) for field in live_fields(dataset)],
        "retired": dataset.retired_at is not None,
    }


def system_document(system: System) -> dict[str, Any]:
    """The whole document of a system with its locations."""
    return {
        **{name: getattr(system, name) for name in SYSTEM_FACTS},
        "provider": system.provider.key if system.provider else None,
        "locations": _stated(
            system.locations_state,
            (
                {"role": place.role, "country": place.country}
                for place in sorted(system.locations.all(), key=lambda p: (p.role, p.country))
            ),
        ),
        "retired": system.retired_at is not None,
    }


def live_fields(dataset: Dataset) -> list[Field]:
    """The dataset's present fields in order, with their uses, in two queries."""
    uses = FieldUse.objects.select_related("purpose", "justification").order_by("purpose__key")
    fields = dataset.fields.filter(retired_at=None).order_by("position", "pk")
    return list(fields.prefetch_related(Prefetch("uses", queryset=uses)))


def listed(row: Any, name: str) -> list[str] | None:
    """A code list with its declared state: None where nobody has said."""
    return _stated(getattr(row, f"{name}_state"), getattr(row, name))


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[tuple[str, Any, Any], ...]:
    """(path, before, after) for each leaf that differs; fields are told apart by name."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    paths = dict.fromkeys([*old, *new])
    return tuple(
        (path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path)
    )


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for inner in value:
            yield from _leaves(inner, f"{path}.{next(iter(inner.values()))}")
    else:
        yield path, value


def _stated[T](state: str, items: Iterable[T]) -> list[T] | None:
    return None if state == Declared.NOT_ASKED else list(items)


def _sources(dataset: Dataset) -> list[Any]:
    return list(dataset.sources.select_related("source").order_by("source__key"))


def _lineage(line: Any) -> dict[str, Any]:
    return {
        "source": line.source.key,
        "kind": line.kind,
        "key_held_by": line.key_held_by,
        "key_destroyed": line.key_destroyed,
        "test": line.test,
        "lawful": line.lawful,
    }


def _field_document(field: Field) -> dict[str, Any]:
    return {
        **{name: getattr(field, name) for name in FIELD_FACTS},
        "uses": [
            {
                "purpose": use.purpose.key,
                "proposed": use.proposed,
                "justification": use.justification.state if use.justification else None,
            }
            for use in field.uses.all()
        ],
    }
