"""What the shapes of law answer by themselves."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest


def test_a_region_has_its_own_authority_or_its_countrys(small_law):
    country = small_law.load().countries["ZZ"]
    regional = replace(country.authorities[0], region="N", acronym="GN")
    country = replace(country, authorities=(regional, *country.authorities))
    assert country.authority("N").acronym == "GN"
    assert country.authority("S").acronym == "G"
    assert country.authority(None).acronym == "G"
    assert replace(country, authorities=()).authority("N") is None


def test_a_regime_names_its_layouts_in_the_order_of_its_file(small_law):
    regime = small_law.load().regimes["utopia"]
    second = replace(regime.record_items[0], code="utopia.6.a", layout="utopia.6")
    twice = replace(regime, record_items=(*regime.record_items, second, second))
    assert twice.layouts() == ("utopia.5", "utopia.6")


def test_a_check_is_in_force_up_to_the_eve_of_its_end(small_law):
    check = small_law.load().regimes["utopia"].checks[0]
    assert not check.in_force(date(2019, 12, 31))
    assert check.in_force(date(2020, 1, 1))
    assert check.in_force(date(2022, 12, 31))
    assert not check.in_force(date(2023, 1, 1))


def test_law_cannot_be_rewritten(small_law):
    with pytest.raises(FrozenInstanceError):
        small_law.load().regimes["utopia"].checks[0].severity = "minor"
