"""The queue: compare, see what approving would do, decide, and mend."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inventory.law.vocabulary import JustificationState
from inventory.models import Finding, Justification
from inventory.services import justifications
from inventory.services.datasets import put_dataset
from inventory.services.fields import FieldDecision, decide_fields
from inventory.services.inputs import DatasetInput, FieldInput
from inventory.services.justifications import JustificationInput, content_hash
from tests.world import NOW, TODAY, World

from .conftest import Door

BROWSE = reverse("justification-browse")
TEXT = "A customer who calls is found by the address they wrote from."


@pytest.fixture
def held(world: World) -> Justification:
    return justified(world)


def justified(world: World, *names: str, who: str = "edith", submit: bool = True) -> Justification:
    fields = tuple(FieldInput(name=name) for name in ("email", "phone"))
    document = DatasetInput(
        name="CRM contacts", entity="mare-france", system="crm-prod", kind="user", fields=fields
    )
    put_dataset(world.actor("dana"), "crm.contacts", document, today=TODAY)
    return justifications.justify(
        world.actor(who),
        "crm.contacts",
        names or ("email",),
        world.purpose.key,
        JustificationInput(text=TEXT),
        submit=submit,
        today=TODAY,
        now=NOW,
    ).row


def decision(held: Justification, act: str, reason: str = "") -> dict[str, Any]:
    held.refresh_from_db()
    return {
        "act": act,
        "reason": reason,
        "version": held.version,
        "content": content_hash(held),
    }


def decide(held: Justification) -> str:
    return reverse("justification-decide", args=[held.pk])


def show(held: Justification) -> str:
    return reverse("justification-show", args=[held.pk])


def change(held: Justification) -> str:
    return reverse("justification-change", args=[held.pk])


def state(held: Justification) -> str:
    held.refresh_from_db()
    return held.state


def test_the_queue_opens_the_first_with_its_text_and_its_fields(
    held: Justification, door: Door
) -> None:
    text = door("dana").get(BROWSE).content.decode()
    assert "1 justification waits" in text
    assert TEXT in text
    assert "email" in text
    assert "Never approved" in text


def test_it_says_what_approving_would_do_and_does_not_do_it(
    held: Justification, door: Door
) -> None:
    before = list(Finding.objects.order_by("pk").values())
    text = door("dana").get(show(held)).content.decode()
    assert "If approved as it stands" in text
    assert state(held) == JustificationState.SUBMITTED
    assert list(Finding.objects.order_by("pk").values()) == before


def test_a_dpo_approves_and_goes_on_with_the_next(held: Justification, door: Door) -> None:
    answer = door("dana").post(decide(held), decision(held, "approve"))
    assert answer.status_code == 302
    assert answer["Location"] == BROWSE
    assert state(held) == JustificationState.APPROVED


def test_a_rejection_without_a_reason_is_refused_beside_the_reason(
    held: Justification, door: Door
) -> None:
    answer = door("dana").post(decide(held), decision(held, "reject"))
    assert answer.status_code == 422
    assert "id_reason_error" in answer.content.decode()
    assert state(held) == JustificationState.SUBMITTED


def test_a_rejection_returns_it_with_its_reason(held: Justification, door: Door) -> None:
    door("dana").post(decide(held), decision(held, "reject", "Which calls?"))
    assert state(held) == JustificationState.REJECTED
    assert "Which calls?" in door("edith").get(show(held)).content.decode()


def test_the_author_is_offered_no_decision_and_cannot_send_one(world: World, door: Door) -> None:
    own = justified(world, who="dana")
    client = door("dana")
    text = client.get(show(own)).content.decode()
    assert decide(own) not in text
    assert "an author cannot approve their own text" in text
    assert client.post(decide(own), decision(own, "approve")).status_code == 403
    assert state(own) == JustificationState.SUBMITTED


@pytest.mark.parametrize("who", ["edith", "vera", "eli"])
def test_who_decides_nothing_sees_no_buttons(held: Justification, door: Door, who: str) -> None:
    client = door(who)
    assert decide(held) not in client.get(show(held)).content.decode()
    assert client.post(decide(held), decision(held, "approve")).status_code == 403


def test_a_stranger_finds_nothing(held: Justification, door: Door) -> None:
    client = door("otto")
    assert client.get(show(held)).status_code == 404
    assert client.get(change(held)).status_code == 404
    assert client.post(decide(held), decision(held, "approve")).status_code == 404
    assert TEXT not in client.get(BROWSE).content.decode()


def test_a_decision_is_sent_by_post_alone(held: Justification, door: Door) -> None:
    assert door("dana").get(decide(held)).status_code == 405
    assert door("dana").delete(show(held)).status_code == 405


def test_what_changed_since_it_was_shown_is_not_approved(
    world: World, held: Justification, door: Door
) -> None:
    sent = decision(held, "approve")
    decide_fields(
        world.actor("edith"),
        "crm.contacts",
        ["email"],
        FieldDecision(category="email"),
        today=TODAY,
    )
    answer = door("dana").post(decide(held), sent)
    assert answer.status_code == 412
    assert "Read it again" in answer.content.decode()
    assert state(held) == JustificationState.SUBMITTED


def test_what_somebody_else_decided_is_not_decided_again(held: Justification, door: Door) -> None:
    sent = decision(held, "approve")
    door("owner").post(decide(held), sent)
    answer = door("dana").post(decide(held), {**decision(held, "reject", "No"), "act": "reject"})
    assert answer.status_code == 409
    assert state(held) == JustificationState.APPROVED


@pytest.mark.parametrize("sent", [{}, {"act": "burn"}, {"act": "approve", "version": "x"}])
def test_a_decision_that_is_none_decides_nothing(
    held: Justification, door: Door, sent: dict[str, str]
) -> None:
    assert door("dana").post(decide(held), sent).status_code in (412, 422)
    assert state(held) == JustificationState.SUBMITTED


def test_a_changed_text_stands_beside_the_approved_one(held: Justification, door: Door) -> None:
    door("dana").post(decide(held), decision(held, "approve"))
    sent = {"text": TEXT.replace("address", "number"), "act": "submit", "version": held.version}
    held.refresh_from_db()
    answer = door("edith").post(change(held), {**sent, "version": held.version})
    assert answer.status_code == 302
    assert state(held) == JustificationState.SUBMITTED
    text = door("dana").get(show(held)).content.decode()
    assert "<del>address</del>" in text
    assert "<ins>number</ins>" in text
    assert "by Dana" in text


def test_a_draft_is_saved_and_submitted_on_its_page(world: World, door: Door) -> None:
    draft = justified(world, submit=False)
    client = door("edith")
    assert client.get(change(draft)).status_code == 200
    better = "An agent who is called back types this address into the search."
    client.post(change(draft), {"text": better, "act": "draft", "version": draft.version})
    assert state(draft) == JustificationState.DRAFT
    assert draft.text == better
    client.post(change(draft), {"text": better, "act": "submit", "version": draft.version})
    assert state(draft) == JustificationState.SUBMITTED


def test_an_empty_text_is_refused_beside_it(held: Justification, door: Door) -> None:
    sent = {"text": " ", "act": "submit", "version": held.version}
    answer = door("edith").post(change(held), sent)
    assert answer.status_code == 422
    assert "id_text_error" in answer.content.decode()


def test_a_text_that_somebody_changed_meanwhile_is_shown_beside_mine(
    held: Justification, door: Door
) -> None:
    old = held.version
    door("edith").post(change(held), {"text": "Theirs", "act": "draft", "version": old})
    answer = door("dana").post(change(held), {"text": "Mine", "act": "draft", "version": old})
    assert answer.status_code == 412
    assert "Theirs" in answer.content.decode()
    assert "Mine" in answer.content.decode()
    held.refresh_from_db()
    assert held.text == "Theirs"


def test_a_reader_edits_no_text(held: Justification, door: Door) -> None:
    assert change(held) not in door("vera").get(show(held)).content.decode()
    assert door("vera").get(change(held)).status_code == 403


def test_the_queue_asks_as_often_for_many_texts_as_for_one(world: World, door: Door) -> None:
    justified(world, "email")
    client = door("vera")
    client.get(BROWSE)
    with CaptureQueriesContext(connection) as few:
        client.get(BROWSE)
    for _number in range(6):
        justified(world, "phone")
        Justification.objects.filter(uses=None).update(purpose=world.purpose)
    with CaptureQueriesContext(connection) as many:
        client.get(BROWSE)
    assert len(many) == len(few)


VAGUE = "Might be useful one day."


def doubtful(held: Justification, text: str = VAGUE, **more: Any) -> dict[str, Any]:
    held.refresh_from_db()
    return {"text": text, "act": "submit", "version": held.version, **more}


def test_who_decides_sees_what_gives_the_text_away(held: Justification, door: Door) -> None:
    assert "Does this text give a reason?" not in door("dana").get(show(held)).content.decode()
    Justification.objects.update(text=VAGUE)
    text = door("dana").get(show(held)).content.decode()
    assert '<q dir="auto">Might be useful</q>: <strong>vague</strong>' in text
    assert "Name what is done with exactly this data" in text


def test_a_doubtful_text_is_advised_on_before_it_is_submitted_and_can_be(
    held: Justification, door: Door
) -> None:
    answer = door("edith").post(change(held), doubtful(held))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Might be useful</q>" in text
    assert f"{VAGUE}</textarea>" in text
    assert "Save and submit as it stands" in text
    held.refresh_from_db()
    assert held.text == TEXT

    sealed = answer.context["advised"]
    other = door("edith").post(change(held), doubtful(held, "Nice to have.", advised=sealed))
    assert "Nice to have</q>" in other.content.decode()
    assert door("edith").post(change(held), doubtful(held, advised=sealed)).status_code == 302
    held.refresh_from_db()
    assert (held.text, held.state) == (VAGUE, JustificationState.SUBMITTED)


def test_a_draft_is_kept_whatever_it_says_and_opened_with_advice(
    held: Justification, door: Door
) -> None:
    door("edith").post(change(held), doubtful(held, act="draft"))
    assert state(held) == JustificationState.DRAFT
    answer = door("edith").get(change(held))
    assert "Might be useful</q>" in answer.content.decode()
    sealed = answer.context["advised"]
    assert door("edith").post(change(held), doubtful(held, advised=sealed)).status_code == 302
    assert state(held) == JustificationState.SUBMITTED


def test_a_text_that_only_holds_a_place_is_not_submitted(held: Justification, door: Door) -> None:
    answer = door("edith").post(change(held), doubtful(held, "TBD"))
    assert answer.status_code == 422
    assert "“TBD” only holds a place." in answer.content.decode()


def test_advice_is_given_in_the_language_of_the_page(held: Justification, door: Door) -> None:
    Justification.objects.update(text="Pourrait servir un jour.")
    answer = door("edith").get(change(held), HTTP_ACCEPT_LANGUAGE="en")
    assert "Pourrait servir" in answer.content.decode()
