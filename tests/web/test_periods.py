"""Lengths of time in words."""

import pytest

from inventory.web.periods import said_duration


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("P10Y", "10 years"),
        ("P1Y6M", "1 year, 6 months"),
        ("P90D", "90 days"),
        ("P1W", "1 week"),
        ("PT72H", "72 hours"),
    ],
)
def test_a_period_is_said_as_people_say_it(iso: str, words: str) -> None:
    assert said_duration(iso) == words
