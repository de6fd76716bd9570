"""Sheets: the forms by which rows of the register are changed, one part of a row at a time.

A sheet is a form, or a list of forms, with how it is read from a row and written to a document.
It carries the row's version: who saves over somebody else's change sees both first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inventory.models import Tenant
from inventory.services.access import Action, fetch, require
from inventory.services.actors import Actor
from inventory.services.errors import Conflict, Invalid, NotFound, Stale
from inventory.services.history import last_change
from inventory.services.inputs import Outcome
from inventory.web.forms import Offers, SheetForm, flat
from inventory.web.page import attach, clock, go, page, screen

NONE_SAID = "none"
EMPTY_ROWS = 1
MOST_ROWS = 200


def _offer_nothing(actor: Actor, row: Any) -> Offers:
    return {}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One part of a row. `read` gives a form's values, or with `part` those of each form of a
    list; `write` turns what was entered into attributes of the room's document."""

    title: Any
    form: type[SheetForm]
    read: Callable[[Any], Any]
    write: Callable[[Any], dict[str, Any]]
    offers: Callable[[Actor, Any], Offers] = _offer_nothing
    lead: Any = ""
    part: str = ""  # the document's list that it fills, as refusals name it
    one: Any = ""  # what one entry of the list is called
    hint: Callable[[Actor, Any], str] | None = None  # what this row still lacks
    names: Mapping[str, str] = field(default_factory=dict)  # refused path → field


@dataclass(frozen=True, kw_only=True)
class Room:
    """One kind of thing in the register, with its addresses and its sheets."""

    noun: str  # its addresses are called "<noun>-browse", "<noun>-show", "<noun>-change"
    model: type[Tenant]
    one: Any
    several: Any
    adding: Any  # what adding one is called
    document: type[Any]
    put: Callable[..., Outcome[Any]]
    retire: Callable[..., Outcome[Any]]
    sheets: Mapping[str, Sheet]
    needs: Action = Action.EDIT

    def sheet(self, part: str) -> Sheet:
        if part not in self.sheets:
            raise NotFound(_("There is no such part."))
        return self.sheets[part]


def change(request: HttpRequest, actor: Actor, room: Room, key: str, part: str) -> HttpResponse:
    """A sheet's page, and what happens when it is sent."""
    sheet = room.sheet(part)
    row: Any = fetch(actor, room.model, room.needs, key=key)
    entered = _Entered(request, actor, sheet, row)
    if request.method != "POST":
        return _page(request, room, row, sheet, entered)
    if not entered.is_valid():
        return _page(request, room, row, sheet, entered, status=422)
    document = room.document(**entered.attributes())
    today, _now = clock(actor)
    try:
        outcome = room.put(actor, key, document, today=today, if_match=entered.version)
    except Invalid as invalid:
        entered.refuse(invalid)
        return _page(request, room, row, sheet, entered, status=422)
    except Stale:
        row = fetch(actor, room.model, room.needs, key=key)
        entered.overtake(row)
        return _page(request, room, row, sheet, entered, status=412)
    messages.success(request, told(outcome))
    if request.POST.get("act") == "more":
        return go(request, f"{room.noun}-change", key, part)
    return go(request, f"{room.noun}-show", key)


def add(
    request: HttpRequest, actor: Actor, room: Room, form: forms.Form, write: Callable[[Any], Any]
) -> HttpResponse:
    """A new row: its key and what it cannot do without; the rest is said on its own page."""
    require(actor, room.needs)
    if request.method == "POST" and form.is_valid():
        today, _now = clock(actor)
        key = form.cleaned_data["key"]
        try:
            _refuse_known(actor, room, key)
            outcome = room.put(actor, key, write(form.cleaned_data), today=today)
        except Invalid as invalid:
            attach(form, invalid)
        else:
            messages.success(request, told(outcome))
            return go(request, f"{room.noun}-show", key)
    context = {"room": room, "form": form, "browse": f"{room.noun}-browse"}
    return page(request, "registers/add", context, status=422 if form.errors else 200)


