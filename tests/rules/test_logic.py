"""Kleene's tables, and collections of which somebody has said whether they are complete."""

import pytest

from inventory.law.vocabulary import Declared
from inventory.rules.facts import Collection
from inventory.rules.logic import all_of, any_in, any_of, contains, is_empty, negate


@pytest.mark.parametrize(
    ("values", "some", "every"),
    [
        ([], False, True),
        ([True, None], True, None),
        ([False, None], None, False),
        ([False, False], False, False),
        ([True, True], True, True),
        ([None], None, None),
    ],
)
def test_any_and_all_follow_kleene(values, some, every) -> None:
    assert any_of(values) is some
    assert all_of(values) is every


def test_not_of_unknown_is_unknown() -> None:
    assert [negate(value) for value in (True, False, None)] == [False, True, None]


@pytest.mark.parametrize(
    ("items", "state", "found", "empty"),
    [
        ((), Declared.NOT_ASKED, None, None),
        ((), Declared.NONE, False, True),
        ((), Declared.COMPLETE, False, True),
        ((1,), Declared.COMPLETE, False, False),
        ((1,), Declared.NOT_ASKED, None, False),
        ((1, 2), Declared.NOT_ASKED, True, False),
    ],
)
def test_a_list_that_nobody_declared_complete_proves_no_absence(items, state, found, empty) -> None:
    assert any_in(Collection(items, state), lambda item: item == 2) is found
    assert contains(Collection(items, state), 2) is found
    assert is_empty(Collection(items, state)) is empty
