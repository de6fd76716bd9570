"""The house stands as designed: layers, sizes, names, and what may not be in the repository."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "inventory"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)
SERVER = {"django", "rest_framework", "psycopg", "pghistory", "procrastinate", "weasyprint"}
VAGUE = re.compile(r"^(utils?|helpers?|common|mixins?|misc|base|core|tools)$")
MACHINE = re.compile(rb"/(?:work|root)/|/home/[a-z]+/|/tmp/(?:uv|bash_)")
PUBLIC_INDEXES = {"pypi.org", "files.pythonhosted.org"}

IMPORT_ALL = """
import importlib, pkgutil, sys
import inventory
for name in ("law", "rules", "sources", "cli"):
    if importlib.util.find_spec(f"inventory.{name}") is None:
        continue
    package = importlib.import_module(f"inventory.{name}")
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a module with its length in lines, decorators apart."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", length(node)


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def tracked() -> list[Path]:
    listed = run("git", "ls-files", "-z")
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_law_rules_sources_and_cli_import_no_django() -> None:
    done = run(sys.executable, "-c", IMPORT_ALL)

    assert done.returncode == 0, done.stderr
    assert not SERVER & set(done.stdout.split())


def test_the_layers_hold() -> None:
    done = run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_longer_than_400_lines() -> None:
    sizes = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in MODULES}

    assert not {name: size for name, size in sizes.items() if size > 400}


def test_functions_are_short() -> None:
    sizes = dict(found for path in MODULES for found in functions(path))

    assert not {name: size for name, size in sizes.items() if size > 60}
    assert median(sizes.values()) < 10


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [str(p.relative_to(ROOT)) for p in MODULES if VAGUE.match(p.stem)]


def test_every_module_says_what_it_is_for() -> None:
    written = [p for p in MODULES if p.read_text().strip()]

    assert not [
        str(p.relative_to(ROOT)) for p in written if not ast.get_docstring(ast.parse(p.read_text()))
    ]


def test_nothing_tracked_names_a_place_on_somebodys_machine() -> None:
    named = {
        str(path.relative_to(ROOT)): found.group().decode()
        for path in tracked()
        if (found := MACHINE.search(path.read_bytes()))
    }

    assert not named


def test_packages_come_from_the_public_index_alone() -> None:
    hosts = set(re.findall(r"https?://([^/\"']+)", (ROOT / "uv.lock").read_text()))
    settings = (ROOT / "pyproject.toml").read_text()

    assert hosts <= PUBLIC_INDEXES
    assert not re.search(r"index-url|\[\[?tool\.uv\.index", settings)


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
