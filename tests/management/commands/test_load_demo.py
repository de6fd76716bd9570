from io import StringIO

import pytest
from django.core.management import call_command

from inventory.management.commands import load_demo
from inventory.services.demo import Loaded


@pytest.fixture
def run(monkeypatch, settings, tmp_path):
    settings.VAR_DIR = tmp_path

    def run(loaded: Loaded) -> str:
        monkeypatch.setattr(load_demo, "load_demo", lambda directory, **_: loaded)
        out = StringIO()
        call_command("load_demo", stdout=out)
        return out.getvalue()

    return run


def test_sign_ins_are_printed_and_kept_where_only_their_owner_reads(run, tmp_path):
    said = run(Loaded({"dpo@demo.example": "s3cret"}, ("Maré Group",)))
    kept = tmp_path / "demo-passwords.txt"
    assert "dpo@demo.example  s3cret" in said
    assert kept.read_text(encoding="utf-8") == "dpo@demo.example  s3cret\n"
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_second_loading_says_that_it_is_there_and_leaves_the_sign_ins(run, tmp_path):
    run(Loaded({"dpo@demo.example": "s3cret"}, ("Maré Group",)))
    assert "there already" in run(Loaded({}, ("Maré Group",)))
    assert "s3cret" in (tmp_path / "demo-passwords.txt").read_text(encoding="utf-8")
