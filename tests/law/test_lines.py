"""Where things stand in a TOML text."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.law.lines import locate
from inventory.law.load import DATA

TEXT = '''\
top = 1 # [[not.a.table]]

[plain]
"quoted key" = "[[check]]"
dotted.inner = """
[[inside]]
a = 1
"""

[[check]]
id = "one"

[[check]]
id = "two"
cite = [
    { article = "1" },  # }
    { article = "2" }, { article = "3" },
]

[[check.part]]
n = 1
[[check.part]]
n = 'it''s'
raw = \'\'\'
[x]
\'\'\'
after = { a = [1, 2], b = { c = 3 } }
[deep.down]
m = 2
[last]
'''.replace("it''s", "its")


@pytest.mark.parametrize(
    ("path", "starts"),
    [
        (("top",), "top = 1"),
        (("plain",), "[plain]"),
        (("plain", "quoted key"), '"quoted key"'),
        (("plain", "dotted", "inner"), "dotted.inner"),
        (("check", 0), '[[check]]\nid = "one"'),
        (("check", 1, "id"), 'id = "two"'),
        (("check", 1, "cite"), "cite = ["),
        (("check", 1, "cite", 0), '    { article = "1"'),
        (("check", 1, "cite", 2), '    { article = "2"'),
        (("check", 1, "part", 0, "n"), "n = 1"),
        (("check", 1, "part", 1, "raw"), "raw = "),
        (("check", 1, "part", 1, "after"), "after ="),
        (("deep",), "[deep.down]"),  # named nowhere else
        (("deep", "down", "m"), "m = 2"),
        (("last",), "[last]"),
    ],
)
def test_a_path_has_the_line_it_starts_on(path, starts):
    assert locate(TEXT)[path] == TEXT[: TEXT.index(starts)].count("\n") + 1


def test_what_only_looks_like_a_table_is_none():
    found = locate(TEXT)
    assert ("inside",) not in found
    assert ("x",) not in found
    assert ("not",) not in found


def test_every_table_of_the_programs_own_law_is_found():
    for file in DATA.rglob("*.toml"):
        text = file.read_text(encoding="utf-8")
        found = locate(text)
        for path in paths(tomllib.loads(text)):
            assert path in found, (file.name, path)


def paths(table, path=()):
    """The paths of tables in arrays of tables, and of the keys in them."""
    for key, value in table.items():
        yield (*path, key) if not is_tables(value) else path or (key, 0)
        if is_tables(value):
            for number, item in enumerate(value):
                yield (*path, key, number)
                if path == ():
                    yield from paths(item, (key, number))


def is_tables(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


@given(st.text(alphabet="[]{}\"'#=.\n ab\\", max_size=60))
def test_no_text_stops_the_search(text):
    assert locate(text)[()] == 1
