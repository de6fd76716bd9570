"""What is done to fields: it is written, its consequence is told, and who may not is refused."""

import pytest
from django.urls import reverse

from inventory.law.vocabulary import JustificationState
from inventory.models import Dataset, Field, FieldUse, Finding, Justification
from inventory.services.datasets import put_dataset
from inventory.services.inputs import DatasetInput, FieldInput
from tests.world import TODAY, World

from .conftest import Door

KEY = "crm.contacts"
SHOW = reverse("dataset-show", args=[KEY])
ACTS = ["justify", "decide", "use", "accept", "carry-over"]
WHY = {"purpose": "serve-customers", "reason": "Letters name people by email and cpf."}


@pytest.fixture
def dataset(world: World) -> Dataset:
    return put(world, "email", "cpf")


def put(world: World, *names: str) -> Dataset:
    fields = tuple(FieldInput(name=n, type="text", category="email") for n in names)
    document = DatasetInput(
        name="CRM contacts", entity="mare-france", system="crm-prod", fields=fields
    )
    return put_dataset(world.actor("dana", door="api"), KEY, document, today=TODAY).row


def act(name: str) -> str:
    return reverse(f"field-{name}", args=[KEY])


def test_one_text_justifies_many_fields(dataset: Dataset, door: Door) -> None:
    answer = door("dana").post(
        act("justify"), {**WHY, "field": ["email", "cpf"], "act": "submit"}, follow=True
    )
    held = Justification.objects.get()
    assert held.state == JustificationState.SUBMITTED
    assert held.uses.count() == 2
    assert "2 fields submitted for approval." in answer.content.decode()


def test_a_draft_stays_a_draft(dataset: Dataset, door: Door) -> None:
    door("dana").post(act("justify"), {**WHY, "field": "email", "act": "draft"})
    assert Justification.objects.get().state == JustificationState.DRAFT


def test_a_field_that_the_text_does_not_name_is_told(dataset: Dataset, door: Door) -> None:
    said = {**WHY, "reason": "We write to their email.", "field": ["email", "cpf"], "act": "draft"}
    text = door("dana").post(act("justify"), said, follow=True).content.decode()
    assert "The text does not mention cpf." in text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reason": ""}, "Write why this purpose cannot do without these fields."),
        ({"reason": "a\x00b"}, "Null characters are not allowed."),
        ({"reason": "a\x07b"}, "The character U+0007 cannot be kept."),
        ({"reason": "x" * 1_000_000}, "at most 20000 characters"),
        ({"purpose": "no-such"}, "Select a valid choice."),
        ({"field": "no such field"}, "no such field"),
        ({"field": []}, "Choose at least one field."),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    dataset: Dataset, door: Door, change: dict[str, str], message: str
) -> None:
    answer = door("dana").post(act("justify"), {**WHY, "field": "email", "act": "submit"} | change)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Justification.objects.exists()


def test_what_was_typed_is_kept_when_it_is_refused(dataset: Dataset, door: Door) -> None:
    said = {"purpose": "", "reason": "Letters name people.", "field": ["email", "cpf"]}
    text = door("dana").post(act("justify"), said).content.decode()
    assert "Letters name people.</textarea>" in text
    assert '<input type="hidden" name="field" value="cpf">' in text


def test_a_decision_is_set_on_all_chosen_fields(dataset: Dataset, door: Door) -> None:
    said = {"category": "national_id", "identifiability": "direct", "field": ["email", "cpf"]}
    text = door("dana").post(act("decide"), said, follow=True).content.decode()
    assert "2 fields changed." in text
    held = set(Field.objects.values_list("category", "identifiability", "mandatory"))
    assert held == {("national_id", "direct", None)}


def test_whether_a_field_is_marked_as_sensitive_is_said(dataset: Dataset, door: Door) -> None:
    door("dana").post(act("decide"), {"flagged": "yes", "field": "cpf"})
    assert dict(Field.objects.values_list("name", "flagged")) == {"email": None, "cpf": True}
    door("dana").post(act("decide"), {"flagged": "", "field": "cpf"})
    assert Field.objects.get(name="cpf").flagged is None


def test_leaving_a_fact_as_it_is_and_taking_one_back_differ(dataset: Dataset, door: Door) -> None:
    Field.objects.update(category="name", identifiability="direct")
    door("dana").post(act("decide"), {"category": "-", "identifiability": "", "field": "cpf"})
    field = Field.objects.get(name="cpf")
    assert (field.category, field.identifiability) == ("name", None)


def test_who_was_overtaken_sees_both_and_may_insist(dataset: Dataset, door: Door) -> None:
    said = {"category": "name", "field": "cpf", "version": dataset.version}
    door("edith").post(act("decide"), {**said, "category": "national_id"})
    answer = door("dana").post(act("decide"), said)
    assert answer.status_code == 412
    assert "Someone changed this after you opened it" in answer.content.decode()
    assert Field.objects.get(name="cpf").category == "national_id"
    again = dict(answer.context["panel"]["hidden"])["version"]
    assert door("dana").post(act("decide"), {**said, "version": again}).status_code == 302
    assert Field.objects.get(name="cpf").category == "name"


