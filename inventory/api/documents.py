"""The documents of the API: what they hold, read strictly. An unknown key is named, with what
was likely meant; what only the register decides is shown, and ignored when sent back."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from inventory.api.views import document
from inventory.law.vocabulary import (
    DatasetKind,
    Identifiability,
    LineageKind,
    LocationRole,
    Protection,
    SystemKind,
)
from inventory.services.inputs import (
    KEEP,
    DatasetInput,
    FieldInput,
    LineageInput,
    LocationInput,
    SubjectCountryInput,
    SystemInput,
)


class StrictSerializer(serializers.Serializer):
    """A serializer that refuses keys it does not know."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = [str(name) for name in data if name not in self.fields]
            if unknown:
                raise serializers.ValidationError({n: self._unknown(n) for n in unknown[:20]})
        return super().to_internal_value(data)

    def _unknown(self, name: str) -> str:
        near = get_close_matches(name[:80], list(self.fields), n=1)
        return "There is no such key." + (f" Did you mean {near[0]}?" if near else "")


class StrictBoolean(serializers.BooleanField):
    """true, false or null: a word such as "yes" is not guessed at."""

    def to_internal_value(self, data: Any) -> bool:
        if isinstance(data, bool):
            return data
        raise serializers.ValidationError("This must be true, false or null.")


class StrictInteger(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            raise serializers.ValidationError("This must be a whole number.")
        return int(super().to_internal_value(data))


class StrictText(serializers.Field):
    """Text as it came: services say what cannot be kept, and why."""

    def __init__(self, **options: Any) -> None:
        self.words: list[str] = options.pop("words", [])
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, str):
            return data
        raise serializers.ValidationError("This must be text.")

    def to_representation(self, value: Any) -> Any:
        return value


def fact() -> StrictBoolean:
    return StrictBoolean(required=False, allow_null=True)


def text(**options: Any) -> StrictText:
    return StrictText(**{"required": False, **options})


def codes() -> serializers.ListField:
    return serializers.ListField(
        child=StrictText(), required=False, allow_null=True, max_length=500,
        help_text="null: not asked; []: declared none",
    )  # fmt: skip


class UseDocument(serializers.Serializer):
    purpose = serializers.CharField()
    proposed = serializers.BooleanField()
    justification = serializers.CharField(allow_null=True)


class FieldDocument(StrictSerializer):
    """A column. `category` and `purposes` are proposals until somebody decides them."""

    name = StrictText()
    type = text()
    comment = text()
    category = text(allow_null=True)
    identifiability = text(allow_null=True, words=[w.value for w in Identifiability])
    protection = text(allow_null=True, words=[w.value for w in Protection])
    mandatory = fact()
    flagged = fact()
    purposes = serializers.ListField(child=StrictText(), required=False, max_length=100)
    proposed_category = serializers.CharField(read_only=True, allow_null=True)
    proposed_identifiability = serializers.CharField(read_only=True, allow_null=True)
    uses = UseDocument(many=True, read_only=True)


class CountryDocument(StrictSerializer):
    country = StrictText()
    offered = fact()
    monitored = fact()


class LineageDocument(StrictSerializer):
    source = StrictText(help_text="its dataset's key")  # type: ignore[assignment]
    kind = StrictText(words=[w.value for w in LineageKind])
    key_held_by = text(allow_null=True)
    key_destroyed = fact()
    test = text(allow_null=True)
    lawful = fact()


class CitationDocument(serializers.Serializer):
    instrument = serializers.CharField()
    article = serializers.CharField()
    url = serializers.CharField(allow_null=True)


class SubjectDocument(serializers.Serializer):
    kind = serializers.CharField()
    id = serializers.CharField()
    name = serializers.CharField()


class FactDocument(serializers.Serializer):
    """A fact that was read; what nobody has said reads “not said”."""

    name = serializers.CharField()
    value = serializers.CharField()


class RulingLine(serializers.Serializer):
    """What the organisation's counsel said of the check, or of a value that it read."""

    id = serializers.IntegerField()
    act = serializers.CharField()
    author = serializers.CharField()
    made_on = serializers.DateField()
    reason = serializers.CharField()
    words = serializers.CharField()


class FindingDocument(serializers.Serializer):
    """What one check says of one subject in one place, with its citation and remedy."""

    id = serializers.IntegerField()
    check = serializers.CharField()
    status = serializers.CharField()
    severity = serializers.CharField()
    regime = serializers.CharField()
    place = serializers.CharField()
    countries = serializers.ListField(child=serializers.CharField())
    subject = SubjectDocument()
    title = serializers.CharField()
    remedy = serializers.CharField()
    question = serializers.CharField()
    facts = FactDocument(many=True)
    answer = serializers.CharField()
    note = serializers.CharField()
    citations = CitationDocument(many=True)
    mark = serializers.CharField(help_text="how well the law was read; no lawyer reviewed it")
    rulings = RulingLine(many=True)
    fields = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]
    since = serializers.DateTimeField()


class VerdictDocument(serializers.Serializer):
    """One check's verdict on one thing, judged now: met, not applicable and not evaluated too."""

    check = serializers.CharField()
    status = serializers.CharField()
    regime = serializers.CharField()
    place = serializers.CharField()
    subject = serializers.CharField()
    title = serializers.CharField(help_text="what is wrong where it is not met")
    question = serializers.CharField()
    facts = FactDocument(many=True)
    answer = serializers.CharField()
    remedy = serializers.CharField(allow_blank=True)
    citations = CitationDocument(many=True)
    mark = serializers.CharField(help_text="how well the law was read; no lawyer reviewed it")
    fields = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]
    until = serializers.DateField(allow_null=True, help_text="when time alone may change it")


