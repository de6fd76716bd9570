"""A real Python for the environment: the newest of this machine, never a shim."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

OLDEST, NEWEST = (3, 12), (3, 14)
NAMES = ("python3.14", "python3.13", "python3.12", "python3")
# The program tells who it really is: a shim, a link or an active venv would not last.
QUESTION = (
    "import sys; print(*sys.version_info[:3], getattr(sys, '_base_executable', sys.executable))"
)
PATIENCE = 20

Version = tuple[int, int, int]


def find_interpreter() -> Path | None:
    """The newest fitting interpreter, or None where this machine has none."""
    found = [answer for answer in map(ask, candidates()) if answer and fits(answer[0])]
    return max(found)[1] if found else None


def fits(version: Version) -> bool:
    return OLDEST <= version[:2] <= NEWEST


def candidates() -> Iterator[Path]:
    for directory in os.environ.get("PATH", "").split(os.pathsep):
        for name in NAMES:
            program = Path(directory or ".") / name
            if os.access(program, os.X_OK):
                yield program
    for root in {os.environ.get("PYENV_ROOT", ""), str(Path("~/.pyenv").expanduser())} - {""}:
        yield from sorted(Path(root).glob("versions/*/bin/python3"))


def ask(program: Path) -> tuple[Version, Path] | None:
    """The version and true place of an interpreter; None if it does not run (an unset shim)."""
    try:
        answer = subprocess.run(
            [program, "-I", "-c", QUESTION],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    parts = re.fullmatch(r"(\d+) (\d+) (\d+) (.+)\n", answer.stdout)
    if answer.returncode != 0 or not parts:
        return None
    version = (int(parts[1]), int(parts[2]), int(parts[3]))
    return version, Path(os.path.realpath(parts[4]))
