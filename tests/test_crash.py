"""What is left when a process is killed in the middle, or the database goes away."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.db.models import QuerySet

from inventory.models import (
    Dataset,
    Evaluation,
    Field,
    Finding,
    Judgement,
    Organisation,
    Standing,
    TaskRun,
)
from inventory.services import evaluation, tasks
from inventory.services.history import events
from inventory.services.sitting import Sitting
from tests.register import make_register, stored
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


JUDGE_SLOWLY = """
import time
from inventory.services import evaluation, tasks
gather = evaluation.gather
def slowly(*args, **given):
    time.sleep(0.5)
    return gather(*args, **given)
evaluation.BATCH, evaluation.gather = 2, slowly
tasks.evaluate_whole({})
"""


def test_a_whole_evaluation_that_is_killed_goes_on_where_it_stopped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation = make_register(world.organisation, datasets=10).organisation
    run = TaskRun.objects.create(organisation=organisation, kind="evaluation")
    command = manage("shell", "-c", JUDGE_SLOWLY.format(run.pk))
    wait_until_done(run, 4, command)
    os.kill(command.pid, signal.SIGKILL)
    command.communicate()
    wait_until_alone()
    before = set(judgements())
    run.refresh_from_db()
    assert run.state == "running"
    assert 4 <= len(before) < run.total

    judged: list[frozenset] = []
    judge = Sitting.judge
    monkeypatch.setattr(
        Sitting, "judge", lambda self, rows: judged.append(rows.subjects()) or judge(self, rows)
    )
    tasks.evaluate_whole(run.pk)

    run.refresh_from_db()
    assert (run.state, run.done) == ("done", run.total)
    again = {subject for batch in judged for subject in batch}
    assert not again & {(kind, key) for kind, key, _ in before}
    assert before < set(judgements())
    assert Evaluation.objects.filter(organisation=organisation).count() == 1
    assert_as_if_never_killed(organisation)


def wait_until_done(run: TaskRun, number: int, command: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 90
    while TaskRun.objects.get(pk=run.pk).done < number:
        assert command.poll() is None, command.communicate()
        assert time.monotonic() < deadline, "it never got there"
        time.sleep(0.05)


def judgements() -> QuerySet:
    return Judgement.objects.values_list("subject_kind", "subject_id", "evaluation_id")


def assert_as_if_never_killed(organisation: Organisation) -> None:
    """What is kept, sums too, is what one run from the beginning keeps."""
    columns = [f.attname for f in Standing._meta.concrete_fields if f.attname != "id"]
    kept = set(Standing.objects.values_list(*columns)), stored(organisation)
    for model in (Standing, Finding, Judgement):
        model.objects.filter(organisation=organisation).delete()
    evaluation.evaluate_organisation(organisation, as_of=tasks.local_day(organisation))
    assert kept == (set(Standing.objects.values_list(*columns)), stored(organisation))


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
