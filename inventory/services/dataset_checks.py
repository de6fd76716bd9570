"""What a dataset's document must be before anything is written: every problem, by field."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from inventory.law.vocabulary import (
    DatasetKind,
    Identifiability,
    LineageKind,
    Protection,
    SubjectCategory,
)
from inventory.services.inputs import KEEP, DatasetInput, FieldInput, given
from inventory.services.law import current_law
from inventory.services.validation import Problems

MOST_FIELDS = 5_000
MOST_POLICIES = 200
FLAGS = (
    "has_disposal_job", "legal_hold", "deployed", "free_text_guarded", "lawfully_obtained",
    "obtained_from_others", "persons_informed", "deletion_channel", "minimisation_mechanism",
    "accuracy_mechanism", "critical", "source_of_truth", "recomputable",
)  # fmt: skip
DAYS = ("oldest_record", "last_disposal", "obtained_on", "informed_on")
EARLIEST = date(1900, 1, 1)


def check_dataset(key: str, data: DatasetInput, problems: Problems, *, prefix: str = "") -> None:
    """Gather what is wrong with a document; references are looked up when they are written."""
    problems.key(key, f"{prefix}key")
    _check_words(data, problems, prefix)
    _check_countries(data, problems, prefix)
    _check_policies(data, problems, f"{prefix}access_policies")
    if data.fields is not KEEP:
        _check_fields(data.fields, problems, prefix)
    if data.sources is not KEEP:
        _check_lineage(data, problems, prefix)


def _check_words(data: DatasetInput, problems: Problems, prefix: str) -> None:
    for name, value in given(data, "name", "description", "clock_column").items():
        required = "Give the dataset a name." if name == "name" else ""
        clean = problems.text if name == "description" else problems.line
        clean(value, prefix + name, required=required)
    if data.kind not in (KEEP, None):
        problems.word(data.kind, f"{prefix}kind", DatasetKind, what="kind of dataset")
    if data.record_class not in (KEEP, None):
        classes = current_law().record_classes
        problems.known(data.record_class, f"{prefix}record_class", classes, what="record class")
    problems.count(given(data, "persons").get("persons"), f"{prefix}persons")
    for name, value in given(data, *FLAGS).items():
        problems.known_fact(value, prefix + name)
    for name, value in given(data, *DAYS).items():
        _check_day(value, prefix + name, problems)
    for name, value in given(data, "national_id_rule").items():
        if value is not None:
            problems.line(value, prefix + name)


def _check_day(value: object, path: str, problems: Problems) -> None:
    if value is None:
        return
    if not isinstance(value, date) or value < EARLIEST:
        problems.add(path, "This must be a day such as 2026-11-24, not before 1900.")


def _check_countries(data: DatasetInput, problems: Problems, prefix: str) -> None:
    countries = current_law().countries
    if data.subject_categories not in (KEEP, None):
        problems.codes(
            data.subject_categories,
            f"{prefix}subject_categories",
            [c.value for c in SubjectCategory],
            what="category of persons",
        )
    for name in ("collected_in", "origins"):
        value = getattr(data, name)
        if value is not KEEP and value is not None:
            problems.codes(value, prefix + name, countries, what="country")
    if data.subject_countries is KEEP or data.subject_countries is None:
        return
    for i, said in enumerate(data.subject_countries):
        path = f"{prefix}subject_countries.{i}"
        problems.known(said.country, f"{path}.country", countries, what="country")
        problems.known_fact(said.offered, f"{path}.offered")
        problems.known_fact(said.monitored, f"{path}.monitored")
    _check_once([c.country for c in data.subject_countries], prefix + "subject_countries", problems)


def _check_policies(data: DatasetInput, problems: Problems, path: str) -> None:
    if data.access_policies is KEEP or data.access_policies is None:
        return
    if len(data.access_policies) > MOST_POLICIES:
        problems.add(path, f"At most {MOST_POLICIES} policies fit.")
        return
    for i, name in enumerate(data.access_policies):
        problems.line(name, f"{path}.{i}", required="A policy needs a name.", most=200)
    _check_once(data.access_policies, path, problems, part="")


def _check_fields(fields: Sequence[FieldInput], problems: Problems, prefix: str) -> None:
    if len(fields) > MOST_FIELDS:
        problems.add(f"{prefix}fields", f"{len(fields):,} fields; at most {MOST_FIELDS:,} fit.")
        return
    for i, field in enumerate(fields):
        _check_field(field, f"{prefix}fields.{i}", problems)
    _check_once([f.name for f in fields], f"{prefix}fields", problems, part="name")


def _check_field(field: FieldInput, path: str, problems: Problems) -> None:
    problems.line(field.name, f"{path}.name", required="A field needs a name.")
    problems.line(field.type, f"{path}.type", most=200)
    problems.text(field.comment, f"{path}.comment")
    if field.category is not None:
        categories = current_law().categories
        problems.known(field.category, f"{path}.category", categories, what="data category")
    if field.identifiability is not None:
        problems.word(
            field.identifiability,
            f"{path}.identifiability",
            Identifiability,
            what="identifiability",
        )
    if field.protection not in (KEEP, None):
        problems.word(field.protection, f"{path}.protection", Protection, what="protection")
    if field.mandatory is not KEEP:
        problems.known_fact(field.mandatory, f"{path}.mandatory")
    if field.flagged is not KEEP:
        problems.known_fact(field.flagged, f"{path}.flagged")


def _check_once(
    names: Sequence[str], path: str, problems: Problems, *, part: str = "country"
) -> None:
    """Each name once: the second one is named by its place."""
    seen: Counter[str] = Counter()
    for i, name in enumerate(names):
        seen[name] += 1
        if seen[name] > 1:
            problems.add(f"{path}.{i}.{part}".rstrip("."), f"“{name[:80]}” is there already.")


def _check_lineage(data: DatasetInput, problems: Problems, prefix: str) -> None:
    if data.sources is KEEP or data.sources is None:
        return
    for i, line in enumerate(data.sources):
        path = f"{prefix}lineage.{i}"
        problems.word(line.kind, f"{path}.kind", LineageKind, what="kind of derivation")
        problems.known_fact(line.key_destroyed, f"{path}.key_destroyed")
        problems.known_fact(line.lawful, f"{path}.lawful")
        for name in ("key_held_by", "test"):
            if getattr(line, name) is not None:
                problems.text(getattr(line, name), f"{path}.{name}", most=300)
    _check_once([s.source for s in data.sources], f"{prefix}lineage", problems, part="source")