class ChangeDocument(serializers.Serializer):
    path = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class AnsweredDocument(StrictSerializer):
    """What every answer adds to the document; all of it is ignored when sent back."""

    findings = FindingDocument(many=True, read_only=True)
    closed = FindingDocument(many=True, read_only=True, help_text="findings this change ended")
    changes = ChangeDocument(many=True, read_only=True)
    proposals = serializers.ListField(child=serializers.CharField(), read_only=True)
    created = serializers.BooleanField(read_only=True)
    dry_run = serializers.BooleanField(read_only=True)


class DatasetDocument(AnsweredDocument):
    """A dataset: fields, uses, lineage and storage in one document."""

    key = serializers.CharField(read_only=True)
    name = text()
    description = text()
    kind = text(allow_null=True, words=[w.value for w in DatasetKind])
    entity = text(allow_null=True, help_text="key of the legal entity that holds it")
    system = text(allow_null=True, help_text="key of the system it is stored in")
    subject_categories = codes()
    subject_countries = CountryDocument(many=True, required=False, allow_null=True)
    collected_in = codes()
    origins = codes()
    lineage = LineageDocument(many=True, required=False, allow_null=True)
    persons = StrictInteger(required=False, allow_null=True, min_value=0)
    record_class = text(allow_null=True)
    clock_column = text()
    has_disposal_job = fact()
    oldest_record = serializers.DateField(required=False, allow_null=True)
    last_disposal = serializers.DateField(required=False, allow_null=True)
    legal_hold = fact()
    deployed = fact()
    national_id_rule = text(allow_null=True)
    free_text_guarded = fact()
    lawfully_obtained = fact()
    obtained_from_others = fact()
    obtained_on = serializers.DateField(required=False, allow_null=True)
    persons_informed = fact()
    informed_on = serializers.DateField(required=False, allow_null=True)
    deletion_channel = fact()
    minimisation_mechanism = fact()
    accuracy_mechanism = fact()
    critical = StrictBoolean(
        required=False, allow_null=True, help_text="its loss would harm or stop somebody"
    )
    source_of_truth = StrictBoolean(
        required=False, allow_null=True, help_text="right where copies of it disagree"
    )
    recomputable = StrictBoolean(
        required=False, allow_null=True, help_text="can be made anew from its sources"
    )
    access_policies = serializers.ListField(
        child=StrictText(), required=False, allow_null=True, max_length=200,
        help_text="roles, groups or policies that open it; null: not asked; []: declared none",
    )  # fmt: skip
    fields = FieldDocument(many=True, required=False)  # type: ignore[assignment]
    retired = serializers.BooleanField(read_only=True)


class LocationDocument(StrictSerializer):
    role = StrictText(words=[w.value for w in LocationRole])
    country = StrictText()


class SystemDocument(AnsweredDocument):
    """A system: where data lives, and what protects it there."""

    key = serializers.CharField(read_only=True)
    name = text()
    description = text()
    kind = text(words=[w.value for w in SystemKind])
    provider = text(allow_null=True, help_text="key of a party")
    encrypted_at_rest = fact()
    encrypted_in_transit = fact()
    access_controlled = fact()
    access_policy = text()
    access_logged = fact()
    access_log_months = StrictInteger(required=False, allow_null=True, min_value=0)
    reachable_from_outside = fact()
    backed_up = fact()
    backup_cycle = text()
    backup_retention = text(
        allow_null=True, help_text="how long a backup is kept: P35D, or words such as 35 days"
    )
    locations = LocationDocument(many=True, required=False, allow_null=True)
    retired = serializers.BooleanField(read_only=True)


def read_document(kind: type[StrictSerializer], request: Request) -> dict[str, Any]:
    """What was sent, read strictly. Raises ValidationError by field."""
    sent = kind(data=document(request))
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def dataset_input(data: Mapping[str, Any]) -> DatasetInput:
    """A checked document as the service's input: absent stays absent, null stays null."""
    values = dict(data)
    if "lineage" in values:
        values["sources"] = _many(LineageInput, values.pop("lineage"))
    if "subject_countries" in values:
        values["subject_countries"] = _many(SubjectCountryInput, values["subject_countries"])
    for name in ("subject_categories", "collected_in", "origins", "access_policies"):
        if values.get(name) is not None:
            values[name] = tuple(values[name])
    if "fields" in values:
        values["fields"] = tuple(_field_input(field) for field in values["fields"])
    return DatasetInput(**values)


def system_input(data: Mapping[str, Any]) -> SystemInput:
    values = dict(data)
    if "locations" in values:
        values["locations"] = _many(LocationInput, values["locations"])
    return SystemInput(**values)


def _field_input(data: Mapping[str, Any]) -> FieldInput:
    purposes = data.get("purposes", KEEP)
    values = {**data, "purposes": purposes if purposes is KEEP else tuple(purposes)}
    return FieldInput(**values)


def _many[T](kind: type[T], items: list[Mapping[str, Any]] | None) -> tuple[T, ...] | None:
    return None if items is None else tuple(kind(**item) for item in items)
