"""The private PostgreSQL cluster: made, started and stopped here, reached by a Unix socket alone.

It never listens on TCP, never runs as root, and lets in by `peer` only the user it was made for.
`python3 -m deploy.postgres start | stop | status | psql`.
"""

from __future__ import annotations

import os
import pwd
import re
import shlex
import shutil
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from deploy.place import ROOT, VAR, Refused, checkout_hash, make_var, only_one, run_door, say

NAME = "grounds"  # the database and the role that owns it
ADMIN = "postgres"  # the role that made the cluster; used to create the other, once
PORT = 5432  # only names the socket file: nothing listens on TCP
LONGEST_SOCKET = 107
PATIENCE = 90  # seconds a cluster may take to recover
SYSTEM_HOME = Path("/var/lib/grounds")
CONNECTION_FILE = "database.conninfo"


@dataclass(frozen=True)
class Cluster:
    """One cluster: the programs, the directories, and the system user that runs it."""

    programs: Path
    home: Path
    socket: Path
    uid: int
    gid: int

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def connection(self) -> str:
        return f"host='{quoted(self.socket)}' port={PORT} dbname={NAME} user={NAME}"


def start() -> Cluster:
    """Start the cluster, making it first if there is none; say nothing when it already runs."""
    with only_one("postgres"):
        cluster = find_cluster()
        if is_running(cluster):
            return cluster
        if not cluster.data.exists():
            create(cluster)
        refuse_other_version(cluster)
        drop_stale_locks(cluster)
        launch(cluster)
        create_database(cluster)
        (make_var() / CONNECTION_FILE).write_text(cluster.connection + "\n", encoding="utf-8")
    return cluster


def stop() -> bool:
    """Stop the cluster; tell whether there was one to stop."""
    with only_one("postgres"):
        cluster = find_cluster()
        if not cluster.data.exists() or not is_running(cluster):
            return False
        pg_ctl(cluster, "stop", "-w", "-m", "fast", "-t", str(PATIENCE))
    return True


def find_cluster() -> Cluster:
    uid, gid = server_user(os.geteuid(), VAR / "postgres" / "data")
    home = choose_home(VAR, uid=uid, gid=gid)
    programs = find_programs(made_by(home / "data"))
    return Cluster(programs, home, choose_socket(home, uid=uid), uid, gid)


def made_by(data: Path) -> str:
    """The major version of the server that made the data; empty where there is none yet."""
    written = data / "PG_VERSION"
    return written.read_text(encoding="utf-8").strip() if written.exists() else ""


