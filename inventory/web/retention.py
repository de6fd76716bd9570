"""How long everything is kept: what the purposes set, beside what statutes and guidance say."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.law.bundle import Law
from inventory.models import Dataset, Purpose, RetentionPeriod
from inventory.services.access import Action, fetch, may, visible
from inventory.services.actors import Actor
from inventory.services.law import law_of
from inventory.web.page import clock, page, screen
from inventory.web.periods import said_duration, said_period
from inventory.web.registers import paged
from inventory.web.words import country_name, record_class_name

PAGE = 50


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every period; with `?dataset=KEY` those that bear on one dataset."""
    dataset = _dataset(request, actor)
    rows = _periods(actor, dataset)
    shown = paged(request, rows, size=PAGE)
    today, _now = clock(actor)
    context = {
        "dataset": dataset,
        "record_class": record_class_name(dataset.record_class) if dataset else "",
        "rows": [_row(actor, one, dataset, today) for one in shown],
        "unset": _unset(actor, dataset),
        "page": shown,
        "writable": may(actor, Action.EDIT),
    }
    return page(request, "retention/browse", context)


def _dataset(request: HttpRequest, actor: Actor) -> Dataset | None:
    key = request.GET.get("dataset", "").replace("\x00", "")
    return fetch(actor, Dataset, key=key) if key else None


def _periods(actor: Actor, dataset: Dataset | None) -> QuerySet[RetentionPeriod]:
    purposes = visible(actor, Purpose).filter(retired_at=None)
    if dataset is not None:
        purposes = purposes.filter(uses__field__dataset=dataset, uses__field__retired_at=None)
    rows = RetentionPeriod.objects.filter(purpose__in=purposes.values("pk"))
    if dataset is not None and dataset.record_class:
        rows = rows.filter(Q(record_class=None) | Q(record_class=dataset.record_class))
    rows = rows.select_related("purpose__activity")
    rows = rows.prefetch_related("purpose__activity__entities__entity")
    return rows.order_by("record_class", "purpose__name", "country", "pk")


def _unset(actor: Actor, dataset: Dataset | None) -> list[dict[str, str]]:
    """The purposes that say nothing of how long."""
    rows = visible(actor, Purpose).filter(retired_at=None, retention=None)
    if dataset is not None:
        rows = rows.filter(uses__field__dataset=dataset)
    return [
        {"name": name, "url": reverse("purpose-change", args=[key, "retention"]),
         "show_url": reverse("purpose-show", args=[key])}
        for key, name in rows.order_by("name").values_list("key", "name").distinct()[:100]
    ]  # fmt: skip


def _row(
    actor: Actor, one: RetentionPeriod, dataset: Dataset | None, today: date
) -> dict[str, Any]:
    kind = one.record_class or (dataset.record_class if dataset else None)
    where = [one.country] if one.country else _countries(one.purpose, dataset)
    return {
        "purpose": one.purpose.name,
        "show_url": reverse("purpose-show", args=[one.purpose.key]),
        "change_url": reverse("purpose-change", args=[one.purpose.key, "retention"]),
        "record_class": record_class_name(one.record_class) or _("All records of the purpose"),
        "kept": said_period(one),
        "country": country_name(one.country) if one.country else _("Everywhere"),
        "law": _demands(law_of(actor.organisation), kind, where, today),
    }


def _countries(purpose: Purpose, dataset: Dataset | None) -> list[str]:
    """Where the period has to do: of the dataset's company, or of those that take part."""
    if dataset is not None and dataset.entity:
        return [dataset.entity.country]
    parts = purpose.activity.entities.all() if purpose.activity else ()
    return sorted({part.entity.country for part in parts})


def _demands(law: Law, kind: str | None, countries: Iterable[str], today: date) -> list[str]:
    """What the law of each country sets for such records: at least, and at most."""
    if kind is None:
        return []
    said = []
    for country in countries:
        for family, words in (
            ("retention_minimum", _("%(country)s: at least %(length)s (%(law)s)")),
            ("retention_maximum", _("%(country)s: at most %(length)s (%(law)s)")),
        ):
            entry = law.value(f"{family}.{kind}", country=country, on=today)
            if entry is not None:
                length = said_duration(str(entry.value))
                said.append(words % {"country": country_name(country), "length": length,
                                     "law": entry.citation})  # fmt: skip
                if entry.guidance:
                    said[-1] += " " + _("(guidance)")
    return said
