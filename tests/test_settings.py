"""Settings refuse what is unsafe, and are right where nothing was said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from inventory import settings
from inventory.environment import Environment

GOOD_KEY = "kO3vS8wq_Zr1Yb6Tn9Xe4Lm7Uc2Pd5Hj0Ga-Fi~Qs!Wt@Ax#Bz$"


def hosts(allowed: str = "", *, public: str = "localhost", https: bool = False, debug=False):
    env = Environment({"ALLOWED_HOSTS": allowed})
    return settings.read_hosts(env, public_host=public, https=https, debug=debug)


def test_this_machine_alone_is_answered_when_nothing_is_said():
    assert hosts() == ["localhost", "127.0.0.1", "[::1]"]


def test_any_host_is_refused():
    with pytest.raises(ImproperlyConfigured, match=r"'\*' is refused"):
        hosts("grounds.example.org *", https=True)


def test_another_host_without_https_is_refused():
    with pytest.raises(ImproperlyConfigured, match="without encryption"):
        hosts(public="grounds.example.org")


def test_another_host_with_https_is_answered():
    assert "grounds.example.org" in hosts(public="grounds.example.org", https=True)


def test_debug_with_another_host_is_refused():
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        hosts("grounds.example.org", https=True, debug=True)


def test_a_missing_secret_key_is_refused_beside_a_real_database():
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        settings.read_secret_key(Environment({}), private=False)


@pytest.mark.parametrize("key", ["short", "a" * 80, "django-insecure"])
def test_a_weak_secret_key_is_refused_without_repeating_it(key):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings.read_secret_key(Environment({"SECRET_KEY": key}), private=True)
    assert key not in str(refusal.value)


def test_the_key_of_the_checkout_serves_its_private_cluster_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    (tmp_path / "secret-key").write_text(GOOD_KEY + "\n")
    assert settings.read_secret_key(Environment({}), private=True) == GOOD_KEY
    with pytest.raises(ImproperlyConfigured):
        settings.read_secret_key(Environment({}), private=False)


def test_database_url_is_read_with_its_options():
    url = "postgresql://eve:p%40ss@db.example.org:6432/register?sslmode=verify-full"
    database = settings.read_database(Environment({"DATABASE_URL": url}))
    assert (database["NAME"], database["USER"], database["PASSWORD"]) == ("register", "eve", "p@ss")
    assert (database["HOST"], database["PORT"]) == ("db.example.org", "6432")
    assert database["OPTIONS"]["sslmode"] == "verify-full"


@pytest.mark.parametrize("url", ["mysql://u:hunter2@h/d", "postgresql://u:hunter2@h/", "sqlite"])
def test_another_database_address_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings.read_database(Environment({"DATABASE_URL": url}))
    assert "hunter2" not in str(refusal.value)


def test_the_private_socket_is_used_when_no_database_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    (tmp_path / "database.conninfo").write_text("host='/run/it\\'s' dbname=grounds user=grounds\n")
    assert settings.read_database(Environment({}))["HOST"] == "/run/it's"


def test_cookies_are_secure_and_transport_strict_exactly_with_https():
    plain = ask_settings("[s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS]")
    https = ask_settings(
        "[s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0]",
        PUBLIC_URL="https://grounds.example.org",
    )
    assert plain == "[False, False, 0]"
    assert https == "[True, True, True]"


def test_no_page_may_run_what_is_written_into_it():
    for sources in settings.SECURE_CSP.values():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & {str(s) for s in sources}


def ask_settings(question: str, **variables: str) -> str:
    """Import the settings in a process of their own, with these variables."""
    code = f"import inventory.settings as s; print({question})"
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": GOOD_KEY, **variables}
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()
