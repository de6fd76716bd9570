"""Who may come in by which door: every address × method × person, against `doors.txt`.

An address without a line fails. Where a line differs, the failure prints it as it is now: read
it, and put it into the table if that is who should be let in.
"""

import pytest
from pytest_django import Settings

from tests.doors import METHODS, TABLE, VISITORS, House, heading, line, make_house, parameters

PARTS = 4  # so that several processes share the work
NAMES = sorted(parameters())


def expected() -> dict[str, list[str]]:
    """The table's lines by address."""
    found: dict[str, list[str]] = {}
    for text in TABLE.read_text().splitlines():
        if text and not text.startswith(("#", "address")):
            found.setdefault(text.split()[0], []).append(text.rstrip())
    return found


def asked(house: House, name: str) -> list[str]:
    """An address's lines as it answers now, for the methods that it knows."""
    lines = []
    for method in METHODS:
        if house.ask("owner", method, name) == "405":
            continue
        answers = {visitor: house.ask(visitor, method, name) for visitor in VISITORS}
        lines.append(line(name, method, answers))
    return lines


def test_every_address_is_in_the_table_and_no_other() -> None:
    assert sorted(expected()) == NAMES


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_is_answered_as_the_table_says(part: int, settings: Settings) -> None:
    settings.PRIVATE_CLUSTER = True  # a trial shows its style page
    house, table = make_house(), expected()
    now = {name: asked(house, name) for name in NAMES[part::PARTS]}
    differ = [one for name, lines in now.items() if lines != table.get(name) for one in lines]

    assert not differ, "\n".join(["", heading(), *differ])


def test_no_line_of_the_table_answers_500() -> None:
    assert not [text for lines in expected().values() for text in lines if " 500" in text]
