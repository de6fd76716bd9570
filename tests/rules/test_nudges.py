"""A parameter is made a little wrong in every way that its kind allows."""

from datetime import date

import pytest

from inventory.law.vocabulary import DataClass
from inventory.rules.asking import a_period, a_word, many, one_of, whole_months
from inventory.rules.nudges import ANOTHER, extend, nudge


@pytest.mark.parametrize(
    ("value", "reader", "wrong"),
    [
        (True, None, [False]),
        (20, None, [21, 19]),
        (date(2022, 12, 27), None, [date(2022, 12, 28), date(2022, 12, 26)]),
        ("P2Y", a_period, ["P25M0D", "P23M0D", "P24M1D", "P23M29D"]),
        ("P1Y", whole_months, ["P13M0D", "P11M0D"]),
        ("PT72H", a_period, ["P1M3D", "P0M4D", "P0M2D"]),
        ("special", DataClass, ["ordinary", "criminal"]),
        ("risk", one_of("risk", "severe"), ["severe"]),
        ("il.consent", a_word, [ANOTHER]),
        (("a", "b", "c"), many(a_word), [("b", "c"), ("a", "c"), ("a", "b")]),
        (("a",), many(one_of("a", "b")), [("b",)]),
    ],
)
def test_a_parameter_is_nudged_in_every_way(value, reader, wrong) -> None:
    assert list(nudge(value, reader)) == wrong


def test_a_list_is_given_each_other_word_of_its_closed_list_that_can_tell() -> None:
    closed = many(one_of("a", "b", "c"))

    assert list(extend(("a",), closed, None)) == [("a", "b"), ("a", "c")]
    assert list(extend(("a",), closed, {"c"})) == [("a", "c")]
    assert list(extend(("a",), many(a_word), None)) == []
    assert list(extend("a", one_of("a", "b"), None)) == []
