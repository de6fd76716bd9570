"""The filter bar stands in the address: what is chosen, what is on offer, how it is ordered."""

import pytest
from django.test import RequestFactory

from inventory.web.narrowing import Offer, filter_bar, sorting

KIND = Offer(name="kind", label="Kind", options=[("user", "User")])
HEADS = [("standing", "Standing", False), ("name", "Name", False)]


def bar(query: str) -> dict[str, object]:
    return filter_bar(RequestFactory().get(f"/?{query}"), [KIND], label="Find")


def test_what_is_on_offer_keeps_what_was_asked() -> None:
    made = bar("q=crm&page=3")
    assert made["offered"] == [
        {"label": "Kind", "options": [{"label": "User", "count": None, "url": "?q=crm&kind=user"}]}
    ]


def test_what_is_in_use_can_be_taken_away() -> None:
    made = bar("q=crm&kind=user")
    assert made["used"] == [{"label": "Kind", "value": "User", "remove_url": "?q=crm"}]
    assert made["kept"] == [("kind", "user")]
    assert made["offered"] == []


@pytest.mark.parametrize(
    ("query", "directions", "urls"),
    [
        ("", ["descending", ""], ["?sort=-standing", "?sort=name"]),
        ("sort=-standing", ["ascending", ""], ["?sort=standing", "?sort=name"]),
        ("sort=name&page=2", ["", "ascending"], ["?sort=standing", "?sort=-name"]),
    ],
)
def test_a_second_click_turns_the_order(query: str, directions: list[str], urls: list[str]) -> None:
    heads = sorting(RequestFactory().get(f"/?{query}"), HEADS, usual="standing")
    assert [head["sort"] for head in heads] == directions
    assert [head["url"] for head in heads] == urls
