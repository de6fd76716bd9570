"""Records for an authority: choose whose, see what is missing, issue, and download again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inventory.models import Activity, LegalEntity, Report
from inventory.reports.compose import LAYOUTS
from inventory.reports.issue import Missing, issue_record, missing_items, write_record
from inventory.reports.texts import languages, wording
from inventory.services import reports
from inventory.services.access import Action, may, visible
from inventory.services.actors import Actor
from inventory.services.errors import Conflict, Invalid, NotFound
from inventory.services.law import current_law
from inventory.web import forms as fields
from inventory.web.page import attach, clock, go, page, screen
from inventory.web.registers import paged
from inventory.web.words import country_name, regime_name

PAGE = 50


class RecordForm(forms.Form):
    """Whose record, under which law, in which language, as of which day."""

    entity = fields.pick(__("Whose record"), needed=True)
    regime = fields.pick(__("Under which law"), needed=True)
    language = fields.pick(__("In which language"), needed=True)
    as_of = fields.day(__("As it stood at the end of"), __("Empty: today."))

    def __init__(self, *args: Any, entities: Sequence[LegalEntity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(one.key, f"{one.name} ({country_name(one.country)})") for one in entities]
        self.fields["entity"].choices = [("", _("Choose…")), *own]  # type: ignore[attr-defined]
        laws = [(code, _law_title(code)) for code in sorted(LAYOUTS)]
        self.fields["regime"].choices = [("", _("Choose…")), *laws]  # type: ignore[attr-defined]
        spoken = [(tag, _language_name(tag)) for tag in languages()]
        self.fields["language"].choices = [("", _("Choose…")), *spoken]  # type: ignore[attr-defined]


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was issued, newest first; and the way to the next one."""
    rows = reports.issued(actor).select_related("entity", "issued_by__user")
    shown = paged(request, rows, size=PAGE)
    context = {
        "rows": [(one, regime_name(one.regime), _language_name(one.language)) for one in shown],
        "page": shown,
        "prepare_url": reverse("record-prepare") if may(actor, Action.ISSUE) else "",
    }
    return page(request, "records/browse", context)


@screen("GET", needs=Action.ISSUE)
def prepare(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a record; once chosen, what it would print as missing is named here."""
    form = _form(request, actor)
    context: dict[str, Any] = {"form": form, "chosen": None, "status": None}
    status = 200
    if form.is_bound and form.is_valid():
        try:
            context |= _completeness(actor, form.cleaned_data)
        except Invalid as invalid:
            attach(form, invalid)
        except (NotFound, Conflict) as error:
            form.add_error(None, str(error))
    if form.errors:
        status = 422
    return page(request, "records/prepare", context, status=status)


@screen("POST", needs=Action.ISSUE)
def issue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Issue it under a number, gaps and all: they are printed as gaps."""
    form = _form(request, actor)
    if not form.is_valid():
        return page(request, "records/prepare", {"form": form, "chosen": None}, status=422)
    given = form.cleaned_data
    _today, now = clock(actor)
    try:
        report = issue_record(actor, given["entity"], now=now, **_asked(given))
    except (Invalid, NotFound, Conflict) as error:
        _refuse(form, error)
        return page(request, "records/prepare", {"form": form, "chosen": None}, status=422)
    number = {"number": report.number}
    messages.success(request, _("Issued under the number %(number)s.") % number)
    return go(request, "record-show", report.number)


@screen("GET", needs=Action.ISSUE)
def preview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A copy without a number; nothing is kept of it."""
    form = _form(request, actor)
    if not form.is_valid():
        return page(request, "records/prepare", {"form": form, "chosen": None}, status=422)
    given = form.cleaned_data
    _today, now = clock(actor)
    try:
        content = write_record(actor, given["entity"], now=now, **_asked(given))
    except (Invalid, NotFound, Conflict) as error:
        _refuse(form, error)
        return page(request, "records/prepare", {"form": form, "chosen": None}, status=422)
    return _pdf(content, f"{given['entity']}-{given['regime']}-copy.pdf")


@screen("GET")
def show(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """An issued record: what it is, its digest, and its download."""
    report = _fetch(actor, number)
    context = {
        "report": report,
        "regime": regime_name(report.regime),
        "language": _language_name(report.language),
        "crumbs": [
            {"label": _("Records"), "url": reverse("record-browse")},
            {"label": report.number, "key": True},
        ],
    }
    return page(request, "records/show", context)


@screen("GET")
def download(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The very bytes that were issued."""
    report, content = reports.read_report(actor, number)
    return _pdf(content, f"{report.entity.key}-{report.regime}-{report.number}.pdf")


def _form(request: HttpRequest, actor: Actor) -> RecordForm:
    entities = list(visible(actor, LegalEntity).filter(retired_at=None).order_by("name"))
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent if sent.get("entity") is not None else None
    return RecordForm(asked, entities=entities, initial={"language": "en"})


def _asked(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("regime", "language", "as_of")}


def _completeness(actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
    _today, now = clock(actor)
    missing = missing_items(actor, given["entity"], now=now, **_asked(given))
    entity = visible(actor, LegalEntity).get(key=given["entity"])
    n = len(missing)
    title = ngettext("%(n)d item is missing", "%(n)d items are missing", n) % {"n": n}
    return {
        "chosen": entity,
        "hidden": [
            (name, _sent(given[name])) for name in ("entity", "regime", "language", "as_of")
        ],
        "missing": _by_activity(actor, missing),
        "headline": title if n else _("Everything that it must say is there"),
        "complete": not n,
    }


def _sent(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _by_activity(actor: Actor, missing: Sequence[Missing]) -> list[dict[str, Any]]:
    """The gaps of each activity, with the page where the activity is completed."""
    rows = visible(actor, Activity).filter(key__in={one.activity for one in missing})
    names = dict(rows.values_list("key", "name"))
    groups: dict[str | None, list[Missing]] = {}
    for one in missing:
        groups.setdefault(one.activity, []).append(one)
    return [
        {
            "activity": names.get(key, key) if key else _("The company itself"),
            "url": reverse("activity-show", args=[key]) if key else "",
            "items": items,
        }
        for key, items in groups.items()
    ]


def _refuse(form: RecordForm, error: Invalid | NotFound | Conflict) -> None:
    if isinstance(error, Invalid):
        attach(form, error)
    else:
        form.add_error(None, str(error))


def _fetch(actor: Actor, number: str) -> Report:
    report = reports.issued(actor).filter(number=number).select_related("issued_by__user").first()
    if report is None:
        raise NotFound(_("No record with this number that you can see."))
    return report


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _law_title(code: str) -> str:
    return f"{regime_name(code)}: {current_law().regimes[code].title['en']}"


def _language_name(tag: str) -> str:
    locale = wording(tag).locale
    name = str(locale.get_display_name() or tag)
    return name[:1].upper() + name[1:]  # "português (Brasil)" keeps its country's capital
