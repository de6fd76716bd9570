"""Whatever goes wrong, somebody is told in words, with the right status and without a trace."""

from typing import Any

import pytest
from django.db import DataError, OperationalError
from django.test import Client
from django.urls import reverse

from tests.world import World

from .conftest import Door


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*args: Any) -> None:
        raise error

    monkeypatch.setattr("inventory.web.page.memberships", fail)


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("connection refused"), 503, "does not answer just now"),
        (DataError("out of range"), 400, "could not be read"),
        (ValueError("A string literal cannot contain NUL (0x00) characters."), 400, "be read"),
        (RuntimeError("we are wrong: secret"), 500, "could not be made"),
    ],
)
def test_each_fault_has_its_page(
    world: World, door: Door, monkeypatch: pytest.MonkeyPatch,
    error: Exception, status: int, words: str,
) -> None:  # fmt: skip
    client = door("dana")
    client.raise_request_exception = False
    fail_with(monkeypatch, error)
    answer = client.get("/")
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert str(error) not in answer.content.decode()


def test_an_unreachable_database_asks_to_come_back(
    world: World, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = door("dana")
    client.raise_request_exception = False
    fail_with(monkeypatch, OperationalError("gone"))
    assert client.get("/")["Retry-After"]


def test_a_session_cookie_of_nonsense_is_a_stranger(db: None) -> None:
    client = Client()
    client.raise_request_exception = False
    client.cookies["sessionid"] = '"\\000\\001"'
    assert client.get("/").status_code in (302, 400)


@pytest.mark.parametrize(
    "path", ["/no/such/page/", "/datasets/%00/", "/datasets/A%0AB/", "/datasets/a%00/"]
)
def test_what_is_not_there_says_so(world: World, door: Door, path: str) -> None:
    answer = door("vera").get(path)
    assert answer.status_code == 404
    assert "Nothing here that you can see" in answer.content.decode()


def test_more_than_fits_is_refused_before_it_is_read(world: World, door: Door) -> None:
    said = {"name": "x" * (11 * 1024 * 1024)}
    assert door("dana").post(reverse("dataset-create"), said).status_code in (400, 413, 422)
    many = {"field": [str(i) for i in range(10_001)]}
    assert door("dana").post(reverse("dataset-retire-many"), many).status_code == 400
