"""Legal entities: the companies whose records these are, with their officers and safeguards."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.vocabulary import EntityRole
from inventory.models import LegalEntity
from inventory.services.access import Action, fetch, visible
from inventory.services.actors import Actor
from inventory.services.entities import FLAGS, put_entity, retire_entity
from inventory.services.law import current_law
from inventory.services.register_inputs import ContactInput, EntityInput, RepresentativeInput
from inventory.web import forms, registers, sheets
from inventory.web.forms import Offers, SheetForm
from inventory.web.measures import (
    SAFEGUARDS,
    contact_said,
    read_contact,
    safeguard_heads,
    safeguard_rows,
    write_contact,
)
from inventory.web.page import screen
from inventory.web.purpose_sheets import countries_offered, values
from inventory.web.registers import Cell, Section, day_said, fact_said, part
from inventory.web.sheets import Room, Sheet
from inventory.web.words import country_name, regime_name, said

PLAIN = (
    "name", "country", "region", "address", "headcount", "headcount_on", "automated_staff", *FLAGS,
)  # fmt: skip


class FactsForm(SheetForm):
    """Who a company is, and what decides whether a duty falls on it."""

    name = forms.line(__("Name"), needed=True)
    country = forms.pick(__("Country"), needed=True)
    region = forms.line(__("Region"), __("Where it has an authority of its own."), most=80)
    address = forms.prose(__("Address"))
    contact_name = forms.line(__("Contact for data protection"), most=200)
    contact_email = forms.line(__("Its e-mail address"), most=254)
    contact_phone = forms.line(__("Its telephone"), most=60)
    contact_address = forms.prose(__("Its address"))
    dpo_appointed = forms.fact(__("A data protection officer is appointed"))
    dpo_name = forms.line(__("Data protection officer"), most=200)
    dpo_email = forms.line(__("Officer’s e-mail address"), most=254)
    dpo_phone = forms.line(__("Officer’s telephone"), most=60)
    dpo_address = forms.prose(__("Officer’s address"))
    dpo_published = forms.fact(__("How to reach the officer is published"))
    security_officer = forms.fact(__("A security officer is appointed"))
    headcount = forms.number(__("People employed"))
    headcount_on = forms.day(__("Counted on"))
    public_body = forms.fact(__("A public body"))
    research_body = forms.fact(__("A research body"))
    health_body = forms.fact(__("A health body"))
    data_trader = forms.fact(__("Trades in data"))
    small_agent = forms.fact(__("A small processing agent (LGPD)"))
    core_monitoring = forms.fact(__("Monitors people on a large scale as its core activity"))
    core_special_data = forms.fact(
        __("Handles sensitive data on a large scale as its core activity")
    )
    financial_body = forms.fact(__("A bank, insurer or credit-rating company"))
    automated_staff = forms.number(__("People constantly at work on personal data by machine"))
    occasional = forms.fact(__("Processes personal data only now and then"))
    sensitive_data = forms.fact(__("Processes special or criminal data"))
    likely_risk = forms.fact(__("Its processing is likely to put people’s rights at risk"))
    subject_channel = forms.fact(__("People concerned have a channel to reach it"))
    complaints_procedure = forms.fact(__("There is a form and a procedure for complaints"))


class RepresentativeForm(SheetForm):
    """Who stands for the company where a law asks for somebody on the spot."""

    regime = forms.pick(__("Under which law"), needed=True)
    contact_name = forms.line(__("Name"), needed=True, most=200)
    contact_email = forms.line(__("E-mail address"), most=254)
    contact_phone = forms.line(__("Telephone"), most=60)
    contact_address = forms.prose(__("Address"))
    since = forms.day(__("Since"))


class NewEntityForm(SheetForm):
    """What a company cannot do without."""

    key = forms.key()
    name = forms.line(__("Name"), needed=True)
    country = forms.pick(__("Country"), needed=True)


def _read_facts(entity: LegalEntity) -> dict[str, Any]:
    officers = {**read_contact(entity.contact, "contact"), **read_contact(entity.dpo, "dpo")}
    return {**values(entity, PLAIN), **officers}


def _write_facts(entered: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: entered[name] for name in PLAIN}
    contact, dpo = write_contact(entered, "contact"), write_contact(entered, "dpo")
    return {**plain, "contact": contact, "dpo": dpo}


def _read_representatives(entity: LegalEntity) -> list[dict[str, Any]]:
    return [
        {"regime": one.regime, "since": one.since, **read_contact(one.contact, "contact")}
        for one in entity.representatives.select_related("contact").order_by("regime")
    ]


def _write_representatives(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    named = (
        RepresentativeInput(
            regime=one["regime"],
            contact=write_contact(one, "contact") or ContactInput(),
            since=one["since"],
        )
        for one in entries
    )
    return {"representatives": tuple(named)}


def _offer_countries(actor: Actor, row: Any) -> Offers:
    return {"country": [("", _("Choose…")), *countries_offered()]}


def _offer_regimes(actor: Actor, row: Any) -> Offers:
    laws = [(code, regime_name(code)) for code in current_law().statutes]
    return {"regime": [("", _("Choose…")), *laws]}


ENTITIES = Room(
    noun="entity",
    model=LegalEntity,
    one=__("Legal entity"),
    several=__("Legal entities"),
    adding=__("Add a legal entity"),
    document=EntityInput,
    put=put_entity,
    retire=retire_entity,
    sheets={
        "facts": Sheet(
            title=__("Who it is"),
            form=FactsForm,
            read=_read_facts,
            write=_write_facts,
            offers=_offer_countries,
            names={"contact": "contact_name", "dpo": "dpo_name"},
        ),
        "representatives": Sheet(
            title=__("Representatives"),
            one=__("Representative"),
            part="representatives",
            form=RepresentativeForm,
            read=_read_representatives,
            write=_write_representatives,
            offers=_offer_regimes,
            names={"contact": "contact_name"},
        ),
        "safeguards": SAFEGUARDS,
    },
)


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    return registers.browse(
        request,
        actor,
        ENTITIES,
        lead=_("The companies of the group. Records are kept for each."),
        heads=[_("Country"), _("Data protection officer"), _("People employed")],
        cells=_cells,
        rows=visible(actor, LegalEntity).select_related("dpo"),
    )


@screen("GET")
def show(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    entity = fetch(actor, LegalEntity, key=key)
    sections = [
        _facts(actor, entity),
        _representatives(actor, entity),
        part(
            actor,
            ENTITIES,
            entity,
            "safeguards",
            said=entity.safeguards_state,
            heads=safeguard_heads(),
            rows=safeguard_rows(entity),
        ),
        _activities(entity),
    ]
    lead = country_name(entity.country)
    return registers.show(request, actor, ENTITIES, entity, sections=sections, lead=lead)


@screen("GET", "POST", needs=Action.EDIT)
def change(request: HttpRequest, actor: Actor, key: str, part: str) -> HttpResponse:
    return sheets.change(request, actor, ENTITIES, key, part)


@screen("GET", "POST", needs=Action.EDIT)
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = NewEntityForm(forms.sent(request), offers=_offer_countries(actor, None))
    return sheets.add(request, actor, ENTITIES, form, _document)


def _document(entered: Mapping[str, Any]) -> EntityInput:
    return EntityInput(name=entered["name"], country=entered["country"])


def _cells(entity: LegalEntity) -> list[Cell]:
    appointed = fact_said(entity.dpo_appointed)
    officer = contact_said(entity.dpo) or appointed
    count = entity.headcount
    return [
        Cell(text=country_name(entity.country)),
        Cell(text=officer) if officer else Cell(status="unknown"),
        Cell(text=f"{count:,}" if count is not None else _("Not said"), quiet=True),
    ]


def _facts(actor: Actor, entity: LegalEntity) -> Section:
    fields = FactsForm.base_fields
    head = [
        (_("Country"), country_name(entity.country)),
        (_("Region"), entity.region),
        (_("Address"), entity.address),
        (_("Contact for data protection"), contact_said(entity.contact)),
        (_("Data protection officer"), contact_said(entity.dpo)),
        (_("People employed"), "" if entity.headcount is None else f"{entity.headcount:,}"),
    ]
    flags = [(str(fields[name].label), fact_said(getattr(entity, name))) for name in FLAGS]
    return part(actor, ENTITIES, entity, "facts", facts=[*head, *flags])


def _representatives(actor: Actor, entity: LegalEntity) -> Section:
    rows = [
        [
            Cell(text=contact_said(one.contact)),
            Cell(text=regime_name(one.regime)),
            Cell(text=day_said(one.since), quiet=True),
        ]
        for one in entity.representatives.select_related("contact").order_by("regime")
    ]
    heads = [_("Representative"), _("Law"), _("Since")]
    return part(
        actor,
        ENTITIES,
        entity,
        "representatives",
        said=entity.representatives_state,
        heads=heads,
        rows=rows,
    )


def _activities(entity: LegalEntity) -> Section:
    taken = entity.activities.filter(activity__retired_at=None).select_related("activity")
    rows = [
        [
            Cell(text=one.activity.name, url=reverse("activity-show", args=[one.activity.key])),
            Cell(text=said(EntityRole, one.role)),
        ]
        for one in taken.order_by("activity__name")[:100]
    ]
    heads = [_("Activity"), _("Takes part as")]
    return Section(title=_("Activities"), heads=heads, rows=rows, empty=_("None is recorded."))
