"""The panel beside a dataset's fields: what a selection is asked, as a form that works anywhere.

Opening one writes nothing; `field-justify`, `field-decide` and `field-use` take what is sent.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inventory.law.vocabulary import Identifiability, Protection
from inventory.models import Dataset, Field, FieldUse, LegalBasis, Purpose
from inventory.services.access import Action, may, visible
from inventory.services.actors import Actor
from inventory.services.fields import FieldDecision
from inventory.services.inputs import KEEP
from inventory.services.law import current_law
from inventory.web import words
from inventory.web.answers import UNKNOWN

UNSAID = ("", UNKNOWN)
LEAVE = ("-", gettext_lazy("Leave as it is"))
MOST = 2_000
ANSWERS: Mapping[Any, str] = {True: "yes", False: "no", None: ""}
URLS = {  # what a panel asks, and which address takes the answer
    "justify": "field-justify",
    "category": "field-decide",
    "purpose": "field-use",
    "accept": "field-accept",
}
NEEDED = {"required": gettext_lazy("This is needed.")}


class JustifyForm(forms.Form):
    """Why a purpose cannot do without some fields."""

    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), error_messages=NEEDED)
    reason = forms.CharField(
        label=gettext_lazy("Why can this purpose not do without them?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Write why this purpose cannot do without these fields.")
        },
    )
    alternatives = forms.CharField(
        label=gettext_lazy("What else was considered?"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purpose_choices(actor)  # type: ignore[attr-defined]


SAID: Mapping[Any, bool] = {"yes": True, "no": False}
YES_OR_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class DecideForm(forms.Form):
    """What is decided of some fields; "leave" keeps each as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted((words.category_name(code), code) for code in current_law().categories)
        for name, label, offered in (
            ("category", _("Data category"), [(code, title) for title, code in known]),
            ("identifiability", _("Identifies a person"), words.choices(Identifiability)),
            ("protection", _("How it is protected"), words.choices(Protection)),
            ("mandatory", _("Must people give it?"), YES_OR_NO),
            ("flagged", _("Is it marked as sensitive where it is kept?"), YES_OR_NO),
        ):
            self.fields[name] = forms.ChoiceField(label=label, choices=[LEAVE, UNSAID, *offered])
            self.fields[name].required = False

    def decision(self) -> FieldDecision:
        said = {name: self._said(name) for name in self.fields}
        for name in ("mandatory", "flagged"):
            said[name] = SAID.get(said[name], said[name])
        return FieldDecision(**said)

    def _said(self, name: str) -> Any:
        value = self.cleaned_data[name] if name in self.data else LEAVE[0]
        return KEEP if value == LEAVE[0] else value or None


