"""Two programs kept alive together, and never two servers of one checkout."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest

from deploy import serve
from deploy.place import ROOT, Refused


@pytest.fixture
def own_place(tmp_path, monkeypatch):
    monkeypatch.setattr(serve, "LOCK", tmp_path / "serve.lock")
    monkeypatch.setattr(serve, "NOTE", tmp_path / "serve.json")
    return tmp_path


@pytest.mark.parametrize("value", ["0", "65536", "http", "80 80", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(Refused, match="PORT must be 1 to 65535"):
        serve.read_port()


def test_a_port_in_use_is_refused_with_a_way_out():
    taken = socket.create_server(("127.0.0.1", 0))
    with taken, pytest.raises(Refused, match="PORT=8001"):
        serve.refuse_busy_port("127.0.0.1", taken.getsockname()[1])


def test_a_second_server_is_not_started(own_place, monkeypatch, capsys):
    monkeypatch.setenv("PORT", "8000")
    serve.NOTE.write_text(json.dumps({"supervisor": 1, "children": [], "port": 8765}))
    with serve.hold_lock():
        assert serve.serve() == 0
    assert "already running at http://localhost:8765/" in capsys.readouterr().err


def test_there_is_nothing_to_stop_where_nobody_serves(own_place):
    serve.NOTE.write_text(json.dumps({"supervisor": os.getpid(), "children": [], "port": 1}))
    assert serve.stop() is False


def test_what_a_killed_supervisor_left_behind_is_stopped(own_place):
    child = serve.Child("sleeper", ["sleep", "60"])
    lock = serve.hold_lock()
    child.start(lock)
    lock.close()  # the supervisor is gone; its child lives on and holds the lock
    assert serve.is_running()
    serve.NOTE.write_text(
        json.dumps({"supervisor": 2**22 + 1, "children": [child.process.pid], "port": 1})
    )
    assert serve.stop() is True
    assert child.process.wait(5) == -15


def test_a_strangers_process_is_never_signalled(tmp_path):
    with subprocess.Popen(["sleep", "60"], cwd=tmp_path) as stranger:
        assert serve.signal_all([stranger.pid], 15) is False
        assert stranger.poll() is None
        stranger.kill()


def test_a_dead_child_is_started_again_each_time_after_a_longer_pause(own_place):
    child = serve.Child("failure", [sys.executable, "-c", "raise SystemExit(3)"])
    pauses = []
    with serve.hold_lock() as lock:
        for _ in range(3):
            child.start(lock)
            child.process.wait()
            assert child.has_died()
            child.plan_restart()
            pauses.append(child.pause)
    assert pauses == [2.0, 4.0, 8.0]
    assert child.due > time.monotonic()


def test_children_work_in_the_checkout_out_of_reach_of_the_terminal(own_place):
    child = serve.Child("sleeper", ["sleep", "60"])
    with serve.hold_lock() as lock:
        child.start(lock)
    assert os.path.samefile(f"/proc/{child.process.pid}/cwd", ROOT)
    assert os.getpgid(child.process.pid) != os.getpgid(0)
    serve.stop_children([child])
    assert child.process.returncode == -15
