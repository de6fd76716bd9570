"""House policy is somebody's own choice, and is extended by their own rules."""

from typing import Any

import pytest

from inventory.models import Finding, HouseRule
from inventory.services import compliance, evaluation
from inventory.services.errors import Conflict, Invalid, NotFound, Refused, Stale
from inventory.services.house import (
    HouseRuleInput,
    find_rule,
    own_rules,
    put_rule,
    retire_rule,
    rule_document,
    switch_house,
)
from inventory.services.law import current_law, law_of
from tests.register import stored, told_afresh
from tests.world import NOW, TODAY, World, make_dataset

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(world: World) -> World:
    make_dataset(world, fields=("email", "phone")).fields.update(category="email")
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    return world


def document(**given: Any) -> HouseRuleInput:
    usual = {
        "condition": "no_disposal", "severity": "major", "title": "Nothing disposes of it",
        "remedy": "Schedule a job that does.", "document": "Data policy", "section": "4.2",
    }  # fmt: skip
    return HouseRuleInput(**{**usual, **given})


def of_the_house(world: World) -> set[str]:
    rows = Finding.objects.filter(organisation=world.organisation, regime="house")
    return set(rows.values_list("check_id", flat=True))


def test_house_policy_is_off_until_somebody_switches_it_on(judged):
    dana = judged.actor("dana")
    put_rule(dana, "disposal", document(), today=TODAY)
    assert of_the_house(judged) == set()
    assert "house" not in law_of(dana.organisation).regimes

    switch_house(dana, on=True, today=TODAY)
    assert "H:disposal" in of_the_house(judged)
    assert stored(judged.organisation) == told_afresh(judged.organisation, TODAY)

    switch_house(dana, on=False, today=TODAY)
    assert of_the_house(judged) == set()
    assert law_of(dana.organisation).hash == current_law().hash


def test_one_organisations_house_policy_is_not_anothers(judged):
    switch_house(judged.actor("dana"), on=True, today=TODAY)
    put_rule(judged.actor("dana"), "disposal", document(), today=TODAY)

    assert "house" not in law_of(judged.elsewhere).regimes
    assert not own_rules(judged.actor("otto")).exists()
    with pytest.raises(NotFound):
        find_rule(judged.actor("otto"), "disposal")


def test_an_own_rule_cites_the_organisations_own_document(judged):
    dana = judged.actor("dana")
    switch_house(dana, on=True, today=TODAY)
    put_rule(dana, "disposal", document(language="de"), today=TODAY)
    finding = compliance.findings(dana, check="H:disposal").get()
    words = compliance.explain(finding, law_of(dana.organisation), language="de")

    assert words.title == "Nothing disposes of it"
    assert [str(cite) for cite in words.citations] == ["Data policy 4.2"]
    assert words.mark_words == "A rule of your own house, by your own document."


def test_a_rule_is_put_again_under_its_key(judged):
    dana = judged.actor("dana")
    switch_house(dana, on=True, today=TODAY)
    first = put_rule(dana, "disposal", document(), today=TODAY)
    again = put_rule(dana, "disposal", document(), today=TODAY)
    other = put_rule(dana, "disposal", document(severity="minor"), today=TODAY, if_match=1)

    assert (first.created, again.changes, other.created) == (True, (), False)
    assert other.changes == (("severity", "major", "minor"),)
    assert Finding.objects.get(check_id="H:disposal").severity == "minor"
    with pytest.raises(Stale):
        put_rule(dana, "disposal", document(), today=TODAY, if_match=1)


def test_a_retired_rule_asks_nothing_and_its_key_is_not_used_again(judged):
    dana = judged.actor("dana")
    switch_house(dana, on=True, today=TODAY)
    put_rule(dana, "disposal", document(), today=TODAY)
    retire_rule(dana, "disposal", today=TODAY, now=NOW, reason="Came to nothing.")

    assert "H:disposal" not in of_the_house(judged)
    assert rule_document(find_rule(dana, "disposal"))["retired"]
    for again in (
        lambda: retire_rule(dana, "disposal", today=TODAY, now=NOW),
        lambda: put_rule(dana, "disposal", document(), today=TODAY),
    ):
        with pytest.raises(Conflict, match="retired"):
            again()


@pytest.mark.parametrize("name", ["edith", "eli", "vera"])
def test_only_an_owner_or_a_dpo_sets_house_policy(judged, name):
    other = judged.actor(name)
    put_rule(judged.actor("owner"), "disposal", document(), today=TODAY)
    for act in (
        lambda: switch_house(other, on=True, today=TODAY),
        lambda: put_rule(other, "disposal", document(), today=TODAY),
        lambda: retire_rule(other, "disposal", today=TODAY, now=NOW),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"condition": "no_such"}, "condition"),
        ({"severity": "grave"}, "severity"),
        ({"title": ""}, "title"),
        ({"title": "two\nlines"}, "title"),
        ({"remedy": " "}, "remedy"),
        ({"document": ""}, "document"),
        ({"section": ""}, "section"),
        ({"language": "no tag"}, "language"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"valid_until": TODAY}, "valid_until"),
        ({"parameters": {"weight": 3}}, "parameters"),
        ({"parameters": 3}, "parameters"),
        ({"condition": "not_reviewed"}, "parameters"),
        ({"condition": "not_reviewed", "parameters": {"every": "soon"}}, "parameters"),
        ({"condition": "retention_over", "parameters": {"maximum": {"value": "child_consent_age"}}},
         "parameters.maximum"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule_is_named(judged, given, field):
    with pytest.raises(Invalid) as refused:
        put_rule(judged.actor("dana"), "mine", document(**given), today=TODAY)
    assert field in refused.value.errors
    assert not HouseRule.objects.exists()


@pytest.mark.parametrize("key", ["", "Über", "a" * 61, "a:b"])
def test_a_key_that_is_none_is_refused(judged, key):
    with pytest.raises(Invalid, match="key"):
        put_rule(judged.actor("dana"), key, document(), today=TODAY)


def test_a_rule_whose_condition_is_gone_rests(judged):
    dana = judged.actor("dana")
    switch_house(dana, on=True, today=TODAY)
    put_rule(dana, "disposal", document(), today=TODAY)
    HouseRule.objects.update(condition="gone")
    dana.organisation.law_edition = "another"

    assert "H:disposal" not in {c.id for c in law_of(dana.organisation).regimes["house"].checks}
    assert rule_document(find_rule(dana, "disposal"))["check"] is None
