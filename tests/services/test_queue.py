"""The justification queue: what was approved before, who may decide, what approving would do."""

import pytest

from inventory.law.vocabulary import JustificationState
from inventory.models import Finding, FindingTransition, Justification
from inventory.services import justifications, queue
from inventory.services.datasets import put_dataset
from inventory.services.fields import FieldDecision, decide_fields
from inventory.services.inputs import DatasetInput, FieldInput
from inventory.services.justifications import JustificationInput
from tests.world import NOW, TODAY, World

TEXT = "A customer who calls is found by the address they wrote from."


def justified(world: World, *, who: str = "edith") -> Justification:
    document = DatasetInput(
        name="CRM contacts",
        entity="mare-france",
        system="crm-prod",
        kind="user",
        fields=(FieldInput(name="email"),),
    )
    put_dataset(world.actor("dana"), "crm.contacts", document, today=TODAY)
    decide(world, category="email", identifiability="direct")
    text = JustificationInput(text=TEXT)
    return justifications.justify(
        world.actor(who), "crm.contacts", ["email"], world.purpose.key, text,
        submit=True, today=TODAY, now=NOW,
    ).row  # fmt: skip


def decide(world: World, **decision: str) -> None:
    known = FieldDecision(**decision)
    decide_fields(world.actor("dana"), "crm.contacts", ["email"], known, today=TODAY)


def approve(world: World, held: Justification) -> None:
    justifications.approve(world.actor("dana"), held.pk, today=TODAY, now=NOW)


def test_a_preview_tells_what_would_close_and_keeps_nothing(world: World) -> None:
    held = justified(world)
    before = list(Finding.objects.order_by("pk").values())
    transitions = FindingTransition.objects.count()
    seen = justifications.preview_approval(world.actor("dana"), held.pk, today=TODAY, now=NOW)
    assert seen.dry_run
    assert any(finding.check_id == "E-19" for finding in seen.closed)
    held.refresh_from_db()
    assert held.state == JustificationState.SUBMITTED
    assert list(Finding.objects.order_by("pk").values()) == before
    assert FindingTransition.objects.count() == transitions


def test_an_author_may_look_what_approving_would_do(world: World) -> None:
    held = justified(world, who="dana")
    assert not queue.may_decide(world.actor("dana"), held)
    justifications.preview_approval(world.actor("dana"), held.pk, today=TODAY, now=NOW)


def test_nothing_was_approved_before_the_first_approval(world: World) -> None:
    assert queue.approved_before(justified(world)) is None


@pytest.mark.django_db(transaction=True)  # history tells moments apart by transaction
def test_what_was_approved_is_read_from_history(world: World) -> None:
    held = justified(world)
    approve(world, held)
    decide(world, category="name")
    held.refresh_from_db()
    changed = JustificationInput(text="Another text.")
    justifications.edit(world.actor("edith"), held.pk, changed, today=TODAY)
    held.refresh_from_db()
    before = queue.approved_before(held)
    assert before is not None
    assert before.text == TEXT
    assert before.fields == ("email",)
    assert before.categories == ("email",)
    assert before.by == world.dana


def test_only_a_submitted_text_of_somebody_else_is_decided(world: World) -> None:
    held = justified(world)
    assert queue.may_decide(world.actor("dana"), held)
    assert not queue.may_decide(world.actor("edith"), held)
    approve(world, held)
    held.refresh_from_db()
    assert not queue.may_decide(world.actor("dana"), held)
