"""Who one is here: signing in and out, joining by invitation, organisation and language."""

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.i18n import set_language

from inventory.models import Invitation
from inventory.services import organisations
from inventory.services.actors import Actor, memberships
from inventory.services.errors import Invalid, NotFound
from inventory.web import guesses
from inventory.web.page import attach, go, safe, screen, trouble
from inventory.web.samples import samples


class SignInForm(AuthenticationForm):
    """E-mail address and password."""

    error_messages = {  # noqa: RUF012 (Django's own way)
        "invalid_login": gettext_lazy("No account has this e-mail address and password."),
        "inactive": gettext_lazy("No account has this e-mail address and password."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = gettext_lazy("E-mail address")
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": True, "maxlength": 254}
        )


class JoinForm(forms.Form):
    """What an invited person says of themselves. Somebody with an account only proves it."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=200,
        strip=False,
        help_text=gettext_lazy("At least 12 characters; a few words in a row are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, and go on where one was. Guesses are slowed for who guesses, not for others."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "POST"))
    form = SignInForm(request, request.POST or None)
    status = 200
    if request.method == "POST":
        email = request.POST.get("username", "")[:254].strip().lower()
        if guesses.too_many(request, email):
            form, status = SignInForm(request), 429
        elif form.is_valid():
            guesses.forget(request, email)
            login(request, form.get_user())
            return go(request, _next(request))
        else:
            guesses.count(request, email)
            status = 422
    response = render(
        request,
        "sign_in.html",
        {"form": form, "next": request.POST.get("next") or request.GET.get("next", ""),
         "notice": _slowed() if status == 429 else None, "shell": None},
        status=status,
    )  # fmt: skip
    add_never_cache_headers(response)
    return response


def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    logout(request)
    return go(request, "sign-in")


def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept an invitation; afterwards one is signed in."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "POST"))
    try:
        invitation = organisations.open_invitation(secret, now=timezone.now())
    except NotFound as error:
        return trouble(request, error)
    form = _join_form(request, invitation)
    if request.method == "POST" and form.is_valid() and _accept(request, secret, form):
        return go(request, "/")
    status = 422 if form.is_bound else 200
    context = {"form": form, "invitation": invitation, "shell": None}
    response = render(request, "session/join.html", context, status=status)
    add_never_cache_headers(response)
    return response


def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie, and stay on the page."""
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    return set_language(request)


@screen("POST")
def choose_organisation(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Go over to another organisation one belongs to."""
    key = request.POST.get("organisation", "")
    held = memberships(request.user)  # type: ignore[arg-type]
    if key not in {membership.organisation.key for membership in held}:
        raise NotFound(_("You belong to no organisation of that name."))
    request.session["organisation"] = key
    return go(request, "/")


@screen("GET")
def menu(request: HttpRequest, actor: Actor) -> HttpResponse:
    return render(request, "menu.html")


@screen("GET")
def style(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every part in every state, for who works on screens: in a trial only."""
    if not (settings.DEBUG or settings.PRIVATE_CLUSTER):
        raise Http404
    return render(request, "style_page.html", samples())


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    return asked if asked.startswith("/") and safe(request, asked) else "/"


def _slowed() -> dict[str, str]:
    return {
        "title": _("Too many guesses from here"),
        "text": _("Wait a quarter of an hour and try again. Others can still sign in."),
    }


def _join_form(request: HttpRequest, invitation: Invitation) -> JoinForm:
    form = JoinForm(request.POST if request.method == "POST" else None)
    if organisations.is_known(invitation.email):
        del form.fields["name"]
        form.fields["password"].help_text = _("You have an account: enter its password to join.")
        form.fields["password"].widget.attrs["autocomplete"] = "current-password"
    return form


def _accept(request: HttpRequest, secret: str, form: JoinForm) -> bool:
    """Whether the invitation was accepted; if not, the form says why."""
    given = form.cleaned_data
    try:
        membership = organisations.accept(
            secret, name=given.get("name", ""), password=given["password"], now=timezone.now()
        )
    except Invalid as invalid:
        attach(form, invalid)
        return False
    user = authenticate(request, username=membership.user.email, password=given["password"])
    if user is not None:
        login(request, user)
        request.session["organisation"] = membership.organisation.key
    return True
