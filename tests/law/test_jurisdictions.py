"""Regimes and countries, put together from their files."""

from datetime import date

import pytest


def test_a_country_may_join_later(small_law):
    small_law.change("regimes/utopia.toml", "[[scope]]", "[joined]\nZZ = 2021-03-04\n\n[[scope]]")
    law = small_law.load()
    assert law.regimes["utopia"].begins("ZZ") == date(2021, 3, 4)
    assert law.regime_of("ZZ", date(2021, 3, 3)) is None
    assert law.regime_of("ZZ", date(2021, 3, 4)).code == "utopia"
    first = law.countries["ZZ"].values["child_consent_age"].entries[0]
    assert first.since == date(2021, 3, 4)


def test_a_territory_is_under_the_regime_too(small_law):
    small_law.change(
        "regimes/utopia.toml", 'countries = ["ZZ"]', 'countries = ["ZZ"]\nterritories = ["FR"]'
    )
    law = small_law.load()
    assert law.regimes["utopia"].countries == ("ZZ", "FR")
    assert law.countries["FR"].regime == "utopia"


IDENTITY = """\
code = "manners"
short = "M"
title = { en = "Manners" }
languages = ["en"]
countries = []
valid_from = 2020-01-01
cite = { instrument = "M", article = "1" }
mark = "checked"

"""
SCOPE = """\
[[scope]]
trigger = "everything"
cite = { instrument = "M", article = "2" }
mark = "checked"

"""
POLICY = IDENTITY + SCOPE


def test_a_policy_governs_everything_and_has_no_country(small_law):
    small_law.files["regimes/manners.toml"] = POLICY
    small_law.files["checks/manners.toml"] = (
        small_law.files["checks/utopia.toml"]
        .split("\n[[check]]")[0]
        .replace("UT-01", "M-01")
        .replace('level = "country"\n', "")
    )
    law = small_law.load()
    assert law.regimes["manners"].everywhere
    assert not law.regimes["utopia"].everywhere
    assert law.regimes["manners"].countries == ()
    assert [check.id for check in law.regimes["manners"].checks] == ["M-01"]


def test_a_policy_has_no_check_that_a_country_decides(small_law):
    small_law.files["regimes/manners.toml"] = POLICY
    small_law.files["checks/manners.toml"] = small_law.files["checks/utopia.toml"].replace(
        "UT-01", "M-01"
    )
    refusal = small_law.refuse()
    assert (refusal.file, refusal.line) == ("checks/manners.toml", 5)
    assert "no country that could decide" in refusal.why


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"everything"', '"establishment"', "without countries must govern everything"),
        ("countries = []", 'countries = ["FR"]', "needs no country"),
        ("countries = []\n", "", "'countries' is missing"),
        ("[[scope]]", SCOPE.replace("everything", "storage") + "[[scope]]", "no other scope"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(small_law, old, new, why):
    small_law.files["regimes/manners.toml"] = POLICY.replace(old, new)
    refusal = small_law.refuse()
    assert refusal.file == "regimes/manners.toml"
    assert why in refusal.why


def test_a_territory_is_no_country_as_well(small_law):
    small_law.change(
        "regimes/utopia.toml", 'countries = ["ZZ"]', 'countries = ["ZZ"]\nterritories = ["ZZ"]'
    )
    refusal = small_law.refuse()
    assert (refusal.line, refusal.why) == (6, "ZZ is both a country and a territory")


def test_a_country_keeps_what_the_world_table_says(small_law):
    small_law.files["countries/fr.toml"] = 'code = "FR"\nlanguages = ["fr"]\n'
    france = small_law.load().countries["FR"]
    assert (france.name["en"], france.level, france.languages) == (
        "France", "eu_eea_member", ("fr",)
    )  # fmt: skip


def test_entries_come_in_the_order_of_time(small_law):
    text = small_law.files["regimes/utopia.toml"]
    start = text.index('[[country.value]]\nid = "child_consent_age"\nuntil')
    end = text.index("[[country.value]]", start + 1)
    moved = text[:start] + text[end:] + "\n" + text[start:end]
    small_law.files["regimes/utopia.toml"] = moved
    entries = small_law.load().countries["ZZ"].values["child_consent_age"].entries
    assert [entry.value for entry in entries] == [13, 15]
