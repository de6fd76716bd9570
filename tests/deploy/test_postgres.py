"""Where the private cluster lives, how it is reached, and what it refuses."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from deploy import place, postgres
from deploy.postgres import Cluster


def make_cluster(home: Path, programs: Path = Path("/nowhere")) -> Cluster:
    return Cluster(programs, home, home / "socket", os.geteuid(), os.getegid())


def test_a_short_path_keeps_its_socket_beside_the_data():
    home = Path("/srv/grounds/var/postgres")
    assert postgres.choose_socket(home, uid=1000) == home / "socket"


def test_a_long_path_gets_a_short_socket_directory_of_its_own():
    home = Path("/srv") / ("long" * 30) / "var" / "postgres"
    chosen = postgres.choose_socket(home, uid=1000)
    assert len(str(chosen / ".s.PGSQL.5432")) <= 107
    assert chosen != postgres.choose_socket(home / "other", uid=1000)


@pytest.mark.parametrize(("length", "fits"), [(93, True), (94, False)])
def test_a_socket_path_has_at_most_107_characters(length, fits):
    assert postgres.socket_fits(Path("/" + "x" * (length - 1))) is fits


def test_a_socket_path_is_counted_in_bytes():
    assert not postgres.socket_fits(Path("/" + "é" * 60))


def test_the_users_own_cluster_lives_under_var(tmp_path):
    home = postgres.choose_home(tmp_path / "var", uid=os.geteuid(), gid=os.getegid())
    assert home == tmp_path / "var" / "postgres"


def test_a_checkout_the_servers_user_cannot_reach_gets_a_system_directory(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "can_enter", lambda *_args, **_kwargs: False)
    home = postgres.choose_home(tmp_path / "var", uid=12345, gid=12345)
    assert home == Path("/var/lib/grounds") / place.checkout_hash(tmp_path)


def test_root_never_runs_the_server(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("asked as root alone")
    assert postgres.server_user(0, tmp_path / "none")[0] != 0


def test_an_ordinary_user_runs_the_server_as_themselves(tmp_path):
    assert postgres.server_user(1234, tmp_path)[0] == 1234


def test_the_programs_that_made_the_data_are_preferred_to_the_newest(tmp_path):
    for major in ("9.6", "15", "17"):
        (tmp_path / major / "bin").mkdir(parents=True)
        (tmp_path / major / "bin" / "initdb").touch()
    assert postgres.find_programs("15", tmp_path) == tmp_path / "15" / "bin"
    assert postgres.find_programs("", tmp_path) == tmp_path / "17" / "bin"
    assert postgres.find_programs("16", tmp_path) == tmp_path / "17" / "bin"


def test_data_of_another_major_version_is_refused_with_the_steps_to_take(tmp_path, monkeypatch):
    cluster = make_cluster(tmp_path)
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("14\n")
    monkeypatch.setattr(postgres, "program_version", lambda _programs: "15")
    with pytest.raises(place.Refused, match=r"made by PostgreSQL 14") as refusal:
        postgres.refuse_other_version(cluster)
    assert "pg_dump" in str(refusal.value)
    assert "make restore FILE=grounds.dump" in str(refusal.value)


def test_the_major_version_is_read_out_of_what_the_server_says():
    assert postgres.major_version("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)") == "15"


def test_a_lock_whose_number_a_stranger_has_is_removed(tmp_path):
    cluster = make_cluster(tmp_path)
    cluster.data.mkdir()
    lock = cluster.data / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{cluster.data}\n")
    postgres.drop_stale_locks(cluster)
    assert not lock.exists()


def test_a_lock_is_kept_while_any_process_works_in_the_data(tmp_path):
    cluster = make_cluster(tmp_path)
    cluster.data.mkdir()
    lock = cluster.data / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n")
    with subprocess.Popen(["sleep", "60"], cwd=cluster.data) as backend:
        postgres.drop_stale_locks(cluster)
        backend.kill()
    assert lock.exists()


def test_a_socket_directory_of_somebody_else_is_refused(tmp_path):
    cluster = make_cluster(tmp_path)
    trap = tmp_path / "socket"
    trap.symlink_to("/tmp")
    with pytest.raises(place.Refused, match="belongs to somebody else"):
        postgres.own_directory(trap, cluster)


@pytest.fixture
def open_directory():
    """A short directory that the server's user may enter, which pytest's own is not."""
    with tempfile.TemporaryDirectory(prefix="grounds-test-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def test_a_private_cluster_is_made_killed_and_started_again(open_directory, monkeypatch):
    """The whole life of a cluster, as `make run` and a power cut would have it."""
    monkeypatch.setattr(postgres, "VAR", open_directory / "var")
    monkeypatch.setattr(postgres, "make_var", lambda: place.make_var(open_directory / "var"))
    cluster = postgres.start()
    kill(cluster)
    postgres.start()
    try:
        assert postgres.is_running(cluster)
        assert postgres.ask(cluster, "SHOW listen_addresses") == ""
        rights = postgres.ask(cluster, "SELECT rolsuper FROM pg_roles WHERE rolname = 'grounds'")
        assert rights == "f"
    finally:
        assert postgres.stop()
    assert not postgres.is_running(cluster)


def kill(cluster: Cluster) -> None:
    os.kill(postgres.first_number(cluster.data / "postmaster.pid"), signal.SIGKILL)
    deadline = time.monotonic() + 10
    while postgres.is_running(cluster):
        assert time.monotonic() < deadline
        time.sleep(0.05)
