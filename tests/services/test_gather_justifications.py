"""Justifications as facts: what each covers, who else is given it, and when it is judged again."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.law.vocabulary import Identifiability, JustificationState, SubjectKind
from inventory.models import Dataset, Field, Finding, Justification, Purpose
from inventory.rules.facts import Elsewhere, Facts
from inventory.services import fields, justifications, purposes
from inventory.services.datasets import put_dataset
from inventory.services.fields import FieldDecision
from inventory.services.gather import gather
from inventory.services.inputs import DatasetInput, FieldInput
from inventory.services.justifications import JustificationInput
from inventory.services.register_inputs import PurposeInput
from tests.world import NOW, TODAY, World, make_dataset, make_purpose

KEY, CHECK = "crm.contacts", "E-JUST-01"
GOOD = "An agent who is called back types this address into the search."
VAGUE = "Might be useful one day."
ANONYMOUS = "Anonymous counts, by which the shift leader sees how many calls came in."


@pytest.fixture(autouse=True)
def dataset(world: World) -> Dataset:
    made = make_dataset(world, KEY, fields=("email", "phone"))
    made.fields.update(category="email", identifiability="direct")
    return made


def justify(world: World, text: str, *names: str, purpose: str = "serve-customers") -> Any:
    return justifications.justify(
        world.actor("edith"),
        KEY,
        names or ("email",),
        purpose,
        JustificationInput(text=text),
        submit=True,
        today=TODAY,
        now=NOW,
    ).row


def edit(world: World, held: Any, text: str) -> Any:
    return justifications.edit(
        world.actor("edith"), held.pk, JustificationInput(text=text), today=TODAY
    )


def gathered(world: World, *purposes: Purpose) -> Facts:
    asked = [(SubjectKind.PURPOSE, str(one.pk)) for one in purposes or [world.purpose]]
    return gather(world.organisation, asked, as_of=TODAY)


def found(purpose: Purpose | None = None) -> list[tuple[str, str]]:
    rows = Finding.objects.filter(check_id=CHECK).order_by("subject_name")
    if purpose is not None:
        rows = rows.filter(subject_kind="purpose", subject_id=str(purpose.pk))
    return list(rows.values_list("subject_name", "status"))


def payroll(world: World) -> Purpose:
    return make_purpose(
        world.organisation, "payroll", entity=world.entity, name="Payroll", text="Pay the wages."
    )


def test_a_text_comes_with_what_it_covers_and_with_its_purpose(world: World) -> None:
    held = justify(world, GOOD)
    (text,) = gathered(world).justifications.values()

    assert (text.id, text.purpose, text.text) == (str(held.pk), str(world.purpose.pk), GOOD)
    assert (text.purpose_name, text.purpose_text) == (
        "Serve customers",
        "Answer the questions of customers.",
    )
    assert text.state is JustificationState.SUBMITTED
    assert [(f.name, f.category, f.identifiability) for f in text.fields] == [
        ("email", "email", Identifiability.DIRECT)
    ]
    assert text.elsewhere == ()


def test_the_whole_register_and_a_purpose_tell_the_same_of_its_texts(world: World) -> None:
    justify(world, GOOD)
    justify(world, GOOD, "phone", purpose=payroll(world).key)
    justify(world, f"{GOOD} The manager reads it.", "phone")
    whole = gather(world.organisation, as_of=TODAY).justifications

    assert len(whole) == 3
    for purpose in Purpose.objects.all():
        mine = {key: one for key, one in whole.items() if one.purpose == str(purpose.pk)}
        assert gathered(world, purpose).justifications == mine


def test_who_else_is_given_the_very_text_is_told(world: World) -> None:
    justify(world, GOOD)
    justify(world, GOOD, "phone", purpose=payroll(world).key)
    (text,) = gathered(world).justifications.values()

    assert text.elsewhere == (Elsewhere(name="Payroll", text="Pay the wages."),)


def test_a_text_that_covers_nothing_any_more_is_left_out(world: World) -> None:
    justify(world, GOOD)
    Field.objects.update(retired_at=NOW)
    assert not gathered(world).justifications


def test_texts_are_read_only_for_purposes_that_are_judged(world: World, dataset: Dataset) -> None:
    justify(world, GOOD)
    facts = gather(world.organisation, [(SubjectKind.DATASET, str(dataset.pk))], as_of=TODAY)
    assert facts.purposes
    assert not facts.justifications


def test_one_text_and_many_take_the_same_queries(world: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            gathered(world)
        return len(seen)

    justify(world, GOOD)
    few = count()
    justify(world, VAGUE, "phone")
    justify(world, GOOD, "phone", purpose=payroll(world).key)
    assert count() == few


def test_a_text_is_judged_in_the_transaction_that_writes_it(world: World) -> None:
    held = justify(world, VAGUE)
    assert found() == [("Serve customers", "attention")]
    finding = Finding.objects.get(check_id=CHECK)
    assert ["vague words", "Might be useful"] in finding.read
    assert "“Might be useful” is vague: Name what is done" in finding.note
    assert finding.fields == ["email"]

    outcome = edit(world, held, GOOD)
    assert found() == []
    assert CHECK in {one.check_id for one in outcome.closed}

    outcome = edit(world, held, VAGUE)
    assert CHECK in {one.check_id for one in outcome.findings}


def test_other_words_that_give_it_away_make_another_finding_of_the_facts(world: World) -> None:
    held = justify(world, VAGUE)
    before = Finding.objects.get(check_id=CHECK)
    edit(world, held, "Nice to have.")
    after = Finding.objects.get(check_id=CHECK)
    assert after.facts_hash != before.facts_hash


def test_a_fields_category_decides_whether_it_is_anonymous(world: World) -> None:
    justify(world, ANONYMOUS)
    assert found() == [("Serve customers", "breach")]
    decision = FieldDecision(category="purchase_history", identifiability="anonymous")
    fields.decide_fields(world.actor("dana"), KEY, ["email"], decision, today=TODAY)
    assert found() == []


def test_a_purposes_text_that_a_justification_repeats_is_noticed(world: World) -> None:
    justify(world, "The agent reads back the caller's last order aloud.")
    assert found() == []
    data = PurposeInput(text="The agent reads back the caller's last order aloud.")
    purposes.put_purpose(world.actor("dana"), "serve-customers", data, today=TODAY)
    assert found() == [("Serve customers", "attention")]


def test_a_text_copied_to_a_purpose_unlike_is_found_at_both_until_one_is_changed(
    world: World,
) -> None:
    other = payroll(world)
    held = justify(world, GOOD)
    assert found() == []
    justify(world, GOOD, "phone", purpose=other.key)
    assert found() == [("Payroll", "attention"), ("Serve customers", "attention")]
    edit(world, held, "An agent who is called back reads the order aloud.")
    assert found() == []


def test_a_manifest_that_takes_the_field_away_takes_the_finding_along(world: World) -> None:
    justify(world, VAGUE)
    kept = DatasetInput(name="CRM contacts", fields=(FieldInput(name="phone"),))
    put_dataset(world.actor("dana"), KEY, kept, today=TODAY)
    assert found() == []


def test_texts_of_another_organisation_are_no_copies(world: World) -> None:
    justify(world, GOOD)
    Justification.objects.create(
        organisation=world.elsewhere,
        purpose=Purpose.objects.create(
            organisation=world.elsewhere,
            key="p",
            name="Payroll",
            activity=None,
        ),
        text=GOOD,
    )
    assert found() == []
    (text,) = gathered(world).justifications.values()
    assert text.elsewhere == ()
