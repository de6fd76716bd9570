"""A whole register judged and kept, against what cannot be spared: reading the same rows, writing
the same findings, and the rules themselves."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from bench import companies
from bench.figures import Figure, step, timed
from bench.ground import FIELDS, TODAY, analyze, unrecorded
from inventory.models import (
    Activity,
    ActivityEntity,
    Dataset,
    Disclosure,
    Evaluation,
    Field,
    FieldUse,
    Finding,
    LegalBasis,
    LegalEntity,
    Organisation,
    Party,
    Purpose,
    System,
    SystemLocation,
)

PROBE = Path(__file__).with_name("whole_probe.py")
READ = (
    Dataset, Field, FieldUse, Purpose, LegalBasis, Disclosure, Activity, ActivityEntity, System,
    SystemLocation, LegalEntity, Party,
)  # fmt: skip
AT_ONCE = 20_000
MEBIBYTES = 1024


class Run(NamedTuple):
    seconds: float
    rules: float
    mebibytes: float


def measure(datasets: int) -> Iterator[Figure]:
    """The first evaluation, in which every finding is new, and a second that changes nothing."""
    with step(f"writing a register of {datasets:,} datasets × {FIELDS} fields"):
        with unrecorded(*READ):
            organisation = companies.make_organisation(datasets).organisation
        analyze()
    with step("judging all of it"):
        first = _judge(organisation)
    analyze()
    with step("reading the same rows with .values()"):
        reading = timed(lambda: _read(organisation))
    with step("writing the same findings with bulk_create"):
        writing = _write(organisation)
    with step("judging all of it again"):
        second = _judge(organisation)
    size = f"{datasets:,} datasets × {FIELDS} fields"
    allowed = 2 * (reading + writing) + first.rules
    yield Figure(
        what=f"whole evaluation, {size}: judged and kept",
        value=f"{first.seconds:.1f} s of {allowed:.1f} s allowed (reading {reading:.1f} s, writing"
        f" {writing:.1f} s, rules {first.rules:.1f} s)",
        ratio=first.seconds / allowed,
        most=1,
    )
    yield Figure(
        what="the most memory, of 1 GiB",
        value=f"{max(first.mebibytes, second.mebibytes):.0f} MiB",
        ratio=max(first.mebibytes, second.mebibytes) / MEBIBYTES,
        most=1,
    )
    yield Figure(
        what="the same again, nothing changed",
        value=f"{second.seconds:.1f} s, {datasets / second.seconds:,.0f} datasets/s",
    )


def _judge(organisation: Organisation) -> Run:
    """In a process of its own."""
    told = subprocess.run(
        [sys.executable, str(PROBE), organisation.key, TODAY.isoformat()],
        env={**os.environ, "DATABASE_URL": _address(), "SECRET_KEY": settings.SECRET_KEY},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Run(**json.loads(told.stdout))


def _address() -> str:
    held: dict[str, Any] = connection.settings_dict
    given = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    said = {name: str(held[key]) for name, key in given.items() if held[key]}
    return make_conninfo(**said, **({"port": str(held["PORT"])} if held["PORT"] else {}))


def _read(organisation: Organisation) -> None:
    for model in READ:
        rows = model._default_manager.filter(organisation=organisation).values()
        for _ in rows.iterator(chunk_size=AT_ONCE):
            pass


def _write(organisation: Organisation) -> float:
    """The findings of one organisation, written for another."""
    other = Organisation.objects.create(key=f"{organisation.key}-copy", name="Copy")
    run = Evaluation.objects.filter(organisation=organisation).latest("pk")
    run.pk, run.organisation = None, other
    run.save()
    took = 0.0
    stored = Finding.objects.filter(organisation=organisation).values().iterator(AT_ONCE)
    for some in batched(stored, AT_ONCE):
        for row in some:
            row |= {"id": None, "organisation_id": other.pk, "evaluation_id": run.pk}
        begun = perf_counter()
        Finding.objects.bulk_create((Finding(**row) for row in some), batch_size=1000)
        took += perf_counter() - begun
    Finding.objects.filter(organisation=other).delete()
    return took
