"""An organisation's own edition: what a ruling does the day before, on its day and after."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from inventory.law.amending import OWN, amend, as_parameters, document
from inventory.law.bundle import Law
from inventory.law.load import load_law
from inventory.law.shapes import Check, Ruling, ValueOf
from inventory.law.vocabulary import Mark, RulingAct, Severity

LAW = load_law()
DAY = date(2026, 6, 1)
EVE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
HERE: dict[str, Any] = {"country": "ZZ"}


def ruling(act: RulingAct = RulingAct.CONFIRM, **given: Any) -> Ruling:
    usual = {"id": "1", "reason": "Read in the gazette.", "author": "Utopian Law", "since": DAY}
    return Ruling(act=act, **{"made_on": DAY, **usual, **given})


def on_check(act: RulingAct = RulingAct.CONFIRM, check: str = "UT-01", **given: Any) -> Ruling:
    return ruling(act, check=check, **given)


def on_value(act: RulingAct = RulingAct.CONFIRM, place: str = "ZZ", **given: Any) -> Ruling:
    return ruling(act, **{"value": "child_consent_age", "place": place, **given})


def the_check(law: Law, on: date) -> Check:
    return next(check for check in law.checks("utopia", on) if check.id == "UT-01")


def house_law(law: Law) -> Law:
    """A law with a house regime of one check."""
    utopia = law.regimes["utopia"]
    check = replace(utopia.checks[0], id="HP-01", regime="house", valid_until=None)
    house = replace(utopia, code="house", countries=(), values={}, checks=(check,))
    return replace(law, regimes={**law.regimes, "house": house})


def own_rule(**given: Any) -> Check:
    check = LAW.regimes["gdpr"].checks[0]
    return replace(check, **{"id": f"{OWN}mine", "regime": "house", **given})


def test_nothing_said_is_the_programs_law_itself(small_law):
    law = small_law.load()
    assert amend(law) is law


def test_an_amended_check_is_the_programs_before_its_day_and_counsels_from_it(small_law):
    law = amend(small_law.load(), [on_check(RulingAct.AMEND, severity=Severity.MINOR)])

    assert the_check(law, EVE).severity is Severity.MAJOR
    assert the_check(law, EVE).ruling is None
    for day in (DAY, NEXT, date(2050, 1, 1)):
        assert the_check(law, day).severity is Severity.MINOR
        assert the_check(law, day).ruling.author == "Utopian Law"


def test_a_ruling_with_a_last_day_gives_way_to_the_law_again(small_law):
    law = amend(small_law.load(), [on_check(RulingAct.AMEND, severity="minor", until=NEXT)])

    said = [the_check(law, day).severity for day in (EVE, DAY, NEXT)]
    assert said == [Severity.MAJOR, Severity.MINOR, Severity.MAJOR]


def test_what_an_amendment_does_not_name_stays(small_law):
    law = amend(
        small_law.load(),
        [
            on_check(
                RulingAct.AMEND, parameters={"months": 12}, title="Ours", since=date(2020, 1, 1)
            )
        ],
    )
    check = the_check(law, date(2022, 5, 5))

    assert check.parameters["months"] == 12
    assert check.parameters["age"] == ValueOf("child_consent_age")
    assert (check.title, check.remedy["en"]) == ({"en": "Ours"}, "Ask a parent.")
    assert check.severity is Severity.BLOCKER


def test_a_switched_off_check_is_not_asked_from_its_day_but_is_still_shown(small_law):
    law = amend(small_law.load(), [on_check(RulingAct.SWITCH_OFF)])

    asked = [[c.id for c in law.checks("utopia", day)] for day in (EVE, DAY, NEXT)]
    assert asked == [["UT-01"], [], []]
    assert [c.ruling.reason for c in law.regimes["utopia"].checks if c.covers(DAY)] == [
        "Read in the gazette."
    ]


def test_an_amended_value_holds_from_its_day(small_law):
    law = amend(small_law.load(), [on_value(RulingAct.AMEND, amount=14)])

    said = [law.value("child_consent_age", on=day, **HERE) for day in (EVE, DAY, NEXT)]
    assert [entry.value for entry in said] == [15, 14, 14]
    assert [entry.mark for entry in said] == [Mark.UNCERTAIN] * 3
    assert said[1].citation.instrument == "Order 9"


def test_a_switched_off_value_is_unknown(small_law):
    law = amend(small_law.load(), [on_value(RulingAct.SWITCH_OFF, until=NEXT)])

    said = [law.value("child_consent_age", on=day, **HERE) for day in (EVE, DAY, NEXT)]
    assert [entry and entry.value for entry in said] == [15, None, 15]
    held = law.dated("child_consent_age", country="ZZ")
    assert [e.ruling.act for e in held.entries if e.covers(DAY)] == [RulingAct.SWITCH_OFF]


def test_counsel_stands_in_for_a_doubtful_reading_and_raises_no_mark(small_law):
    law = amend(small_law.load(), [on_value()])

    before, after = (law.value("child_consent_age", on=day, **HERE) for day in (EVE, DAY))
    assert (before.doubtful, before.mark) == (True, Mark.UNCERTAIN)
    assert (after.doubtful, after.mark) == (False, Mark.UNCERTAIN)


def test_a_ruling_on_what_a_country_has_from_its_regime_is_the_countrys_alone():
    value = on_value(RulingAct.AMEND, "FR", value="access_deadline", amount="P2M")
    law = amend(LAW, [value])

    assert law.value("access_deadline", country="FR", on=EVE).value == "P1M"
    assert law.value("access_deadline", country="FR", on=DAY).value == "P2M"
    assert law.value("access_deadline", country="DE", on=DAY).value == "P1M"
    assert law.value("access_deadline", regime="gdpr", on=DAY).value == "P1M"


def test_a_ruling_on_what_a_regime_sets_reaches_the_countries_that_set_nothing():
    law = amend(LAW, [on_value(RulingAct.AMEND, "gdpr", value="access_deadline", amount="P2M")])

    assert law.value("access_deadline", country="FR", on=EVE).value == "P1M"
    assert law.value("access_deadline", country="FR", on=DAY).value == "P2M"
    assert law.value("access_deadline", regime="lgpd", on=DAY).value == "P15D"


def test_the_days_of_rulings_are_days_on_which_the_law_changes(small_law):
    law = amend(small_law.load(), [on_check(until=NEXT), on_value(since=date(2026, 5, 5), id="2")])

    assert law.next_change(date(2026, 1, 1)) == date(2026, 5, 5)
    assert law.next_change(EVE) == DAY
    assert law.next_change(DAY) == NEXT


def test_two_rulings_on_one_target_never_hold_on_the_same_day(small_law):
    law = small_law.load()
    first, second = on_check(until=NEXT), on_check(RulingAct.SWITCH_OFF, id="2", since=NEXT)

    amend(law, [first, second])
    with pytest.raises(ValueError, match="two rulings on UT-01"):
        amend(law, [replace(first, until=None), second])
    with pytest.raises(ValueError, match="two rulings on UT-01"):
        amend(law, [first, replace(second, since=DAY)])


def test_a_ruling_that_never_held_is_as_none(small_law):
    law = small_law.load()
    assert amend(law, [on_check(RulingAct.SWITCH_OFF, until=DAY)]) is law


def test_the_order_in_which_rulings_come_does_not_matter(small_law):
    law = small_law.load()
    three = [
        on_check(until=NEXT),
        on_check(RulingAct.SWITCH_OFF, id="2", since=NEXT),
        on_value(RulingAct.AMEND, amount=14, id="3"),
    ]
    editions = [amend(law, several) for several in permutations(three)]

    assert len({one.hash for one in editions}) == 1
    assert all(one.regimes == editions[0].regimes for one in editions)
    assert all(one.countries == editions[0].countries for one in editions)


def test_editions_that_differ_have_different_hashes(small_law):
    law = small_law.load()
    editions = [
        law,
        amend(law, [on_check()]),
        amend(law, [on_check(reason="Another.")]),
        amend(law, [on_check(until=NEXT)]),
        amend(law, [on_value()]),
        amend(house_law(law), house=True),
        amend(house_law(law), house=True, own=[own_rule()]),
    ]

    assert len({one.hash for one in editions}) == len(editions)


def test_a_ruling_on_what_is_not_there_touches_nothing(small_law):
    law = small_law.load()
    lost = [on_check(check="GONE-1"), on_value(place="QQ", id="2"), on_value(value="gone", id="3")]
    amended = amend(law, lost)

    assert amended.regimes == law.regimes
    assert amended.countries == law.countries
    assert amended.edition.rulings


def test_house_policy_is_left_out_unless_it_is_switched_on(small_law):
    law = house_law(small_law.load())

    off = amend(law, own=[own_rule()])
    assert list(off.regimes) == ["utopia"]
    assert (off.hash, off.edition) == (law.hash, None)
    assert list(amend(law, house=True).regimes) == ["utopia", "house"]
    assert "house" not in amend(law, [on_check()]).regimes


def test_an_organisations_own_rules_stand_after_the_house_pack(small_law):
    law = amend(house_law(small_law.load()), house=True, own=[own_rule(valid_until=NEXT)])

    assert [c.id for c in law.checks("house", DAY)] == ["HP-01", "H:mine"]
    assert [c.id for c in law.checks("house", NEXT)] == ["HP-01"]


def test_a_check_that_is_no_rule_of_the_house_is_refused(small_law):
    law = house_law(small_law.load())
    for check in (own_rule(id="E-01"), own_rule(regime="gdpr")):
        with pytest.raises(ValueError, match="no rule of the house"):
            amend(law, house=True, own=[check])


def test_an_amended_law_is_not_amended_again(small_law):
    with pytest.raises(ValueError, match="already"):
        amend(amend(small_law.load(), [on_check()]), [on_check()])


def test_parameters_from_json_are_those_of_the_law_files(small_law):
    given = {"age": {"value": "child_consent_age"}, "kinds": ["consent"], "months": 24}

    read = as_parameters(given)
    assert read == small_law.load().regimes["utopia"].checks[0].parameters
    assert document(read) == given


@pytest.mark.parametrize(
    "wrong", [None, {"valu": "x"}, {"value": 3}, [[1]], {"a": 1, "value": "b"}]
)
def test_a_parameter_of_no_kind_is_named(wrong):
    with pytest.raises(ValueError, match="parameter months"):
        as_parameters({"months": wrong})
