"""`/datasets/…/justifications`: a text kept with advice on it, or advice alone."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from inventory.law.vocabulary import JustificationState
from inventory.models import Justification
from tests.world import World, make_dataset

type Caller = Callable[..., APIClient]

URL = "/api/v1/datasets/crm.contacts/justifications"
GOOD = "An agent who is called back types this address into the search."
VAGUE = "Well, might be useful one day."


@pytest.fixture(autouse=True)
def dataset(world: World) -> None:
    make_dataset(world, fields=("email", "phone")).fields.update(category="email")


def post(client: APIClient, query: str = "", **said: Any) -> Any:
    document = {"purpose": "serve-customers", "fields": ["email"], "text": GOOD, **said}
    return client.post(URL + query, document, format="json")


def test_a_good_text_is_kept_without_a_word(caller: Caller) -> None:
    answer = post(caller("edith"))
    assert answer.status_code == 201
    held = Justification.objects.get()
    body = answer.json()
    assert (body["id"], body["state"], body["advice"]) == (held.pk, "draft", [])
    assert held.text == GOOD
    assert list(held.uses.values_list("field__name", flat=True)) == ["email"]


def test_a_doubtful_text_is_taken_with_the_words_that_gave_it_away(caller: Caller) -> None:
    body = post(caller("edith"), text=VAGUE, submit=True).json()
    assert body["state"] == JustificationState.SUBMITTED
    (fault,) = body["advice"]
    assert (fault["kind"], fault["quote"]) == ("vague", "might be useful")
    assert VAGUE[fault["start"] : fault["end"]] == fault["quote"]
    assert fault["advice"].startswith("Name what is done")
    assert "E-JUST-01" in {one["check"] for one in body["findings"]}


def test_a_dry_run_advises_and_keeps_nothing(caller: Caller) -> None:
    answer = post(caller("edith"), "?dry_run=true", text=VAGUE)
    assert answer.status_code == 200
    assert answer.json()["dry_run"] is True
    assert answer.json()["advice"][0]["kind"] == "vague"
    assert not Justification.objects.exists()


@pytest.mark.parametrize(
    ("said", "beside"),
    [
        ({"text": "TBD", "submit": True}, "text"),
        ({"text": " "}, "text"),
        ({"text": 3}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"fields": []}, "fields"),
        ({"fields": ["nothing"]}, "fields"),
        ({"submit": "yes"}, "submit"),
        ({"reason": "x"}, "reason"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_name(
    caller: Caller, said: dict[str, Any], beside: str
) -> None:
    answer = post(caller("edith"), **said)
    assert answer.status_code in (400, 422)
    assert beside in str(answer.json()["errors"])
    assert not Justification.objects.exists()


def test_who_may_not_edit_or_sees_nothing_is_refused(caller: Caller) -> None:
    assert post(caller("vera")).status_code == 403
    assert post(caller("otto")).status_code == 404
    assert post(caller("edith"), purpose="no-such").status_code == 404
    assert not Justification.objects.exists()
