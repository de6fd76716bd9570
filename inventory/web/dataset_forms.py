"""The forms by which a person says what a dataset is."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.law.vocabulary import DatasetKind, SubjectCategory
from inventory.models import Dataset, LegalEntity, System
from inventory.services.access import visible
from inventory.services.actors import Actor
from inventory.services.documents import dataset_document
from inventory.services.inputs import DatasetInput, FieldInput, SubjectCountryInput
from inventory.services.law import current_law
from inventory.services.validation import LARGEST_COUNT
from inventory.web import words
from inventory.web.answers import UNKNOWN, Countries, Names, SomeOf
from inventory.web.forms import day, fact, line, number, pick, prose, word

LONGEST = 20_000
FURTHER = (
    "lawfully_obtained", "obtained_from_others", "obtained_on", "persons_informed", "informed_on",
    "free_text_guarded", "deletion_channel", "minimisation_mechanism", "accuracy_mechanism",
    "deployed", "critical", "source_of_truth", "recomputable", "access_policies",
)  # fmt: skip


class DatasetForm(forms.Form):
    """What is said of a dataset; `version` is the one that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    description = prose(gettext_lazy("What it is"))

    def __init__(
        self, actor: Actor, data: Any = None, *, dataset: Dataset | None = None, **options: Any
    ) -> None:
        self.dataset = dataset
        initial = _initial(dataset) if dataset else {}
        super().__init__(data, initial=initial, **options)
        self.fields |= _facts(actor)
        self.fields |= dict(self._targeting())

    def document(self) -> DatasetInput:
        """The document as services take it."""
        said = self.cleaned_data
        plain = ("name", "description", "kind", "entity", "system", "subject_categories",
                 "collected_in", "persons", "record_class", "clock_column", "has_disposal_job",
                 "oldest_record", "last_disposal", "legal_hold", *FURTHER)  # fmt: skip
        countries = said["subject_countries"]
        return DatasetInput(
            **{name: said[name] for name in plain},
            national_id_rule=said["national_id_rule"] or None,
            subject_countries=countries and tuple(self._country(code) for code in countries),
        )

    def differences(self) -> list[tuple[str, Any]]:
        """What stands now where it is not what was typed: label and value, for a person."""
        if self.dataset is None:
            return []
        self.dataset.refresh_from_db()
        now = _initial(self.dataset)
        return [
            (str(self.fields[name].label), self.fields[name].prepare_value(now.get(name)))
            for name in self.fields
            if name != "version" and _plain(now.get(name)) != _plain(self.cleaned_data.get(name))
        ]

    def renew(self, version: int) -> None:
        """Carry the version that is there now: whoever sends again has seen it."""
        sent: Any = self.data
        again = sent.copy()
        again["version"] = str(version)
        self.data = again

    def _targeting(self) -> Iterator[tuple[str, forms.Field]]:
        """For each country that is known of: is something offered there, are people watched?"""
        rows = self.dataset.subject_countries.order_by("country") if self.dataset else ()
        for row in rows:
            name = {"country": words.country_name(row.country)}
            offered, watched = (
                _("Offered to people in %(country)s"),
                _("Watches people in %(country)s"),
            )
            yield f"offered_{row.country}", _answered(offered % name, row.offered)
            yield f"monitored_{row.country}", _answered(watched % name, row.monitored)

    def _country(self, code: str) -> SubjectCountryInput:
        return SubjectCountryInput(
            country=code,
            offered=self.cleaned_data.get(f"offered_{code}"),
            monitored=self.cleaned_data.get(f"monitored_{code}"),
        )


class NewDatasetForm(DatasetForm):
    """The same for one that is not there yet, with its key and fields."""

    key = forms.RegexField(
        label=gettext_lazy("Key"),
        regex=r"^[a-z0-9][a-z0-9_.-]{0,199}\Z",
        max_length=200,
        help_text=gettext_lazy("How engineers call it, such as crm.contacts. It never changes."),
        error_messages={
            "invalid": gettext_lazy(
                "A key has lower-case letters, digits, dots, hyphens or underscores, and starts"
                " with a letter or digit."
            )
        },
    )
    columns = forms.CharField(
        label=gettext_lazy("Fields"),
        max_length=LONGEST * 10,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy("One a line: name, then its type, such as “email text”."),
    )
    field_order = ("key", "name", "description", "columns")

    def __init__(self, actor: Actor, data: Any = None, **options: Any) -> None:
        self.actor = actor
        super().__init__(actor, data, **options)
        del self.fields["version"]
        self.order_fields(self.field_order)

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if visible(self.actor, Dataset).filter(key=key).exists():
            raise ValidationError(_("There is a dataset “%(key)s” already.") % {"key": key})
        return key

    def clean_columns(self) -> tuple[FieldInput, ...]:
        lines = [line.split(None, 1) for line in self.cleaned_data["columns"].splitlines()]
        return tuple(FieldInput(name=w[0], type=" ".join(w[1:]).strip()) for w in lines if w)

    def document(self) -> DatasetInput:
        said = super().document()
        columns = self.cleaned_data["columns"]
        return said if not columns else DatasetInput(
            **{n: getattr(said, n) for n in said.__slots__ if n != "fields"}, fields=columns
        )  # fmt: skip


