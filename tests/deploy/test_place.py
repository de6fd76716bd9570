"""What set-up writes for itself stays private, and a refusal is a message."""

import stat

import pytest

from deploy import place


def test_a_private_file_is_readable_by_its_owner_alone(tmp_path):
    place.write_private(tmp_path / "key", "secret")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_a_refusal_is_one_message_and_a_failed_exit(capsys):
    def refuse(_arguments):
        raise place.Refused("install this")

    with pytest.raises(SystemExit) as left:
        place.run_door(refuse)
    assert left.value.code == 2
    assert capsys.readouterr().err == "grounds: install this\n"


def test_two_checkouts_have_different_hashes(tmp_path):
    assert place.checkout_hash(tmp_path / "a") != place.checkout_hash(tmp_path / "b")
