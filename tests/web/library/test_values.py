"""The library's values, by country and day."""

import pytest
from django.test import Client

from inventory.services.law import current_law
from inventory.web.library.values import settings
from tests.web.conftest import Door

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(door: Door) -> Client:
    return door("vera")


def test_both_ages_of_denmark_stand_with_their_days(browser: Client) -> None:
    said = browser.get("/law/values/?id=child_consent_age&place=DK").content.decode()
    assert "15 years" in said
    assert "13 years" in said
    assert "since 1 January 2024" in said
    assert "until the eve of 1 January 2024" in said
    assert "databeskyttelsesloven § 6" in said


def test_a_duration_is_told_in_words(browser: Client) -> None:
    said = browser.get("/law/values/?place=DE&q=invoice").content.decode()
    assert "8 years" in said
    assert "P8Y" not in said


def test_what_no_file_sets_is_unknown_and_said_so(browser: Client) -> None:
    said = browser.get("/law/values/?place=XX").content.decode()
    assert "it is unknown" in said


def test_every_value_is_listed_once() -> None:
    law = current_law()
    held = sum(
        len(value.entries)
        for holder in (*law.regimes.values(), *law.countries.values())
        for value in holder.values.values()
    )
    assert len(settings(law)) == held