class UseForm(forms.Form):
    """A purpose uses some fields, or no longer."""

    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), error_messages=NEEDED)
    used = forms.ChoiceField(
        label=gettext_lazy("These fields"),
        choices=[("yes", gettext_lazy("serve it")), ("no", gettext_lazy("do not serve it"))],
        initial="yes",
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purpose_choices(actor)  # type: ignore[attr-defined]


def open_panel(request: HttpRequest, actor: Actor, dataset: Dataset) -> dict[str, Any] | None:
    """The panel that an address or a sent selection asks for; None where none is."""
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("act", "")
    if kind not in URLS or not may(actor, Action.EDIT):
        return None
    names = chosen_names(request)
    if not names:
        return {"kind": "nothing", "names": []}
    fields = list(dataset.fields.filter(name__in=names, retired_at=None).order_by("position"))
    names = [field.name for field in fields]
    if not names:
        return {"kind": "nothing", "names": []}
    purpose = _shared_purpose(fields)
    form: forms.Form
    if kind == "justify":
        form = JustifyForm(actor, initial={"purpose": purpose and purpose.key})
        return justify_panel(dataset, names, form, purpose=purpose)
    if kind == "purpose":
        return panel("purpose", dataset, names, UseForm(actor))
    if kind == "accept":
        return panel("accept", dataset, names, forms.Form())
    panel_ = panel("category", dataset, names, DecideForm(initial=_present(fields)))
    return panel_ | {"suggested": _suggested(fields)}


def panel(kind: str, dataset: Dataset, names: Sequence[str], form: forms.Form) -> dict[str, Any]:
    """A panel of a form for these fields."""
    n = len(names)
    titles = {
        "category": ngettext("Describe 1 field", "Describe %(n)d fields", n),
        "purpose": ngettext("Purpose of 1 field", "Purpose of %(n)d fields", n),
        "accept": ngettext(
            "Accept what is proposed for 1 field", "Accept what is proposed for %(n)d fields", n
        ),
        "justify": "",
    }
    return {
        "kind": kind,
        "title": titles[kind] % {"n": n} if n != 1 else titles[kind],
        "names": list(names),
        "hidden": [("version", str(dataset.version)), *(("field", name) for name in names)],
        "form": form,
        "url": reverse(URLS[kind], args=[dataset.key]),
    }


def justify_panel(
    dataset: Dataset,
    names: Sequence[str],
    form: forms.Form,
    *,
    purpose: Purpose | None = None,
) -> dict[str, Any]:
    """The panel in which fields are justified, as `_parts/justify.html` takes it."""
    made = panel("justify", dataset, names, form)
    said = form.data.get("reason", "") if form.is_bound else ""
    return made | {
        "field_ids": made["hidden"][1:],
        "basis": _basis(purpose) if purpose else "",
        "missed": missed(said, names),
    }


def missed(text: str, names: Sequence[str]) -> list[str]:
    """The fields that one text for several does not name."""
    if len(names) < 2 or not text.strip():
        return []
    return [name for name in names if name.casefold() not in text.casefold()]


def chosen_names(request: HttpRequest) -> list[str]:
    """The fields that were ticked; what can be no name is left out."""
    asked = request.POST if request.method == "POST" else request.GET
    return [name for name in asked.getlist("field") if name and "\x00" not in name][:MOST]


def purpose_choices(actor: Actor) -> list[tuple[str, str]]:
    rows = visible(actor, Purpose).filter(retired_at=None).order_by("name")
    return [("", _("Choose one")), *rows.values_list("key", "name")]


def _shared_purpose(fields: Sequence[Field]) -> Purpose | None:
    """The purpose that all of them serve, where there is just one."""
    uses = FieldUse.objects.filter(field__in=fields).select_related("purpose")
    by_field: dict[int, set[Purpose]] = {field.pk: set() for field in fields}
    for use in uses:
        by_field[use.field_id].add(use.purpose)
    shared = set.intersection(*by_field.values())
    return shared.pop() if len(shared) == 1 else None


def _basis(purpose: Purpose) -> str:
    rows = LegalBasis.objects.filter(purpose=purpose).order_by("regime", "data_class")
    said = [f"{words.regime_name(row.regime)}: {words.basis_name(row.code)}" for row in rows[:6]]
    return _("Basis: %(bases)s") % {"bases": "; ".join(said)} if said else _("No basis yet")


def _present(fields: Sequence[Field]) -> Mapping[str, str]:
    """What one field says now; of several, only what they have in common."""
    held: dict[str, Any] = {}
    for name in ("category", "identifiability", "protection", "mandatory", "flagged"):
        said = {getattr(field, name) for field in fields}
        value = said.pop() if len(said) == 1 else LEAVE[0]
        held[name] = ANSWERS.get(value, value)
    return held


def present_words(dataset: Dataset, names: Sequence[str]) -> list[tuple[str, str]]:
    """What stands of these fields now, for somebody who was overtaken."""
    rows = dataset.fields.filter(name__in=names, retired_at=None).order_by("position")
    return [
        (
            row.name,
            ", ".join(
                part or _("not said")
                for part in (
                    words.category_name(row.category),
                    words.said(Identifiability, row.identifiability),
                )
            ),
        )
        for row in rows[:20]
    ]


def _suggested(fields: Sequence[Field]) -> str:
    codes = {field.proposed_category for field in fields if field.proposed_category}
    return words.category_name(codes.pop()) if len(codes) == 1 else ""
