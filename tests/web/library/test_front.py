"""The library's front and the taxonomy."""

import pytest

from inventory.services.law import current_law
from tests.web.conftest import Door

pytestmark = pytest.mark.django_db


def test_the_front_counts_checks_and_says_that_nobody_reviewed_them(door: Door) -> None:
    said = door("vera").get("/law/").content.decode()
    law = current_law()
    assert "No lawyer has reviewed any of it" in said
    assert "House policy" not in said.split("<main")[1]
    assert law.hash[:12] in said
    for regime in law.statutes.values():
        assert regime.short in said
        assert f'<td class="num">{len(regime.checks)}' in said


def test_a_category_is_seen_otherwise_by_each_law(door: Door) -> None:
    said = door("vera").get("/law/categories/?q=health").content.decode()
    assert "Sensitive data" in said
    assert "Art. 9" in said


def test_only_what_a_law_sees_as_more_than_ordinary(door: Door) -> None:
    said = door("vera").get("/law/categories/?special=gdpr").content.decode()
    assert ">email<" not in said
    assert "Art. 9" in said
