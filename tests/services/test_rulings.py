"""Counsel rules: what it does to verdicts, to whom, from when, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from inventory.law.vocabulary import Severity
from inventory.models import Finding, Judgement, LawBundle, MembershipEntity, Ruling, Standing
from inventory.models.organisations import Role, ScopeKind
from inventory.services import compliance, evaluation
from inventory.services.actors import member
from inventory.services.errors import Conflict, Invalid, NotFound, Refused
from inventory.services.law import current_law, law_of
from inventory.services.rulings import RulingInput, end_ruling, rule, rulings
from tests.register import stored, told_afresh
from tests.world import TODAY, World, make_dataset, make_entity, make_member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def judged(world: World) -> World:
    """A dataset with two fields nobody justified, in two organisations."""
    row = make_dataset(world, fields=("email", "phone"))
    row.fields.update(category="email")
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    return world


def ruling(**given: Any) -> RulingInput:
    usual = {"act": "confirm", "check": "E-18", "reason": "Settled case law.", "author": "Firm"}
    return RulingInput(**{**usual, **given})


def on_value(**given: Any) -> RulingInput:
    return ruling(check=None, value="child_consent_age", place="FR", **given)


def found(world: World, check: str = "E-18") -> list[str]:
    rows = Finding.objects.filter(organisation=world.organisation, check_id=check)
    return list(rows.values_list("severity", flat=True))


def test_a_switched_off_check_finds_nothing_and_what_it_found_ends(judged):
    dana = judged.actor("dana")
    assert found(judged) == ["major"]
    rule(dana, ruling(act="switch_off"), today=TODAY)

    assert found(judged) == []
    assert not Judgement.objects.filter(stale_since__isnull=False).exists()
    assert stored(judged.organisation) == told_afresh(judged.organisation, TODAY)


def test_an_amended_check_weighs_as_counsel_says(judged):
    rule(judged.actor("dana"), ruling(act="amend", severity="minor"), today=TODAY)

    assert found(judged) == ["minor"]
    assert Finding.objects.get(check_id="E-18").status == "attention"


def test_a_ruling_for_later_is_judged_on_its_day(judged):
    rule(judged.actor("dana"), ruling(act="switch_off", since=TODAY + DAY), today=TODAY)
    assert found(judged) == ["major"]

    days = Judgement.objects.filter(organisation=judged.organisation)
    assert set(days.values_list("good_until", flat=True)) == {TODAY + DAY}
    evaluation.expire(judged.organisation, as_of=TODAY + DAY)
    assert found(judged) == []


def test_the_ruling_of_one_organisation_moves_no_verdict_of_another(judged):
    entity = make_entity(judged.elsewhere)
    evaluation.evaluate_organisation(judged.elsewhere, as_of=TODAY)
    theirs = stored(judged.elsewhere)
    assert theirs
    for check in {check for check, *_ in theirs}:
        rule(judged.actor("dana"), ruling(act="switch_off", check=check), today=TODAY)
    evaluation.evaluate_organisation(judged.elsewhere, as_of=TODAY)

    assert stored(judged.elsewhere) == theirs
    assert law_of(judged.elsewhere).hash != law_of(judged.organisation).hash
    assert not Standing.objects.filter(organisation=judged.organisation, breach__gt=1).exists()
    assert entity.organisation == judged.elsewhere


def test_a_later_ruling_ends_the_earlier_which_stays(judged):
    dana = judged.actor("dana")
    first = rule(dana, ruling(act="switch_off"), today=TODAY)
    second = rule(dana, ruling(act="amend", severity="minor"), today=TODAY + DAY)
    first.refresh_from_db()

    assert first.ended_on == TODAY + DAY
    assert first.end_reason == "A later ruling took its place."
    assert list(rulings(dana)) == [second, first]
    law = law_of(dana.organisation)
    asked = [{c.id for c in law.checks("gdpr", TODAY + n * DAY)} for n in (-1, 0, 1)]
    assert ["E-18" in one for one in asked] == [True, False, True]


def test_an_ended_ruling_leaves_the_law_as_the_program_has_it(judged):
    dana = judged.actor("dana")
    made = rule(dana, ruling(act="switch_off"), today=TODAY)
    ended = end_ruling(dana, made.pk, "The court decided otherwise.", today=TODAY)

    assert found(judged) == ["major"]
    assert ended.end_reason == "The court decided otherwise."
    assert law_of(dana.organisation).hash == law_of(judged.elsewhere).hash
    with pytest.raises(Conflict, match="ended on"):
        end_ruling(dana, made.pk, "Again.", today=TODAY)


def test_the_finding_says_what_counsel_said(judged):
    dana = judged.actor("dana")
    rule(dana, ruling(act="amend", severity="minor", title="Not needed"), today=TODAY)
    finding = compliance.findings(dana, check="E-18").get()
    words = compliance.explain(finding, law_of(dana.organisation))

    assert words.title == "Not needed"
    assert [one.reason for one in words.rulings] == ["Settled case law."]
    assert words.mark_words.endswith(f"Amended by your counsel on {TODAY}.")


def test_a_value_is_amended_in_one_country(judged):
    dana = judged.actor("dana")
    rule(dana, on_value(act="amend", amount=13), today=TODAY)
    law = law_of(dana.organisation)

    assert law.value("child_consent_age", country="FR", on=TODAY).value == 13
    assert law.value("child_consent_age", country="FR", on=TODAY - DAY).value == 15
    assert current_law().value("child_consent_age", country="FR", on=TODAY).value == 15


def test_the_edition_under_which_something_was_judged_can_be_explained(judged):
    rule(judged.actor("dana"), ruling(act="switch_off"), today=TODAY)
    kept = LawBundle.objects.get(hash=law_of(judged.organisation).hash)

    assert "Settled case law." in kept.files["edition.json"]
    assert "regimes/gdpr.toml" in kept.beneath.files


def test_what_waits_for_a_task_is_stale_until_then(judged, monkeypatch):
    monkeypatch.setattr("inventory.services.adoption.FEW", 0)
    rule(judged.actor("dana"), ruling(act="switch_off"), today=TODAY)

    own = Judgement.objects.filter(organisation=judged.organisation)
    assert not own.filter(stale_since=None).exists()
    evaluation.judge_stale(judged.organisation, as_of=TODAY)
    assert found(judged) == []


@pytest.mark.parametrize("name", ["edith", "eli", "vera"])
def test_only_an_owner_or_a_dpo_rules(judged, name):
    with pytest.raises(Refused):
        rule(judged.actor(name), ruling(), today=TODAY)
    made = rule(judged.actor("owner"), ruling(), today=TODAY)
    with pytest.raises(Refused):
        end_ruling(judged.actor(name), made.pk, "No.", today=TODAY)


def test_who_reaches_one_company_does_not_rule_for_all(judged):
    one = make_member(judged.organisation, "dan", Role.DPO, scope=ScopeKind.ENTITIES)
    MembershipEntity.objects.create(
        organisation=judged.organisation, membership=one, entity=judged.entity
    )
    with pytest.raises(Refused, match="whole organisation"):
        rule(member(one, door="web"), ruling(), today=TODAY)


def test_a_stranger_finds_no_ruling(judged):
    made = rule(judged.actor("dana"), ruling(), today=TODAY)
    otto = judged.actor("otto")

    assert not rulings(otto).exists()
    with pytest.raises(NotFound):
        end_ruling(otto, made.pk, "Mine now.", today=TODAY)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"act": "overrule"}, "act"),
        ({"reason": " "}, "reason"),
        ({"author": ""}, "author"),
        ({"check": "E-18a"}, "check"),
        ({"check": None}, "check"),
        ({"value": "child_consent_age", "place": "FR"}, "check"),
        ({"made_on": TODAY + DAY}, "made_on"),
        ({"since": "soon"}, "since"),
        ({"until": TODAY}, "until"),
        ({"severity": "minor"}, "severity"),
        ({"act": "amend"}, "severity"),
        ({"act": "amend", "severity": "grave"}, "severity"),
        ({"act": "amend", "amount": 3}, "amount"),
        ({"act": "amend", "parameters": [1]}, "parameters"),
        ({"act": "amend", "parameters": {"weight": 3}}, "parameters"),
        ({"act": "amend", "parameters": {"a": {"value": "no_such"}}}, "parameters.a"),
        ({"act": "amend", "check": "E-17", "parameters": {"age": {"value": "access_deadline"}}},
         "parameters.age"),
        ({"act": "amend", "parameters": {"a": "b\x00"}}, "parameters.a"),
        ({"act": "amend", "severity": "minor", "until": "2001-01-01", "since": "2000-01-01"},
         "since"),
        ({"reason": "a\x00b"}, "reason"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_ruling_is_named(judged, given, field):
    with pytest.raises(Invalid) as refused:
        rule(judged.actor("dana"), ruling(**given), today=TODAY)
    assert field in refused.value.errors
    assert not Ruling.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"act": "amend"}, "amount"),
        ({"act": "amend", "amount": "15"}, "amount"),
        ({"act": "amend", "amount": True}, "amount"),
        ({"act": "amend", "amount": 15, "severity": "minor"}, "severity"),
        ({"amount": 15}, "amount"),
        ({"place": "QQ"}, "place"),
        ({"place": "AR"}, "value"),
        ({"value": "no_such_value"}, "value"),
        ({"since": "2001-01-01", "until": "2002-01-01"}, "since"),
        ({"act": "amend", "amount": -1}, "amount"),
        ({"act": "amend", "amount": 101}, "amount"),
        ({"act": "amend", "value": "retention_minimum.invoice", "amount": "ten years"}, "amount"),
        ({"act": "amend", "value": "retention_minimum.invoice", "amount": "P99999Y"}, "amount"),
    ],
)
def test_what_is_wrong_with_a_ruling_on_a_value_is_named(judged, given, field):
    data = {"check": None, "value": "child_consent_age", "place": "FR", **given}
    with pytest.raises(Invalid) as refused:
        rule(judged.actor("dana"), ruling(**data), today=TODAY)
    assert field in refused.value.errors


def test_an_amendment_that_no_longer_fits_the_law_data_rests(judged, caplog):
    dana = judged.actor("dana")
    made = rule(dana, ruling(act="amend", severity="minor"), today=TODAY)
    Ruling.objects.filter(pk=made.pk).update(parameters={"gone": 1})
    dana.organisation.law_edition = "another"
    law = law_of(dana.organisation)

    assert next(c for c in law.checks("gdpr", TODAY) if c.id == "E-18").severity is Severity.MAJOR
    assert "do not fit" in caplog.text
