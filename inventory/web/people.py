"""People: members and their invitations, one's own tokens, and how one likes the screens."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.models.organisations import Role, TokenScope
from inventory.services import organisations, tokens
from inventory.services.access import Action, may
from inventory.services.actors import Actor
from inventory.services.errors import Conflict, Invalid
from inventory.services.tokens import DEFAULT_DAYS, LONGEST_DAYS
from inventory.web import forms as fields
from inventory.web.page import attach, clock, go, page, screen
from inventory.web.shell import spoken_languages
from inventory.web.words import choices, said

A_YEAR = 365 * 24 * 3600
THEMES = ("light", "dark")


class InviteForm(forms.Form):
    """Whom to ask, and as what."""

    email = forms.EmailField(
        label=__("E-mail address"),
        max_length=254,
        error_messages={"invalid": __("This is no e-mail address. Write name@example.org.")},
    )
    role = forms.ChoiceField(label=__("Role"), choices=lambda: choices(Role), initial=Role.EDITOR)


class TokenForm(forms.Form):
    """What a token is for, what it may do, and how long."""

    name = fields.line(
        __("What will use it"), __("Such as “nightly import”."), needed=True, most=100
    )
    scope = forms.ChoiceField(
        label=__("It may"),
        choices=[(TokenScope.READ, __("read")), (TokenScope.WRITE, __("read and write"))],
        initial=TokenScope.WRITE,
    )
    days = forms.IntegerField(
        label=__("Days it lives"), min_value=1, max_value=LONGEST_DAYS, initial=DEFAULT_DAYS
    )


class ProfileForm(forms.Form):
    """How one likes the screens; kept in this browser."""

    theme = forms.ChoiceField(
        label=__("Light or dark"),
        required=False,
        choices=[("", __("As the system has it")), ("light", __("Light")), ("dark", __("Dark"))],
    )
    keys = forms.ChoiceField(
        label=__("Single-key shortcuts"),
        required=False,
        choices=[("", __("On")), ("off", __("Off"))],
        help_text=__("Keys such as j, k and e, outside text fields."),
    )
    language = forms.ChoiceField(label=__("Language"), required=False)


@screen("GET", "POST", needs=Action.MANAGE)
def members(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who belongs here, who was asked, and asking somebody else."""
    form = InviteForm(fields.sent(request))
    link = ""
    _today, now = clock(actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _invitation, secret = organisations.invite(
                actor, given["email"], Role(given["role"]), now=now
            )
            link = request.build_absolute_uri(reverse("invitation", args=[secret]))
            form = InviteForm()
        except Invalid as invalid:
            attach(form, invalid)
    context = {
        "form": form,
        "link": link,
        "members": [(one, said(Role, one.role)) for one in organisations.members(actor)],
        "invitations": [
            (one, said(Role, one.role)) for one in organisations.invitations(actor, now=now)
        ],
        "self": actor.membership,
    }
    return page(request, "people/members", context, status=422 if form.errors else 200)


@screen("GET", "POST", needs=Action.MANAGE)
def end(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """End a membership: a page of its own, since it outlives the list."""
    membership = organisations.find_member(actor, number)
    if request.method == "POST":
        try:
            organisations.end_member(actor, number, now=clock(actor)[1])
        except Conflict as conflict:
            context = {"membership": membership, "problem": str(conflict)}
            return page(request, "people/end", context, status=409)
        who = {"who": str(membership.user)}
        messages.success(request, _("%(who)s no longer belongs here.") % who)
        return go(request, "member-browse")
    return page(request, "people/end", {"membership": membership})


@screen("POST", needs=Action.MANAGE)
def withdraw(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Take an invitation back."""
    organisations.withdraw(actor, number, now=clock(actor)[1])
    messages.success(request, _("The invitation is withdrawn."))
    return go(request, "member-browse")


@screen("GET", "POST")
def own_tokens(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own tokens; a new one is shown once and never again."""
    form = TokenForm(fields.sent(request))
    secret = ""
    _today, now = clock(actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        scope = TokenScope(given["scope"])
        try:
            _token, secret = tokens.create_token(
                actor, given["name"], now=now, scope=scope, days=given["days"]
            )
            form = TokenForm()
        except Invalid as invalid:
            attach(form, invalid)
    live = tokens.tokens(actor).filter(revoked_at=None, expires_at__gt=now)
    context = {
        "form": form,
        "secret": secret,
        "tokens": live.select_related("membership__user").order_by("-created_at"),
        "all": may(actor, Action.MANAGE),
    }
    return page(request, "people/tokens", context, status=422 if form.errors else 200)


@screen("POST")
def revoke(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    tokens.revoke_token(actor, number, now=clock(actor)[1])
    messages.success(request, _("The token is revoked: it opens nothing any more."))
    return go(request, "token-browse")


@screen("GET", "POST")
def profile(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How one likes the screens."""
    held = {
        "theme": request.COOKIES.get("theme", ""),
        "keys": request.COOKIES.get("keys", ""),
        "language": get_language() or "en",
    }
    form = ProfileForm(fields.sent(request), initial=held)
    form.fields["language"].choices = [  # type: ignore[attr-defined]
        (one["code"], one["name"]) for one in spoken_languages()
    ]
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Kept in this browser."))
        response = go(request, "profile")
        for name in ("theme", "keys"):
            _keep(request, response, name, form.cleaned_data[name])
        _keep(request, response, settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"])
        return response
    return page(request, "people/profile", {"form": form}, status=422 if form.errors else 200)


def _keep(request: HttpRequest, response: HttpResponse, name: str, value: Any) -> None:
    if value:
        response.set_cookie(
            name, value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie(name)
