"""The tables as they stand while a schema is read."""

import pytest

from inventory.sources.drafts import SourceError
from inventory.sources.sql import catalog
from inventory.sources.sql.reading import read_sql


def test_names_fold_as_the_dialect_folds_them():
    text = "CREATE TABLE Users (ID int, \"ID\" int); COMMENT ON COLUMN USERS.id IS 'small';"
    (users,) = read_sql(text).datasets
    assert [(f.name, f.comment) for f in users.fields] == [("id", "small"), ("ID", "")]
    assert [f.name for f in read_sql(text, "sqlite").datasets[0].fields] == ["ID"]


def test_a_changed_column_keeps_its_place():
    text = "CREATE TABLE t (a int, b int, c int); ALTER TABLE t RENAME b TO z;"
    assert [f.name for f in read_sql(text).datasets[0].fields] == ["a", "z", "c"]


def test_heirs_follow_their_parent_without_its_comments():
    reading = read_sql("""
        CREATE TABLE p (a int, b int); COMMENT ON COLUMN p.a IS 'of the parent';
        CREATE TABLE c (b text) INHERITS (p); CREATE TABLE g () INHERITS (c);
        ALTER TABLE p ADD d int; ALTER TABLE p RENAME a TO e; ALTER TABLE p DROP b;
    """)
    fields = {d.key: [(f.name, f.comment) for f in d.fields] for d in reading.datasets}
    assert fields["p"] == [("e", "of the parent"), ("d", "")]
    assert fields["c"] == [("e", ""), ("b", ""), ("d", "")]
    assert fields["g"] == [("e", ""), ("d", "")]


def test_tables_cannot_inherit_in_a_circle():
    reading = read_sql("""
        CREATE TABLE a (x int); CREATE TABLE b (x int);
        ALTER TABLE a INHERIT b; ALTER TABLE b INHERIT a; ALTER TABLE a ADD y int;
    """)
    assert [refusal.text for refusal in reading.refused] == ["a"]


def test_copies_of_copies_stop_somewhere(monkeypatch):
    monkeypatch.setattr(catalog, "COLUMN_LIMIT", 50)
    text = "CREATE TABLE t0 (a int);" + "".join(
        f"CREATE TABLE t{i + 1} (LIKE t{i}, c{i} int);" for i in range(20)
    )
    with pytest.raises(SourceError, match="over 50 columns"):
        read_sql(text)
