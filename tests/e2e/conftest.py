"""A real server on the test's database, and Chromium in front of it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import global_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import Settings

from tests.servers import web_server
from tests.world import PASSWORD, World, make_world

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

type Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium; where there is none its tests are skipped, but never where CI runs them."""
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not here")
    with sync_playwright() as playwright:
        # Playwright's loop runs in this thread, and Django would refuse its own work there.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    """The people of `tests.world`, with passwords that the real server can check."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    return make_world()


@pytest.fixture
def site(world: World, tmp_path: Path) -> Iterator[str]:
    """The address of the server."""
    log = tmp_path / "server.log"
    with web_server(log) as address:
        yield address
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Visit]:
    """`visit("dana@demo.example")` is a page on which Dana has signed in."""
    opened: list[BrowserContext] = []

    def sign_in(email: str, *, script: bool = True, width: int = 1400) -> Page:
        context = chromium.new_context(
            base_url=site,
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            locale="en-GB",
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        page = context.new_page()
        page.goto("/sign-in/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", level=1).wait_for()
        return page

    yield sign_in
    for context in opened:
        context.close()
