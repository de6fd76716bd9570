"""Fides' own evaluator with one rule over the same datasets, in an environment of its own."""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import NamedTuple

from inventory.law.bundle import Law
from inventory.rules.facts import Facts

PROBE = Path(__file__).with_name("fides_probe.py")
ALONE = ("ethyca-fides", "fideslang")  # without what their server needs
NEEDED = (
    "pydantic[email]<2.13",  # fideslang refuses later ones
    "sqlalchemy<2",
    "boto3",
    "click",
    "loguru",
    "packaging",
    "pyyaml",
    "requests",
    "toml",
)
PATIENCE = 900  # seconds


class Asked(NamedTuple):
    seconds: float  # of the processor
    violations: int


class Skipped(Exception):
    """Fides cannot be asked here, and why."""


def ask(facts: Facts, law: Law) -> Asked:
    """Fides' verdict on one rule; raises Skipped."""
    datasets = [
        {
            "key": f"dataset_{one.id}",
            "name": one.name,
            "fields": [(field.name, _category(field.category, law)) for field in one.fields],
        }
        for one in facts.datasets.values()
    ]
    python = str(make_environment())  # -P: this directory is not the probe's
    answer = _run(python, "-P", "-W", "ignore", str(PROBE), given=json.dumps(datasets))
    return Asked(**json.loads(answer))


def make_environment() -> Path:
    """The Python of a throw-away environment with Fides in it, made once a machine and version."""
    version = f"{sys.version_info.major}{sys.version_info.minor}"
    place = Path(tempfile.gettempdir()) / f"grounds-bench-fides-{version}"
    python = place / "bin" / "python"
    if not (place / "made").exists():
        venv.create(place, with_pip=True, clear=True)
        install = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(*install, "--no-deps", *ALONE)
        _run(*install, *NEEDED)
        (place / "made").touch()
    return python


def _category(code: str | None, law: Law) -> str:
    return (law.categories[code].fides if code else None) or "user"


def _run(*command: str, given: str = "") -> str:
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Skipped(f"{Path(command[0]).name} {command[1]}: {last}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Skipped(str(error)) from error
    return done.stdout
