"""Databases as Israel and Argentina regulate them, with their counts and filings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.vocabulary import Declared, FilingKind
from inventory.models import Database, Dataset, LegalEntity
from inventory.services.access import Action, fetch, visible
from inventory.services.actors import Actor
from inventory.services.databases import put_database, retire_database
from inventory.services.law import current_law
from inventory.services.register_inputs import CountInput, DatabaseInput, FilingInput
from inventory.web import forms, registers, sheets
from inventory.web.answers import NONE, SomeOf
from inventory.web.forms import Offers, SheetForm
from inventory.web.measures import contact_said, read_contact, write_contact
from inventory.web.page import screen
from inventory.web.purpose_sheets import rows_offered, values
from inventory.web.registers import Cell, Section, day_said, fact_said, part
from inventory.web.sheets import Room, Sheet
from inventory.web.words import category_name, regime_name, said

PLAIN = ("name", "purpose_text", "risks", "access_means", "trades_in_data", "changed_on",
         "document_checked_on")  # fmt: skip


class FactsForm(SheetForm):
    """What the law wants said of a database."""

    name = forms.line(__("Name"), needed=True)
    entity = forms.pick(__("Company"), needed=True)
    purpose_text = forms.prose(__("What it is for"))
    manager_name = forms.line(__("Database manager"), most=200)
    manager_email = forms.line(__("Manager’s e-mail address"), most=254)
    manager_phone = forms.line(__("Manager’s telephone"), most=60)
    manager_address = forms.prose(__("Manager’s address"))
    risks = forms.prose(__("Main risks, and what is done about them"))
    access_means = forms.fact(__("How people reach and correct their data is described"))
    trades_in_data = forms.fact(__("Its data is traded"))
    changed_on = forms.day(__("Last significant change"))
    document_checked_on = forms.day(__("Document last checked"))


class DatasetsForm(SheetForm):
    """What it is made of."""

    datasets = forms.several(__("Datasets it is made of"))


class DeclaredForm(SheetForm):
    """What its filing says that it holds."""

    declared_categories = SomeOf(
        (), none=__("None: nothing was declared"), label=__("Categories of data in the filing")
    )


class CountForm(SheetForm):
    """How many people are in it and how many may open it, on a day."""

    counted_on = forms.day(__("Counted on"), needed=True)
    persons = forms.number(__("People in it"))
    authorised_users = forms.number(__("People who may open it"))


class FilingForm(SheetForm):
    """A registration, notification or document that the law demands."""

    kind = forms.word(FilingKind, __("What was filed"), needed=True, empty=None)
    regime = forms.pick(__("Under which law"), needed=True)
    number = forms.line(__("Number"), most=100)
    filed_on = forms.day(__("Filed or done on"))


class NewDatabaseForm(SheetForm):
    """What a database cannot do without."""

    key = forms.key()
    name = forms.line(__("Name"), needed=True)
    entity = forms.pick(__("Company"), needed=True)


def _read_facts(database: Database) -> dict[str, Any]:
    return {
        **values(database, PLAIN),
        **read_contact(database.manager, "manager"),
        "entity": database.entity.key,
    }


def _read_datasets(database: Database) -> dict[str, Any]:
    made_of = database.datasets.order_by("dataset__name")
    return {"datasets": list(made_of.values_list("dataset__key", flat=True))}


def _write_datasets(entered: Mapping[str, Any]) -> dict[str, Any]:
    return {"datasets": tuple(entered["datasets"])}


def _offer_datasets(actor: Actor, row: Any) -> Offers:
    return {"datasets": rows_offered(actor, Dataset)}


def _read_declared(database: Database) -> dict[str, Any]:
    asked = database.declared_categories_state != Declared.NOT_ASKED
    return {"declared_categories": tuple(database.declared_categories) if asked else None}


def _write_declared(entered: Mapping[str, Any]) -> dict[str, Any]:
    return {"declared_categories": entered["declared_categories"]}


def _offer_categories(actor: Actor, row: Any) -> Offers:
    known = sorted((category_name(code), code) for code in current_law().categories)
    none = (NONE, _("None: nothing was declared"))
    return {"declared_categories": [*((code, name) for name, code in known), none]}


def _write_facts(entered: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: entered[name] for name in (*PLAIN, "entity")},
        "manager": write_contact(entered, "manager"),
    }


def _read_counts(database: Database) -> list[dict[str, Any]]:
    rows = database.counts.order_by("-counted_on")
    return [values(one, ("counted_on", "persons", "authorised_users")) for one in rows]


def _write_counts(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = ("counted_on", "persons", "authorised_users")
    return {"counts": tuple(CountInput(**{n: one[n] for n in names}) for one in entries)}


def _read_filings(database: Database) -> list[dict[str, Any]]:
    rows = database.filings.order_by("-filed_on", "pk")
    return [values(one, ("kind", "regime", "number", "filed_on")) for one in rows]


def _write_filings(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = ("kind", "regime", "number", "filed_on")
    return {"filings": tuple(FilingInput(**{n: one[n] for n in names}) for one in entries)}


def _offer_entities(actor: Actor, row: Any) -> Offers:
    return {"entity": [("", _("Choose…")), *rows_offered(actor, LegalEntity)]}


def _offer_regimes(actor: Actor, row: Any) -> Offers:
    laws = [(code, regime_name(code)) for code in current_law().statutes]
    return {"regime": [("", _("Choose…")), *laws]}


DATABASES = Room(
    noun="database",
    model=Database,
    one=__("Database"),
    several=__("Databases"),
    adding=__("Add a database"),
    document=DatabaseInput,
    put=put_database,
    retire=retire_database,
    sheets={
        "facts": Sheet(
            title=__("What the law wants said of it"),
            form=FactsForm,
            read=_read_facts,
            write=_write_facts,
            offers=_offer_entities,
            names={"manager": "manager_name"},
        ),
        "datasets": Sheet(
            title=__("Datasets it is made of"),
            form=DatasetsForm,
            read=_read_datasets,
            write=_write_datasets,
            offers=_offer_datasets,
        ),
        "declared": Sheet(
            title=__("What its filing declares"),
            lead=__("What is kept and not declared is found."),
            form=DeclaredForm,
            read=_read_declared,
            write=_write_declared,
            offers=_offer_categories,
        ),
        "counts": Sheet(
            title=__("Counts"),
            one=__("Count"),
            lead=__("They decide the security level."),
            part="counts",
            form=CountForm,
            read=_read_counts,
            write=_write_counts,
        ),
        "filings": Sheet(
            title=__("Filings"),
            one=__("Filing"),
            part="filings",
            form=FilingForm,
            read=_read_filings,
            write=_write_filings,
            offers=_offer_regimes,
        ),
    },
)


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    rows = visible(actor, Database).select_related("entity").prefetch_related("filings", "counts")
    return registers.browse(
        request,
        actor,
        DATABASES,
        lead=_("What Israel and Argentina regulate: a named body of data of one company."),
        heads=[_("Company"), _("People in it"), _("Filings")],
        cells=_cells,
        rows=rows,
    )


@screen("GET")
def show(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    database = fetch(actor, Database, key=key)
    parts = (_facts, _filings, _declared, _counts, _made_of)
    sections = [section(actor, database) for section in parts]
    lead = database.entity.name
    return registers.show(request, actor, DATABASES, database, sections=sections, lead=lead)


@screen("GET", "POST", needs=Action.EDIT)
def change(request: HttpRequest, actor: Actor, key: str, part: str) -> HttpResponse:
    return sheets.change(request, actor, DATABASES, key, part)


@screen("GET", "POST", needs=Action.EDIT)
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = NewDatabaseForm(forms.sent(request), offers=_offer_entities(actor, None))
    return sheets.add(request, actor, DATABASES, form, _document)


def _document(entered: Mapping[str, Any]) -> DatabaseInput:
    return DatabaseInput(name=entered["name"], entity=entered["entity"])


def _cells(database: Database) -> list[Cell]:
    counts = sorted(database.counts.all(), key=lambda one: one.counted_on)
    persons = counts[-1].persons if counts else None
    filings = ", ".join(sorted({said(FilingKind, one.kind) for one in database.filings.all()}))
    return [
        Cell(text=database.entity.name, url=reverse("entity-show", args=[database.entity.key])),
        Cell(text=f"{persons:,}") if persons is not None else Cell(status="unknown"),
        Cell(text=filings or _("None recorded"), quiet=True),
    ]


def _facts(actor: Actor, database: Database) -> Section:
    facts = [
        (_("Company"), database.entity.name),
        (_("What it is for"), database.purpose_text),
        (_("Database manager"), contact_said(database.manager)),
        (_("Main risks, and what is done about them"), database.risks),
        (
            _("How people reach and correct their data is described"),
            fact_said(database.access_means),
        ),
        (_("Its data is traded"), fact_said(database.trades_in_data)),
    ]
    return part(actor, DATABASES, database, "facts", facts=facts)


def _filings(actor: Actor, database: Database) -> Section:
    rows = [
        [
            Cell(text=said(FilingKind, one.kind)),
            Cell(text=regime_name(one.regime)),
            Cell(text=one.number, quiet=True),
            Cell(text=day_said(one.filed_on) or _("Not said"), quiet=True),
        ]
        for one in database.filings.order_by("-filed_on", "pk")
    ]
    heads = [_("What was filed"), _("Law"), _("Number"), _("Filed or done on")]
    return part(
        actor, DATABASES, database, "filings", said=database.filings_state, heads=heads, rows=rows
    )


def _declared(actor: Actor, database: Database) -> Section:
    rows = [[Cell(text=category_name(code))] for code in database.declared_categories]
    return part(
        actor, DATABASES, database, "declared", said=database.declared_categories_state,
        heads=[_("Category of data")], rows=rows,
    )  # fmt: skip


def _counts(actor: Actor, database: Database) -> Section:
    rows = [
        [
            Cell(text=day_said(one.counted_on)),
            Cell(text="" if one.persons is None else f"{one.persons:,}"),
            Cell(text="" if one.authorised_users is None else f"{one.authorised_users:,}"),
        ]
        for one in database.counts.order_by("-counted_on")
    ]
    heads = [_("Counted on"), _("People in it"), _("People who may open it")]
    empty = _("Never counted.")
    return part(actor, DATABASES, database, "counts", heads=heads, rows=rows, empty=empty)


def _made_of(actor: Actor, database: Database) -> Section:
    seen = visible(actor, Dataset).filter(databases__database=database).order_by("name")
    rows = [
        [Cell(text=name, url=reverse("dataset-show", args=[key]), key=key)]
        for key, name in seen.values_list("key", "name")[:100]
    ]
    heads, empty = [_("Dataset")], _("None is recorded.")
    return part(actor, DATABASES, database, "datasets", heads=heads, rows=rows, empty=empty)
