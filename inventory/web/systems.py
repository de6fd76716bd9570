"""Systems: where data lives, what protects it there, and its sheets."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.vocabulary import LocationRole, SystemKind
from inventory.models import Dataset, Party, System
from inventory.services.access import Action, fetch, visible
from inventory.services.actors import Actor
from inventory.services.inputs import LocationInput, Outcome, SystemInput
from inventory.services.systems import FACTS, put_system, retire_system
from inventory.web import forms, registers, sheets
from inventory.web.forms import NOTHING, Offers, SheetForm
from inventory.web.measures import safeguard_heads, safeguard_rows
from inventory.web.page import screen
from inventory.web.periods import said_duration
from inventory.web.purpose_sheets import countries_offered, rows_offered, values
from inventory.web.registers import Cell, Section, fact_said, part
from inventory.web.sheets import Room, Sheet
from inventory.web.words import country_name, said

PLAIN = (
    "name",
    "description",
    "kind",
    "access_policy",
    "access_log_months",
    "backup_cycle",
    "backup_retention",
    *FACTS,
)


class FactsForm(SheetForm):
    """What a system is and how it is protected."""

    name = forms.line(__("Name"), needed=True)
    kind = forms.word(SystemKind, __("Kind"), needed=True, empty=None)
    description = forms.prose(__("Description"))
    provider = forms.pick(__("Who runs it"), __("Empty: the group itself."))
    encrypted_at_rest = forms.fact(__("Encrypted at rest"))
    encrypted_in_transit = forms.fact(__("Encrypted on the way"))
    access_controlled = forms.fact(__("Access is controlled"))
    access_policy = forms.line(__("By which policy"))
    access_logged = forms.fact(__("Access is logged"))
    access_log_months = forms.number(__("Months that the log is kept"), most=1200)
    reachable_from_outside = forms.fact(
        __("Reached from outside the organisation’s network"),
        __("A service that others run always is."),
    )
    backed_up = forms.fact(__("Backed up"))
    backup_cycle = forms.line(
        __("How often"), __("Such as “nightly”. Where backups lie is said under Places.")
    )
    backup_retention = forms.line(
        __("How long a backup is kept"), __("35 days, 3 months or 1 year."), most=60
    )


class PlaceForm(SheetForm):
    """A country in which it is kept or from which it is reached."""

    role = forms.word(LocationRole, __("What happens there"), needed=True, empty=None)
    country = forms.pick(__("Country"), needed=True)


class NewSystemForm(SheetForm):
    """What a system cannot do without."""

    key = forms.key()
    name = forms.line(__("Name"), needed=True)
    kind = forms.word(SystemKind, __("Kind"), needed=True, empty=None)


def _read_facts(system: System) -> dict[str, Any]:
    provider = system.provider.key if system.provider else None
    return {**values(system, PLAIN), "provider": provider}


def _read_places(system: System) -> list[dict[str, Any]]:
    return [
        values(row, ("role", "country")) for row in system.locations.order_by("role", "country")
    ]


def _write_places(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    places = (LocationInput(role=one["role"], country=one["country"]) for one in entries)
    return {"locations": tuple(places)}


def _offer_facts(actor: Actor, row: Any) -> Offers:
    return {"provider": [NOTHING, *rows_offered(actor, Party)]}


def _offer_places(actor: Actor, row: Any) -> Offers:
    return {"country": [("", _("Choose…")), *countries_offered()]}


def _retire(actor: Actor, key: str, *, today: date, now: datetime) -> Outcome[System]:
    return retire_system(actor, key, today=today)


SYSTEMS = Room(
    noun="system",
    model=System,
    one=__("System"),
    several=__("Systems"),
    adding=__("Add a system"),
    document=SystemInput,
    put=put_system,
    retire=_retire,
    needs=Action.REGISTER,
    sheets={
        "facts": Sheet(
            title=__("What it is and how it is protected"),
            form=FactsForm,
            read=_read_facts,
            write=dict,
            offers=_offer_facts,
        ),
        "places": Sheet(
            title=__("Places"),
            one=__("Place"),
            lead=__("Where it is kept, and from where it is reached: borders are derived from it."),
            part="locations",
            form=PlaceForm,
            read=_read_places,
            write=_write_places,
            offers=_offer_places,
        ),
    },
)


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    rows = visible(actor, System).select_related("provider").prefetch_related("locations")
    return registers.browse(
        request,
        actor,
        SYSTEMS,
        lead=_("Where data lives: databases, volumes, caches, stores and services."),
        heads=[_("Kind"), _("Places"), _("Who runs it"), _("Encrypted at rest")],
        cells=_cells,
        rows=rows,
    )


@screen("GET")
def show(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    system = fetch(actor, System, key=key)
    sections = [
        _facts(actor, system),
        _places(actor, system),
        _measures(system),
        _held(actor, system),
    ]
    return registers.show(
        request, actor, SYSTEMS, system, sections=sections, lead=system.description
    )


@screen("GET", "POST", needs=Action.REGISTER)
def change(request: HttpRequest, actor: Actor, key: str, part: str) -> HttpResponse:
    return sheets.change(request, actor, SYSTEMS, key, part)


@screen("GET", "POST", needs=Action.REGISTER)
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = NewSystemForm(forms.sent(request))
    return sheets.add(request, actor, SYSTEMS, form, _document)


def _document(entered: Mapping[str, Any]) -> SystemInput:
    return SystemInput(name=entered["name"], kind=entered["kind"])


def _cells(system: System) -> list[Cell]:
    places = sorted({country_name(place.country) for place in system.locations.all()})
    encrypted = fact_said(system.encrypted_at_rest)
    return [
        Cell(text=said(SystemKind, system.kind)),
        Cell(text=", ".join(places) or _("Not said"), quiet=not places),
        Cell(text=system.provider.name if system.provider else "", quiet=True),
        Cell(text=encrypted) if encrypted else Cell(status="unknown"),
    ]


def _facts(actor: Actor, system: System) -> Section:
    fields = FactsForm.base_fields
    shown = [
        (str(fields[name].label), _word(name, getattr(system, name)))
        for name in PLAIN
        if name not in ("name", "description", "kind")
    ]
    head = [
        (str(fields["kind"].label), said(SystemKind, system.kind)),
        (
            str(fields["provider"].label),
            system.provider.name if system.provider else _("The group"),
        ),
    ]
    return part(actor, SYSTEMS, system, "facts", facts=[*head, *shown])


def _word(name: str, value: Any) -> str:
    if name == "backup_retention" and value:
        return said_duration(value)
    return fact_said(value) if value is None or isinstance(value, bool) else str(value)


def _places(actor: Actor, system: System) -> Section:
    rows = [
        [Cell(text=country_name(place.country)), Cell(text=said(LocationRole, place.role))]
        for place in system.locations.order_by("role", "country")
    ]
    heads = [_("Country"), _("What happens there")]
    return part(
        actor, SYSTEMS, system, "places", said=system.locations_state, heads=heads, rows=rows
    )


def _measures(system: System) -> Section:
    return Section(
        title=_("Safeguards"),
        heads=safeguard_heads(),
        rows=safeguard_rows(system),
        empty=_("Nothing else is recorded."),
    )


def _held(actor: Actor, system: System) -> Section:
    held = visible(actor, Dataset).filter(system=system, retired_at=None).order_by("name")
    rows = [
        [Cell(text=name, url=reverse("dataset-show", args=[key]), key=key)]
        for key, name in held.values_list("key", "name")[:100]
    ]
    return Section(
        title=_("Datasets it holds"), heads=[_("Dataset")], rows=rows, empty=_("It holds none.")
    )
