"""Keys and readable names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.sources.names import KEY_LIMIT, assign_keys, fault_of, humanise

names = st.tuples(st.sampled_from(["", "crm", "_x"]) | st.text(max_size=8), st.text(min_size=1))


def key_of(table, schema=""):
    return assign_keys([(schema, table)])[schema, table]


@pytest.mark.parametrize(
    ("schema", "table", "key"),
    [
        ("", "users", "users"),
        ("", "MediaType", "mediatype"),
        ("billing", "Invoice", "billing.invoice"),
        ("", "2fa-codes", "2fa-codes"),
    ],
)
def test_a_plain_name_is_its_own_key(schema, table, key):
    assert key_of(table, schema) == key


@pytest.mark.parametrize(
    ("table", "beginning"),
    [("wait list", "wait_list-"), ("Élèves", "eleves-"), ("пациенты", "table-"), ("_log", "log-")],
)
def test_a_name_that_loses_something_carries_a_mark(table, beginning):
    assert re.fullmatch(re.escape(beginning) + "[0-9a-f]{12}", key_of(table))


def test_names_that_differ_in_case_only_get_keys_whatever_their_order():
    there, back = (
        assign_keys([("", "users"), ("", "Users")]),
        assign_keys([("", "Users"), ("", "users")]),
    )
    assert there == back
    assert there["", "users"] == "users"
    assert there["", "Users"] != "users"


def test_a_dot_in_a_name_is_not_a_schema():
    keys = assign_keys([("a", "b"), ("", "a.b")])
    assert len(set(keys.values())) == 2


def test_a_name_that_looks_like_a_marked_one_cannot_take_its_key():
    marked = key_of("Users Table")
    assert len(set(assign_keys([("", "Users Table"), ("", marked)]).values())) == 2


@given(st.lists(names, max_size=12))
def test_keys_are_well_formed_and_never_collide(listed):
    keys = assign_keys(listed)
    assert len(set(keys.values())) == len(set(listed))
    for key in keys.values():
        assert re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", key)
        assert len(key) <= KEY_LIMIT


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("address_field_categories", "Address field categories"),
        ("AddressFieldCategories", "Address field categories"),
        ("HTTPLog", "HTTP log"),
        ("STUDENTS", "Students"),
        ("FOOD_SERVICE", "Food service"),
        ("wait list", "Wait list"),
        ("_", "_"),
    ],
)
def test_names_are_made_readable(name, readable):
    assert humanise(name) == readable


@pytest.mark.parametrize(
    ("name", "fault"),
    [("", "empty"), ("  ", "empty"), ("a\r\nb", "line break"), ("x" * 129, "129 characters")],
)
def test_names_that_would_break_things_are_at_fault(name, fault):
    assert fault in fault_of(name)


def test_ordinary_names_are_faultless():
    assert fault_of("Date of birth") == ""
