"""Walking along tokens."""

import pytest

from inventory.sources.sql.cursor import Cursor, Unread, split_items, text_of
from inventory.sources.sql.dialects import MYSQL, POSTGRES
from inventory.sources.sql.statements import split, tokenize


def cursor(text, dialect=POSTGRES):
    (statement,) = split(text, dialect)
    return Cursor(tokenize(statement, dialect), dialect)


def test_names_without_quotes_fold_in_postgres_alone():
    assert cursor("UserName").name().name == "username"
    assert cursor('"UserName"').name().name == "UserName"
    assert cursor("UserName", MYSQL).name().name == "UserName"


def test_doubled_quotes_inside_a_name_are_one():
    assert cursor('"a""b"').name().name == 'a"b'


@pytest.mark.parametrize(
    ("text", "schema"),
    [("t", None), ("public.t", ""), ("shop.dbo.t", ""), ("crm.t", "crm"), ('"CRM".t', "CRM")],
)
def test_the_usual_schemas_are_no_schema(text, schema):
    assert cursor(text).table_name().schema == schema


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("'it''s'", "it's"),
        ("E'a\\nb\\'c'", "a\nb'c"),
        ("$$as 'it' is$$", "as 'it' is"),
        ("$t$$$ $t$", "$$ "),
        ("'one '\n'two'", "one two"),
        ("''", ""),
    ],
)
def test_what_a_string_says(text, said):
    assert cursor(text).string() == said


def test_mysql_strings_may_use_double_quotes_and_backslashes():
    assert cursor('"a\\"b"', MYSQL).string() == 'a"b'


def test_a_text_of_a_megabyte_is_unread():
    with pytest.raises(Unread, match="over 10,000 characters"):
        cursor(f"'{'x' * 1_000_000}'").string()


def test_a_list_is_cut_at_its_own_commas_only():
    items = split_items(cursor("a int, b numeric(1,2), c text[1]").tokens)
    assert [text_of(item) for item in items] == ["a int", "b numeric(1,2)", "c text[1]"]


@pytest.mark.parametrize("text", ["(a, (b)", "(", "((('('"])
def test_a_parenthesis_left_open_is_unread(text):
    with pytest.raises(Unread, match="never closes"):
        cursor(text).group()


@pytest.mark.parametrize("text", ["1a", "'x'", ",", '"a\nb"', '" "', "x" * 200])
def test_what_is_no_name_is_unread(text):
    with pytest.raises(Unread):
        cursor(text).name()
