"""Real processes beside a test: management commands and a web server, on the test's database.

The tests that use them must be `transactional`: another process sees only what is kept.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from deploy import register, serve
from deploy.place import ROOT, only_one

PATIENCE = 60.0


def database_address() -> str:
    """The address of the database that this test uses."""
    held = connection.settings_dict
    given = {
        "dbname": held["NAME"],
        "user": held["USER"],
        "password": held["PASSWORD"],
        "host": held["HOST"],
        "port": held["PORT"],
    }
    return make_conninfo(**{name: str(value) for name, value in given.items() if value})


def environment(database: str | None = None) -> dict[str, str]:
    """What a process of ours is told: this database, this secret key, no other set-up."""
    return {
        **{name: value for name, value in os.environ.items() if name != "SECRET_KEY_FILE"},
        "DATABASE_URL": database or database_address(),
        "SECRET_KEY": settings.SECRET_KEY,
        "LOG_LEVEL": "WARNING",
    }


def manage(*arguments: str, **options: str) -> subprocess.Popen[str]:
    """A management command at work."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(**options),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def web_server(log: Path, *, database: str | None = None, ready: int = 200) -> Iterator[str]:
    """The address of a server that serves; `ready` is what /healthz answers by then."""
    with only_one("static-files"):
        register.collect_static()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with open(log, "w", encoding="utf-8") as told:
        command = [*serve.web("127.0.0.1", port), "--workers", "1"]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environment(database), "PORT": str(port), "PUBLIC_URL": address},
            stdout=told,
            stderr=told,
        )
        try:
            wait_for(address, ready, process)
            yield address
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait_for(address: str, ready: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while status(f"{address}/healthz") != ready:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the server did not get ready; its log says why")
        time.sleep(0.2)


def status(address: str, *, method: str = "GET", **headers: str) -> int:
    """What a server answers, redirects not followed; 0 where nobody listens."""
    asked = urllib.request.Request(address, method=method, headers=headers)  # noqa: S310
    try:
        with urllib.request.build_opener(Stay).open(asked, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows nobody."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None
