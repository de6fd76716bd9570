"""What is done to a dataset's fields: justified, described, put to a purpose, carried over.

Each is a form's address. Without script it answers with the way back to the page; htmx gets the
fields, the country strip and the live message at once.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.models import Dataset
from inventory.services import fields, justifications
from inventory.services.access import Action, fetch
from inventory.services.actors import Actor
from inventory.services.advice import Advice, advise
from inventory.services.errors import Invalid, NotFound, Stale
from inventory.services.inputs import Outcome
from inventory.services.justifications import JustificationInput
from inventory.web import advising
from inventory.web.dataset_page import fields_page, open_dataset
from inventory.web.page import attach, clock, go, screen
from inventory.web.panels import (
    DecideForm,
    JustifyForm,
    UseForm,
    chosen_names,
    justify_panel,
    missed,
    panel,
    present_words,
)
from inventory.web.telling import tell_change


@screen("POST")
def justify(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """One text for the chosen fields: a draft, or submitted for approval."""
    dataset = fetch(actor, Dataset, Action.EDIT, key=key)
    names = chosen_names(request)
    form = JustifyForm(actor, request.POST)
    if not form.is_valid():
        return _refused(request, actor, dataset, justify_panel(dataset, names, form))
    today, now = clock(actor)
    submit = request.POST.get("act") == "submit"
    purpose, said = form.cleaned_data["purpose"], _text(form)
    try:
        advice = advise(actor, key, names, purpose, said, speak=said.language)
        if submit and (unseen := advising.unseen(request, said.text, lambda: advice)):
            return _advised(request, actor, dataset, justify_panel(dataset, names, form), unseen)
        outcome = justifications.justify(
            actor, key, names, purpose, said, submit=submit, today=today, now=now
        )
    except (Invalid, NotFound) as error:
        _attach(form, error)
        return _refused(request, actor, dataset, justify_panel(dataset, names, form))
    n = len(set(names))
    told = (
        ngettext("%(n)d field submitted for approval.", "%(n)d fields submitted for approval.", n)
        if submit
        else ngettext("%(n)d field has a draft.", "%(n)d fields have a draft.", n)
    ) % {"n": n}
    more = [_unnamed(form, names), "" if submit else advising.in_short(advice)]
    return _done(request, actor, dataset, outcome, " ".join(filter(None, [told, *more])))


@screen("POST")
def decide(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Category, identifiability and the like of the chosen fields."""
    form = DecideForm(request.POST)
    version = request.POST.get("version", "")
    shown = int(version) if version.isdecimal() and len(version) < 19 else None
    return _act(request, actor, key, "category", form, lambda names, today: fields.decide_fields(
        actor, key, names, form.decision(), today=today, if_match=shown
    ))  # fmt: skip


@screen("POST")
def use(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """A purpose uses the chosen fields, or no longer."""
    form = UseForm(actor, request.POST)
    return _act(request, actor, key, "purpose", form, lambda names, today: fields.set_uses(
        actor, key, names, form.cleaned_data["purpose"],
        used=form.cleaned_data["used"] == "yes", today=today,
    ))  # fmt: skip


@screen("POST")
def accept(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Decide as the manifest proposes."""
    dataset = fetch(actor, Dataset, Action.EDIT, key=key)
    names = chosen_names(request)
    if not names:
        return _refused(request, actor, dataset, {"kind": "nothing", "names": []})
    outcome = fields.accept_proposals(actor, key, names, today=clock(actor)[0])
    return _done(request, actor, dataset, outcome, _changed(outcome))


@screen("POST")
def carry_over(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """A renamed field keeps its grounds."""
    dataset = fetch(actor, Dataset, Action.EDIT, key=key)
    old, new = (request.POST.get(name, "").replace("\x00", "") for name in ("old", "new"))
    outcome = fields.carry_over(actor, key, old, new, today=clock(actor)[0])
    said = _("%(new)s has the grounds of %(old)s.") % {"new": new, "old": old}
    return _done(request, actor, dataset, outcome, said)


def _act(
    request: HttpRequest,
    actor: Actor,
    key: str,
    kind: str,
    form: forms.Form,
    write: Callable[..., Outcome[Dataset]],
) -> HttpResponse:
    """A panel's form taken: written, or shown again with what is wrong."""
    dataset = fetch(actor, Dataset, Action.EDIT, key=key)
    names = chosen_names(request)
    if not form.is_valid():
        return _refused(request, actor, dataset, panel(kind, dataset, names, form))
    try:
        outcome = write(names, clock(actor)[0])
    except (Invalid, NotFound) as error:
        _attach(form, error)
        return _refused(request, actor, dataset, panel(kind, dataset, names, form))
    except Stale:
        return _overtaken(request, actor, key, panel(kind, dataset, names, form))
    return _done(request, actor, dataset, outcome, _changed(outcome))


def _overtaken(request: HttpRequest, actor: Actor, key: str, shown: dict[str, Any]) -> HttpResponse:
    """Somebody changed the dataset meanwhile: what stands now, and what was typed."""
    dataset = open_dataset(actor, key)
    shown["hidden"][0] = ("version", str(dataset.version))
    shown["theirs"] = present_words(dataset, shown["names"])
    return fields_page(request, actor, dataset, panel=shown, status=412)


def _text(form: forms.Form) -> JustificationInput:
    return JustificationInput(
        text=form.cleaned_data["reason"],
        alternatives=form.cleaned_data["alternatives"],
        language=advising.page_language(),
    )


def _advised(
    request: HttpRequest, actor: Actor, dataset: Dataset, shown: dict[str, Any], advice: Advice
) -> HttpResponse:
    """The page again, with what gives the text away; sent once more, it is taken."""
    said = shown["form"].cleaned_data["reason"]
    shown |= {"advice": advising.told(advice), "advised": advising.seal(said)}
    return fields_page(request, actor, open_dataset(actor, dataset.key), panel=shown)


def _attach(form: forms.Form, error: Invalid | NotFound) -> None:
    refused = error if isinstance(error, Invalid) else Invalid({"purpose": str(error)})
    attach(form, refused, names={"text": "reason"})


def _refused(
    request: HttpRequest, actor: Actor, dataset: Dataset, shown: dict[str, Any]
) -> HttpResponse:
    """The page again, with what was typed and why it was not taken."""
    return fields_page(request, actor, open_dataset(actor, dataset.key), panel=shown, status=422)


def _done(
    request: HttpRequest, actor: Actor, dataset: Dataset, outcome: Outcome[Any], said: str
) -> HttpResponse:
    tell_change(request, said, outcome)
    if request.headers.get("HX-Request"):
        return fields_page(request, actor, open_dataset(actor, dataset.key), outcome=outcome)
    view = request.POST.get("view", "")
    url = reverse("dataset-show", args=[dataset.key])
    return go(request, f"{url}?view={view}" if view.isalpha() else url)


def _changed(outcome: Outcome[Any]) -> str:
    n = len({path.split(".")[1] for path, _before, _after in outcome.changes if "." in path})
    return ngettext("%(n)d field changed.", "%(n)d fields changed.", n) % {"n": n}


def _unnamed(form: forms.Form, names: list[str]) -> str:
    left = missed(form.cleaned_data["reason"], names)
    return (
        _("The text does not mention %(names)s.") % {"names": ", ".join(left[:5])} if left else ""
    )
