"""Recipients: processors, providers and others, with what was agreed with them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.vocabulary import PartyRole, RecipientScope
from inventory.models import LegalEntity, Party
from inventory.services.access import Action, fetch, visible
from inventory.services.actors import Actor
from inventory.services.parties import put_party, retire_party
from inventory.services.register_inputs import ContractInput, PartyInput
from inventory.web import forms, registers, sheets
from inventory.web.forms import NOT_KNOWN, Offers, SheetForm
from inventory.web.measures import contact_said, read_contact, write_contact
from inventory.web.page import screen
from inventory.web.purpose_sheets import countries_offered, rows_offered, values
from inventory.web.registers import Cell, Section, day_said, fact_said, part
from inventory.web.sheets import Room, Sheet
from inventory.web.words import country_name, said

PLAIN_TERMS = ("title", "written", "signed_on", "ends_on", "data_destroyed", "kept_authorised")


class FactsForm(SheetForm):
    """Who a recipient is, and as what it acts."""

    name = forms.line(__("Name"), needed=True)
    country = forms.pick(__("Country"))
    address = forms.prose(__("Address"))
    roles = forms.words(PartyRole, __("Acts as"))
    certifications = forms.words(RecipientScope, __("What a recognition may rest on"))
    contact_name = forms.line(__("Contact"), most=200)
    contact_email = forms.line(__("Its e-mail address"), most=254)
    contact_phone = forms.line(__("Its telephone"), most=60)


class ContractForm(SheetForm):
    """What was agreed, by whom, and since when."""

    title = forms.line(__("Contract"), needed=True)
    entity = forms.pick(__("Agreed by"))
    written = forms.fact(__("In writing"))
    signed_on = forms.day(__("Signed on"))
    ends_on = forms.day(__("Ends on"))
    data_destroyed = forms.fact(__("After its end: the data is destroyed"))
    kept_authorised = forms.fact(__("After its end: keeping it is authorised"))
    terms = forms.line(
        __("Terms that it covers"),
        __("The law’s letters, with commas between, such as a, b, c."),
        most=400,
    )


class NewPartyForm(SheetForm):
    """What a recipient cannot do without."""

    key = forms.key()
    name = forms.line(__("Name"), needed=True)
    country = forms.pick(__("Country"))
    roles = forms.words(PartyRole, __("Acts as"))


def _read_facts(party: Party) -> dict[str, Any]:
    plain = values(party, ("name", "country", "address", "roles", "certifications"))
    return {**plain, **read_contact(party.contact, "contact")}


def _write_facts(entered: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: entered[name] for name in ("name", "country", "address")}
    return {
        **plain,
        "roles": tuple(entered["roles"]),
        "certifications": tuple(entered["certifications"]) or None,
        "contact": write_contact(entered, "contact"),
    }


def _read_contracts(party: Party) -> list[dict[str, Any]]:
    return [
        {
            **values(one, PLAIN_TERMS),
            "entity": one.entity.key if one.entity else None,
            "terms": ", ".join(one.terms),
        }
        for one in party.contracts.select_related("entity").order_by("title", "pk")
    ]


def _write_contracts(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = ("entity", *PLAIN_TERMS)
    agreed = (
        ContractInput(**{name: one[name] for name in names}, terms=_terms(one["terms"]))
        for one in entries
    )
    return {"contracts": tuple(agreed)}


def _terms(written: str) -> tuple[str, ...] | None:
    return tuple(part.strip() for part in written.split(",") if part.strip()) or None


def _offer_facts(actor: Actor, row: Any) -> Offers:
    return {"country": [NOT_KNOWN, *countries_offered()]}


def _offer_entities(actor: Actor, row: Any) -> Offers:
    return {"entity": [("", _("All companies of the group")), *rows_offered(actor, LegalEntity)]}


PARTIES = Room(
    noun="party",
    model=Party,
    one=__("Recipient"),
    several=__("Recipients"),
    adding=__("Add a recipient"),
    document=PartyInput,
    put=put_party,
    retire=retire_party,
    sheets={
        "facts": Sheet(
            title=__("Who it is"),
            form=FactsForm,
            read=_read_facts,
            write=_write_facts,
            offers=_offer_facts,
        ),
        "contracts": Sheet(
            title=__("Contracts"),
            one=__("Contract"),
            part="contracts",
            form=ContractForm,
            read=_read_contracts,
            write=_write_contracts,
            offers=_offer_entities,
        ),
    },
)


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    return registers.browse(
        request,
        actor,
        PARTIES,
        lead=_("Who receives data, or handles it for the group, and on which contract."),
        heads=[_("Acts as"), _("Country"), _("Contracts")],
        cells=_cells,
        rows=visible(actor, Party).prefetch_related("contracts"),
    )


@screen("GET")
def show(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    party = fetch(actor, Party, key=key)
    sections = [_facts(actor, party), _contracts(actor, party), _receives(actor, party)]
    return registers.show(request, actor, PARTIES, party, sections=sections)


@screen("GET", "POST", needs=Action.EDIT)
def change(request: HttpRequest, actor: Actor, key: str, part: str) -> HttpResponse:
    return sheets.change(request, actor, PARTIES, key, part)


@screen("GET", "POST", needs=Action.EDIT)
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = NewPartyForm(request.POST or None, offers=_offer_facts(actor, None))
    return sheets.add(request, actor, PARTIES, form, _document)


def _document(entered: Mapping[str, Any]) -> PartyInput:
    roles = tuple(entered["roles"])
    return PartyInput(name=entered["name"], country=entered["country"], roles=roles)


def _cells(party: Party) -> list[Cell]:
    contracts = list(party.contracts.all())
    return [
        Cell(text=_roles(party) or _("Not said"), quiet=not party.roles),
        Cell(text=country_name(party.country)) if party.country else Cell(status="unknown"),
        Cell(text=", ".join(one.title for one in contracts[:2]) or _("None recorded"), quiet=True),
    ]


def _roles(party: Party) -> str:
    return ", ".join(said(PartyRole, role) for role in party.roles)


def _facts(actor: Actor, party: Party) -> Section:
    named = ", ".join(said(RecipientScope, one) for one in party.certifications)
    facts = [
        (_("Acts as"), _roles(party)),
        (_("Country"), country_name(party.country) if party.country else ""),
        (_("Address"), party.address),
        (_("Contact"), contact_said(party.contact)),
        (_("What a recognition may rest on"), named),
    ]
    return part(actor, PARTIES, party, "facts", facts=facts)


def _contracts(actor: Actor, party: Party) -> Section:
    rows = [
        [
            Cell(text=one.title),
            Cell(text=one.entity.name if one.entity else _("All companies"), quiet=True),
            Cell(text=fact_said(one.written))
            if one.written is not None
            else Cell(status="unknown"),
            Cell(text=day_said(one.signed_on) or _("Not said"), quiet=True),
            Cell(text=", ".join(one.terms), quiet=True),
        ]
        for one in party.contracts.select_related("entity").order_by("title", "pk")
    ]
    heads = [_("Contract"), _("Agreed by"), _("In writing"), _("Signed on"), _("Terms")]
    return part(
        actor, PARTIES, party, "contracts", said=party.contracts_state, heads=heads, rows=rows
    )


def _receives(actor: Actor, party: Party) -> Section:
    rows = []
    for one in party.disclosures.select_related("purpose", "dataset").order_by("pk")[:100]:
        thing, room = (one.purpose, "purpose") if one.purpose else (one.dataset, "dataset")
        url = reverse(f"{room}-show", args=[thing.key])
        rows.append(
            [
                Cell(text=thing.name, url=url),
                Cell(text=said(PartyRole, one.role)),
                Cell(text=one.what_for, quiet=True),
            ]
        )
    heads = [_("Purpose or dataset"), _("Acts as"), _("What for")]
    return Section(
        title=_("What it receives"), heads=heads, rows=rows, empty=_("Nothing is recorded.")
    )
