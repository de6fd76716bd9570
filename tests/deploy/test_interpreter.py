"""The newest real interpreter is found; shims and other versions are not taken."""

import sys
from pathlib import Path

import pytest

from deploy import interpreter


def fake_python(path: Path, answer: str, code: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{answer}'\nexit {code}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with nothing but what a test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path


def test_the_newest_fitting_interpreter_wins_wherever_it_lives(machine):
    fake_python(machine / "bin" / "python3.12", "3 12 9 /opt/a/python3.12")
    fake_python(machine / "pyenv/versions/3.13.1/bin/python3", "3 13 1 /opt/b/python3.13")
    fake_python(machine / "home/.pyenv/versions/3.9.1/bin/python3", "3 9 1 /opt/c/python3.9")
    assert interpreter.find_interpreter() == Path("/opt/b/python3.13")


def test_a_shim_that_does_not_run_is_passed_over(machine):
    fake_python(machine / "bin" / "python3.13", "pyenv: python3.13: command not found", code=127)
    fake_python(machine / "bin" / "python3.12", "3 12 9 /opt/a/python3.12")
    assert interpreter.find_interpreter() == Path("/opt/a/python3.12")


def test_none_is_found_where_none_fits(machine):
    fake_python(machine / "bin" / "python3", "3 11 2 /usr/bin/python3.11")
    fake_python(machine / "bin" / "python3.14", "3 15 0 /opt/too-new")
    assert interpreter.find_interpreter() is None


def test_an_interpreter_tells_its_true_place_even_from_a_virtual_environment():
    version, place = interpreter.ask(Path(sys.executable))
    assert version == sys.version_info[:3]
    assert place == place.resolve()
    assert not (place.parent.parent / "pyvenv.cfg").exists()
