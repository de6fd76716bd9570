"""The list of datasets: search, filters, order; typing one in, changing it, retiring."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.filters import DatasetFilter, filtered
from inventory.law.vocabulary import DatasetKind, Status, SubjectKind
from inventory.models import Dataset, LegalEntity, System
from inventory.services import compliance, datasets
from inventory.services.access import Action, fetch, may, visible
from inventory.services.actors import Actor
from inventory.services.errors import Invalid, NotFound, Stale
from inventory.services.inputs import Outcome
from inventory.templatetags.grounds import VERDICTS, verdict
from inventory.web import past, words
from inventory.web.dataset_forms import DatasetForm, NewDatasetForm
from inventory.web.narrowing import Offer, filter_bar, found, sorting
from inventory.web.page import attach, clock, go, page, screen
from inventory.web.telling import tell_change

A_PAGE = 50
ORDERS = {
    "name": ("name", "pk"),
    "kind": ("kind", "name", "pk"),
    "system": ("system__name", "name", "pk"),
    "fields": ("field_count", "name", "pk"),
}


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every dataset the member sees, worst standing first."""
    if request.GET.get("as_of"):
        return past.browse(request, actor)
    errors: dict[str, list[str]] = {}
    rows = visible(actor, Dataset)
    try:
        rows = filtered(DatasetFilter, _asked(request), rows)
    except Invalid as invalid:
        rows, errors = rows.none(), invalid.errors
    shown = _page(request, actor, rows)
    context = {
        "filters": filter_bar(request, _offers(actor), label=_("Name, key, field or system")),
        "errors": [message for said in errors.values() for message in said],
        "result": _result(request, shown),
        "rows": _rows(actor, list(shown)),
        "columns": _columns(request),
        "page": shown,
        "empty": _empty(request, actor) if not shown.object_list else None,
        "may_register": may(actor, Action.REGISTER),
        "acts": [{"label": _("Retire…"), "name": "act", "value": "retire", "danger": True}],
    }
    return page(request, "datasets/browse", context, part="list")


@screen("GET", "POST", needs=Action.REGISTER)
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Type one in."""
    form = NewDatasetForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        try:
            outcome = datasets.put_dataset(
                actor, key, form.document(), today=clock(actor)[0], if_match=None
            )
        except (Invalid, NotFound) as error:
            attach(form, error if isinstance(error, Invalid) else Invalid({"key": _taken(key)}))
        else:
            return _told(request, outcome, _("“%(name)s” is registered.") % _named(outcome))
    status = 422 if form.is_bound else 200
    return page(request, "datasets/edit", {"form": form}, status=status)


@screen("GET", "POST")
def edit(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Change what is said of a dataset; what somebody else said meanwhile is shown, not lost."""
    dataset = fetch(actor, Dataset, Action.REGISTER, key=key)
    form = DatasetForm(actor, request.POST or None, dataset=dataset)
    context: dict[str, Any] = {"form": form, "dataset": dataset}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            outcome = datasets.put_dataset(
                actor,
                key,
                form.document(),
                today=clock(actor)[0],
                if_match=form.cleaned_data["version"],
            )
        except Invalid as invalid:
            attach(form, invalid)
        except Stale as stale:
            context["theirs"] = form.differences()
            form.renew(stale.current)
            status = 412
        else:
            return _told(request, outcome, _("“%(name)s” is changed.") % _named(outcome))
    if form.is_bound and form.errors:
        status = 422
    return page(request, "datasets/edit", context, status=status)


