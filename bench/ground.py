"""A throw-away database beside the register, and organisations of any size in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module

import django
from django.conf import settings
from django.db import connection
from django.db.models import Model

NAME = "bench_grounds"
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
COUNTRIES = ("FR", "DE", "BR", "AR", "IL")
CATEGORIES = ("name", "email", "phone", "health", "salary", "technical", "technical", None)
COMPANY = 20  # datasets of a small company
FIELDS = 20


@contextmanager
def throw_away_database() -> Iterator[None]:
    """Make it, migrate it, and drop it again whatever happens; the register is not touched."""
    django.setup()
    import_module(settings.ROOT_URLCONF)  # all code is loaded before anything is timed
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    kept = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


@contextmanager
def unrecorded(*models: type[Model]) -> Iterator[None]:
    """Without history: a register of millions of rows is written in half the time."""
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def analyze() -> None:
    """What autovacuum does a minute after a bulk load: tell the planner how large tables are."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
