"""The library's countries: level, authority, adequacy, and what is not known."""

import pytest
from django.test import Client

from inventory.services.law import current_law
from tests.web.conftest import Door

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(door: Door) -> Client:
    return door("vera")


def test_a_change_of_level_to_come_is_told_with_its_day(browser: Client) -> None:
    said = browser.get("/law/countries/CL/").content.decode()
    assert "from 1 December 2026: Authority and law" in said


def test_the_table_is_nobody_elses(browser: Client) -> None:
    said = browser.get("/law/countries/").content.decode()
    assert "no authority’s table" in said
    assert "CNIL" not in said


def test_a_country_shows_its_authorities_values_and_who_finds_it_adequate(browser: Client) -> None:
    germany = browser.get("/law/countries/DE/").content.decode()
    assert "BfDI" in germany
    assert "BayLDA" in germany
    assert "§ 38" in germany
    america = browser.get("/law/countries/US/").content.decode()
    assert "EU-US Data Privacy Framework" in america


@pytest.mark.parametrize("code", ["XX", "de", "DEU"])
def test_no_such_country(browser: Client, code: str) -> None:
    assert browser.get(f"/law/countries/{code}/").status_code == 404


def test_every_country_has_a_page(browser: Client) -> None:
    law = current_law()
    for code in ("FR", "BR", "AR", "IL", "CH", "GB", "JP", "TD"):
        assert (
            law.countries[code].name["en"]
            in browser.get(f"/law/countries/{code}/").content.decode()
        )


def test_levels_narrow_the_list(browser: Client) -> None:
    said = browser.get("/law/countries/?level=eu_eea_member&regime=gdpr").content.decode()
    assert "France" in said
    assert "Brazil" not in said
