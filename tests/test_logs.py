"""Nobody writes log lines of their own by putting line breaks into a name."""

import logging

import pytest

from inventory.logs import OneLine


@pytest.mark.parametrize("name", ["a\r\nERROR forged", "a\x1b[2Jb", "a\u2028b", "a\x00b"])
def test_control_characters_are_shown_and_not_obeyed(name):
    record = logging.LogRecord("x", logging.INFO, "f", 1, "imported %s", (name,), None)
    line = OneLine("%(levelname)s %(message)s").format(record)
    assert line.splitlines() == [line]
    assert line.isprintable()


def test_ordinary_letters_of_any_language_stay_as_they_are():
    record = logging.LogRecord("x", logging.INFO, "f", 1, "Données עברית", (), None)
    assert OneLine("%(message)s").format(record) == "Données עברית"
