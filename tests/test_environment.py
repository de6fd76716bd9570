"""A bad value stops the program and names its variable; a secret is never repeated."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from inventory.environment import Environment


@pytest.mark.parametrize(("written", "read"), [("true", True), ("1", True), ("NO", False)])
def test_a_flag_is_yes_or_no(written, read):
    assert Environment({"DEBUG": written}).flag("DEBUG") is read


def test_a_flag_that_is_not_set_is_no():
    assert Environment({}).flag("DEBUG") is False


def test_any_other_flag_is_refused_by_name():
    with pytest.raises(ImproperlyConfigured, match="DEBUG must be true or false, not 'maybe'"):
        Environment({"DEBUG": "maybe"}).flag("DEBUG")


@pytest.mark.parametrize("value", ["0", "65536", "-1", "eighty", "８０", "1e3"])
def test_a_number_out_of_range_is_refused_by_name(value):
    with pytest.raises(ImproperlyConfigured, match="PORT must be 1 to 65535"):
        Environment({"PORT": value}).number("PORT", 8000, least=1, most=65535)


def test_a_choice_outside_the_list_is_refused_by_name():
    with pytest.raises(ImproperlyConfigured, match="LOG_LEVEL must be one of"):
        Environment({"LOG_LEVEL": "LOUD"}).choice("LOG_LEVEL", "INFO", ("INFO", "DEBUG"))


def test_names_are_parted_by_commas_or_spaces():
    assert Environment({"HOSTS": "a.org, b.org  c.org,"}).names("HOSTS") == [
        "a.org",
        "b.org",
        "c.org",
    ]


@pytest.mark.parametrize("value", ["ftp://a.org", "grounds.example.org", "https://a.org/path"])
def test_a_public_address_is_a_scheme_and_a_host(value):
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL"):
        Environment({"PUBLIC_URL": value}).url("PUBLIC_URL", "http://localhost")


def test_a_secret_may_live_in_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("from a file\n")
    assert Environment({"KEY_FILE": str(file)}).secret("KEY") == "from a file"


def test_a_secret_given_twice_is_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="both set"):
        Environment({"KEY": "x", "KEY_FILE": str(tmp_path)}).secret("KEY")


def test_a_secret_file_that_cannot_be_read_is_refused_by_name(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="KEY_FILE cannot be read"):
        Environment({"KEY_FILE": str(tmp_path / "none")}).secret("KEY")
