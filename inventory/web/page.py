"""How every page is made and how what goes wrong is told: one decorator around each screen.

It asks who acts, refuses other methods, turns what a service refuses into a page, and keeps
signed-in pages out of caches.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from inventory.models import Membership
from inventory.models.columns import KEY_PATTERN
from inventory.services.access import Action, require
from inventory.services.actors import Actor, day_of, member, memberships
from inventory.services.errors import Conflict, Invalid, NotFound, Refused, ServiceError, Stale

STATUS: Mapping[type[ServiceError], int] = {
    Invalid: 400,
    Refused: 403,
    NotFound: 404,
    Conflict: 409,
    Stale: 412,
}
type View = Callable[..., HttpResponse]


class KeyConverter:
    """A row's key in an address; what can be no key is no address."""

    regex = KEY_PATTERN.strip("^$")

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def screen(*methods: str, needs: Action = Action.READ) -> Callable[[View], View]:
    """A view for a member: called with the request, the actor and what the address holds."""

    def around(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in methods and request.method != "HEAD":
                return HttpResponseNotAllowed(methods)
            try:
                response = _answer(view, request, kwargs, needs)
            except ServiceError as error:
                response = trouble(request, error)
            add_never_cache_headers(response)
            return response

        return answer

    return around


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page, or for htmx the named part of it."""
    name = f"{template}.html"
    if part and request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        name = f"{name}#{part}"
    return render(request, name, dict(context), status=status)


def trouble(request: HttpRequest, error: ServiceError) -> HttpResponse:
    """The page for what a service would not do, in its own words."""
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    text = str(error)
    if isinstance(error, Invalid):  # what a parameter is called says nothing to a person
        text = " ".join(message for messages in error.errors.values() for message in messages)
    if isinstance(error, NotFound) and error.near:
        text += " " + _("Did you mean %(near)s?") % {"near": ", ".join(error.near)}
    template = "errors/409.html" if status == 412 else f"errors/{status}.html"
    return render(request, template, {"text": text, "back_url": came_from(request)}, status=status)


def go(request: HttpRequest, to: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """On to a named page, or an address; htmx is told to leave the page it is on."""
    url = to if to.startswith("/") else reverse(to, args=args, kwargs=kwargs)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def attach(form: forms.Form, invalid: Invalid, *, names: Mapping[str, str] | None = None) -> None:
    """Put what a service refused beside the fields of a form; the rest stands on top."""
    for path, messages in invalid.errors.items():
        root = path.split(".")[0]
        name = (names or {}).get(root, root)
        for message in messages:
            form.add_error(name if name in form.fields else None, message)


def clock(actor: Actor) -> tuple[date, datetime]:
    """What day it is for the organisation, and the moment."""
    now = timezone.now()
    return day_of(actor.organisation, now), now


def current_membership(request: HttpRequest) -> Membership | None:
    """The membership a person acts under: the one chosen, or the first. Asked once a request."""
    kept: Any = request
    if not hasattr(kept, "membership"):
        kept.memberships = memberships(kept.user)
        kept.membership = _choose(kept.memberships, request.session.get("organisation"))
    found: Membership | None = kept.membership
    return found


def came_from(request: HttpRequest) -> str:
    """The page of ours that a request was sent from, without its host; else nothing."""
    sent = str(request.META.get("HTTP_REFERER", ""))
    if not safe(request, sent):
        return ""
    parts = urlsplit(sent)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def safe(request: HttpRequest, url: str) -> bool:
    """Whether an address that somebody sent leads to ourselves."""
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def _answer(
    view: View, request: HttpRequest, kwargs: Mapping[str, Any], needs: Action
) -> HttpResponse:
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request)
    membership = current_membership(request)
    if membership is None:
        text = _("You belong to no organisation. Ask an owner of one for an invitation.")
        return render(request, "errors/403.html", {"text": text}, status=403)
    actor = member(membership, door="web")
    require(actor, needs)
    return view(request, actor, **kwargs)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back afterwards to the page one was on."""
    here = request.get_full_path()
    back = here if request.method == "GET" and not request.headers.get("HX-Request") else ""
    response = redirect_to_login(back or came_from(request) or "/")
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": response.url})
    return response


def _choose(held: list[Membership], key: str | None) -> Membership | None:
    chosen = (one for one in held if one.organisation.key == key)
    return next(chosen, held[0] if held else None)
