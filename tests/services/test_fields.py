"""What the register decides of fields, for one or many."""

from typing import Any

import pytest

from inventory.models import Dataset, Field, FieldUse
from inventory.services import fields
from inventory.services.datasets import put_dataset
from inventory.services.errors import Conflict, Invalid, NotFound, Refused, Stale
from inventory.services.fields import FieldDecision
from inventory.services.inputs import DatasetInput, FieldInput
from tests.world import TODAY, World, make_dataset

KEY = "crm.contacts"


def decide(world: World, *names: str, who: str = "dana", **decision: Any) -> Any:
    if_match = decision.pop("if_match", None)
    return fields.decide_fields(
        world.actor(who), KEY, names, FieldDecision(**decision), today=TODAY, if_match=if_match
    )


def test_many_fields_are_decided_at_once(world: World) -> None:
    make_dataset(world, KEY, fields=("a", "b", "c"))
    outcome = decide(world, "a", "b", category="email", identifiability="direct")
    assert Field.objects.filter(category="email", identifiability="direct").count() == 2
    assert len(outcome.changes) == 4


def test_a_decision_can_be_taken_back_to_unknown(world: World) -> None:
    make_dataset(world, KEY, fields=("a",))
    decide(world, "a", category="email")
    decide(world, "a", category=None)
    assert Field.objects.get().category is None


def test_a_decision_answers_the_proposal(world: World) -> None:
    make_dataset(world, KEY, fields=("a",))
    Field.objects.update(proposed_category="phone")
    decide(world, "a", category="email")
    assert Field.objects.get().proposed_category is None


def test_proposals_are_accepted_with_their_uses(world: World) -> None:
    said = FieldInput(name="a", category="email", purposes=(world.purpose.key,))
    put_dataset(
        world.actor("eli", door="api"),
        KEY,
        DatasetInput(system="crm-prod", fields=(said,)),
        today=TODAY,
    )
    fields.accept_proposals(world.actor("dana"), KEY, ["a"], today=TODAY)
    assert Field.objects.get().category == "email"
    assert not FieldUse.objects.get().proposed


def test_deciding_raises_the_documents_version_and_a_stale_one_is_refused(world: World) -> None:
    make_dataset(world, KEY, fields=("a",))
    decide(world, "a", category="email", if_match=1)
    assert Dataset.objects.get().version == 2
    with pytest.raises(Stale):
        decide(world, "a", category="phone", if_match=1)


def test_the_same_decision_again_is_no_change(world: World) -> None:
    make_dataset(world, KEY, fields=("a",))
    decide(world, "a", category="email")
    assert decide(world, "a", category="email").changes == ()
    assert Dataset.objects.get().version == 2


@pytest.mark.parametrize(
    ("decision", "path"),
    [
        ({"category": "emial"}, "category"),
        ({"identifiability": "very"}, "identifiability"),
        ({"protection": "yes"}, "protection"),
        ({"mandatory": "yes"}, "mandatory"),
    ],
)
def test_bad_input_is_named_and_nothing_written(
    world: World, decision: dict[str, Any], path: str
) -> None:
    make_dataset(world, KEY, fields=("a",))
    with pytest.raises(Invalid) as refused:
        decide(world, "a", **decision)
    assert path in refused.value.errors
    assert Field.objects.get().category is None


def test_a_field_that_is_not_there_is_named_with_a_near_one(world: World) -> None:
    make_dataset(world, KEY, fields=("email",))
    with pytest.raises(Invalid, match="Did you mean email"):
        decide(world, "emial", category="email")


@pytest.mark.parametrize(
    ("who", "error"), [("vera", Refused), ("eli", Refused), ("otto", NotFound)]
)
def test_who_may_not_decide(world: World, who: str, error: type[Exception]) -> None:
    make_dataset(world, KEY, fields=("a",))
    with pytest.raises(error):
        decide(world, "a", who=who, category="email")


def test_a_use_is_set_once_and_taken_away(world: World) -> None:
    make_dataset(world, KEY, fields=("a", "b"))
    dana = world.actor("dana")
    for _ in range(2):
        fields.set_uses(dana, KEY, ["a", "b"], world.purpose.key, used=True, today=TODAY)
    assert FieldUse.objects.count() == 2
    fields.set_uses(dana, KEY, ["a"], world.purpose.key, used=False, today=TODAY)
    assert FieldUse.objects.get().field.name == "b"


def test_grounds_are_not_carried_from_a_field_that_is_still_there(world: World) -> None:
    make_dataset(world, KEY, fields=("a", "b"))
    with pytest.raises(Conflict):
        fields.carry_over(world.actor("dana"), KEY, "a", "b", today=TODAY)