def find_programs(major: str = "", root: Path = Path("/usr/lib/postgresql")) -> Path:
    """The directory of PostgreSQL's programs: of this major version if here, or the newest."""
    places = sorted(
        root.glob("*/bin/initdb"),
        key=lambda path: [int(n) for n in re.findall(r"\d+", path.parent.parent.name)],
    )
    fitting = [path for path in places if path.parent.parent.name == major]
    if fitting or places:
        return (fitting or places)[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise Refused("no PostgreSQL server programs (initdb) found; install PostgreSQL 15 or newer")


def server_user(uid: int, data: Path) -> tuple[int, int]:
    """Whom the server runs as: whoever asks; for root the data's owner, `postgres` or `grounds`."""
    if uid != 0:
        return uid, os.getegid()
    if data.exists() and data.stat().st_uid != 0:
        return data.stat().st_uid, data.stat().st_gid
    for name in ("postgres", "grounds"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    say("adding the system user `grounds`, since PostgreSQL must not run as root")
    command = ["useradd", "--system", "--user-group", "--no-create-home", "grounds"]
    subprocess.run(command, check=True)
    return server_user(uid, data)


def choose_home(var: Path, *, uid: int, gid: int) -> Path:
    """`var/postgres` where the server's user can reach it, otherwise a named system directory."""
    if uid == os.geteuid() or can_enter(var.parent, uid=uid, gid=gid):
        return var / "postgres"
    return SYSTEM_HOME / checkout_hash(var.parent)


def can_enter(directory: Path, *, uid: int, gid: int) -> bool:
    """Whether another user may pass through a directory: asked as that user, not worked out."""
    probe = subprocess.run(
        ["test", "-x", str(directory)], user=uid, group=gid, extra_groups=[], cwd="/", check=False
    )
    return probe.returncode == 0


def choose_socket(home: Path, *, uid: int) -> Path:
    """The socket's directory: in the home, or a short one where the home's path is too long."""
    beside = home / "socket"
    if socket_fits(beside):
        return beside
    base = Path("/run" if os.geteuid() == 0 else "/tmp")  # noqa: S108 (checked for ownership)
    return base / f"grounds-{uid}-{checkout_hash(home)}"


def socket_fits(directory: Path) -> bool:
    return len(os.fsencode(directory / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET


def create(cluster: Cluster) -> None:
    """Make the cluster beside its place and move it there whole: a kill leaves no half of one."""
    say(f"making a private PostgreSQL cluster in {cluster.home}")
    if SYSTEM_HOME in cluster.home.parents:
        say(f"(not under var/: the user that runs it cannot reach {ROOT})")
        SYSTEM_HOME.mkdir(mode=0o755, exist_ok=True)
    make_var()
    own_directory(cluster.home, cluster)
    draft = cluster.home / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    options = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=peer", f"--username={ADMIN}"]
    as_server(cluster, "initdb", "-D", str(draft), "--no-instructions", *options)
    write_configuration(cluster, draft)
    os.rename(draft, cluster.data)


def write_configuration(cluster: Cluster, data: Path) -> None:
    names = {pwd.getpwuid(uid).pw_name for uid in (cluster.uid, os.geteuid(), 0)}
    identities = [f'{NAME} "{name}" {role}' for name in sorted(names) for role in (ADMIN, NAME)]
    write_as_server(cluster, data / "pg_ident.conf", "\n".join(identities) + "\n")
    write_as_server(cluster, data / "pg_hba.conf", f"local all all peer map={NAME}\n")
    with open(data / "postgresql.conf", "a", encoding="utf-8") as file:
        file.write("\ninclude 'grounds.conf'\n")


def launch(cluster: Cluster) -> None:
    """Start the server, again and again while a killed one is still letting go of its memory."""
    own_directory(cluster.socket, cluster)
    write_as_server(
        cluster,
        cluster.data / "grounds.conf",
        "listen_addresses = ''\n"
        f"port = {PORT}\n"
        f"unix_socket_directories = '\"{quoted(cluster.socket)}\"'\n",
    )
    deadline = time.monotonic() + PATIENCE
    while not try_start(cluster):
        if time.monotonic() > deadline:
            raise Refused(f"PostgreSQL does not start; its log ends with:\n{tail(cluster.log)}")
        say("PostgreSQL did not start yet; trying again")
        time.sleep(2)


def try_start(cluster: Cluster) -> bool:
    if is_running(cluster):  # a start that ran out of time may still have succeeded
        return answers(cluster)
    started = pg_ctl(cluster, "start", "-w", "-t", "60", "-l", str(cluster.log), check=False)
    return started.returncode == 0 and answers(cluster)


def answers(cluster: Cluster) -> bool:
    command = [str(cluster.programs / "pg_isready"), "-q", "-h", str(cluster.socket)]
    return subprocess.run([*command, "-p", str(PORT)], check=False).returncode == 0


def create_database(cluster: Cluster) -> None:
    """The role that owns everything of ours is no superuser; it may create databases, for tests."""
    if not ask(cluster, f"SELECT 1 FROM pg_roles WHERE rolname = '{NAME}'"):  # noqa: S608
        ask(cluster, f"CREATE ROLE {NAME} LOGIN CREATEDB")
    if not ask(cluster, f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"):  # noqa: S608
        ask(cluster, f"CREATE DATABASE {NAME} OWNER {NAME}")


def ask(cluster: Cluster, statement: str) -> str:
    command = [str(cluster.programs / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement]
    where = ["-h", str(cluster.socket), "-p", str(PORT), "-U", ADMIN, "-d", "postgres"]
    answer = subprocess.run([*command, *where], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise Refused(f"the private cluster refuses us: {answer.stderr.strip()}")
    return answer.stdout.strip()


def refuse_other_version(cluster: Cluster) -> None:
    """A cluster belongs to one major version; name the steps that carry its data to another."""
    old, ours = made_by(cluster.data), program_version(cluster.programs)
    if old == ours:
        return
    programs, data = f"/usr/lib/postgresql/{old}/bin", shlex.quote(str(cluster.data))
    raise Refused(
        f"the data in {cluster.data} was made by PostgreSQL {old}, but {ours} is installed.\n"
        f"Nothing was changed. Install PostgreSQL {old} again (its programs: {programs})\n"
        f"and Grounds goes on with it. Or carry the data over to {ours}:\n"
        f"  1. {programs}/pg_ctl -D {data} -w start\n"
        f"  2. {programs}/pg_dump -Fc -h {cluster.socket} -U {NAME} -f grounds.dump {NAME}\n"
        f"  3. {programs}/pg_ctl -D {data} -w stop\n"
        f"  4. mv {data} {data}.{old}\n"
        "  5. make db && make restore FILE=grounds.dump\n"
        f"(steps 1 and 3 as the user {pwd.getpwuid(cluster.uid).pw_name})"
    )


def program_version(programs: Path) -> str:
    text = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return major_version(text)


def major_version(text: str) -> str:
    found = re.search(r"(\d+)", text)
    if not found:
        raise Refused(f"cannot read a PostgreSQL version out of {text.strip()!r}")
    return found.group(1)


def drop_stale_locks(cluster: Cluster) -> None:
    """Remove lock files whose number a stranger has now: the one case the server cannot tell.

    Where any server process still works in the data, nothing is removed: it is waited for.
    """
    for lock in (cluster.data / "postmaster.pid", cluster.socket / f".s.PGSQL.{PORT}.lock"):
        if not lock.exists() or not exists(first_number(lock)):
            continue
        if not any(is_server_process(pid, cluster.data) for pid in all_processes()):
            say(f"removing {lock}, left behind by a server that is gone")
            lock.unlink()


def exists(pid: int) -> bool:
    return pid > 0 and Path(f"/proc/{pid}").exists()


def all_processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def first_number(path: Path) -> int:
    line = path.read_text(encoding="utf-8", errors="replace").partition("\n")[0].strip()
    return abs(int(line)) if re.fullmatch(r"-?\d{1,9}", line) else 0


def is_server_process(pid: int, data: Path) -> bool:
    """A server works in its data directory; any other process with that number is a stranger."""
    try:
        return bool(pid) and os.path.samefile(f"/proc/{pid}/cwd", data)
    except OSError:
        return False


def is_running(cluster: Cluster) -> bool:
    lock = cluster.data / "postmaster.pid"
    if not lock.exists() or not is_server_process(first_number(lock), cluster.data):
        return False
    return pg_ctl(cluster, "status", check=False).returncode == 0


def pg_ctl(
    cluster: Cluster, *arguments: str, check: bool = True
) -> subprocess.CompletedProcess[str]:
    return as_server(cluster, "pg_ctl", "-s", "-D", str(cluster.data), *arguments, check=check)


def as_server(
    cluster: Cluster, program: str, *arguments: str, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the user that owns the cluster."""
    as_root = os.geteuid() == 0
    done = subprocess.run(
        [str(cluster.programs / program), *arguments],
        user=cluster.uid if as_root else None,
        group=cluster.gid if as_root else None,
        extra_groups=[] if as_root else None,
        cwd=cluster.home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C in a terminal must not reach the server
        check=False,
        text=True,
    )
    if check and done.returncode != 0:
        raise Refused(f"{program} failed: {done.stderr.strip() or tail(cluster.log)}")
    return done


def own_directory(directory: Path, cluster: Cluster) -> None:
    """Make a directory for the server alone; refuse one that somebody else put there."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (cluster.uid, os.geteuid()):
        raise Refused(f"{directory} belongs to somebody else (uid {found.st_uid}); remove it")
    os.chown(directory, cluster.uid, cluster.gid)
    directory.chmod(0o700)


def write_as_server(cluster: Cluster, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    os.chown(path, cluster.uid, cluster.gid)
    path.chmod(0o600)


def quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "\\'")


def tail(log: Path, lines: int = 12) -> str:
    if not log.exists():
        return "(no log was written)"
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def main(arguments: list[str]) -> int:
    action = arguments[0] if arguments else "start"
    if action == "stop":
        say("PostgreSQL stopped" if stop() else "PostgreSQL was not running")
        return 0
    if action == "status":
        return 0 if is_running(find_cluster()) else 3
    cluster = start()
    psql = f"psql {shlex.quote(cluster.connection)}"
    if action == "psql":
        os.execvp(cluster.programs / "psql", ["psql", cluster.connection])
    say(f"PostgreSQL runs; data in {cluster.data}")
    print(psql)
    return 0


if __name__ == "__main__":
    run_door(main)
