"""Draft → submitted → approved or rejected → stale; approval covers content."""

from typing import Any

import pytest

from inventory.law.vocabulary import JustificationState
from inventory.models import Dataset, FieldUse, Justification, LegalBasis, Purpose
from inventory.services import fields, justifications
from inventory.services.datasets import put_dataset
from inventory.services.errors import Conflict, Invalid, NotFound, Refused, Stale
from inventory.services.fields import FieldDecision
from inventory.services.inputs import DatasetInput, FieldInput
from inventory.services.justifications import JustificationInput
from tests.world import NOW, TODAY, World, make_dataset, make_purpose

KEY = "crm.contacts"
TEXT = "A customer who calls is found by the address they wrote from."


def justified(
    world: World, *names: str, who: str = "edith", submit: bool = True, **values: Any
) -> Justification:
    if not Dataset.objects.filter(key=KEY).exists():
        make_dataset(world, KEY, fields=("email", "phone", "id"))
    return justifications.justify(
        world.actor(who),
        KEY,
        names or ("email",),
        values.pop("purpose", world.purpose.key),
        JustificationInput(text=values.pop("text", TEXT)),
        submit=submit,
        today=TODAY,
        now=NOW,
    ).row


def approved(world: World, *names: str) -> Justification:
    held = justified(world, *names)
    return justifications.approve(world.actor("dana"), held.pk, today=TODAY, now=NOW).row


def state(justification: Justification) -> str:
    justification.refresh_from_db()
    return justification.state


def decide(world: World, name: str, **decision: Any) -> None:
    fields.decide_fields(world.actor("dana"), KEY, [name], FieldDecision(**decision), today=TODAY)


def test_one_text_covers_the_chosen_fields_and_makes_their_uses(world: World) -> None:
    held = justified(world, "email", "phone")
    assert set(held.uses.values_list("field__name", flat=True)) == {"email", "phone"}
    assert held.state == JustificationState.SUBMITTED
    assert held.author == world.edith


def test_a_draft_waits_for_nobody_until_it_is_submitted(world: World) -> None:
    held = justified(world, submit=False)
    with pytest.raises(Conflict):
        justifications.approve(world.actor("dana"), held.pk, today=TODAY, now=NOW)
    justifications.submit(world.actor("edith"), held.pk, today=TODAY, now=NOW)
    assert state(held) == JustificationState.SUBMITTED


def test_an_author_cannot_approve_their_own_text(world: World) -> None:
    held = justified(world, who="dana")
    with pytest.raises(Refused, match="Someone else approves"):
        justifications.approve(world.actor("dana"), held.pk, today=TODAY, now=NOW)
    justifications.approve(world.actor("owner"), held.pk, today=TODAY, now=NOW)
    assert state(held) == JustificationState.APPROVED


def test_an_organisation_can_relax_four_eyes(world: World) -> None:
    world.organisation.four_eyes = False
    world.organisation.save()
    held = justified(world, who="dana")
    justifications.approve(world.actor("dana"), held.pk, today=TODAY, now=NOW)
    assert state(held) == JustificationState.APPROVED


def test_a_rejection_needs_a_reason_and_can_be_submitted_again(world: World) -> None:
    held = justified(world)
    with pytest.raises(Invalid) as refused:
        justifications.reject(world.actor("dana"), held.pk, " ", today=TODAY, now=NOW)
    assert "reason" in refused.value.errors
    justifications.reject(world.actor("dana"), held.pk, "Which calls?", today=TODAY, now=NOW)
    assert state(held) == JustificationState.REJECTED
    justifications.submit(world.actor("edith"), held.pk, today=TODAY, now=NOW)
    assert state(held) == JustificationState.SUBMITTED


@pytest.mark.parametrize("who", ["edith", "vera"])
def test_only_a_dpo_or_an_owner_decides(world: World, who: str) -> None:
    held = justified(world)
    with pytest.raises(Refused):
        justifications.approve(world.actor(who), held.pk, today=TODAY, now=NOW)
    assert state(held) == JustificationState.SUBMITTED


def test_a_stranger_finds_no_justification(world: World) -> None:
    held = justified(world)
    with pytest.raises(NotFound):
        justifications.approve(world.actor("otto"), held.pk, today=TODAY, now=NOW)


def test_a_changed_category_makes_the_approval_stale(world: World) -> None:
    held = approved(world)
    decide(world, "email", category="email")
    assert state(held) == JustificationState.STALE
    assert "category" in held.stale_reason


def test_a_field_of_no_concern_leaves_the_approval(world: World) -> None:
    held = approved(world)
    decide(world, "id", category="technical")
    assert state(held) == JustificationState.APPROVED


