"""The health check tells ready from not ready, and nothing more."""

import pytest
from django.db import OperationalError, connection

from inventory import health


@pytest.mark.django_db
def test_healthz_is_200_when_the_database_answers_and_is_migrated(client):
    assert client.get("/healthz").status_code == 200


def test_healthz_is_503_when_the_database_is_gone(client, monkeypatch):
    def gone():
        raise OperationalError("connection to server at 10.0.0.1 failed")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "10.0.0.1" not in answer.text


@pytest.mark.django_db
def test_healthz_is_503_while_migrations_are_missing(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["0002_more"])
    assert client.get("/healthz").status_code == 503


def test_healthz_refuses_to_be_written_to(client):
    assert client.post("/healthz").status_code == 405
