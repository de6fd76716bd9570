"""Recipients: processors, providers and others, with what was agreed with them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.shapes import Check
from inventory.law.vocabulary import Declared, PartyRole, RecipientScope, SubjectKind
from inventory.models import Contract, Dataset, Disclosure, LegalEntity, Party, Purpose
from inventory.services.access import Action, fetch, visible
from inventory.services.actors import Actor
from inventory.services.law import law_of
from inventory.services.parties import put_party, retire_party
from inventory.services.register_inputs import ContractInput, PartyInput
from inventory.web import forms, registers, sheets
from inventory.web.answers import NONE, SomeOf
from inventory.web.forms import NOT_KNOWN, Offers, SheetForm
from inventory.web.measures import contact_said, read_contact, write_contact
from inventory.web.page import screen
from inventory.web.purpose_sheets import countries_offered, rows_offered, values
from inventory.web.registers import Cell, Section, day_said, fact_said, part
from inventory.web.sheets import Room, Sheet
from inventory.web.words import choices, country_name, regime_name, said

TERMS: Mapping[str, Any] = {
    "28.3.a": __("Only on documented instructions"),
    "28.3.b": __("People bound to confidentiality"),
    "28.3.c": __("Security measures"),
    "28.3.d": __("Conditions for sub-processors"),
    "28.3.e": __("Help with people’s requests"),
    "28.3.f": __("Help with security, breaches and assessments"),
    "28.3.g": __("Deletion or return at the end"),
    "28.3.h": __("Information and audits"),
    "25.purpose": __("Used for the agreed purpose only"),
    "25.security": __("Security measures"),
    "25.destruction": __("Destruction at the end"),
}

PLAIN_TERMS = ("title", "written", "signed_on", "ends_on", "data_destroyed", "kept_authorised")


class FactsForm(SheetForm):
    """Who a recipient is, and as what it acts."""

    name = forms.line(__("Name"), needed=True)
    country = forms.pick(__("Country"))
    address = forms.prose(__("Address"))
    roles = forms.words(PartyRole, __("Acts as"))
    certifications = SomeOf(
        choices(RecipientScope),
        none=_("None of these"),
        label=__("What a recognition may rest on"),
    )
    contact_name = forms.line(__("Contact"), most=200)
    contact_email = forms.line(__("Its e-mail address"), most=254)
    contact_phone = forms.line(__("Its telephone"), most=60)
    contact_address = forms.prose(__("Its address"))


class ContractForm(SheetForm):
    """What was agreed, by whom, and since when."""

    title = forms.line(__("Contract"), needed=True)
    entity = forms.pick(__("Agreed by"))
    written = forms.fact(__("In writing"))
    signed_on = forms.day(__("Signed on"))
    ends_on = forms.day(__("Ends on"))
    data_destroyed = forms.fact(__("After its end: the data is destroyed"))
    kept_authorised = forms.fact(__("After its end: keeping it is authorised"))
    terms = SomeOf((), none=_("None of these"), label=__("Terms that it covers"))


class NewPartyForm(SheetForm):
    """What a recipient cannot do without."""

    key = forms.key()
    name = forms.line(__("Name"), needed=True)
    country = forms.pick(__("Country"))
    roles = forms.words(PartyRole, __("Acts as"))


def _read_facts(party: Party) -> dict[str, Any]:
    plain = values(party, ("name", "country", "address", "roles"))
    asked = party.certifications_state != Declared.NOT_ASKED
    plain["certifications"] = tuple(party.certifications) if asked else None
    return {**plain, **read_contact(party.contact, "contact")}


def _write_facts(entered: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: entered[name] for name in ("name", "country", "address")}
    return {
        **plain,
        "roles": tuple(entered["roles"]),
        "certifications": entered["certifications"],
        "contact": write_contact(entered, "contact"),
    }


def _read_contracts(party: Party) -> list[dict[str, Any]]:
    return [
        {
            **values(one, PLAIN_TERMS),
            "entity": one.entity.key if one.entity else None,
            "terms": None if one.terms_state == Declared.NOT_ASKED else tuple(one.terms),
        }
        for one in party.contracts.select_related("entity").order_by("title", "pk")
    ]


def _write_contracts(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = ("entity", "terms", *PLAIN_TERMS)
    agreed = (ContractInput(**{name: one[name] for name in names}) for one in entries)
    return {"contracts": tuple(agreed)}


def _offer_facts(actor: Actor, row: Any) -> Offers:
    return {"country": [NOT_KNOWN, *countries_offered()]}


def _offer_entities(actor: Actor, row: Any) -> Offers:
    return {
        "entity": [("", _("All companies of the group")), *rows_offered(actor, LegalEntity)],
        "terms": [*terms_offered(actor, SubjectKind.PARTY), (NONE, _("None of these"))],
    }


def terms_offered(actor: Actor, kind: SubjectKind) -> list[tuple[str, str]]:
    """What the checks of the law ask an agreement to cover, with its provision: a contract with a
    party, or what carries a transfer."""
    law = law_of(actor.organisation)
    asked = (
        (regime, str(term))
        for regime in law.regimes
        for check in law.checks(regime, timezone.localdate())
        if check.subject is kind
        for term in _asked(check)
    )
    return [(term, _term(regime, term)) for regime, term in dict.fromkeys(asked)]


def _asked(check: Check) -> Sequence[Any]:
    terms = check.parameters.get("terms", ())
    return terms if isinstance(terms, tuple) else ()


def _term(regime: str, term: str) -> str:
    """A term in words with its provision: "28.3.a" is Art. 28(3)(a)."""
    article, *parts = term.split(".")
    cited = f"{regime_name(regime)} Art. {article}"
    cited += "".join(f"({part})" for part in parts if len(part) == 1)
    return f"{TERMS[term]} ({cited})" if term in TERMS else f"{cited} {term}"


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
    form = NewPartyForm(forms.sent(request), offers=_offer_facts(actor, None))
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
            Cell(text=_said_terms(one), quiet=True),
        ]
        for one in party.contracts.select_related("entity").order_by("title", "pk")
    ]
    heads = [_("Contract"), _("Agreed by"), _("In writing"), _("Signed on"), _("Terms")]
    return part(
        actor, PARTIES, party, "contracts", said=party.contracts_state, heads=heads, rows=rows
    )


def _receives(actor: Actor, party: Party) -> Section:
    rows = []
    for one in _seen(actor, party).select_related("purpose", "dataset").order_by("pk")[:100]:
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


def _seen(actor: Actor, party: Party) -> QuerySet[Disclosure]:
    purposes, datasets = visible(actor, Purpose), visible(actor, Dataset)
    there = Q(purpose__in=purposes.values("pk")) | Q(dataset__in=datasets.values("pk"))
    return Disclosure.objects.filter(there, party=party)


def _said_terms(contract: Contract) -> str:
    if contract.terms_state != Declared.COMPLETE:
        return _("None") if contract.terms_state == Declared.NONE else _("Not said")
    return ", ".join(contract.terms)
