"""History as people read it: words for codes, and nobody's numbers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from inventory.services.history import Change, Entry
from inventory.web.events import event_lines


def told(*changes: Change, attributed: bool = True) -> dict[str, Any]:
    entry = Entry(
        at=datetime(2026, 11, 24, 9, tzinfo=UTC), member=None, attributed=attributed,
        door="task", reason="", changes=changes,
    )  # fmt: skip
    return event_lines([entry])[0]


def change(column: str, before: Any, after: Any, what: str = "field cpf") -> Change:
    return Change(what=what, column=column, before=before, after=after)


@pytest.mark.parametrize(
    ("column", "before", "after", "words"),
    [
        ("category", None, "email", ("not said", "E-mail address")),
        ("proposed_identifiability", "direct", "none", ("Direct", "No person")),
        ("legal_hold", None, False, ("not said", "no")),
        ("subject_categories", [], ["users"], ("none", "users")),
        ("justification_id", 40, 41, ("", "set anew")),
        ("justification_id", 40, None, ("", "taken away")),
    ],
)
def test_values_are_words(column: str, before: Any, after: Any, words: tuple[str, str]) -> None:
    line = told(change(column, before, after))["changes"][0]
    assert (line["before"], line["after"]) == words


def test_a_write_past_the_services_has_no_name() -> None:
    assert told(change("name", "a", "b"), attributed=False)["who"] == ""
    assert told(change("name", "a", "b"))["who"] == "the program, by the program"


def test_a_long_change_is_cut_and_says_so() -> None:
    lines = told(*(change("name", "a", "b") for _ in range(20)))["changes"]
    assert len(lines) == 13
    assert lines[-1]["after"] == "8 changes"


def test_the_first_entry_says_that_it_was_registered() -> None:
    assert told(change("added", None, None, "dataset"))["what"] == "Dataset registered"
