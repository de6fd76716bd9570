"""ALTER TABLE, one action at a time."""

import pytest

from inventory.sources.sql.reading import read_sql

TABLE = "CREATE TABLE t (a int, b text);\n"
MYSQL_TABLE = "CREATE TABLE `t` (`a` int, `b` text);\n"


def after(action, table=TABLE):
    reading = read_sql(f"{table}ALTER TABLE {action};")
    assert reading.refused == ()
    return [(f.name, f.type) for d in reading.datasets for f in d.fields]


@pytest.mark.parametrize(
    ("action", "columns"),
    [
        ("t ADD COLUMN c date", [("a", "int"), ("b", "text"), ("c", "date")]),
        ("ONLY public.t ADD c date NOT NULL", [("a", "int"), ("b", "text"), ("c", "date")]),
        ("IF EXISTS t ADD COLUMN IF NOT EXISTS a date", [("a", "int"), ("b", "text")]),
        ("t DROP b", [("a", "int")]),
        ("t DROP COLUMN IF EXISTS nope, DROP COLUMN a CASCADE", [("b", "text")]),
        ("t RENAME COLUMN a TO z", [("z", "int"), ("b", "text")]),
        ("t RENAME a TO z", [("z", "int"), ("b", "text")]),
        ("t ALTER COLUMN a TYPE bigint USING a::bigint", [("a", "bigint"), ("b", "text")]),
        ('t ALTER a TYPE "Big"', [("a", '"Big"'), ("b", "text")]),
        ("t ALTER a SET DATA TYPE bigint", [("a", "bigint"), ("b", "text")]),
        ("t ADD c int, DROP a, ADD CONSTRAINT k UNIQUE (b)", [("b", "text"), ("c", "int")]),
    ],
)
def test_actions_on_columns(action, columns):
    assert after(action) == columns


@pytest.mark.parametrize(
    ("action", "columns"),
    [
        ("t CHANGE a z bigint FIRST", [("z", "bigint"), ("b", "text")]),
        ("t MODIFY COLUMN b varchar(9) COMMENT 'x' AFTER a", [("a", "int"), ("b", "varchar(9)")]),
        (
            "t ADD (c int, KEY (c), d int)",
            [("a", "int"), ("b", "text"), ("c", "int"), ("d", "int")],
        ),
        ("t DROP PRIMARY KEY, DROP KEY k, DROP INDEX i", [("a", "int"), ("b", "text")]),
        ("t ENGINE=InnoDB, AUTO_INCREMENT=5, COMMENT='x'", [("a", "int"), ("b", "text")]),
        ("t RENAME KEY k TO l", [("a", "int"), ("b", "text")]),
    ],
)
def test_actions_of_mysql(action, columns):
    assert after(action, MYSQL_TABLE) == columns


@pytest.mark.parametrize(
    "action",
    [
        "ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES o (a)",
        "ADD PRIMARY KEY (a)",
        "DROP CONSTRAINT c",
        "ALTER COLUMN a SET NOT NULL",
        "ALTER a SET DEFAULT 5",
        "ALTER a ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s START WITH 1)",
        "OWNER TO somebody",
        "ENABLE ROW LEVEL SECURITY",
        "SET (fillfactor = 70)",
        "RENAME CONSTRAINT c TO d",
        "VALIDATE CONSTRAINT c",
        "CLUSTER ON i",
    ],
)
def test_what_leaves_the_columns_alone_is_skipped_even_for_tables_elsewhere(action):
    reading = read_sql(f"{TABLE}ALTER TABLE t {action}; ALTER TABLE elsewhere {action};")
    assert (reading.skipped, reading.refused) == (2, ())


def test_tables_are_renamed_and_moved():
    reading = read_sql(f"{TABLE}ALTER TABLE t RENAME TO u; ALTER TABLE u SET SCHEMA crm;")
    assert [(d.key, d.name) for d in reading.datasets] == [("crm.u", "U")]
    assert read_sql(f"{MYSQL_TABLE}RENAME TABLE t TO v;").datasets[0].key == "v"


def test_an_attached_table_stops_being_a_dataset():
    reading = read_sql(f"{TABLE}CREATE TABLE p (a int, b text); ALTER TABLE t ATTACH PARTITION p;")
    assert ([d.key for d in reading.datasets], reading.skipped) == (["t"], 2)


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ("t DROP COLUMN nope", "t has no column nope."),
        ("t RENAME nope TO z", "t has no column nope."),
        ("t RENAME a TO b", "t has a column b already."),
        ("t ADD a date", "t has a column a already; that one is kept."),
        ("t ADD c so called type of mine", "so called type of mine is a type we cannot read."),
        ("t FROBNICATE a", "ALTER TABLE … FROBNICATE is unknown to us."),
        ("elsewhere ADD c int", "This file does not define a table elsewhere."),
        ("t RENAME TO t", "t is the name of another table."),
        ("t INHERIT", "The statement ends too early."),
        ("t ALTER a TYPE", "No type is given."),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(action, reason):
    reading = read_sql(f"{TABLE}ALTER TABLE {action};")
    assert [(r.line, r.reason) for r in reading.refused] == [(2, reason)]
    assert [f.name for f in reading.datasets[0].fields] == ["a", "b"]


def test_one_bad_action_does_not_stop_the_others():
    reading = read_sql(f"{TABLE}ALTER TABLE t ADD c int,\n DROP nope,\n ADD d int;")
    assert [f.name for f in reading.datasets[0].fields] == ["a", "b", "c", "d"]
    assert [(r.line, r.text, r.dataset) for r in reading.refused] == [(3, "DROP nope", "t")]
