"""The register's database: migrated, filled with the demo once, backed up, restored."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from deploy import postgres
from deploy.place import PYTHON, ROOT, VAR, Refused, is_private, make_var, say

MIGRATIONS = ROOT / "inventory" / "migrations"
DEMO_COMMAND = ROOT / "inventory" / "management" / "commands" / "load_demo.py"
DEMO_PASSWORDS = VAR / "demo-passwords.txt"
BACKUPS = VAR / "backups"

# libpq reads these; unlike an argument they don't show a password to whoever lists processes.
VARIABLES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
    "service": "PGSERVICE",
}
PARSE = """
import json, os
from pathlib import Path
from psycopg.conninfo import conninfo_to_dict
file = os.environ.get("DATABASE_URL_FILE")
address = Path(file).read_text().strip() if file else os.environ["DATABASE_URL"]
print(json.dumps({key: str(value) for key, value in conninfo_to_dict(address).items()}))
"""


def manage(*arguments: str) -> None:
    """Run a management command; what it prints goes to stderr, being part of set-up."""
    command = [str(PYTHON), str(ROOT / "manage.py"), *arguments]
    if subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode != 0:
        raise Refused(f"`manage.py {' '.join(arguments)}` failed; see above")


def migrate() -> None:
    """Apply migrations, unless the private cluster has seen exactly these."""
    stamp, state = VAR / "migrated", migration_state() if is_private() else ""
    if state and stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    say("migrating the database")
    manage("migrate", "--verbosity=0")
    if state:
        stamp.write_text(state, encoding="utf-8")


def migration_state() -> str:
    """What the migrations are and which cluster saw them: a new cluster has seen nothing."""
    content = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted(MIGRATIONS.glob("*.py")):
        content.update(path.name.encode() + path.read_bytes())
    return f"{content.hexdigest()} {cluster_identity()}"


def cluster_identity() -> str:
    found = (postgres.find_cluster().data / "PG_VERSION").stat()
    return f"{found.st_dev}-{found.st_ino}-{found.st_mtime_ns}"


def load_demo_once() -> None:
    """Fill a new private cluster with the demo registry; one that had it is left as it is."""
    stamp = VAR / "demo-loaded"
    if not is_private() or not DEMO_COMMAND.exists():
        return
    if stamp.exists() and stamp.read_text(encoding="utf-8") == cluster_identity():
        return
    say("loading the demo registry")
    manage("load_demo")
    stamp.write_text(cluster_identity(), encoding="utf-8")


def collect_static() -> None:
    """Gather static files for serving when one of them, or a package's, has changed."""
    state = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        state.update(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}\n".encode())
    stamp = VAR / "static-collected"
    current = stamp.exists() and stamp.read_text(encoding="utf-8") == state.hexdigest()
    if current and (ROOT / "staticfiles").is_dir():
        return
    say("collecting static files")
    manage("collectstatic", "--noinput", "--clear", "--verbosity=0")
    stamp.write_text(state.hexdigest(), encoding="utf-8")


def back_up() -> Path:
    """Write the whole database into one file under var/backups/."""
    make_var()
    BACKUPS.mkdir(mode=0o700, exist_ok=True)
    file = BACKUPS / time.strftime("grounds-%Y-%m-%d-%H%M%S.dump")
    draft = file.with_suffix(".part")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    run_program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={draft}")
    os.replace(draft, file)
    say(f"the register is in {file}")
    say("(not in it: var/secret-key and .env; keep those in a safe place of their own)")
    return file


def restore(file: Path, *, confirmed: bool) -> None:
    """Put a backup in the register's place: loaded beside it first, then swapped at one stroke."""
    if not file.is_file():
        raise Refused(f"no such backup: {file}")
    run_program("pg_restore", "--list", str(file), quiet=True)
    name = connection_variables()["PGDATABASE"]
    if not confirmed:
        ask_to_replace(name)
    draft, kept = f"{name}_restoring", time.strftime(f"{name}_before_%Y%m%d_%H%M%S")
    sql(f"DROP DATABASE IF EXISTS {identifier(draft)}")
    sql(f"CREATE DATABASE {identifier(draft)} TEMPLATE template0")
    options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    run_program("pg_restore", *options, f"--dbname={draft}", str(file))
    sql(
        f"BEGIN; ALTER DATABASE {identifier(name)} RENAME TO {identifier(kept)};"
        f" ALTER DATABASE {identifier(draft)} RENAME TO {identifier(name)}; COMMIT"
    )
    (VAR / "migrated").unlink(missing_ok=True)
    say(f"restored from {file}; what was there before is kept as the database {kept}")


def ask_to_replace(name: str) -> None:
    if not sys.stdin.isatty():
        raise Refused("restoring replaces the register; confirm with YES=1")
    print(f"Replace the register in the database {name}? Type yes: ", end="", file=sys.stderr)
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() != "yes":
        raise Refused("nothing was changed")


def sql(statement: str) -> None:
    """Run one statement beside the register, in the cluster's maintenance database."""
    quiet = ["-c", "SET client_min_messages TO warning"]
    stop = ["-v", "ON_ERROR_STOP=1"]
    run_program("psql", "-Xq", *stop, "-d", "postgres", *quiet, "-c", statement)


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def run_program(program: str, *arguments: str, quiet: bool = False) -> None:
    command = [str(postgres.find_programs() / program), *arguments]
    environment = {**os.environ, **connection_variables()}
    output = subprocess.DEVNULL if quiet else sys.stderr
    done = subprocess.run(command, env=environment, stdout=output, check=False)
    if done.returncode != 0:
        raise Refused(f"{program} failed, see above; the register is unchanged")


def connection_variables() -> dict[str, str]:
    if is_private():
        written = postgres.find_cluster()
        names = {"PGUSER": postgres.NAME, "PGDATABASE": postgres.NAME}
        return {"PGHOST": str(written.socket), "PGPORT": str(postgres.PORT), **names}
    answer = subprocess.run(
        [PYTHON, "-c", PARSE], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if answer.returncode != 0:
        raise Refused("DATABASE_URL is no PostgreSQL address")
    parts = json.loads(answer.stdout)
    unknown = sorted(set(parts) - set(VARIABLES) - {"connect_timeout", "application_name"})
    if unknown or not re.fullmatch(r".+", parts.get("dbname", "")):
        raise Refused(f"DATABASE_URL: cannot use {', '.join(unknown) or 'it without a database'}")
    return {VARIABLES[key]: value for key, value in parts.items() if key in VARIABLES}
