"""A backup brings the register back, whole or not at all; only new migrations are applied."""

import os
import stat
import subprocess

import pytest

from deploy import postgres, register
from deploy.place import Refused, is_private


@pytest.fixture
def database(tmp_path, monkeypatch):
    """A small database of its own in the private cluster, reached as an outside one would be."""
    if not is_private():
        pytest.skip("the database given to the tests is not ours to add to")
    cluster, name = postgres.start(), f"test_backup_{os.getpid()}"
    connection = f"host='{cluster.socket}' port=5432 user=grounds dbname={name}"
    monkeypatch.setenv("DATABASE_URL", connection)
    monkeypatch.setattr(register, "VAR", tmp_path)
    monkeypatch.setattr(register, "BACKUPS", tmp_path / "backups")
    register.sql(f"CREATE DATABASE {name}")
    ask(connection, "CREATE TABLE proof AS SELECT 'before' AS said")
    yield connection
    for kept in names(connection, name):
        register.sql(f'DROP DATABASE "{kept}"')


def ask(connection: str, statement: str) -> str:
    command = [str(postgres.find_programs() / "psql"), "-XAtq", "-d", connection, "-c", statement]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def names(connection: str, start: str) -> list[str]:
    listed = ask(
        f"{connection} dbname=postgres",
        f"SELECT datname FROM pg_database WHERE datname LIKE '{start}%' ORDER BY 1",
    )
    return listed.splitlines()


def test_a_backup_is_private_and_brings_back_what_was_there(database):
    file = register.back_up()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    ask(database, "UPDATE proof SET said = 'after'")
    register.restore(file, confirmed=True)
    assert ask(database, "SELECT said FROM proof") == "before"


def test_what_a_restore_replaced_is_kept(database):
    file = register.back_up()
    ask(database, "UPDATE proof SET said = 'after'")
    register.restore(file, confirmed=True)
    (kept,) = [name for name in names(database, "test_backup") if "_before_" in name]
    assert ask(f"{database} dbname={kept}", "SELECT said FROM proof") == "after"


def test_a_broken_backup_changes_nothing(database, tmp_path):
    broken = tmp_path / "broken.dump"
    broken.write_bytes(register.back_up().read_bytes()[:-200])
    with pytest.raises(Refused, match="the register is unchanged"):
        register.restore(broken, confirmed=True)
    assert ask(database, "SELECT said FROM proof") == "before"


def test_a_restore_nobody_confirmed_changes_nothing(database, monkeypatch):
    monkeypatch.setattr(register.sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(Refused, match="YES=1"):
        register.restore(register.back_up(), confirmed=False)


def test_a_password_reaches_the_programs_by_the_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://eve:p%40ss@db.example.org/register")
    variables = register.connection_variables()
    assert variables["PGPASSWORD"] == "p@ss"
    assert variables["PGDATABASE"] == "register"


def test_an_address_that_is_none_is_refused_without_its_password(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://u:hunter2@h/d")
    with pytest.raises(Refused) as refusal:
        register.connection_variables()
    assert "hunter2" not in str(refusal.value)


def test_migrations_are_applied_again_only_when_they_or_the_cluster_changed(tmp_path, monkeypatch):
    applied, state = [], ["one"]
    monkeypatch.setattr(register, "VAR", tmp_path)
    monkeypatch.setattr(register, "is_private", lambda: True)
    monkeypatch.setattr(register, "migration_state", lambda: state[0])
    monkeypatch.setattr(register, "manage", lambda *arguments: applied.append(arguments[0]))
    register.migrate()
    register.migrate()
    state[0] = "two"
    register.migrate()
    assert applied == ["migrate", "migrate"]
