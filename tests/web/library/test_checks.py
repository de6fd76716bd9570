"""The library's checks: found by law, article and state, told with all they rest on."""

import pytest
from django.test import Client

from inventory.law.load import load_law
from inventory.services import evaluation
from tests.register import make_register
from tests.web.conftest import Door
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(door: Door) -> Client:
    return door("vera")


def test_every_check_of_every_law_has_its_page(browser: Client) -> None:
    for regime in load_law().statutes.values():
        for check in regime.checks[:3]:
            said = browser.get(f"/law/checks/{check.id}/").content.decode()
            assert check.id in said
            assert check.citations[0].instrument in said


def test_a_list_narrowed_to_a_law_and_an_article(browser: Client) -> None:
    said = browser.get("/law/checks/?regime=gdpr&q=Art.+30").content.decode()
    assert "GDPR Art. 30" in said
    assert "BR-BASE-01" not in said


def test_what_waits_is_told_apart(browser: Client) -> None:
    said = browser.get("/law/checks/?state=waiting").content.decode()
    assert "waits: the register holds no such thing yet" in said
    assert "E-01<" not in said


def test_a_check_tells_its_dated_value_and_leads_to_it(browser: Client) -> None:
    said = browser.get("/law/checks/E-16/").content.decode()
    assert "/law/values/?id=child_consent_age" in said


def test_a_check_counts_what_it_finds_now(world: World, door: Door) -> None:
    make_register(world.organisation, datasets=3)
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    client = door("dana")
    said = client.get("/law/checks/?found=yes").content.decode()
    assert "?check=" in said
    first = said.split("/findings/?check=")[1].split('"')[0]
    page = client.get(f"/law/checks/{first}/").content.decode()
    assert f"/findings/?check={first}&amp;status=" in page
    assert client.get(f"/findings/?check={first}").status_code == 200


def test_a_check_nobody_wrote_is_not_there(browser: Client) -> None:
    assert browser.get("/law/checks/E-9999/").status_code == 404


def test_the_list_costs_the_same_queries_whatever_it_shows(
    browser: Client, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(9):
        browser.get("/law/checks/")
