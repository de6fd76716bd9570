"""What all tests share: the private cluster, started when a test first wants a database."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import settings

from deploy import place, postgres

# Machines are noisy, so no example is timed (`make bench` measures); a change lands or not by the
# same examples each time, and everybody else's runs look for new ones.
settings.register_profile("untimed", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Start the private cluster unless one is given, and take a test database nobody else uses.

    Several people or runs may test on one cluster: each process takes the first free number.
    """
    from django.db import connection

    if place.is_private():
        connection.settings_dict["HOST"] = str(postgres.start().socket)
    connection.settings_dict["OPTIONS"]["options"] += " -c synchronous_commit=off"
    with ExitStack() as held:
        slot, lock = take_slot(place.make_var() / "test-databases")
        held.enter_context(lock)
        connection.settings_dict["TEST"]["NAME"] = f"test_grounds_{slot}"
        yield


def take_slot(directory: Path) -> tuple[int, IO[str]]:
    directory.mkdir(exist_ok=True)
    for slot in range(1, 1000):
        lock = open(directory / f"{slot}.lock", "w")  # noqa: SIM115 (held until the run ends)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        return slot, lock
    raise RuntimeError("a thousand test runs at once")


@pytest.fixture(autouse=True, scope="session")
def quick_settings(request: pytest.FixtureRequest) -> None:
    """A hasher that is quick and static files without a manifest: for tests alone."""
    if not request.config.pluginmanager.hasplugin("django"):  # `make fast` knows no Django
        return
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def world(db: None) -> object:
    """Dana, Eli, Vera and Otto in a small register (see `tests.world`)."""
    from tests.world import make_world

    return make_world()


@pytest.fixture
def house_policy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program's law with a house policy, be it the least, where it has none of its own."""
    from inventory.services import law

    loaded = law.load_law()
    if "house" not in loaded.regimes:
        loaded = replace(loaded, regimes={"house": _least_house(loaded), **loaded.regimes})
        monkeypatch.setattr(law, "load_law", lambda: loaded)
        law.current_law.cache_clear()
    law._editions.clear()
    yield
    law.current_law.cache_clear()
    law._editions.clear()


def _least_house(law: Any) -> Any:
    gdpr = law.regimes["gdpr"]
    check = next(one for one in gdpr.checks if one.condition == "no_disposal")
    check = replace(check, id="H-01", regime="house")
    return replace(
        gdpr, code="house", short="House policy", values={}, bases={}, mechanisms={},
        record_items=(), checks=(check,),
    )  # fmt: skip
