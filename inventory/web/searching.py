"""The search of the top bar: datasets, fields and purposes by name or key, typos forgiven."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.services import search
from inventory.services.actors import Actor
from inventory.web.page import page, screen


@screen("GET")
def show(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was found, by kind, the likeliest first; capped, and said so."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[: search.LONGEST]
    found = search.search(actor, asked) if asked else None
    groups = _groups(found) if found else []
    context = {
        "asked": asked,
        "groups": [group for group in groups if group["hits"]],
        "most": search.MOST,
    }
    return page(request, "search/show", context)


def _groups(found: search.Found) -> list[dict[str, Any]]:
    return [
        {
            "title": _("Datasets"),
            "hits": [_hit("dataset-show", row.key, row.name) for row in found.datasets],
            "all_url": reverse("dataset-browse"),
        },
        {
            "title": _("Fields"),
            "hits": [
                {**_hit("dataset-show", row.dataset.key, row.name), "under": row.dataset.name}
                for row in found.fields
            ],
        },
        {
            "title": _("Purposes"),
            "hits": [_hit("purpose-show", row.key, row.name) for row in found.purposes],
        },
    ]


def _hit(address: str, key: str, name: str) -> dict[str, str]:
    return {"name": name, "key": key, "url": reverse(address, args=[key])}