def _facts(actor: Actor) -> dict[str, forms.Field]:
    """The facts that may be unknown, in the order in which people ask for them."""
    classes = [(code, words.record_class_name(code)) for code in current_law().record_classes]
    return {
        "kind": word(DatasetKind, _("Kind")),
        "entity": _offered(_("Company that decides"), _keys(actor, LegalEntity)),
        "system": _offered(_("System it lives in"), _keys(actor, System)),
        "persons": number(_("About how many people"), most=LARGEST_COUNT),
        "subject_categories": SomeOf(
            words.choices(SubjectCategory), none=_("Nobody: it holds no personal data"),
            label=_("About whom"),
        ),
        "subject_countries": Countries(label=_("Where these people are")),
        "collected_in": Countries(label=_("Where they were when it was collected")),
        "record_class": _offered(_("What a record is, for retention law"), classes),
        "clock_column": line(_("Column that tells a row's age")),
        "has_disposal_job": fact(_("Does a job dispose of old rows?")),
        "oldest_record": day(_("Oldest record")),
        "last_disposal": day(_("Last disposal")),
        "legal_hold": fact(_("Is it on legal hold?")),
        "lawfully_obtained": fact(_("Was it created and collected lawfully?")),
        "obtained_from_others": fact(_("Did it come from others than the people themselves?")),
        "obtained_on": day(_("Obtained on")),
        "persons_informed": fact(_("Were the people told, or is an exception recorded?")),
        "informed_on": day(_("Told on")),
        "free_text_guarded": fact(_("Is free text guided and scanned?")),
        "national_id_rule": line(_("National rule on the identifiers in it")),
        "deletion_channel": fact(_("Is there a channel to ask for deletion?")),
        "minimisation_mechanism": fact(_("Does something find what is no longer needed?")),
        "accuracy_mechanism": fact(_("Does something keep it accurate?")),
        "deployed": fact(_("If it is a model: is it in use?")),
        "critical": fact(
            _("Is it critical?"), _("Yes where its loss would stop or harm somebody.")
        ),
        "source_of_truth": fact(
            _("Is it a source of truth?"),
            _("Yes where this dataset is right and copies of it that differ are wrong."),
        ),
        "recomputable": fact(
            _("Can it be computed again?"),
            _("Yes where the program that made it and its sources are kept."),
        ),
        "access_policies": Names(
            label=_("What opens it"),
            hint=_("The roles, groups or policies that give access, as your systems call them."),
        ),
    }  # fmt: skip


def _answered(label: str, known: bool | None) -> forms.Field:
    field = fact(label)
    field.initial = known
    return field


def _offered(label: str, offered: list[tuple[str, str]]) -> forms.Field:
    field = pick(label)
    field.choices = [("", UNKNOWN), *offered]
    return field


def _keys(actor: Actor, model: type[LegalEntity] | type[System]) -> list[tuple[str, str]]:
    rows = visible(actor, model).filter(retired_at=None).order_by("name")
    return list(rows.values_list("key", "name"))


def _initial(dataset: Dataset) -> dict[str, Any]:
    """What the register holds, as the form's fields take it."""
    document = dataset_document(dataset)
    lists = ("subject_categories", "collected_in", "access_policies")
    said = {name: _tuple(document[name]) for name in lists}
    countries = document["subject_countries"]
    return {
        **document,
        **said,
        "subject_countries": None if countries is None else tuple(c["country"] for c in countries),
        "version": dataset.version,
    }


def _tuple(items: list[str] | None) -> tuple[str, ...] | None:
    return None if items is None else tuple(items)


def _plain(value: Any) -> Any:
    return value or None if not isinstance(value, (bool, tuple)) else value
