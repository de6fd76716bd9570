"""Periods of law on the calendar: when they end, and which of two is the longer."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

DAYS_A_MONTH = 30.4375  # to compare periods only; dates are counted on the calendar
ISO_8601 = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?")
ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Period:
    """So many months and days, counted from an event."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        parts = ((years, "year"), (months, "month"), (self.days, "day"))
        words = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n]
        return " ".join(words) or "no time"

    def __gt__(self, other: "Period") -> bool:
        return self.length > other.length

    def plus(self, more: "Period") -> "Period":
        return Period(self.months + more.months, self.days + more.days)

    def times(self, factor: int) -> "Period":
        return Period(self.months * factor, self.days * factor)

    @property
    def length(self) -> float:
        return self.months * DAYS_A_MONTH + self.days

    def ends(self, start: date) -> date:
        """The last day of the period; the calendar's last day where it ends beyond."""
        try:
            return add_months(start, self.months) + timedelta(days=self.days)
        except (OverflowError, ValueError):
            return date.max


@cache
def parse_period(text: str) -> Period:
    """Read an ISO 8601 duration: years, months, weeks, days; hours count as begun days."""
    match = ISO_8601.fullmatch(text)
    if match is None or not any(match.groups()):
        raise ValueError(f"{text!r} is no ISO 8601 duration")
    years, months, weeks, days, hours = (int(group or 0) for group in match.groups())
    return Period(months=years * 12 + months, days=weeks * 7 + days + -(-hours // 24))


def add_months(start: date, months: int) -> date:
    """The same day so many months on, or that month's last day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    try:
        return start.replace(year=year, month=month + 1)
    except ValueError:  # there is no such day
        return date(year, month + 1, monthrange(year, month + 1)[1])


def next_day(days: Iterable[date | None], as_of: date) -> date | None:
    """The first of the days that is still to come."""
    return min((day for day in days if day is not None and day > as_of), default=None)


def day_after(day: date) -> date | None:
    """The next day; None where the calendar has no more."""
    return day + ONE_DAY if day < date.max else None


def add_business_days(start: date, days: int) -> date:
    """So many days on, Saturdays and Sundays left out; holidays are not known, so none is. The
    calendar's last day where they go beyond."""
    day = start
    while days > 0 and day < date.max:
        day += ONE_DAY
        days -= day.weekday() < SATURDAY
    return day
