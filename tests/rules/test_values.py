"""Dated values can be read in cases, and each can be made wrong in one place."""

from datetime import date

from inventory.law.load import load_law
from inventory.law.shapes import ValueOf
from inventory.rules.values import Held, distort, held_values, put, read_readings, tell_change

LAW = load_law()
HEAD = "# by hand\nholder,value,on,expected,mark,citation\n"
HELD = {str(held): held for held in held_values(LAW)}
DENMARK = HELD["DK child_consent_age from 2024-01-01"]
CCTV = HELD["FR retention_maximum.cctv from 2018-05-25"]


def changes(held: Held) -> list[str]:
    return [tell_change(held, entry) for entry in distort(held)]


def test_a_reading_holds_where_number_mark_and_citation_are_right() -> None:
    lines = (
        "DK,child_consent_age,2024-01-01,15,checked,databeskyttelsesloven § 6",
        "DK,child_consent_age,2024-01-01,13,checked,databeskyttelsesloven § 6",
        "DK,child_consent_age,2024-01-01,15,knowledge,databeskyttelsesloven § 6",
        "DK,child_consent_age,2024-01-01,15,checked,databeskyttelsesloven § 7",
        "gdpr,access_deadline,2026-11-24,P1M,checked,GDPR Art. 12(3)",
        "DK,child_consent_age,2018-05-24,unknown,,",
    )

    readings = read_readings(HEAD + "\n".join(lines))

    assert [one.holds(LAW) for one in readings] == [True, False, False, False, True, True]


def test_a_value_is_of_itself_and_of_its_family() -> None:
    assert CCTV.is_of(ValueOf("retention_maximum"))
    assert DENMARK.is_of(ValueOf("child_consent_age"))
    assert not CCTV.is_of(ValueOf("retention_max"))


def test_a_dated_value_is_wrong_in_its_number_its_first_day_and_its_mark() -> None:
    assert changes(DENMARK) == [
        "gone",
        "value 15 read as 16",
        "value 15 read as 14",
        "since 2024-01-01 read as 2024-01-02",
        "mark checked read as uncertain",
    ]


def test_how_long_records_are_kept_may_be_mere_practice() -> None:
    assert "guidance False read as True" in changes(CCTV)


def test_another_entry_takes_the_place_of_one() -> None:
    on = date(2026, 11, 24)

    wrong = put(LAW, [(DENMARK, None), (CCTV, None)])

    assert wrong.value("child_consent_age", country="DK", on=on) is None
    assert wrong.value("child_consent_age", country="DK", on=date(2023, 12, 31)).value == 13
    assert wrong.value("retention_maximum.cctv", country="FR", on=on) is None
    assert LAW.value("retention_maximum.cctv", country="FR", on=on).value == "P1M"
