"""A table of a law file, asked key by key."""

from datetime import date

import pytest

from inventory.law.reading import Table, open_table
from inventory.law.refusals import LawError
from inventory.law.vocabulary import Mark


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "x.toml"
    file.write_text(
        'text = "words"\nday = 2024-02-29\nyes = true\nlist = ["a", "b"]\nmark = "checkd"\n'
        'number = 7\n\n[inner]\nen = "hello"\n\n[[many]]\nn = 1\n\n[[many]]\nn = 2\n'
    )
    return open_table(file, root=tmp_path)


def test_each_type_is_read_as_itself(table):
    assert table.text("text") == "words"
    assert table.day("day") == date(2024, 2, 29)
    assert table.flag("yes") is True
    assert table.strings("list") == ("a", "b")
    assert table.texts("inner") == {"en": "hello"}
    assert [many.get("n") for many in table.tables("many")] == [1, 2]


@pytest.mark.parametrize("read", [Table.text, Table.day, Table.flag, Table.strings, Table.table])
def test_another_type_is_refused_on_its_line(table, read):
    with pytest.raises(LawError) as refusal:
        read(table, "number")
    assert (refusal.value.file, refusal.value.line) == ("x.toml", 6)


def test_a_word_nearly_right_is_asked_back(table):
    with pytest.raises(LawError, match=r"x\.toml:5: .*did you mean 'checked'"):
        table.word("mark", Mark)


def test_what_nobody_asked_for_is_refused(table):
    with pytest.raises(LawError, match=r"x\.toml:2: unknown key 'day'"), table.strict():
        table.text("text")


def test_a_key_that_may_be_missing_may_be_there_too(table):
    assert table.maybe("text", Table.text) == "words"
    assert table.maybe("nothing", Table.text) is None
    assert table.tables("nothing") == []


def test_a_fault_inside_a_table_is_told_before_its_unknown_keys(table):
    with pytest.raises(LawError, match="must be a date"), table.strict():
        table.day("text")
