from datetime import date
from pathlib import Path

import pytest

from inventory.services import demo_files
from inventory.services.demo_files import dataset_input, read_books

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"


@pytest.mark.parametrize(
    ("written", "today", "day"),
    [
        ("1 day ago", date(2027, 3, 1), date(2027, 2, 28)),
        ("5 months ago", date(2026, 11, 24), date(2026, 6, 24)),
        ("1 month ago", date(2026, 3, 31), date(2026, 2, 28)),
        ("14 months ago", date(2026, 1, 5), date(2024, 11, 5)),
        ("9 years ago", date(2028, 2, 29), date(2019, 2, 28)),
        ("a while ago", date(2026, 1, 5), "a while ago"),
    ],
)
def test_words_for_days_count_back_from_the_day_of_loading(written, today, day):
    assert demo_files._dated({"on": [written]}, today) == {"on": [day]}


def test_the_files_hold_two_organisations_each_with_a_dpo():
    books = read_books(DEMO, today=date(2026, 11, 24))
    assert [book.organisation["key"] for book in books] == ["mare", "librairie"]
    assert all("dpo" in [person["role"] for person in book.people] for book in books)


def test_a_field_without_a_purpose_is_no_field_with_an_empty_one():
    book = read_books(DEMO, today=date(2026, 11, 24))[0]
    events = next(one for one in book.datasets if one["key"] == "web.events")
    fields = {one.name: one for one in dataset_input(events).fields}
    assert fields["ip_full"].purposes == ()
    assert fields["page"].purposes == ("measure-shop",)


def test_no_justification_names_a_field_that_its_purpose_does_not_use():
    for book in read_books(DEMO, today=date(2026, 11, 24)):
        for table in book.datasets:
            uses = {one[0]: one[4].split() for one in table["fields"]}
            for said in table.get("justification", ()):
                for name in said.get("fields", ()):
                    assert said["purpose"] in uses[name], (table["key"], name)