def test_names_comments_and_volumes_do_not_matter_to_an_approval(world: World) -> None:
    held = approved(world)
    put_dataset(
        world.actor("dana"),
        KEY,
        DatasetInput(
            name="Renamed",
            persons=9_000,
            fields=tuple(
                FieldInput(name=n, type="text", comment="new") for n in ("email", "phone", "id")
            ),
        ),
        today=TODAY,
    )
    assert state(held) == JustificationState.APPROVED


def test_a_field_more_or_less_makes_it_stale(world: World) -> None:
    held = approved(world, "email", "phone")
    fields.set_uses(world.actor("dana"), KEY, ["phone"], world.purpose.key, used=False, today=TODAY)
    assert state(held) == JustificationState.STALE


def test_another_text_for_one_field_leaves_the_first_stale(world: World) -> None:
    held = approved(world, "email", "phone")
    other = justified(world, "phone", text="The courier rings when nobody opens the door.")
    assert state(held) == JustificationState.STALE
    assert FieldUse.objects.get(field__name="phone").justification == other


@pytest.mark.parametrize("what", ["text", "basis"])
def test_the_purposes_text_and_basis_are_covered(world: World, what: str) -> None:
    held = approved(world)
    if what == "text":
        Purpose.objects.filter(pk=world.purpose.pk).update(text="Something else entirely.")
    else:
        LegalBasis.objects.create(
            organisation=world.organisation,
            purpose=world.purpose,
            regime="gdpr",
            data_class="ordinary",
            code="gdpr.6.1.b",
        )
    justifications.mark_stale([world.purpose.pk], "the purpose changed")
    assert state(held) == JustificationState.STALE


def test_marking_stale_spares_what_is_still_as_approved(world: World) -> None:
    held = approved(world)
    assert justifications.mark_stale([world.purpose.pk], "nothing changed") == 0
    assert state(held) == JustificationState.APPROVED


def test_an_approval_is_of_what_was_shown(world: World) -> None:
    held = justified(world)
    shown = justifications.content_hash(held)
    decide(world, "email", category="email")
    with pytest.raises(Stale):
        justifications.approve(world.actor("dana"), held.pk, shown=shown, today=TODAY, now=NOW)
    assert state(held) == JustificationState.SUBMITTED


def test_a_version_that_somebody_else_changed_is_refused(world: World) -> None:
    held = justified(world)
    seen = held.version
    justifications.edit(
        world.actor("edith"), held.pk, JustificationInput(text=TEXT + " Twice."), today=TODAY
    )
    with pytest.raises(Stale):
        justifications.submit(world.actor("edith"), held.pk, if_match=seen, today=TODAY, now=NOW)


def test_editing_an_approved_text_makes_it_a_draft(world: World) -> None:
    held = approved(world)
    justifications.edit(world.actor("edith"), held.pk, JustificationInput(text="New."), today=TODAY)
    assert state(held) == JustificationState.DRAFT


@pytest.mark.parametrize(
    ("names", "text", "path"),
    [
        (("email",), "", "text"),
        (("email",), "x\x00", "text"),
        (("email",), "x" * 1_000_000, "text"),
        (("emial",), TEXT, "fields"),
        ((), TEXT, "fields"),
    ],
)
def test_bad_input_is_named_and_writes_nothing(
    world: World, names: tuple[str, ...], text: str, path: str
) -> None:
    make_dataset(world, KEY, fields=("email",))
    with pytest.raises(Invalid) as refused:
        justifications.justify(
            world.actor("dana"),
            KEY,
            names,
            world.purpose.key,
            JustificationInput(text=text),
            submit=True,
            today=TODAY,
            now=NOW,
        )
    assert path in refused.value.errors
    assert not Justification.objects.exists()
    assert not FieldUse.objects.exists()


def test_an_approval_closes_the_finding_about_the_field(world: World) -> None:
    held = justified(world)
    decide(world, "email", category="email")
    outcome = justifications.approve(world.actor("dana"), held.pk, today=TODAY, now=NOW)
    assert "E-19" in {finding.check_id for finding in outcome.closed}


def test_a_draft_that_lost_all_its_fields_is_dropped(world: World) -> None:
    draft = justified(world, submit=False)
    justified(world, text="Another text for the same field.")
    assert not Justification.objects.filter(pk=draft.pk).exists()


def test_the_same_field_can_serve_two_purposes_with_two_texts(world: World) -> None:
    first = approved(world)
    second = make_purpose(world.organisation, "newsletter", entity=world.entity)
    justified(world, purpose=second.key, text="The newsletter is sent by e-mail.")
    assert state(first) == JustificationState.APPROVED
    assert FieldUse.objects.filter(field__name="email").count() == 2
