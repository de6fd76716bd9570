"""What `make` calls: `python3 -m deploy.bootstrap run` sets up what is missing, then runs it.

Runs under any Python from 3.9 on; the environment it makes has its own. Talks on stderr.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from deploy import environment, packages, postgres, register, serve
from deploy.place import PYTHON, ROOT, Refused, is_private, run_door, say
from deploy.secret_key import make_secret_key

BIN = PYTHON.parent
LINTS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)
FAST = ("-p", "no:django", "tests/law", "tests/rules")


def run(_arguments: list[str]) -> int:
    """Everything a newcomer needs, then the server in the foreground."""
    serve.read_port()
    prepare()
    register.migrate()
    register.load_demo_once()
    register.collect_static()
    return serve.serve()


def test(arguments: list[str]) -> int:
    """All tests, browser tests included."""
    prepare(tests=True)
    return call("pytest", "-n", os.environ.get("TEST_PROCESSES") or "2", *arguments)


def fast(arguments: list[str]) -> int:
    """Law and rules alone: no database, no Django."""
    prepare_python()
    return call("pytest", *FAST, *arguments)


def check(arguments: list[str]) -> int:
    """Lint, types, layers, migrations, law, tests: what must hold before a change lands."""
    prepare(tests=True)
    for command in LINTS:
        say(" ".join(command))
        if call(*command) != 0:
            return 1
    say("makemigrations --check")
    if manage_quietly("makemigrations", "--check", "--dry-run") != 0:
        return 1
    say("check_law")
    if manage_quietly("check_law") != 0:
        return 1
    say("pytest")
    return test(arguments)


def manage(arguments: list[str]) -> int:
    """A management command in the same environment; only its own output reaches stdout."""
    prepare()
    if is_private() and not {"migrate", "makemigrations"} & set(arguments[:1]):
        register.migrate()
    os.execv(PYTHON, [str(PYTHON), str(ROOT / "manage.py"), *arguments])


def demo(_arguments: list[str]) -> int:
    """Load the demo registry, into whatever database is configured."""
    prepare()
    register.migrate()
    register.manage("load_demo")
    serve.show_sign_ins()
    return 0


def db(_arguments: list[str]) -> int:
    """Start the private cluster and say how to reach it."""
    if not is_private():
        raise Refused("DATABASE_URL is set: that database is yours to start")
    packages.ensure([packages.SERVER])
    return postgres.main(["start"])


def stop(_arguments: list[str]) -> int:
    """Stop the web server, the worker and the private cluster."""
    say("server stopped" if serve.stop() else "no server was running")
    if is_private():
        say("PostgreSQL stopped" if postgres.stop() else "PostgreSQL was not running")
    return 0


def backup(_arguments: list[str]) -> int:
    """Write the register into one file and print its name."""
    prepare()
    print(register.back_up())
    return 0


def restore(arguments: list[str]) -> int:
    """Put a backup in the register's place."""
    if len(arguments) != 1:
        raise Refused("which backup? make restore FILE=var/backups/….dump")
    if serve.is_running():
        raise Refused("the server is running; `make stop` first")
    prepare()
    register.restore(Path(arguments[0]), confirmed=os.environ.get("YES") == "1")
    register.migrate()
    return 0


def bench(arguments: list[str]) -> int:
    """Measure, with the figures on stdout."""
    prepare()
    register.migrate()
    return subprocess.run([PYTHON, ROOT / "bench" / "run.py", *arguments], check=False).returncode


def prepare(*, tests: bool = False) -> None:
    """Packages, Python environment, secret key, and a database that runs."""
    packages.ensure(packages.needs(tests=tests, server=is_private()))
    environment.make_environment()
    if is_private():
        make_secret_key()
        postgres.start()


def prepare_python() -> None:
    packages.ensure([packages.PYTHON])
    environment.make_environment()


def call(program: str, *arguments: str) -> int:
    return subprocess.run([BIN / program, *arguments], cwd=ROOT, check=False).returncode


def manage_quietly(*arguments: str) -> int:
    return call("python", "manage.py", *arguments)


ACTIONS: dict[str, Callable[[list[str]], int]] = {
    action.__name__: action
    for action in (run, test, fast, check, manage, demo, db, stop, backup, restore, bench)
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in ACTIONS:
        raise Refused(f"say what to do: {', '.join(ACTIONS)}")
    if sys.version_info < (3, 9):  # noqa: UP036 (this runs before an environment exists)
        raise Refused("python3 must be 3.9 or newer")
    environment.read_env_file()
    return ACTIONS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    run_door(main)
