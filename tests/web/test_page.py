"""One decorator around each screen: who acts, what is refused, and in which words."""

from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from inventory.services.access import Action
from inventory.services.actors import Actor
from inventory.services.errors import Conflict, Invalid, NotFound, Refused, ServiceError, Stale
from inventory.web.page import attach, came_from, screen
from tests.world import World


def ask(world: World, name: str, view: Any, method: str = "GET") -> HttpResponse:
    request = RequestFactory().generic(method, "/")
    request.user = getattr(world, name).user
    request.session = {}  # type: ignore[assignment]
    return view(request)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Invalid({"name": "No."}), 400),
        (Refused("Not you."), 403),
        (NotFound("Nothing.", ["crm"]), 404),
        (Conflict("Decided already."), 409),
        (Stale(3), 412),
    ],
)
def test_what_a_service_refuses_becomes_a_page(
    world: World, error: ServiceError, status: int
) -> None:
    @screen("GET")
    def view(request: HttpRequest, actor: Actor) -> HttpResponse:
        raise error

    answer = ask(world, "dana", view)
    assert answer.status_code == status
    assert str(error).split(":")[-1].strip()[:8] in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_role_that_may_not_never_reaches_the_view(world: World) -> None:
    @screen("GET", needs=Action.EDIT)
    def view(request: HttpRequest, actor: Actor) -> HttpResponse:
        return HttpResponse(actor.role)

    assert ask(world, "vera", view).status_code == 403
    assert ask(world, "dana", view).content == b"dpo"


def test_head_is_answered_like_get_and_others_are_not(world: World) -> None:
    @screen("GET")
    def view(request: HttpRequest, actor: Actor) -> HttpResponse:
        return HttpResponse("here")

    assert ask(world, "dana", view, "HEAD").status_code == 200
    answer = ask(world, "dana", view, "POST")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")


def test_a_stranger_is_asked_to_sign_in() -> None:
    @screen("GET")
    def view(request: HttpRequest, actor: Actor) -> HttpResponse:
        raise AssertionError("a stranger came in")

    request = RequestFactory().get("/datasets/?q=a")
    request.user = AnonymousUser()
    assert view(request)["Location"] == "/sign-in/?next=/datasets/%3Fq%3Da"


@pytest.mark.parametrize(
    ("sent", "back"),
    [
        ("http://testserver/datasets/?q=a", "/datasets/?q=a"),
        ("https://evil.example/datasets/", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_the_way_back_is_a_page_of_ours(sent: str, back: str) -> None:
    assert came_from(RequestFactory().get("/", HTTP_REFERER=sent)) == back


def test_refusals_stand_beside_their_field_or_on_top() -> None:
    class Form(forms.Form):
        reason = forms.CharField()

    form = Form({"reason": "x"})
    form.is_valid()
    attach(form, Invalid({"text": "Too short.", "fields.3.name": "Odd."}), names={"text": "reason"})
    assert form.errors == {"reason": ["Too short."], "__all__": ["Odd."]}
