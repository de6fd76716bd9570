"""A checkout makes its secret key once."""

import stat

from deploy import secret_key


def test_a_key_is_made_once_long_and_private(tmp_path, monkeypatch):
    monkeypatch.setattr(secret_key, "VAR", tmp_path)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)
    secret_key.make_secret_key()
    file = tmp_path / "secret-key"
    first = file.read_text()
    secret_key.make_secret_key()
    assert file.read_text() == first
    assert len(first.strip()) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_key_is_made_where_one_is_given(tmp_path, monkeypatch):
    monkeypatch.setattr(secret_key, "VAR", tmp_path)
    monkeypatch.setenv("SECRET_KEY", "given")
    secret_key.make_secret_key()
    assert list(tmp_path.iterdir()) == []
