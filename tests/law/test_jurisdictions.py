"""Regimes and countries, put together from their files."""

from datetime import date


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