def test_a_finding_goes_when_what_it_rests_on_is_mended(
    world: World, dataset: Dataset, door: Door
) -> None:
    ask = {"check_id__icontains": "", "fields__contains": ["cpf"], "status": "breach"}
    door("dana").post(act("decide"), {"category": "national_id", "field": ["email", "cpf"]})
    before = set(Finding.objects.filter(**ask).values_list("check_id", flat=True))
    door("dana").post(act("use"), {"purpose": "serve-customers", "used": "yes", "field": ["cpf"]})
    after = set(Finding.objects.filter(**ask).values_list("check_id", flat=True))
    assert before - after


def test_a_finding_that_was_just_ended_is_shown_as_met(dataset: Dataset, door: Door) -> None:
    door("dana").post(act("decide"), {"category": "national_id", "field": ["email", "cpf"]})
    text = door("dana").post(
        act("use"), {"purpose": "serve-customers", "used": "yes", "field": ["email", "cpf"]},
        headers={"HX-Request": "true"},
    ).content.decode()  # fmt: skip
    assert "Met, closed a moment ago" in text


def test_a_purpose_is_given_and_taken_back(dataset: Dataset, door: Door) -> None:
    for used, left in (("yes", 1), ("no", 0)):
        door("dana").post(
            act("use"), {"purpose": "serve-customers", "used": used, "field": ["cpf"]}
        )
        assert FieldUse.objects.count() == left


def test_a_proposal_is_accepted(dataset: Dataset, door: Door) -> None:
    assert door("dana").post(act("accept"), {"field": ["email"]}).status_code == 302
    assert Field.objects.get(name="email").category == "email"
    assert Field.objects.get(name="cpf").category is None


def test_a_renamed_field_takes_its_grounds_along(
    world: World, dataset: Dataset, door: Door
) -> None:
    door("dana").post(act("justify"), {**WHY, "field": "cpf", "act": "submit"})
    put(world, "email", "cpf_number")
    assert "seems to have a new name" in door("dana").get(SHOW).content.decode()
    assert (
        door("dana").post(act("carry-over"), {"old": "cpf", "new": "cpf_number"}).status_code == 302
    )
    assert FieldUse.objects.get().field.name == "cpf_number"


@pytest.mark.parametrize("name", ACTS)
def test_who_may_not(dataset: Dataset, door: Door, name: str) -> None:
    said = {**WHY, "field": "cpf", "used": "yes", "category": "name"}
    assert door("vera").post(act(name), said).status_code == 403
    assert door("otto").post(act(name), said).status_code == 404
    assert door("dana").get(act(name)).status_code == 405
    assert not FieldUse.objects.exists()


@pytest.mark.parametrize("name", ACTS)
def test_without_a_token_of_ours_nothing_is_written(
    dataset: Dataset, door: Door, name: str
) -> None:
    client = door("dana")
    client.handler.enforce_csrf_checks = True
    answer = client.post(act(name), {"field": "cpf"})
    assert answer.status_code == 403
    assert "This form is out of date" in answer.content.decode()


def test_htmx_gets_fields_strip_and_message_at_once(dataset: Dataset, door: Door) -> None:
    text = door("dana").post(
        act("decide"), {"category": "name", "field": "cpf"}, headers={"HX-Request": "true"}
    ).content.decode()  # fmt: skip
    assert "<html" not in text
    assert 'id="work"' in text
    assert 'id="strip" hx-swap-oob="true"' in text
    assert 'id="sections" hx-swap-oob="true"' in text
    assert "1 field changed." in text


def test_a_doubtful_text_is_advised_on_beside_it_and_taken_when_sent_again(
    dataset: Dataset, door: Door
) -> None:
    sent = {**WHY, "reason": "Might be useful one day.", "field": "email", "act": "submit"}
    answer = door("dana").post(act("justify"), sent)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert '<q dir="auto">Might be useful</q>: <strong>vague</strong>' in text
    assert "Submit as it stands" in text
    assert not Justification.objects.exists()

    advised = answer.context["panel"]["advised"]
    assert door("dana").post(act("justify"), {**sent, "advised": advised}).status_code == 302
    assert Justification.objects.get().state == JustificationState.SUBMITTED


def test_a_draft_is_kept_with_a_word_on_what_gives_it_away(dataset: Dataset, door: Door) -> None:
    sent = {**WHY, "reason": "Might be useful one day.", "field": "email", "act": "draft"}
    text = door("dana").post(act("justify"), sent, follow=True).content.decode()
    assert "“Might be useful”: vague." in text
    assert Justification.objects.get().state == JustificationState.DRAFT


def test_a_text_that_denies_what_the_fields_are_is_told(dataset: Dataset, door: Door) -> None:
    Field.objects.update(category="email", identifiability="direct")
    reason = "Anonymous counts, by which the shift leader sees how many calls came in."
    sent = {**WHY, "reason": reason, "field": ["email"], "act": "submit"}
    text = door("dana").post(act("justify"), sent).content.decode()
    assert "contradicted by the facts" in text
    assert '<bdi class="key">email</bdi>' in text


@pytest.mark.parametrize("reason", ["TBD", "n/a", "???"])
def test_a_text_that_only_holds_a_place_is_refused(
    dataset: Dataset, door: Door, reason: str
) -> None:
    sent = {**WHY, "reason": reason, "field": "email", "act": "submit"}
    answer = door("dana").post(act("justify"), sent)
    assert answer.status_code == 422
    assert "only holds a place" in answer.content.decode()
    assert not Justification.objects.exists()
