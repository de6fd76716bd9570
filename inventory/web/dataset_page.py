"""A dataset's own page: its fields with their grounds, its findings beside them, and its tabs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inventory.law.vocabulary import (
    DataClass,
    DatasetKind,
    Identifiability,
    JustificationState,
    SystemKind,
)
from inventory.models import Dataset, Field
from inventory.services import compliance
from inventory.services.access import Action, fetch, may
from inventory.services.actors import Actor
from inventory.services.documents import live_fields
from inventory.services.inputs import Outcome
from inventory.services.law import current_law, law_of
from inventory.templatetags.grounds import grouped
from inventory.web import words
from inventory.web.finding_cards import closed_cards
from inventory.web.mending import mendable_cards
from inventory.web.narrowing import place_asked
from inventory.web.page import clock, page, screen
from inventory.web.panels import open_panel

MOST_FIELDS = 100
MOST_FINDINGS = 12
MOST_CLOSED = 6
LIKELY = 0.4  # a person decides; cpf and cpf_number count as near
LEAST_FIRST = [None, *(JustificationState[name] for name in
               ("REJECTED", "DRAFT", "STALE", "SUBMITTED", "APPROVED"))]  # fmt: skip
TABS = (
    ("dataset-show", gettext_lazy("Fields")),
    ("dataset-purposes", gettext_lazy("Purposes")),
    ("dataset-retention", gettext_lazy("Retention")),
    ("dataset-recipients", gettext_lazy("Recipients")),
    ("dataset-lineage", gettext_lazy("Lineage")),
    ("dataset-history", gettext_lazy("History")),
)


@screen("GET", "POST")
def show(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The fields. A selection sent here opens its panel beside them; nothing is written."""
    dataset = open_dataset(actor, key)
    rows = [FieldRow(field, dataset) for field in live_fields(dataset)]
    return fields_page(request, actor, dataset, rows, panel=open_panel(request, actor, dataset))


