"""Where a checkout keeps its things, and how set-up speaks: on stderr, so that stdout is clean."""

from __future__ import annotations

import fcntl
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"


class Refused(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def say(message: str) -> None:
    print(f"grounds: {message}", file=sys.stderr, flush=True)


def is_private() -> bool:
    """Whether the database is the private cluster: nobody gave us the address of another."""
    return not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


def make_var(var: Path = VAR) -> Path:
    var.mkdir(exist_ok=True)
    return var


def checkout_hash(root: Path = ROOT) -> str:
    return hashlib.sha256(os.fsencode(root)).hexdigest()[:12]


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Hold a lock of this checkout, so that two commands do not set up the same thing at once."""
    with open(make_var() / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_private(path: Path, text: str) -> None:
    """Write a file only its owner can read; nobody ever sees half of it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(draft, path)


def run_door(main: Callable[[list[str]], int]) -> None:
    """Run a command line's main function; a refusal is one clear message, never a traceback."""
    try:
        sys.exit(main(sys.argv[1:]))
    except Refused as refusal:
        say(str(refusal))
        sys.exit(2)
    except PermissionError as error:
        say(f"{error.filename} belongs to another user: run this as that user, or as root")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
