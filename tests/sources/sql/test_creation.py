"""CREATE TABLE in all its forms."""

import pytest

from inventory.sources.sql.reading import read_sql


def fields_of(text, dialect=None):
    reading = read_sql(text, dialect)
    assert reading.refused == ()
    return {d.key: [f.name for f in d.fields] for d in reading.datasets}


@pytest.mark.parametrize(
    "beginning",
    [
        "CREATE TABLE t",
        "create table if not exists t",
        "CREATE UNLOGGED TABLE public.t",
        "CREATE FOREIGN TABLE t",
        'CREATE TABLE "t"',
        "CREATE OR REPLACE TABLE t",
    ],
)
def test_however_it_begins(beginning):
    assert fields_of(f"{beginning} (a int, b text);") == {"t": ["a", "b"]}


def test_constraints_and_indexes_are_no_columns():
    text = """CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0), PRIMARY KEY (a), UNIQUE (a),
        FOREIGN KEY (a) REFERENCES o (a), EXCLUDE USING gist (a WITH =), CHECK (a < 9));"""
    assert fields_of(text) == {"t": ["a"]}
    assert fields_of("CREATE TABLE `t` (`a` int, KEY k (`a`), FULLTEXT INDEX f (`a`));") == {
        "t": ["a"]
    }


def test_one_unreadable_column_costs_one_column():
    columns = ", ".join(f"c{i} int" for i in range(31))
    reading = read_sql(f"CREATE TABLE stores (\n{columns},\n  place GEOMETRY POINT\n);")
    (stores,) = reading.datasets
    assert len(stores.fields) == 31
    (refusal,) = reading.refused
    assert (refusal.line, refusal.text, refusal.dataset) == (3, "place GEOMETRY POINT", "stores")
    assert refusal.reason == (
        "GEOMETRY POINT is a type we cannot read. The other 31 columns of stores are ready."
    )


def test_a_table_of_which_nothing_was_read_is_no_draft():
    reading = read_sql("CREATE TABLE t (a ?, b !);\nCOMMENT ON TABLE t IS 'x';")
    assert reading.datasets == ()
    assert [r.dataset for r in reading.refused] == [None, None]
    assert reading.refused[0].reason.endswith("No column of t could be read.")


def test_a_table_without_columns_is_a_draft_without_fields():
    assert fields_of("CREATE TABLE t ();") == {"t": []}


def test_a_column_named_twice_is_refused_and_the_first_kept():
    reading = read_sql("CREATE TABLE t (a int, A text);")
    assert reading.datasets[0].fields[0].type == "int"
    assert "has a column a already" in reading.refused[0].reason


def test_a_table_made_twice_is_refused_and_the_first_kept():
    reading = read_sql("CREATE TABLE t (a int);\nCREATE TABLE public.T (b int);")
    assert [f.name for f in reading.datasets[0].fields] == ["a"]
    assert reading.refused[0].line == 2
    assert reading.refused[0].reason == "T is defined on line 1, which is kept."


def test_if_not_exists_leaves_the_first_and_or_replace_the_last():
    assert fields_of("CREATE TABLE t (a int); CREATE TABLE IF NOT EXISTS t (b int);") == {
        "t": ["a"]
    }
    assert fields_of("CREATE TABLE t (a int); CREATE OR REPLACE TABLE t (b int);") == {"t": ["b"]}


def test_a_partition_is_no_dataset_of_its_own():
    reading = read_sql("""CREATE TABLE t (a date) PARTITION BY RANGE (a);
        CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (1) TO (2); COMMENT ON TABLE t_1 IS 'x';""")
    assert ([d.key for d in reading.datasets], reading.skipped) == (["t"], 2)
    assert reading.refused == ()


def test_like_copies_columns_and_comments_only_when_told():
    text = """CREATE TABLE a (x int); COMMENT ON COLUMN a.x IS 'note';
        CREATE TABLE b (LIKE a, y int); CREATE TABLE c (LIKE a INCLUDING ALL);
        CREATE TABLE d (LIKE a INCLUDING ALL EXCLUDING COMMENTS);"""
    comments = {d.key: [f.comment for f in d.fields] for d in read_sql(text).datasets}
    assert comments == {"a": ["note"], "b": ["", ""], "c": ["note"], "d": [""]}
    assert fields_of("CREATE TABLE `a` (`x` int); CREATE TABLE `b` LIKE `a`;")["b"] == ["x"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("CREATE TABLE t AS SELECT 1", "come from a query"),
        ("CREATE TABLE t (a) AS SELECT 1", "come from a query"),
        ("CREATE TABLE t OF a_type", "those of a type"),
        ("CREATE TABLE t PARTITION OF nowhere DEFAULT", "does not define a table nowhere"),
        ("CREATE TABLE t (a int", "never closes"),
        ("CREATE TABLE t", "should stand here in parentheses"),
        ("CREATE TABLE (a int)", "A name should stand"),
        ("CREATE TABLE t LIKE nowhere", "does not define a table nowhere"),
        ("CREATE VIRTUAL TABLE t USING fts5(a)", "virtual table"),
        ("CREATE SHINY TABLE t (a int)", "CREATE SHINY TABLE is unknown"),
        (f"CREATE TABLE {'x' * 1_000_000} (a int)", "1,000,000 characters"),
        ('CREATE TABLE "a\r\nb" (a int)', "line break"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(text, reason):
    reading = read_sql(f"{text};\nCREATE TABLE fine (a int);")
    assert [d.key for d in reading.datasets] == ["fine"]
    (refusal,) = reading.refused
    assert reason in refusal.reason
    assert refusal.line == 1 or "\n" in text
    assert len(refusal.text) <= 160


def test_an_unknown_parent_leaves_the_tables_own_columns_ready():
    reading = read_sql("CREATE TABLE t (a int) INHERITS (elsewhere);")
    assert [f.name for f in reading.datasets[0].fields] == ["a"]
    assert reading.refused[0].dataset == "t"


def test_temporary_tables_are_skipped_with_all_that_is_said_of_them():
    reading = read_sql("CREATE TEMP TABLE t (a int); COMMENT ON COLUMN t.a IS 'x';")
    assert (reading.datasets, reading.skipped, reading.refused) == ((), 2, ())