def fields_page(
    request: HttpRequest,
    actor: Actor,
    dataset: Dataset,
    rows: Sequence["FieldRow"] | None = None,
    *,
    panel: Mapping[str, Any] | None = None,
    outcome: Outcome[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the fields with a panel open, or none; `outcome` after something was written."""
    if rows is None:
        rows = [FieldRow(field, dataset) for field in live_fields(dataset)]
    view = request.GET.get("view") or request.POST.get("view", "")
    query = request.GET.get("q", "").replace("\x00", "").strip().casefold()
    shown = [r for r in rows if _in_view(r, view) and query in r.field.name.casefold()]
    chosen = set(panel["names"]) if panel else set()
    context = {
        **frame(request, actor, dataset, "dataset-show", fields=len(rows)),
        "chips": _chips(rows, view),
        "query": request.GET.get("q", ""),
        "view": view,
        "page": Paginator(shown, MOST_FIELDS).get_page(request.GET.get("page", "1")[:9]),
        "chosen": chosen,
        "panel": panel,
        "told": outcome is not None,
        "closed": closed_cards(outcome.closed[:MOST_CLOSED], law_of(actor.organisation))
        if outcome
        else [],
        "acts": _acts(rows) if may(actor, Action.EDIT) else [],
        "proposed": sum(bool(row.proposals) for row in rows),
        "renames": _renames(dataset, rows) if may(actor, Action.EDIT) else [],
        **_findings(request, actor, dataset),
    }
    return page(request, "datasets/show", context, part="work", status=status)


def open_dataset(actor: Actor, key: str) -> Dataset:
    """The dataset with what its head names, or NotFound."""
    dataset = fetch(actor, Dataset, key=key)
    kept = Dataset.objects.select_related("entity", "system", "owner__user")
    return kept.prefetch_related("system__locations").get(pk=dataset.pk)


def frame(
    request: HttpRequest, actor: Actor, dataset: Dataset, tab: str, *, fields: int | None = None
) -> dict[str, Any]:
    """Head, country strip and tabs: what all pages of a dataset share."""
    count = dataset.fields.filter(retired_at=None).count() if fields is None else fields
    return {
        "dataset": dataset,
        "crumbs": [
            {"label": _("Datasets"), "url": reverse("dataset-browse")},
            {"label": dataset.key, "key": True},
        ],
        "about": _about(dataset),
        "strip": country_strip(actor, dataset),
        "tabs": [
            {
                "label": label,
                "url": reverse(name, args=[dataset.key]),
                "count": count if name == "dataset-show" else None,
                "current": name == tab,
            }
            for name, label in TABS
        ],
        "may_edit": may(actor, Action.REGISTER) and dataset.retired_at is None,
        "may_decide": may(actor, Action.EDIT) and dataset.retired_at is None,
    }


def country_strip(actor: Actor, dataset: Dataset) -> list[dict[str, Any]]:
    """How it stands in each country that concerns it, with a way to the findings there."""
    found = compliance.cells(actor, [dataset.pk]).get(dataset.pk, ())
    page_url = reverse("dataset-show", args=[dataset.key])
    return [
        {
            "country": _place_name(cell),
            "law": words.regime_name(cell.regime),
            "status": cell.status.value,
            "count": cell.count if cell.status in compliance.OPEN else None,
            "url": f"{page_url}?{urlencode(place_asked(cell))}#findings",
        }
        for cell in found
    ]


def _place_name(cell: compliance.Cell) -> str:
    if cell.country:
        return words.country_name(cell.country)
    return _("Everywhere") if cell.regime not in current_law().statutes else _("Somewhere")


@dataclass(frozen=True)
class FieldRow:
    """A field as the table shows it."""

    field: Field
    dataset: Dataset

    @cached_property
    def category(self) -> str:
        return words.category_name(self.field.category)

    @cached_property
    def identifies(self) -> str:
        return words.said(Identifiability, self.field.identifiability)

    @cached_property
    def purposes(self) -> str:
        return ", ".join(use.purpose.name for use in self.field.uses.all() if not use.proposed)

    @cached_property
    def proposals(self) -> list[str]:
        """What a manifest proposes and nobody has decided."""
        field = self.field
        proposed = [
            words.category_name(field.proposed_category),
            words.said(Identifiability, field.proposed_identifiability),
            *(use.purpose.name for use in field.uses.all() if use.proposed),
        ]
        return [one for one in proposed if one]

    @cached_property
    def needs_grounds(self) -> bool:
        """Personal data does, and what might be."""
        known = current_law().categories.get(self.field.category or "")
        nobody = self.field.identifiability in (Identifiability.ANONYMOUS, Identifiability.NONE)
        return not nobody and (known is None or known.personal)

    @cached_property
    def state(self) -> str | None:
        """The least far of its uses' justifications; None where one use has none."""
        held = [use.justification for use in self.field.uses.all()]
        states = [JustificationState(j.state) if j else None for j in held]
        return min(states, key=LEAST_FIRST.index, default=None)

    @cached_property
    def why(self) -> str:
        texts = [use.justification for use in self.field.uses.all() if use.justification]
        return next((j.stale_reason or j.rejection for j in texts if j.state == self.state), "")

    @property
    def is_justified(self) -> bool:
        return not self.needs_grounds or self.state == JustificationState.APPROVED

    @property
    def is_stale(self) -> bool:
        return self.state == JustificationState.STALE

    @property
    def is_special(self) -> bool:
        law = current_law()
        seen = {law.data_class(self.field.category or "", regime) for regime in law.regimes}
        return bool(seen & {DataClass.SPECIAL, DataClass.CRIMINAL})


def _in_view(row: FieldRow, view: str) -> bool:
    return {
        "unjustified": not row.is_justified,
        "stale": row.is_stale,
        "special": row.is_special,
        "proposed": bool(row.proposals),
        "undescribed": row.field.category is None,
    }.get(view, True)


def _chips(rows: Sequence[FieldRow], view: str) -> list[dict[str, Any]]:
    offered = (
        ("unjustified", _("Not justified")),
        ("stale", _("Stale")),
        ("special", _("Special category")),
        ("undescribed", _("No category")),
        ("proposed", _("Proposed")),
    )
    counted = [
        (name, label, len([r for r in rows if _in_view(r, name)])) for name, label in offered
    ]
    return [
        {
            "label": label,
            "count": count,
            "url": "?" if view == name else f"?view={name}",
            "current": view == name,
        }
        for name, label, count in counted
        if count or view == name
    ]


def _acts(rows: Sequence[FieldRow]) -> list[dict[str, Any]]:
    acts: list[dict[str, Any]] = [
        {"label": _("Justify"), "name": "act", "value": "justify", "key": "w", "main": True},
        {"label": _("Set purpose"), "name": "act", "value": "purpose", "key": "p"},
        {"label": _("Set category"), "name": "act", "value": "category", "key": "c"},
    ]
    if any(row.proposals for row in rows):
        acts.append({"label": _("Accept what is proposed"), "name": "act", "value": "accept"})
    return acts


def _renames(dataset: Dataset, rows: Sequence[FieldRow]) -> list[dict[str, Any]]:
    """Fields that vanished with grounds, beside a bare one of much the same name: carry over?"""
    bare = [row.field.name for row in rows if not row.field.uses.all()][:MOST_FIELDS]
    if not bare:
        return []
    gone = dataset.fields.exclude(retired_at=None).filter(uses__isnull=False).distinct()
    near = [
        (field.name, get_close_matches(field.name, bare, n=5, cutoff=LIKELY)) for field in gone[:20]
    ]
    return [{"old": old, "new": new} for old, new in near if new]


def _findings(request: HttpRequest, actor: Actor, dataset: Dataset) -> dict[str, Any]:
    """What is open, of one country or policy where the address names one."""
    held = compliance.findings_of_dataset(actor, dataset)
    country = request.GET.get("country", "")
    if country in current_law().countries:
        held = held.filter(countries__contains=[country])
    regime = request.GET.get("regime", "")
    if regime in current_law().regimes:
        held = held.filter(regime=regime)
    shown: list[Any] = list(held[: MOST_FINDINGS + 1])
    n = sum(1 for finding in shown if finding.waived_until is None)
    several = ngettext("%(n)d open", "%(n)d open", n) % {"n": n}
    return {
        "findings": mendable_cards(
            actor, shown[:MOST_FINDINGS], today=clock(actor)[0], dataset=dataset
        ),
        "more_findings": len(shown) > MOST_FINDINGS,
        "more_url": all_findings(dataset),
        "findings_note": _("more than %(n)d open") % {"n": MOST_FINDINGS}
        if len(shown) > MOST_FINDINGS
        else several,
        "findings_in": _narrowed_to(country, regime),
    }


def _narrowed_to(country: str, regime: str) -> str:
    law = current_law()
    if country in law.countries:
        return words.country_name(country)
    return _("the %(law)s") % {"law": law.regimes[regime].short} if regime in law.regimes else ""


def all_findings(dataset: Dataset) -> str:
    """Where the findings of a dataset stand in full."""
    return f"{reverse('finding-browse')}?{urlencode({'subject': dataset.key})}"


def _about(dataset: Dataset) -> list[str]:
    """What it is in a line: about whom, where it lives, how many, who owns it."""
    system = dataset.system
    said = [
        dataset.description or words.said(DatasetKind, dataset.kind),
        words.subjects(dataset),
        _place(system) if system else _("no system said"),
        _("about %(n)s people") % {"n": grouped(dataset.persons)} if dataset.persons else "",
        dataset.entity.name if dataset.entity else _("no company said"),
        _("owned by %(who)s") % {"who": dataset.owner.user} if dataset.owner else "",
    ]
    return [part for part in said if part]


def _place(system: Any) -> str:
    there = sorted({loc.country for loc in system.locations.all() if loc.role == "primary"})
    kind = words.said(SystemKind, system.kind)
    where = f" ({words.country_names(there)})" if there else ""
    return f"{kind} {system.name}{where}"
