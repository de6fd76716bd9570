"""What the law answers, and on which days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inventory.law.bundle import HOUSE, without
from inventory.law.load import load_law
from inventory.law.vocabulary import DataClass, Mark, Severity

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
LAW = load_law()
days = st.dates(date(1975, 1, 1), date(2040, 1, 1))
questions = st.sampled_from(
    sorted((code, key) for code, country in LAW.countries.items() for key in country.values)
)


def test_denmark_raised_the_age_on_new_years_day_2024():
    def age(day):
        return LAW.value("child_consent_age", country="DK", on=day).value

    assert age(date(2023, 12, 31)) == 13
    assert age(date(2024, 1, 1)) == 15
    assert age(date(2024, 1, 2)) == 15


def test_no_age_in_denmark_before_the_regulation_applied():
    assert LAW.value("child_consent_age", country="DK", on=date(2018, 5, 24)) is None
    assert LAW.value("child_consent_age", country="DK", on=date(2018, 5, 25)).value == 13


def test_norway_came_in_with_the_agreement():
    assert LAW.regime_of("NO", date(2018, 7, 19)) is None
    assert LAW.regime_of("NO", date(2018, 7, 20)).code == "gdpr"
    assert LAW.regime_of("FR", date(2018, 5, 25)).code == "gdpr"
    assert LAW.regime_of("FR", date(2018, 5, 24)) is None


def test_a_country_without_a_regime_and_an_unknown_one_have_none():
    assert LAW.regime_of("US", TODAY) is None
    assert LAW.regime_of("QQ", TODAY) is None


def test_what_a_country_does_not_set_its_regime_sets():
    assert LAW.value("access_deadline", country="FR", on=TODAY).value == "P1M"
    assert LAW.value("access_deadline", country="AR", on=TODAY).value == "P10D"
    assert LAW.value("access_deadline", regime="lgpd", on=TODAY).value == "P15D"


def test_what_a_regime_sets_holds_in_a_country_once_its_duties_have_begun_there():
    eve, day = date(2018, 7, 19), date(2018, 7, 20)
    assert LAW.value("access_deadline", country="NO", on=eve) is None
    assert LAW.value("access_deadline", country="NO", on=day).value == "P1M"
    assert LAW.value("access_deadline", country="SE", on=eve).value == "P1M"


def test_what_a_country_sets_comes_before_its_regime():
    assert LAW.value("retention_maximum.cctv", country="FR", on=TODAY).value == "P1M"
    assert LAW.value("retention_maximum.cctv", country="GR", on=TODAY).value == "PT72H"


def test_nothing_is_known_of_a_country_without_a_file():
    assert LAW.value("child_consent_age", country="US", on=TODAY) is None
    assert LAW.value("child_consent_age", country="QQ", on=TODAY) is None
    assert LAW.value("child_consent_age", country="AR", on=TODAY) is None
    assert LAW.value("no_such_value", country="FR", on=TODAY) is None


def test_guidance_is_told_from_statute():
    assert LAW.value("retention_maximum.prospect", country="FR", on=TODAY).guidance
    assert not LAW.value("retention_minimum.invoice", country="FR", on=TODAY).guidance


def test_a_category_is_seen_differently_by_each_regime():
    seen = {regime: LAW.data_class("salary", regime) for regime in ("gdpr", "lgpd", "pdp", "ppa")}
    assert seen.pop("ppa") is DataClass.SPECIAL
    assert set(seen.values()) == {DataClass.ORDINARY}
    assert LAW.data_class("criminal_record", "gdpr") is DataClass.CRIMINAL
    assert LAW.data_class("criminal_record", "lgpd") is DataClass.ORDINARY
    assert LAW.data_class("criminal_record", "pdp") is DataClass.CRIMINAL
    assert LAW.data_class("criminal_record", "ppa") is DataClass.SPECIAL


def test_a_code_nobody_knows_has_no_class():
    assert LAW.data_class("horoscope", "gdpr") is None
    assert LAW.data_class("health", "erewhon") is None


def test_brazil_is_recognised_from_its_day_on():
    brazil = date(2026, 1, 26)
    assert LAW.recognised("gdpr", "BR", brazil - DAY) == ()
    assert len(LAW.recognised("gdpr", "BR", brazil)) == 1
    assert len(LAW.recognised("gdpr", "BR", brazil + DAY)) == 1


def test_the_british_decision_ends():
    assert LAW.recognised("gdpr", "GB", date(2031, 12, 26))
    assert not LAW.recognised("gdpr", "GB", date(2031, 12, 27))


def test_recognition_is_of_the_origin_alone():
    assert LAW.recognised("gdpr", "US", TODAY)[0].scope == "dpf"
    assert LAW.recognised("lgpd", "US", TODAY) == ()
    assert LAW.recognised("pdp", "BR", TODAY) == ()
    assert LAW.recognised("lgpd", "IL", TODAY) == ()


def test_a_recognition_may_have_two_grounds():
    articles = {r.citation.article for r in LAW.recognised("ppa", "FR", TODAY)}
    assert articles == {"reg. 2(8)(i)", "reg. 2(8)(ii)"}


def test_checks_are_those_in_force(small_law):
    law = small_law.load()
    assert [c.severity for c in law.checks("utopia", date(2022, 12, 31))] == [Severity.BLOCKER]
    assert [c.severity for c in law.checks("utopia", date(2023, 1, 1))] == [Severity.MAJOR]
    assert law.checks("utopia", date(2019, 12, 31)) == ()
    assert law.checks("erewhon", TODAY) == ()


def test_the_next_change_may_be_of_any_kind(small_law):
    law, day = small_law.load(), date(2019, 1, 1)
    seen = []
    while day := law.next_change(day):
        seen.append(day.isoformat())
    assert seen == [
        "2020-01-01",  # the regime, its first check, the first age
        "2021-06-01",  # the retention of invoices
        "2022-02-02",  # two countries are recognised
        "2023-01-01",  # the check weighs less
        "2024-01-01",  # another age
        "2025-05-05",  # the recognition ends
        "2026-12-01",  # a country of the world table rises
    ]


def test_the_world_table_changes_with_time():
    assert LAW.countries["CL"].level_on(date(2026, 11, 30)) == "legislation"
    assert LAW.countries["CL"].level_on(date(2026, 12, 1)) == "authority_and_law"
    assert LAW.countries["FR"].level_on(TODAY) == "eu_eea_member"


def test_an_uncertain_value_says_so(small_law):
    entry = small_law.load().value("child_consent_age", country="ZZ", on=TODAY)
    assert (entry.value, entry.mark) == (15, Mark.UNCERTAIN)


@given(day=days, question=questions, share=st.floats(0, 1))
def test_a_value_stays_until_the_next_change(day, question, share):
    country, key = question
    later = between(day, share)
    assert LAW.value(key, country=country, on=day) == LAW.value(key, country=country, on=later)


@given(day=days, share=st.floats(0, 1))
def test_checks_regimes_and_recognitions_stay_until_the_next_change(day, share):
    later = between(day, share)
    for regime in LAW.regimes:
        assert LAW.checks(regime, day) == LAW.checks(regime, later)
    for country in ("FR", "NO", "GB", "BR", "US", "IL"):
        assert LAW.regime_of(country, day) == LAW.regime_of(country, later)
        assert LAW.countries[country].level_on(day) == LAW.countries[country].level_on(later)
        for regime in LAW.regimes:
            found = LAW.recognised(regime, country, day)
            assert found == LAW.recognised(regime, country, later)


def test_a_law_without_a_regime_keeps_all_others_and_its_edition():
    less = without(LAW, HOUSE)
    assert less.regimes.keys() == LAW.regimes.keys() - {HOUSE}
    assert less.hash == LAW.hash
    assert not less.checks(HOUSE, date(2026, 11, 24))
    assert without(less, HOUSE) is less


def between(day, share):
    """A day from `day` up to the eve of the next change."""
    change = LAW.next_change(day) or date(2050, 1, 1)
    return day + int(((change - day).days - 1) * share) * DAY


def test_a_check_is_found_in_all_its_wordings(small_law):
    law = small_law.load()
    assert [c.severity for c in law.wordings("UT-01")] == [Severity.BLOCKER, Severity.MAJOR]
    assert law.wordings("UT-02") == ()
