"""Activities: the entries of the record, with who takes part, whose data it is, what guards it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.vocabulary import EntityRole, SubjectCategory
from inventory.models import Activity, LegalEntity, Party
from inventory.services.access import Action, fetch, visible
from inventory.services.activities import put_activity, retire_activity
from inventory.services.actors import Actor
from inventory.services.register_inputs import ActivityEntityInput, ActivityInput
from inventory.web import forms, registers, sheets
from inventory.web.answers import SomeOf
from inventory.web.forms import NOTHING, Offers, SheetForm
from inventory.web.measures import SAFEGUARDS, safeguard_heads, safeguard_rows
from inventory.web.page import screen
from inventory.web.periods import said_period
from inventory.web.purpose_sheets import rows_offered, values
from inventory.web.registers import Cell, Section, day_said, part
from inventory.web.sheets import Room, Sheet
from inventory.web.words import choices, regime_name, said


class TextForm(SheetForm):
    """What is done, and to whose data."""

    name = forms.line(__("Name"), needed=True)
    description = forms.prose(__("What is done"))
    subject_categories = SomeOf(
        choices(SubjectCategory),
        none=_("Nobody’s: no person is concerned"),
        label=__("Whose data"),
    )
    processor_record = forms.fact(__("As a processor: a record for each controller"))
    reviewed_on = forms.day(__("Last looked at"))


class PartForm(SheetForm):
    """A company's part in the activity."""

    entity = forms.pick(__("Company"), needed=True)
    role = forms.word(EntityRole, __("Takes part as"), needed=True, empty=None)
    on_behalf_of = forms.pick(__("For whom"), __("For a processor: its customer."))


class NewActivityForm(SheetForm):
    """What an activity cannot do without."""

    key = forms.key()
    name = forms.line(__("Name"), needed=True)
    description = forms.prose(__("What is done"))


def _read_text(activity: Activity) -> dict[str, Any]:
    plain = values(activity, ("name", "description", "processor_record", "reviewed_on"))
    asked = activity.subject_categories_state != "not_asked"
    return {**plain, "subject_categories": tuple(activity.subject_categories) if asked else None}


def _read_parts(activity: Activity) -> list[dict[str, Any]]:
    rows = activity.entities.select_related("entity", "on_behalf_of").order_by("entity__name", "pk")
    return [
        {"entity": one.entity.key, "role": one.role,
         "on_behalf_of": one.on_behalf_of.key if one.on_behalf_of else None}
        for one in rows
    ]  # fmt: skip


def _write_parts(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = ("entity", "role", "on_behalf_of")
    return {"entities": tuple(ActivityEntityInput(**{n: one[n] for n in names}) for one in entries)}


def _offer_parts(actor: Actor, row: Any) -> Offers:
    return {
        "entity": [("", _("Choose…")), *rows_offered(actor, LegalEntity)],
        "on_behalf_of": [NOTHING, *rows_offered(actor, Party)],
    }


ACTIVITIES = Room(
    noun="activity",
    model=Activity,
    one=__("Activity"),
    several=__("Activities"),
    adding=__("Add an activity"),
    document=ActivityInput,
    put=put_activity,
    retire=retire_activity,
    sheets={
        "text": Sheet(
            title=__("Activity"),
            form=TextForm,
            read=_read_text,
            write=dict,
        ),
        "entities": Sheet(
            title=__("Companies that take part"),
            one=__("Company"),
            part="entities",
            form=PartForm,
            read=_read_parts,
            write=_write_parts,
            offers=_offer_parts,
        ),
        "safeguards": SAFEGUARDS,
    },
)


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    rows = visible(actor, Activity).prefetch_related("entities__entity", "purposes")
    return registers.browse(
        request,
        actor,
        ACTIVITIES,
        lead=_("The entries of the record of processing; each serves one or more purposes."),
        heads=[_("Companies"), _("Purposes"), _("Whose data"), _("Last looked at")],
        cells=_cells,
        rows=rows,
    )


@screen("GET")
def show(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    activity = fetch(actor, Activity, key=key)
    sections = [
        _text(actor, activity),
        _parts(actor, activity),
        _purposes(activity),
        part(
            actor,
            ACTIVITIES,
            activity,
            "safeguards",
            said=activity.safeguards_state,
            heads=safeguard_heads(),
            rows=safeguard_rows(activity),
        ),
    ]
    return registers.show(request, actor, ACTIVITIES, activity, sections=sections)


@screen("GET", "POST", needs=Action.EDIT)
def change(request: HttpRequest, actor: Actor, key: str, part: str) -> HttpResponse:
    return sheets.change(request, actor, ACTIVITIES, key, part)


@screen("GET", "POST", needs=Action.EDIT)
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = NewActivityForm(forms.sent(request))
    return sheets.add(request, actor, ACTIVITIES, form, _document)


def _document(entered: Mapping[str, Any]) -> ActivityInput:
    return ActivityInput(name=entered["name"], description=entered["description"])


def _cells(activity: Activity) -> list[Cell]:
    companies = sorted({one.entity.name for one in activity.entities.all()})
    purposes = [one.name for one in activity.purposes.all() if one.retired_at is None]
    return [
        Cell(text=", ".join(companies) or _("Not said"), quiet=not companies),
        Cell(text=", ".join(purposes[:3]) or _("None recorded"), quiet=not purposes),
        Cell(text=_whose(activity) or _("Not said"), quiet=True),
        Cell(text=day_said(activity.reviewed_on) or _("Never"), quiet=True),
    ]


def _whose(activity: Activity) -> str:
    return ", ".join(said(SubjectCategory, code) for code in activity.subject_categories)


def _text(actor: Actor, activity: Activity) -> Section:
    facts = [
        (_("What is done"), activity.description),
        (_("Whose data"), _whose(activity)),
        (_("Last looked at"), day_said(activity.reviewed_on)),
    ]
    return part(actor, ACTIVITIES, activity, "text", facts=facts)


def _parts(actor: Actor, activity: Activity) -> Section:
    rows = [
        [
            Cell(text=one.entity.name, url=reverse("entity-show", args=[one.entity.key])),
            Cell(text=said(EntityRole, one.role)),
            Cell(text=one.on_behalf_of.name if one.on_behalf_of else "", quiet=True),
        ]
        for one in activity.entities.select_related("entity", "on_behalf_of").order_by("pk")
    ]
    heads = [_("Company"), _("Takes part as"), _("For whom")]
    return part(
        actor,
        ACTIVITIES,
        activity,
        "entities",
        said=activity.entities_state,
        heads=heads,
        rows=rows,
    )


def _purposes(activity: Activity) -> Section:
    rows = [
        [
            Cell(text=one.name, url=reverse("purpose-show", args=[one.key])),
            Cell(
                text=", ".join(sorted({regime_name(b.regime) for b in one.bases.all()}))
                or _("None recorded")
            ),
            Cell(text=" · ".join(said_period(p) for p in one.retention.all()) or _("Not set")),
        ]
        for one in activity.purposes.filter(retired_at=None)
        .prefetch_related("bases", "retention")
        .order_by("name")
    ]
    heads = [_("Purpose"), _("Legal bases"), _("Kept for")]
    return Section(
        title=_("Purposes"), heads=heads, rows=rows, empty=_("It serves no recorded purpose.")
    )
