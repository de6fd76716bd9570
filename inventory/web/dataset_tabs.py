"""The other pages of a dataset: what it serves, how long it is kept, who gets it, where it comes
from and goes, and what happened to it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.law.vocabulary import (
    DataClass,
    Declared,
    Disposal,
    JustificationState,
    LineageKind,
    PartyRole,
    RetentionAuthority,
)
from inventory.models import (
    Dataset,
    Disclosure,
    FieldUse,
    LegalBasis,
    Lineage,
    Purpose,
    RetentionPeriod,
)
from inventory.services import history
from inventory.services.actors import Actor
from inventory.web import words
from inventory.web.dataset_page import frame, open_dataset
from inventory.web.drawing import draw_lineage
from inventory.web.events import event_lines
from inventory.web.page import page, screen
from inventory.web.periods import said_period


@screen("GET")
def purposes(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The purposes that use its fields, with their grounds."""
    dataset = open_dataset(actor, key)
    found = _purposes(dataset)
    uses = defaultdict(list)
    for use in _uses(dataset).select_related("field", "justification"):
        uses[use.purpose_id].append(use)
    bases = defaultdict(list)
    for basis in LegalBasis.objects.filter(purpose__in=found).order_by("regime", "data_class"):
        bases[basis.purpose_id].append(basis)
    context = {
        **frame(request, actor, dataset, "dataset-purposes"),
        "rows": [_purpose_row(p, uses[p.pk], bases[p.pk]) for p in found],
    }
    return page(request, "datasets/purposes", context)


@screen("GET")
def retention(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """How long each purpose needs its records, and what disposes of them."""
    dataset = open_dataset(actor, key)
    periods = RetentionPeriod.objects.filter(purpose__in=_purposes(dataset))
    if dataset.record_class:
        periods = periods.filter(Q(record_class=dataset.record_class) | Q(record_class=None))
    context = {
        **frame(request, actor, dataset, "dataset-retention"),
        "record_class": words.record_class_name(dataset.record_class),
        "rows": [_period_row(p) for p in periods.select_related("purpose").order_by("pk")],
    }
    return page(request, "datasets/retention", context)


@screen("GET")
def recipients(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Who gets the data: of the dataset itself, and of the purposes it serves."""
    dataset = open_dataset(actor, key)
    found = Disclosure.objects.filter(Q(dataset=dataset) | Q(purpose__in=_purposes(dataset)))
    rows = found.select_related("party", "purpose").order_by("party__name", "pk")
    context = {
        **frame(request, actor, dataset, "dataset-recipients"),
        "rows": [
            {
                "party": row.party.name,
                "url": reverse("party-show", args=[row.party.key]),
                "country": words.country_name(row.party.country) if row.party.country else "",
                "role": words.said(PartyRole, row.role),
                "what_for": row.what_for,
                "purpose": row.purpose.name if row.purpose else "",
            }
            for row in rows
        ],
    }
    return page(request, "datasets/recipients", context)


@screen("GET")
def lineage(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """From which datasets it was derived, and which were derived from it."""
    dataset = open_dataset(actor, key)
    into = list(dataset.sources.select_related("source").order_by("source__name"))
    out = list(dataset.derived.select_related("dataset").order_by("dataset__name"))
    context = {
        **frame(request, actor, dataset, "dataset-lineage"),
        "lineage": draw_lineage(dataset, into, out) if into or out else None,
        "asked": dataset.sources_state != Declared.NOT_ASKED,
        "rows": [_line(one) for one in (*into, *out)],
    }
    return page(request, "datasets/lineage", context)


@screen("GET")
def events(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """What happened to it, newest first: who, when, through which door, why."""
    dataset = open_dataset(actor, key)
    context = {
        **frame(request, actor, dataset, "dataset-history"),
        "history": event_lines(history.of_dataset(dataset)),
    }
    return page(request, "datasets/history", context)


def _uses(dataset: Dataset) -> QuerySet[FieldUse]:
    return FieldUse.objects.filter(field__dataset=dataset, field__retired_at=None)


def _purposes(dataset: Dataset) -> list[Purpose]:
    ids = _uses(dataset).values("purpose_id")
    return list(Purpose.objects.filter(pk__in=ids).select_related("activity").order_by("name"))


def _purpose_row(
    purpose: Purpose, uses: Sequence[FieldUse], bases: Sequence[LegalBasis]
) -> dict[str, Any]:
    states = [u.justification.state if u.justification else None for u in uses]
    approved = states.count(JustificationState.APPROVED)
    return {
        "name": purpose.name,
        "url": reverse("purpose-show", args=[purpose.key]),
        "text": purpose.text,
        "activity": purpose.activity.name if purpose.activity else "",
        "fields": [use.field.name for use in uses],
        "approved": approved,
        "bases": [
            {
                "law": words.regime_name(basis.regime),
                "name": words.basis_name(basis.code),
                "data": _data(basis),
                "country": words.country_name(basis.country) if basis.country else "",
            }
            for basis in bases
        ],
    }


def _data(basis: LegalBasis) -> str:
    return {
        DataClass.ORDINARY.value: "",
        DataClass.SPECIAL.value: _("special categories"),
        DataClass.CRIMINAL.value: _("criminal data"),
    }.get(basis.data_class, "")


def _period_row(period: RetentionPeriod) -> dict[str, str]:
    return {
        "purpose": period.purpose.name,
        "url": reverse("purpose-show", args=[period.purpose.key]),
        "record_class": words.record_class_name(period.record_class),
        "country": words.country_name(period.country) if period.country else "",
        "kept": said_period(period),
        "authority": words.said(RetentionAuthority, period.authority),
        "law": period.law_reference,
        "disposal": words.said(Disposal, period.disposal),
    }


def _line(one: Lineage) -> dict[str, Any]:
    return {
        "source": one.source.name,
        "source_url": reverse("dataset-show", args=[one.source.key]),
        "how": words.said(LineageKind, one.kind),
        "target": one.dataset.name,
        "target_url": reverse("dataset-show", args=[one.dataset.key]),
        "key": one.key_held_by,
        "destroyed": one.key_destroyed,
        "test": one.test,
        "kind": one.kind,
    }