def retiring(room: Room) -> Callable[..., HttpResponse]:
    """The view that takes a row of the room out of lists: a page asks first."""

    @screen("GET", "POST", needs=room.needs)
    def retire(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
        row: Any = fetch(actor, room.model, room.needs, key=key)
        context = {"room": room, "row": row, "problem": "", "show": f"{room.noun}-show"}
        if request.method != "POST":
            return page(request, "registers/retire", context)
        today, now = clock(actor)
        try:
            room.retire(actor, key, today=today, now=now)
        except (Invalid, Conflict) as error:
            context["problem"] = _without_path(error)
            return page(request, "registers/retire", context, status=409)
        messages.success(request, _("“%(name)s” is retired.") % {"name": row.name})
        return go(request, f"{room.noun}-browse")

    return retire


def _without_path(error: Invalid | Conflict) -> str:
    if isinstance(error, Conflict):
        return str(error)
    return " ".join(message for said in error.errors.values() for message in said)


def told(outcome: Outcome[Any]) -> str:
    """What was done and what followed, in a sentence or two."""
    closed, opened = len(outcome.closed), len(outcome.findings)
    if not outcome.created and not outcome.changes and not closed:
        return _("Nothing was different, so nothing was changed.")
    text = _("Saved.")
    if closed:
        text += " " + ngettext("%(n)d finding closed.", "%(n)d findings closed.", closed) % {
            "n": closed
        }
    if opened:
        text += " " + ngettext("%(n)d finding is open.", "%(n)d findings are open.", opened) % {
            "n": opened
        }
    return text


class _Entered:
    """What was entered on a sheet: one form, or a list of forms with what an empty list means."""

    def __init__(self, request: HttpRequest, actor: Actor, sheet: Sheet, row: Any) -> None:
        self.actor = actor
        self.sheet = sheet
        self.data = request.POST if request.method == "POST" else None
        self.offers = sheet.offers(actor, row)
        self.initial = sheet.read(row)
        self.shown_version = row.version
        self.stale: dict[str, Any] | None = None
        if sheet.part:
            self.forms = self._formset()
            self.said = _SaidForm(self.data, initial={"said": _said(row, sheet.part)})
        else:
            self.form = sheet.form(self.data, initial=self.initial, offers=self.offers)

    @property
    def version(self) -> int | None:
        sent = self.data.get("version", "") if self.data else ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else -1

    def is_valid(self) -> bool:
        if not self.sheet.part:
            return self.form.is_valid()
        sound = [form.is_valid() for form in self.forms if not self._is_out(form)]
        return all(sound) and self.forms.management_form.is_valid() and self.said.is_valid()

    def attributes(self) -> dict[str, Any]:
        if not self.sheet.part:
            return self.sheet.write(self.form.cleaned_data)
        entries = [form.cleaned_data for form in self._kept()]
        if not entries and self.said.cleaned_data["said"] != NONE_SAID:
            return {str(self.sheet.part): None}
        return self.sheet.write(entries)

    def refuse(self, invalid: Invalid) -> None:
        if not self.sheet.part:
            attach(self.form, invalid, names=self.sheet.names)
            return
        kept = self._kept()
        for path, said in invalid.errors.items():
            _list, number, *rest = [*path.split("."), "", ""]
            at = int(number) if number.isdigit() and int(number) < len(kept) else None
            form = self.said if at is None else kept[at]
            name = self.sheet.names.get(rest[0], rest[0])
            for message in said:
                form.add_error(name if name in form.fields else None, message)

    def overtake(self, row: Any) -> None:
        """Somebody was quicker: keep what was typed, and show what is there now."""
        theirs = self.sheet.read(row)
        self.shown_version = row.version
        self.stale = {**_by_whom(row), "rows": self._differences(theirs)}

    def _differences(self, theirs: Any) -> list[dict[str, str]]:
        if self.sheet.part:
            return [{"label": str(self.sheet.one), "theirs": self._in_words(one)} for one in theirs]
        mine = self.form.cleaned_data
        return [
            {"label": str(bound.label), "theirs": _worded(bound.field, theirs.get(bound.name))}
            for bound in self.form
            if theirs.get(bound.name) != mine.get(bound.name)
        ]

    def _in_words(self, one: Mapping[str, Any]) -> str:
        form = self.sheet.form(initial=one, offers=self.offers)
        said = (_worded(bound.field, one.get(bound.name)) for bound in form)
        return " · ".join(word for word in said if word)

    def _formset(self) -> Any:
        kind = forms.formset_factory(
            self.sheet.form,
            formset=_Rows,
            extra=EMPTY_ROWS,
            can_delete=True,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS + 1,
        )
        return kind(
            self.data, initial=self.initial, prefix="row", form_kwargs={"offers": self.offers}
        )

    def _kept(self) -> list[Any]:
        return [form for form in self.forms if not self._is_out(form)]

    def _is_out(self, form: Any) -> bool:
        return form.is_blank() or bool(form.data.get(form.add_prefix("DELETE")))


class _Rows(forms.BaseFormSet):
    """A list of forms; the boxes that take one out come last and say so."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = gettext_lazy("Take this out")


class _SaidForm(forms.Form):
    """What an empty list means: that there is none, or that nobody has said."""

    said = forms.ChoiceField(
        label=gettext_lazy("If the list is empty"),
        required=False,
        choices=[
            ("", gettext_lazy("It is not known yet")),
            (NONE_SAID, gettext_lazy("There is none")),
        ],
    )


def _page(
    request: HttpRequest,
    room: Room,
    row: Any,
    sheet: Sheet,
    entered: _Entered,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "room": room,
        "row": row,
        "sheet": sheet,
        "entered": entered,
        "version": entered.shown_version,
        "hint": sheet.hint(entered.actor, row) if sheet.hint else "",
        "browse": f"{room.noun}-browse",
        "show": f"{room.noun}-show",
    }
    return page(request, "registers/change", context, status=status)


def _said(row: Any, part: str) -> str:
    return NONE_SAID if getattr(row, f"{part}_state", "") == NONE_SAID else ""


def _by_whom(row: Any) -> dict[str, Any]:
    when, membership = last_change(row)
    return {"at": when, "who": str(membership.user) if membership else ""}


def _worded(field: Any, value: Any) -> str:
    """A form's value as its own choices say it."""
    if value in (None, "", []):
        return ""
    prepared = field.prepare_value(value)
    labels = dict(flat(getattr(field, "choices", ())))
    if isinstance(prepared, list | tuple):
        return ", ".join(str(labels.get(one, one)) for one in prepared)
    return str(labels.get(prepared, prepared))


def _refuse_known(actor: Actor, room: Room, key: str) -> None:
    rows: Any = room.model._default_manager.filter(organisation=actor.organisation)
    if rows.filter(key=key).exists():
        raise Invalid({"key": _("This key is taken. Choose another.")})
