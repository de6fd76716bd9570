"""Web server and worker: started, watched, restarted when they die, stopped together."""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from types import FrameType
from typing import IO, Any

from deploy.place import PYTHON, ROOT, VAR, Refused, make_var, say

LOCK = VAR / "serve.lock"
NOTE = VAR / "serve.json"
LONGEST_PAUSE = 30.0
STEADY = 10.0  # a process that lived this long starts again without a pause
PATIENCE = 30.0
FORGET_DONE = ("--delete-jobs", "successful")  # the minute-by-minute look for stale verdicts


@dataclass
class Child:
    """One program we keep alive."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    pause: float = 1.0

    def start(self, lock: IO[str]) -> None:
        """Start it in its own session; it holds the lock too, for as long as it lives."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, start_new_session=True, pass_fds=[lock.fileno()]
        )

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> None:
        lived = time.monotonic() - self.started
        self.pause = 1.0 if lived > STEADY else min(self.pause * 2, LONGEST_PAUSE)
        self.due = time.monotonic() + self.pause
        assert self.process is not None  # noqa: S101 (has_died said so)
        code = self.process.returncode
        say(f"the {self.name} ended with {code}; starting it again in {self.pause:.0f} s")
        self.process = None


@dataclass
class Stopping:
    """Set by a signal."""

    asked: bool = False
    signals: tuple[int, ...] = field(
        default=(signal.SIGINT, signal.SIGTERM, signal.SIGHUP), repr=False
    )

    def listen(self) -> None:
        for number in self.signals:
            signal.signal(number, self.ask)

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def serve() -> int:
    """Run web server and worker until Ctrl-C, `make stop`, or a signal."""
    port, bind = read_port(), os.environ.get("BIND") or "127.0.0.1"
    lock = hold_lock()
    if lock is None:
        say(f"already running at {address(running_port() or port)}; `make stop` stops it")
        return 0
    with lock:
        refuse_busy_port(bind, port)
        stopping = Stopping()
        stopping.listen()
        children = [Child("web server", web(bind, port)), Child("worker", worker())]
        try:
            for child in children:
                child.start(lock)
            note(children, port)
            announce(port, children, stopping)
            watch(children, port, lock=lock, stopping=stopping)
        finally:
            stop_children(children)
            NOTE.unlink(missing_ok=True)
            say("stopped; `make stop` also stops the private PostgreSQL, if there is one")
    return 0


def stop() -> bool:
    """Stop what `serve` runs, from another terminal; tell whether there was anything."""
    lock = hold_lock()
    if lock is not None:
        lock.close()
        return False
    known = read_note()
    rounds = (
        ([known["supervisor"]], signal.SIGTERM),
        (known["children"], signal.SIGTERM),
        ([known["supervisor"], *known["children"]], signal.SIGKILL),
    )
    for numbers, what in rounds:
        if signal_all(numbers, what) and wait_for_lock(PATIENCE):
            break
    return True


def is_running() -> bool:
    lock = hold_lock()
    if lock is None:
        return True
    lock.close()
    return False


def hold_lock() -> IO[str] | None:
    """The lock that says who serves; None while a server, or anything it left behind, lives."""
    make_var()
    lock = open(LOCK, "a", encoding="utf-8")  # noqa: SIM115 (held by the caller)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def read_port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not re.fullmatch(r"\d{1,5}", value) or not 1 <= int(value) <= 65535:
        raise Refused(f"PORT must be 1 to 65535, not {value!r}")
    return int(value)


def refuse_busy_port(bind: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind.strip("[]"), port))
        except OSError as error:
            raise Refused(
                f"cannot listen on {bind}:{port} ({error.strerror}); choose another port:"
                " PORT=8001 make run"
            ) from error


def web(bind: str, port: int) -> list[str]:
    host = f"[{bind}]" if ":" in bind and "[" not in bind else bind
    processes = os.environ.get("WEB_CONCURRENCY") or "2"
    return [
        *(str(PYTHON), "-m", "gunicorn", "inventory.wsgi"),
        *("--bind", f"{host}:{port}", "--workers", processes, "--threads", "4"),
        *("--worker-class", "gthread", "--timeout", "120", "--graceful-timeout", "10"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def worker() -> list[str]:
    return [str(PYTHON), str(ROOT / "manage.py"), "procrastinate", "worker", *FORGET_DONE]


def announce(port: int, children: list[Child], stopping: Stopping) -> None:
    """Say where to go once the server answers that it is ready."""
    deadline = time.monotonic() + PATIENCE
    while not is_ready(port) and not stopping.asked:
        if time.monotonic() > deadline or children[0].has_died():
            say("the web server is not ready yet; /healthz tells when")
            return
        time.sleep(0.3)
    if not stopping.asked:
        print(f"\nGrounds is at {address(port)}  (Ctrl-C stops it)", flush=True)
        show_sign_ins()


def show_sign_ins() -> None:
    passwords = VAR / "demo-passwords.txt"
    if passwords.exists() and os.access(passwords, os.R_OK):
        print(f"Demo sign-ins ({passwords.relative_to(ROOT)}):", flush=True)
        print(passwords.read_text(encoding="utf-8"), flush=True)


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"{address(port)}healthz", timeout=3) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def address(port: int) -> str:
    return f"http://localhost:{port}/"


def watch(children: list[Child], port: int, *, lock: IO[str], stopping: Stopping) -> None:
    while not stopping.asked:
        for child in children:
            if child.has_died():
                child.plan_restart()
            elif child.process is None and time.monotonic() >= child.due:
                child.start(lock)
                note(children, port)
        time.sleep(0.3)


def stop_children(children: list[Child]) -> None:
    alive = [child.process for child in children if child.process and child.process.poll() is None]
    for process in alive:
        process.terminate()
    deadline = time.monotonic() + PATIENCE / 2
    for process in alive:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def note(children: list[Child], port: int) -> None:
    numbers = [child.process.pid for child in children if child.process]
    content = {"supervisor": os.getpid(), "children": numbers, "port": port}
    draft = NOTE.with_suffix(".part")
    draft.write_text(json.dumps(content), encoding="utf-8")
    os.replace(draft, NOTE)


def read_note() -> dict[str, Any]:
    try:
        return dict(json.loads(NOTE.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise Refused("a server is starting or stopping just now; try again") from error


def running_port() -> int | None:
    try:
        return int(read_note()["port"])
    except Refused:
        return None


def signal_all(numbers: list[int], what: int) -> bool:
    """Send a signal to those of the processes that are ours; tell whether any was."""
    ours = [number for number in numbers if is_ours(number)]
    for number in ours:
        try:
            os.kill(number, what)
        except ProcessLookupError:
            continue
        except PermissionError as error:
            raise Refused("another user started the server; stop it as that user") from error
    return bool(ours)


def is_ours(pid: int) -> bool:
    """Our processes work in the checkout; a stranger may have got the number of a dead one."""
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", ROOT)
    except PermissionError:
        return True
    except OSError:
        return False


def wait_for_lock(seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_running():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True
