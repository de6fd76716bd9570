"""Periods of law on the calendar."""

from datetime import date

import pytest

from inventory.rules.periods import (
    Period,
    add_business_days,
    add_months,
    day_after,
    parse_period,
)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P3Y", Period(months=36)),
        ("P1Y6M", Period(months=18)),
        ("P2W", Period(days=14)),
        ("P90D", Period(days=90)),
        ("PT72H", Period(days=3)),
        ("PT25H", Period(days=2)),
    ],
)
def test_iso_durations_are_read(text: str, period: Period) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize("text", ["", "P", "3Y", "P3", "PT", "P-1Y", "three years"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no ISO 8601 duration"):
        parse_period(text)


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_business_days_leave_out_saturdays_and_sundays() -> None:
    friday = date(2026, 10, 2)

    assert add_business_days(friday, 1) == date(2026, 10, 5)
    assert add_business_days(friday, 5) == date(2026, 10, 9)
    assert add_business_days(date(2026, 10, 3), 1) == date(2026, 10, 5)
    assert add_business_days(friday, 0) == friday
    assert add_business_days(date(9999, 12, 30), 5) == date.max


def test_periods_add_up_and_multiply() -> None:
    assert Period(1, 2).plus(Period(2, 3)) == Period(3, 5)
    assert Period(1, 15).times(2) == Period(2, 30)


def test_a_period_beyond_the_calendar_ends_on_its_last_day() -> None:
    assert Period(months=12 * 9000).ends(date(2026, 1, 1)) == date.max
    assert Period(days=10**12).ends(date(2026, 1, 1)) == date.max
    assert day_after(date.max) is None


def test_periods_compare_by_length_and_say_themselves() -> None:
    assert Period(months=1) > Period(days=30)
    assert not Period(months=12) > Period(months=12)
    assert [str(p) for p in (Period(14, 1), Period())] == ["1 year 2 months 1 day", "no time"]
