"""What Grounds needs of the operating system: looked for by use, installed by apt if missing."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from deploy import postgres
from deploy.place import Refused, say

FONT_PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Need:
    """One thing that must be there, how to see it, and the Debian packages that bring it."""

    what: str
    present: Callable[[], bool]
    packages: tuple[str, ...]


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(*names: str) -> bool:
    return any(shutil.which(name) for name in names)


def has_font(pattern: str) -> bool:
    return any(next(Path(place).expanduser().rglob(pattern), None) for place in FONT_PLACES)


def has_venv() -> bool:
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def has_server() -> bool:
    try:
        postgres.find_programs()
    except Refused:
        return False
    return True


PYTHON = Need("the venv module of python3", has_venv, ("python3-venv",))
SERVER = Need("the PostgreSQL server (15 or newer)", has_server, ("postgresql",))
PAPER = (
    Need("Pango", lambda: has_library("libpango-1.0.so.0"), ("libpango-1.0-0",)),
    Need("PangoFT2", lambda: has_library("libpangoft2-1.0.so.0"), ("libpangoft2-1.0-0",)),
    Need(
        "HarfBuzz subset",
        lambda: has_library("libharfbuzz-subset.so.0"),
        ("libharfbuzz-subset0",),
    ),
    Need("Noto fonts", lambda: has_font("NotoSansHebrew-*.?tf"), ("fonts-noto-core",)),
    Need("the Noto Mono font", lambda: has_font("NotoSansMono-*.?tf"), ("fonts-noto-mono",)),
)
TESTS = (
    Need("Chromium", lambda: has_program(*BROWSERS) or bool(os.environ.get("CHROMIUM")),
         ("chromium",)),
    Need("pdftotext", lambda: has_program("pdftotext"), ("poppler-utils",)),
    Need("qpdf", lambda: has_program("qpdf"), ("qpdf",)),
)  # fmt: skip


def needs(*, tests: bool, server: bool) -> list[Need]:
    return [PYTHON, *([SERVER] if server else []), *PAPER, *(TESTS if tests else ())]


def ensure(wanted: Sequence[Need]) -> None:
    """Install what is missing, or say exactly what to install and stop."""
    missing = [need for need in wanted if not need.present()]
    if not missing:
        return
    say("missing here: " + ", ".join(need.what for need in missing))
    packages = sorted({name for need in missing for name in need.packages})
    if "chromium" in packages and is_ubuntu():
        refuse_snap_stub()
    if not shutil.which("apt-get"):
        raise Refused(explain(missing))
    install(packages)
    importlib.invalidate_caches()
    still = [need for need in missing if not need.present()]
    if still:
        raise Refused(explain(still))


def explain(missing: Sequence[Need]) -> str:
    lines = [f"  - {need.what} (Debian calls it {' '.join(need.packages)})" for need in missing]
    return "\n".join(["install these, then run the command again:", *lines])


def is_ubuntu(release: Path = Path("/etc/os-release")) -> bool:
    return release.exists() and "ID=ubuntu" in release.read_text(encoding="utf-8").split()


def refuse_snap_stub() -> None:
    raise Refused(
        "the browser tests need Chromium, and Ubuntu's `chromium` package is only a pointer to a\n"
        "snap, which cannot be driven from here. Install Google Chrome's .deb package, or run\n"
        "`.venv/bin/playwright install --with-deps chromium` and name its program in CHROMIUM=…;\n"
        "then run the command again. (`make run` needs no browser of its own.)"
    )


def install(packages: Sequence[str]) -> None:
    say("installing with apt-get: " + " ".join(packages))
    if "postgresql" in packages:
        say("(Debian's package may make a cluster of its own; Grounds leaves it alone)")
    apt(["update", "-q"])
    apt(["install", "-q", "-y", "--no-install-recommends", *packages])


def apt(arguments: list[str]) -> None:
    command = [*become_root(), "apt-get", "-o", "Dpkg::Use-Pty=0", *arguments]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(command, stdout=sys.stderr, env=environment, check=False).returncode != 0:
        raise Refused(f"`{' '.join(command)}` failed; see above")


def become_root() -> list[str]:
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        raise Refused("packages must be installed first; run this once as root, or install sudo")
    return ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
