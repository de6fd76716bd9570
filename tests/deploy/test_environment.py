"""The environment is made once, from the lock, with the interpreter that was found."""

from pathlib import Path

import pytest

from deploy import environment
from deploy.place import Refused


def test_a_found_interpreter_is_handed_over_and_none_is_fetched(monkeypatch):
    monkeypatch.setattr(environment, "find_interpreter", lambda: Path("/opt/python3.13"))
    variables = environment.uv_variables({"VIRTUAL_ENV": "/somewhere/else"})
    assert variables["UV_PYTHON"] == "/opt/python3.13"
    assert variables["UV_PYTHON_DOWNLOADS"] == "never"
    assert "VIRTUAL_ENV" not in variables


def test_uv_fetches_its_own_only_where_there_is_none(monkeypatch):
    monkeypatch.setattr(environment, "find_interpreter", lambda: None)
    assert environment.uv_variables({})["UV_PYTHON_DOWNLOADS"] == "automatic"


def test_the_users_own_choice_of_python_is_kept(monkeypatch):
    monkeypatch.setattr(environment, "find_interpreter", lambda: pytest.fail("looked"))
    assert environment.uv_variables({"UV_PYTHON": "3.12"})["UV_PYTHON"] == "3.12"


def test_an_env_file_adds_what_the_environment_does_not_say(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("# a comment\n\nGROUNDS_A = one\nGROUNDS_B='two words'\nGROUNDS_C=a=b\n")
    for name in ("GROUNDS_A", "GROUNDS_B"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("GROUNDS_C", "mine")
    environment.read_env_file(file)
    read = [environment.os.environ[name] for name in ("GROUNDS_A", "GROUNDS_B", "GROUNDS_C")]
    assert read == ["one", "two words", "mine"]


def test_a_line_that_is_no_setting_is_refused_by_number(tmp_path):
    file = tmp_path / ".env"
    file.write_text("\nDEBUG true\n")
    with pytest.raises(Refused, match=r"\.env line 2"):
        environment.read_env_file(file)


def test_an_environment_without_a_stamp_is_not_current(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "STAMP", tmp_path / "none")
    assert not environment.is_current()
