"""Parameters are read strictly, and what cannot be known yet waits instead of looking well."""

import pytest

from inventory.law.shapes import ValueOf
from inventory.rules.asking import (
    CONDITIONS,
    a_flag,
    a_number,
    a_period,
    a_value,
    conclude,
    condition,
    many,
    one_of,
)


@pytest.mark.parametrize(
    ("reader", "good", "bad"),
    [
        (a_flag, True, 1),
        (a_number, 12, True),
        (a_number, ValueOf("age"), "12"),
        (a_period, "P1Y", "a year"),
        (a_period, ValueOf("audit_interval"), 12),
        (a_value, ValueOf("age"), "age"),
        (one_of("red", "blue"), "red", "green"),
        (many(one_of("red", "blue")), ("red",), ()),
        (many(one_of("red", "blue")), ("red", "blue"), ("red", "green")),
    ],
)
def test_parameters_are_read_strictly(reader, good, bad) -> None:
    assert reader(good) == good
    with pytest.raises(ValueError, match=r"."):
        reader(bad)


@pytest.mark.parametrize(
    ("concerned", "fault", "answer"),
    [
        (True, True, (True, True)),
        (True, None, (None, True)),
        (True, False, (False, True)),
        (False, True, (False, False)),
        (False, None, (False, False)),
        (None, True, (None, True)),
        (None, None, (None, True)),
        (None, False, (None, None)),
    ],
)
def test_unknown_concern_is_unknown_where_there_may_be_a_fault_and_else_waits(
    concerned, fault, answer
) -> None:
    found = conclude(concerned, fault)

    assert (found.fault, found.applicable) == answer


def test_two_conditions_cannot_have_one_name() -> None:
    known = CONDITIONS["purpose_vague"]

    with pytest.raises(ValueError, match="two conditions are called purpose_vague"):
        condition("purpose_vague", subject=known.subject)(known.ask)
