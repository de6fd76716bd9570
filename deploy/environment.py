"""The Python environment of the checkout: uv under .tools/, packages from uv.lock under .venv/."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path

from deploy.interpreter import find_interpreter
from deploy.place import ENVIRONMENT, PYTHON, ROOT, Refused, make_var, only_one, say

UV_VERSION = "0.13.9"
TOOLS = ROOT / ".tools"
UV = TOOLS / "bin" / "uv"
STAMP = ENVIRONMENT / ".grounds-stamp"


def make_environment() -> None:
    """Bring .venv into step with uv.lock; nothing happens, quickly, when it already is."""
    if is_current():
        return
    make_var()
    with only_one("environment"):
        if is_current():
            return
        make_uv()
        sync()
        STAMP.write_text(wanted(), encoding="utf-8")


def is_current() -> bool:
    works = PYTHON.exists() and (ENVIRONMENT / "bin" / "pytest").exists()
    return works and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted()


def wanted() -> str:
    """What the environment was made from; its own place counts, since scripts in it name it."""
    parts = (ROOT / "pyproject.toml", ROOT / "uv.lock")
    content = b"\0".join(path.read_bytes() for path in parts)
    return hashlib.sha256(content + os.fsencode(ROOT) + UV_VERSION.encode()).hexdigest()


def make_uv() -> None:
    if uv_version() == UV_VERSION:
        return
    say(f"fetching uv {UV_VERSION} into {TOOLS}")
    venv.create(TOOLS, with_pip=True, clear=True, symlinks=True)
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "-q"]
    if subprocess.run([*pip, f"uv=={UV_VERSION}"], stdout=sys.stderr, check=False).returncode:
        raise Refused("pip could not fetch uv; see above (pip's own configuration is used)")


def uv_version() -> str:
    if not UV.exists():
        return ""
    try:
        answer = subprocess.run([UV, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return ([*answer.stdout.split(), "", ""])[1]


def sync() -> None:
    say("making the Python environment from uv.lock")
    command = [str(UV), "sync", "--frozen", "--all-extras", "--quiet"]
    done = subprocess.run(
        command, cwd=ROOT, env=uv_variables(os.environ), stdout=sys.stderr, check=False
    )
    if done.returncode != 0:
        raise Refused(
            "uv could not make the environment; see above. (If it was Python that could not be\n"
            "fetched: install Python 3.12, 3.13 or 3.14, or name one in UV_PYTHON, and try again.)"
        )


def uv_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """A found interpreter is handed over by its real path; without one uv may fetch its own."""
    variables = {**environ, "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT)}
    variables.pop("VIRTUAL_ENV", None)
    variables.setdefault("UV_SYSTEM_CERTS", "true")
    if "UV_PYTHON" in environ:
        return variables
    interpreter = find_interpreter()
    if interpreter is None:
        say("no Python 3.12 to 3.14 here: uv fetches one")
        return {**variables, "UV_PYTHON": "3.13", "UV_PYTHON_DOWNLOADS": "automatic"}
    say(f"using {interpreter}")
    return {**variables, "UV_PYTHON": str(interpreter), "UV_PYTHON_DOWNLOADS": "never"}


def read_env_file(path: Path = ROOT / ".env") -> None:
    """Take NAME=value lines of .env into the environment, which has the last word."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, separator, value = text.partition("=")
        if not separator or not name.strip().isidentifier():
            raise Refused(f".env line {number}: expected NAME=value")
        os.environ.setdefault(name.strip(), unquoted(value.strip()))


def unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
