"""What is left when a process is killed in the middle, or the database goes away."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from inventory.models import Dataset, Evaluation, Field, Finding
from inventory.services.history import events
from tests.servers import database_address, manage, status, web_server
from tests.world import World, make_world

TABLES = 30
SCHEMA = "".join(f"CREATE TABLE t{i} (id int, email text, note text);\n" for i in range(TABLES))


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """A connection beside the test's."""
    with psycopg.connect(database_address()) as held:
        yield held


def wait_until_blocked(table: str) -> None:
    """Until somebody waits for this table, having written fields already."""
    deadline = time.monotonic() + 90
    asked = """
        SELECT 1 FROM pg_locks waiting JOIN pg_locks held USING (pid)
        WHERE waiting.relation = %s::regclass AND NOT waiting.granted
          AND held.relation = 'field'::regclass AND held.mode = 'RowExclusiveLock'
    """
    with connection.cursor() as cursor:
        while not cursor.execute(asked, [table]).fetchone():
            assert time.monotonic() < deadline, "the import never got there"
            time.sleep(0.1)


def wait_until_alone() -> None:
    """Until no server process but ours works on the test's database."""
    deadline = time.monotonic() + 30
    asked = """
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
        AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    """
    with connection.cursor() as cursor:
        while cursor.execute(asked).fetchone():
            assert time.monotonic() < deadline
            time.sleep(0.1)


def counts() -> list[int]:
    rows = (Dataset.objects, Field.objects, Finding.objects, Evaluation.objects)
    return [held.count() for held in rows] + [events(m).count() for m in (Dataset, Field)]


def test_an_import_that_is_killed_leaves_nothing_half_written(
    world: World, other: psycopg.Connection, tmp_path: Path
) -> None:
    schema, before = tmp_path / "schema.sql", counts()
    schema.write_text(SCHEMA)
    other.execute("LOCK TABLE evaluation IN EXCLUSIVE MODE")  # the first thing after the rows
    command = manage("import_source", str(schema), "--system", world.system.key)
    wait_until_blocked("evaluation")

    os.kill(command.pid, signal.SIGKILL)
    command.communicate()
    other.rollback()
    other.close()
    wait_until_alone()

    assert command.returncode == -signal.SIGKILL
    assert counts() == before


def test_the_same_import_works_afterwards(world: World, tmp_path: Path) -> None:
    schema = tmp_path / "schema.sql"
    schema.write_text(SCHEMA)

    command = manage("import_source", str(schema), "--system", world.system.key)
    told, problems = command.communicate(timeout=120)

    assert command.returncode == 0, problems
    assert f"{TABLES} datasets with {3 * TABLES} fields read" in told
    assert Dataset.objects.count() == TABLES


def test_without_a_database_every_door_says_503(transactional_db: None, tmp_path: Path) -> None:
    nowhere = f"host={tmp_path} dbname=grounds user=grounds"
    with web_server(tmp_path / "log", database=nowhere, ready=503) as address:
        cookie = {"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"}
        token = {"Authorization": "Bearer grounds_abcdefghijklmnopqrstuvwxyz"}
        answers = {
            path: status(f"{address}{path}", **headers)
            for path, headers in {
                "/healthz": {},
                "/": cookie,
                "/datasets/": cookie,
                "/datasets/crm.contacts/": cookie,
                "/api/v1/datasets": token,
                "/api/v1/datasets/crm.contacts": token,
            }.items()
        }

    assert set(answers.values()) == {503}, answers


def test_a_server_survives_that_its_connections_are_cut(world: World, tmp_path: Path) -> None:
    with web_server(tmp_path / "log") as address:
        cookie = {"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"}
        first = [status(f"{address}/datasets/", **cookie) for _ in range(4)]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        after = [status(f"{address}/datasets/", **cookie) for _ in range(4)]

    assert first == after == [302] * 4  # to the sign-in: nobody has this session