@screen("GET", "POST")
def retire(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Take it out of lists and new records, once one has said yes."""
    dataset = fetch(actor, Dataset, Action.REGISTER, key=key)
    if request.method == "GET":
        return page(request, "datasets/retire", {"datasets": [dataset]})
    outcome = datasets.retire_dataset(actor, key, today=clock(actor)[0])
    messages.success(request, _("“%(name)s” is retired. Its history stays.") % _named(outcome))
    return go(request, "dataset-browse")


@screen("POST", needs=Action.REGISTER)
def retire_many(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The chosen ones: first the question, then the deed."""
    keys = [key for key in request.POST.getlist("dataset") if "\x00" not in key][:500]
    chosen = list(visible(actor, Dataset).filter(key__in=keys, retired_at=None).order_by("name"))
    if not chosen:
        messages.info(request, _("Choose at least one dataset."))
        return go(request, "dataset-browse")
    if request.POST.get("sure") != "yes":
        return page(request, "datasets/retire", {"datasets": chosen, "many": True})
    today = clock(actor)[0]
    for dataset in chosen:
        datasets.retire_dataset(actor, dataset.key, today=today)
    n = len(chosen)
    messages.success(
        request,
        ngettext("%(n)d dataset is retired.", "%(n)d datasets are retired.", n) % {"n": n},
    )
    return go(request, "dataset-browse")


def _asked(request: HttpRequest) -> dict[str, str]:
    """The address's parameters; retired datasets only for who asks for them."""
    return {
        "retired": "false",
        **{name: str(value) for name, value in request.GET.items() if value},
    }


def _page(request: HttpRequest, actor: Actor, rows: QuerySet[Dataset]) -> Page[Dataset]:
    live = Q(fields__retired_at=None)
    rows = rows.select_related("system", "entity", "owner__user")
    ordered = _ordered(request, actor, rows.annotate(field_count=Count("fields", filter=live)))
    pages = Paginator(ordered, A_PAGE)
    return pages.get_page(request.GET.get("page", "1")[:9])


def _ordered(request: HttpRequest, actor: Actor, rows: QuerySet[Dataset]) -> QuerySet[Dataset]:
    asked = request.GET.get("sort", "")
    columns = ORDERS.get(asked.removeprefix("-"))
    if columns:
        first = f"-{columns[0]}" if asked.startswith("-") else columns[0]
        return rows.order_by(first, *columns[1:])
    if "likeness" in rows.query.annotations and not asked:
        return rows.order_by(F("likeness").desc(), "name", "pk")
    ranked = compliance.by_badness(rows, SubjectKind.DATASET, actor.organisation)
    return ranked.order_by("worst" if asked == "-standing" else "-worst", "name", "pk")


def _rows(actor: Actor, shown: Sequence[Dataset]) -> list[dict[str, Any]]:
    cells = compliance.cells(actor, [dataset.pk for dataset in shown])
    return [_row(dataset, cells.get(dataset.pk, ())) for dataset in shown]


def _row(dataset: Dataset, cells: Sequence[compliance.Cell]) -> dict[str, Any]:
    return {
        "key": dataset.key,
        "name": dataset.name,
        "url": reverse("dataset-show", args=[dataset.key]),
        "status": worst(cells).value,
        "retired": dataset.retired_at is not None,
        "kind": words.said(DatasetKind, dataset.kind),
        "system": dataset.system,
        "fields": getattr(dataset, "field_count", 0),
        "subjects": words.subjects(dataset),
        "countries": list(dict.fromkeys(cell.country for cell in cells if cell.country)),
        "owner": str(dataset.owner.user) if dataset.owner else "",
    }


def worst(cells: Sequence[compliance.Cell]) -> Status:
    """The gravest word of a row; unknown where it was never judged."""
    order = [Status.BREACH, Status.UNKNOWN, Status.ATTENTION, Status.MET, Status.NOT_APPLICABLE]
    return min((cell.status for cell in cells), key=order.index, default=Status.NOT_APPLICABLE)


def _columns(request: HttpRequest) -> list[dict[str, Any]]:
    heads = (
        ("standing", _("Standing"), False),
        ("name", _("Dataset"), False),
        ("kind", _("Kind"), False),
        ("system", _("System"), False),
        ("fields", _("Fields"), True),
    )
    return sorting(request, heads, usual="" if request.GET.get("q") else "standing")


def _offers(actor: Actor) -> list[Offer]:
    systems = visible(actor, System).filter(retired_at=None).order_by("name")
    entities = visible(actor, LegalEntity).filter(retired_at=None).order_by("name")
    law = compliance.current_law()
    statuses = [s.value for s in (Status.BREACH, Status.UNKNOWN, Status.ATTENTION, Status.MET)]
    categories = sorted((words.category_name(code), code) for code in law.categories)
    return [
        Offer(name="status", label=_("Standing"),
              options=[(s, str(VERDICTS[verdict(s)])) for s in statuses]),
        Offer(name="country", label=_("Country"),
              options=[(c.country, c.name) for c in compliance.countries(actor) if c.country]),
        Offer(name="kind", label=_("Kind"), options=words.choices(DatasetKind)),
        Offer(name="system", label=_("System"),
              options=list(systems.values_list("key", "name")[:200])),
        Offer(name="entity", label=_("Company"),
              options=list(entities.values_list("key", "name")[:200])),
        Offer(name="category", label=_("Holds"), options=[(c, name) for name, c in categories]),
        Offer(name="unjustified", label=_("Grounds"),
              options=[("true", _("missing")), ("false", _("all given"))]),
        Offer(name="retired", label=_("Retired"), options=[("true", _("only these"))]),
    ]  # fmt: skip


def _result(request: HttpRequest, shown: Page[Dataset]) -> str:
    said = found(shown.paginator.count, _("dataset"), _("datasets"))
    if request.GET.get("sort"):
        return said
    how = _("nearest first") if request.GET.get("q") else _("worst standing first")
    return f"{said}, {how}" if shown.paginator.count else said


def _empty(request: HttpRequest, actor: Actor) -> dict[str, str]:
    if any(value for name, value in request.GET.items() if name not in ("sort", "page")):
        return {
            "title": _("No dataset is like this"),
            "text": _("Try fewer words or take a filter away."),
            "act_label": _("All datasets"),
            "act_url": reverse("dataset-browse"),
        }
    first = may(actor, Action.REGISTER)
    return {
        "title": _("No datasets yet"),
        "text": _("Import the schema you have, or type the first one."),
        "act_label": _("Add a dataset") if first else "",
        "act_url": reverse("dataset-create"),
    }


def _told(request: HttpRequest, outcome: Outcome[Dataset], said: str) -> HttpResponse:
    tell_change(request, said, outcome)
    return go(request, "dataset-show", outcome.row.key)


def _named(outcome: Outcome[Dataset]) -> dict[str, str]:
    return {"name": outcome.row.name}


def _taken(key: str) -> str:
    return _("The key “%(key)s” is taken.") % {"key": key}
