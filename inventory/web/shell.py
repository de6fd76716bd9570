"""The frame around every page of a member: sections with their counts, languages, who one is.

A context processor; lazy, so that fragments and error pages pay nothing for it. Three queries,
whatever the register holds.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Model, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inventory.law.vocabulary import JustificationState, Severity, Status
from inventory.models import (
    Activity,
    Database,
    Dataset,
    Justification,
    LegalEntity,
    Membership,
    Organisation,
    Party,
    Purpose,
    Report,
    System,
)
from inventory.services import compliance
from inventory.services.access import Action, may, visible
from inventory.services.actors import Actor, member
from inventory.services.law import law_of
from inventory.web.page import clock, current_membership

COUNTED: Mapping[str, type[Model]] = {
    "datasets": Dataset,
    "systems": System,
    "activities": Activity,
    "purposes": Purpose,
    "parties": Party,
    "entities": LegalEntity,
    "databases": Database,
}

THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` for base.html; empty for a person who is not signed in."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    membership = current_membership(request)
    if membership is None:
        return {}
    actor = member(membership, door="web")
    return {
        "home_url": reverse("overview"),
        "menu_url": reverse("menu"),
        "search_url": reverse("search"),
        "sign_out_url": reverse("sign-out"),
        "language_url": reverse("language"),
        "organisation_url": reverse("organisation"),
        "nav": _nav(request, actor),
        "query": request.GET.get("q", "") if request.resolver_match else "",
        "as_of_action": reverse("dataset-browse"),
        "as_of": (day := _past_day(request, actor)),
        "band": {"day": day, "compare_url": "", "back_url": reverse("dataset-browse")}
        if day
        else None,
        "languages": spoken_languages(),
        "organisation": membership.organisation.name,
        "organisations": _organisations(request, membership),
        "person": str(request.user),
        "initials": _initials(str(request.user)),
        "person_links": _links(actor),
        "theme": request.COOKIES.get("theme", "") if request.COOKIES.get("theme") in THEMES else "",
        "keys_off": request.COOKIES.get("keys") == "off",
        "law_version": law_of(membership.organisation).hash[:12],
    }


def _past_day(request: HttpRequest, actor: Actor) -> date | None:
    """The past day that the address asks for; only the list of datasets knows one."""
    if not request.resolver_match or request.resolver_match.url_name != "dataset-browse":
        return None
    try:
        day = date.fromisoformat(request.GET.get("as_of", "")[:10])
    except ValueError:
        return None
    return day if day < clock(actor)[0] else None


def _nav(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """The sections; a count where it says how much is there or waits."""
    n = _counts(actor)
    groups: list[tuple[str, list[tuple[str, str, int | None, str]]]] = [
        (_("Work"), [
            ("overview", _("Overview"), None, "o"),
            ("finding-browse", _("Findings"), n["findings"], "f"),
            ("justification-browse", _("Justifications"), n["waiting"], "j"),
            ("retention-browse", _("Retention"), None, "r"),
        ]),
        (_("Register"), [
            ("dataset-browse", _("Datasets"), n["datasets"], "d"),
            ("activity-browse", _("Activities"), n["activities"], ""),
            ("purpose-browse", _("Purposes"), n["purposes"], ""),
            ("system-browse", _("Systems"), n["systems"], ""),
            ("party-browse", _("Recipients"), n["parties"], ""),
            ("transfer-browse", _("Transfers"), None, ""),
            ("entity-browse", _("Legal entities"), n["entities"], ""),
            ("database-browse", _("Databases"), n["databases"], ""),
        ]),
        (_("Answer"), [
            ("record-browse", _("Records"), n["records"], ""),
            ("law-browse", _("Law library"), None, ""),
            ("ruling-browse", _("Counsel’s rulings"), None, ""),
            ("house-browse", _("House policy"), None, ""),
        ]),
    ]  # fmt: skip
    return [
        {"label": label, "items": [_item(request, *item) for item in items]}
        for label, items in groups
    ]


def _item(
    request: HttpRequest, name: str, label: str, count: int | None, key: str
) -> dict[str, Any]:
    here = (request.resolver_match and request.resolver_match.url_name) or ""
    here = here.replace("field-", "dataset-")  # what is done to fields is done on their dataset
    room = name.removesuffix("browse")
    current = here == name or (name.endswith("browse") and here.startswith(room))
    return {"label": label, "url": reverse(name), "count": count, "current": current, "go": key}


def _counts(actor: Actor) -> dict[str, int]:
    """Everything counted, in one query."""
    own = {"organisation": actor.organisation}
    rows: dict[str, QuerySet[Any]] = {
        name: visible(actor, model).filter(retired_at=None) for name, model in COUNTED.items()
    }
    rows["findings"] = compliance.findings(actor, waived=False).exclude(
        status=Status.ATTENTION, severity=Severity.ADVICE
    )
    rows["waiting"] = Justification.objects.filter(state=JustificationState.SUBMITTED, **own)
    rows["records"] = Report.objects.filter(**own)
    counted = {name: Subquery(_count(found)) for name, found in rows.items()}
    held: Any = Organisation.objects.filter(pk=actor.organisation.pk).values(**counted).get()
    return {name: number or 0 for name, number in held.items()}


def _count(rows: QuerySet[Any]) -> QuerySet[Any]:
    whole: QuerySet[Any] = rows.order_by().values("organisation")
    counted: QuerySet[Any] = whole.annotate(n=Count("pk", distinct=True)).values("n")
    return counted


def spoken_languages() -> list[dict[str, Any]]:
    """English, and what is translated."""
    current = get_language() or "en"
    there = [(code, name) for code, name in settings.LANGUAGES if _translated(code)]
    return [{"code": code, "name": name, "current": code == current} for code, name in there]


def _translated(code: str) -> bool:
    folders = [Path(place) / code.split("-")[0] for place in settings.LOCALE_PATHS]
    return code == "en" or any(folder.is_dir() for folder in folders)


def _organisations(request: HttpRequest, current: Membership) -> list[dict[str, Any]]:
    held = getattr(request, "memberships", [current])
    return [
        {"key": m.organisation.key, "name": m.organisation.name, "current": m.pk == current.pk}
        for m in held
    ]


def _links(actor: Actor) -> list[dict[str, str]]:
    links = []
    for name, label, action in (
        ("member-browse", _("Members"), Action.MANAGE),
        ("token-browse", _("API tokens"), Action.READ),
        ("profile", _("Language and screen"), Action.READ),
    ):
        try:
            if may(actor, action):
                links.append({"label": label, "url": reverse(name)})
        except NoReverseMatch:
            continue
    return links


def _initials(name: str) -> str:
    words = name.replace("@", " ").replace(".", " ").split()
    return "".join(word[0] for word in words[:2]).upper() or "?"
