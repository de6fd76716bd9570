"""The calendar of the law: what begins or ends between two days."""

from datetime import date

import pytest

from inventory.law.changes import Matter, Turn, changes
from inventory.law.load import load_law

LAW = load_law()


def days(first: str, last: str) -> list:
    return list(changes(LAW, date.fromisoformat(first), date.fromisoformat(last)))


@pytest.mark.parametrize(
    ("first", "last", "seen"),
    [
        ("2026-11-24", "2026-11-30", False),
        ("2026-11-24", "2026-12-01", True),
        ("2026-11-30", "2026-12-01", True),
        ("2026-12-01", "2026-12-02", False),
    ],
)
def test_chile_is_seen_from_its_day_and_once(first, last, seen):
    found = [one for one in days(first, last) if one.place == "CL"]
    assert [one.matter for one in found] == [Matter.LEVEL] * seen


def test_a_value_that_gives_way_ends_and_its_follower_begins_on_one_day():
    found = [one for one in days("2023-12-31", "2024-01-01") if one.id == "child_consent_age"]
    assert {(one.place, one.turn, one.text[-2:]) for one in found} == {
        ("DK", Turn.ENDS, "13"),
        ("DK", Turn.BEGINS, "15"),
    }


def test_a_recognition_ends_with_its_citation():
    found = [one for one in days("2031-12-01", "2031-12-31") if one.matter is Matter.RECOGNITION]
    assert ("gdpr", "GB", Turn.ENDS) in {(one.place, one.id, one.turn) for one in found}
    assert all(one.citation for one in found)


def test_a_day_that_nobody_named_is_no_change():
    undated = {
        (code, value.id)
        for code, country in LAW.countries.items()
        for value in country.values.values()
        for entry in value.entries
        if not entry.dated and entry.until is None and len(value.entries) == 1
    }
    told = {(one.place, one.id) for one in days("1900-01-01", "2200-01-01")}
    assert undated
    assert not undated & told


def test_every_day_told_is_one_on_which_verdicts_may_change():
    assert {one.day for one in days("1900-01-01", "2200-01-01")} <= set(LAW.change_days)


def test_days_come_in_order():
    found = [one.day for one in days("1900-01-01", "2200-01-01")]
    assert found == sorted(found)
