"""Purposes: the list, a purpose with its grounds, periods and recipients, and its sheets."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.vocabulary import AssessmentKind, DataClass, PartyRole
from inventory.models import Activity, Dataset, Purpose
from inventory.services.access import Action, fetch, visible
from inventory.services.actors import Actor
from inventory.services.register_inputs import PurposeInput
from inventory.web import forms, registers, sheets
from inventory.web.page import screen
from inventory.web.periods import period_cells, said_period
from inventory.web.purpose_sheets import PURPOSES, TextForm, rows_offered
from inventory.web.registers import Cell, Section, day_said, fact_said, part
from inventory.web.words import basis_cited, country_name, regime_name, said


class NewPurposeForm(forms.SheetForm):
    """What a purpose cannot do without."""

    key = forms.key()
    name = forms.line(__("Name"), needed=True)
    text = forms.prose(__("Why, and what is done"))
    activity = forms.pick(__("Activity of the record"))


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    rows = visible(actor, Purpose).select_related("activity")
    rows = rows.prefetch_related("bases", "retention")
    return registers.browse(
        request,
        actor,
        PURPOSES,
        lead=_("Why data is held, on which grounds, and for how long."),
        heads=[_("Activity"), _("Legal bases"), _("Kept for")],
        cells=_cells,
        rows=rows,
    )


@screen("GET")
def show(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    purpose = fetch(actor, Purpose, key=key)
    sections = [
        _text(actor, purpose),
        _bases(actor, purpose),
        _periods(actor, purpose),
        _disclosures(actor, purpose),
        _assessments(actor, purpose),
        _uses(actor, purpose),
    ]
    return registers.show(request, actor, PURPOSES, purpose, sections=sections)


@screen("GET", "POST", needs=Action.EDIT)
def change(request: HttpRequest, actor: Actor, key: str, part: str) -> HttpResponse:
    return sheets.change(request, actor, PURPOSES, key, part)


@screen("GET", "POST", needs=Action.EDIT)
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    offers = {"activity": [forms.NOT_KNOWN, *rows_offered(actor, Activity)]}
    form = NewPurposeForm(forms.sent(request), offers=offers)
    return sheets.add(request, actor, PURPOSES, form, _document)


def _document(entered: dict[str, Any]) -> PurposeInput:
    return PurposeInput(name=entered["name"], text=entered["text"], activity=entered["activity"])


def _cells(purpose: Purpose) -> list[Cell]:
    activity = purpose.activity
    regimes = sorted({regime_name(basis.regime) for basis in purpose.bases.all()})
    periods = [said_period(one) for one in purpose.retention.all()]
    return [
        Cell(text=activity.name, url=reverse("activity-show", args=[activity.key]))
        if activity
        else Cell(text=_("Not said"), quiet=True),
        Cell(text=", ".join(regimes) or _("None recorded"), quiet=not regimes),
        Cell(text=" · ".join(periods[:3]) or _("Not set"), quiet=not periods),
    ]


def _text(actor: Actor, purpose: Purpose) -> Section:
    names = [name for name in TextForm.base_fields if name not in ("name", "text", "activity")]
    flags = [
        (str(TextForm.base_fields[name].label), _flag(getattr(purpose, name))) for name in names
    ]
    activity = purpose.activity.name if purpose.activity else ""
    facts = [(_("Why, and what is done"), purpose.text), (_("Activity of the record"), activity)]
    return part(actor, PURPOSES, purpose, "text", facts=[*facts, *flags])


def _flag(value: Any) -> str:
    return fact_said(value) if value is None or isinstance(value, bool) else str(value)


def _bases(actor: Actor, purpose: Purpose) -> Section:
    rows = [
        [
            Cell(text=basis_cited(basis.code)),
            Cell(text=regime_name(basis.regime)),
            Cell(text=said(DataClass, basis.data_class)),
            Cell(text=country_name(basis.country) if basis.country else "", quiet=True),
            Cell(text=_on_record(basis), quiet=True),
        ]
        for basis in purpose.bases.order_by("regime", "data_class", "pk")
    ]
    heads = [_("Legal basis"), _("Law"), _("For which data"), _("Only in"), _("On record")]
    return part(actor, PURPOSES, purpose, "bases", said=purpose.bases_state, heads=heads, rows=rows)


def _on_record(basis: Any) -> str:
    """What the basis needs and is there, in words."""
    words = {
        "consent_record": _("consents"),
        "consent_explicit": _("explicit"),
        "withdrawal_as_easy": _("easy withdrawal"),
        "parental_consent": _("parents"),
        "best_interest": _("best interest"),
    }
    there = [word for name, word in words.items() if getattr(basis, name)]
    if basis.balancing_test_on:
        there.append(_("balancing test of %(day)s") % {"day": day_said(basis.balancing_test_on)})
    return ", ".join([*([basis.law_reference] if basis.law_reference else []), *there])


def _periods(actor: Actor, purpose: Purpose) -> Section:
    heads = [
        _("Class of record"),
        _("Kept for"),
        _("Only in"),
        _("Who asks for it"),
        _("Afterwards"),
    ]
    rows = [
        period_cells(one) for one in purpose.retention.order_by("record_class", "country", "pk")
    ]
    return part(
        actor, PURPOSES, purpose, "retention", said=purpose.retention_state, heads=heads, rows=rows
    )


def _disclosures(actor: Actor, purpose: Purpose) -> Section:
    rows = [
        [
            Cell(text=one.party.name, url=reverse("party-show", args=[one.party.key])),
            Cell(text=said(PartyRole, one.role)),
            Cell(text=country_name(one.party.country) if one.party.country else _("Not said")),
            Cell(text=one.what_for, quiet=True),
        ]
        for one in purpose.disclosures.select_related("party").order_by("party__name", "pk")
    ]
    heads = [_("Recipient"), _("Acts as"), _("Country"), _("What for")]
    return part(
        actor,
        PURPOSES,
        purpose,
        "disclosures",
        said=purpose.disclosures_state,
        heads=heads,
        rows=rows,
    )


def _assessments(actor: Actor, purpose: Purpose) -> Section:
    rows = [
        [
            Cell(text=said(AssessmentKind, one.kind)),
            Cell(text=day_said(one.done_on) or _("Not done yet")),
            Cell(text=one.summary, quiet=True),
        ]
        for one in purpose.assessments.order_by("kind", "pk")
    ]
    heads = [_("Assessment"), _("Done on"), _("Summary")]
    return part(
        actor,
        PURPOSES,
        purpose,
        "assessments",
        said=purpose.assessments_state,
        heads=heads,
        rows=rows,
    )


def _uses(actor: Actor, purpose: Purpose) -> Section:
    used = visible(actor, Dataset).filter(
        retired_at=None, fields__retired_at=None, fields__uses__purpose=purpose
    )
    rows = [
        [Cell(text=name, url=reverse("dataset-show", args=[key]), key=key)]
        for key, name in used.order_by("name").values_list("key", "name").distinct()[:100]
    ]
    empty = _("No dataset is used for it.")
    return Section(title=_("Datasets used for it"), heads=[_("Dataset")], rows=rows, empty=empty)
