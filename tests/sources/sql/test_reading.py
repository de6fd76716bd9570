"""Whole SQL texts: our own samples, other people's schemas, and anything at all."""

import os
import time
from pathlib import Path

import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from inventory.sources.drafts import Reading, SourceError
from inventory.sources.sql import read_sql, read_sql_bytes

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "fixtures" / "sources"
SHARED = Path(os.environ.get("GROUNDS_SHARED_DATA", ROOT.parent / "shared" / "data")) / "sql"
PIECES = """
CREATE TABLE ALTER COMMENT ON COLUMN IS ADD DROP RENAME TO ( ) , ; . t u int text 'x' "q" `z` $$ --
/* */ NOT NULL LIKE INHERITS PARTITION OF ATTACH COPY FROM stdin \\. \\i GO BEGIN END FUNCTION VIEW
AS SELECT MODIFY CHANGE TYPE SET search_path = DELIMITER // ' " [ ] 1 *
"""
sql_like = st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=80).map(" ".join)
dialects = st.sampled_from([None, "postgres", "mysql", "sqlite", "tsql"])


def sample(name):
    return read_sql_bytes((SAMPLES / name).read_bytes())


def shared(path):
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"{file} is not here")
    return read_sql_bytes(file.read_bytes())


def count(reading):
    return len(reading.datasets), sum(len(d.fields) for d in reading.datasets)


def fields(reading, key):
    (draft,) = [d for d in reading.datasets if d.key == key]
    return {f.name: f for f in draft.fields}


def test_a_postgres_dump_and_its_migrations_end_as_the_database_would():
    """The expected columns were read from PostgreSQL's own catalog after loading the sample."""
    reading = sample("clinic.sql")
    assert reading.refused == ()
    assert reading.skipped == 23
    names = {d.name: [f.name for f in d.fields] for d in reading.datasets}
    person = ["id", "full_name", "Date of birth", "sex", "post_code", "seen_at", "nights",
        "languages", "weights"]  # fmt: skip
    assert names == {
        "Person": [*person, "initials", "remarks", "email", "phone"],
        "Inpatient": [*person, "initials", "remarks", "record_number", "insurer", "email", "phone"],
        "Invoice": ["id", "person_id", "amount", "issued"],
        "Archived person": [*person, "flags", "initials", "notes", "archived_on"],
        "Wait list": ["Key", "key", "exclude", "period"],
    }
    keys = [d.key for d in reading.datasets]
    assert keys[:4] == ["person", "billing.invoice", "archived_person", "inpatient"]
    assert keys[4].startswith("billing.wait_list-")


def test_comments_come_from_wherever_they_stand():
    reading = sample("clinic.sql")
    person = fields(reading, "person")
    assert reading.datasets[0].comment == "Everyone we treat\nor have treated"
    assert person["Date of birth"].comment == "As on the card;\nnot verified"
    assert person["remarks"].comment == 'Free text, "anything"'
    assert person["sex"].comment == ""
    assert person["seen_at"].type == "timestamp(3) with time zone"


def test_a_mysql_dump_reads_through_the_same_door():
    reading = sample("shop_mysql.sql")
    assert (reading.refused, reading.skipped) == ((), 11)
    assert [(d.key, d.comment) for d in reading.datasets] == [
        ("customer", "Who buys"),
        ("purchase", "What they bought"),
    ]
    purchase = fields(reading, "purchase")
    assert list(purchase) == ["OrderId", "FullName", "Level", "Balance", "SeenAt", "Place", "key",
        "Iban", "Note"]  # fmt: skip
    assert purchase["Level"].comment == "open, paid"
    assert purchase["FullName"].comment == 'It\'s "as written"; by them'


@pytest.mark.parametrize("file", ["rosariosis.sql", "rosariosis_mysql.sql"])
def test_rosariosis_has_94_tables_and_954_columns(file):
    reading = shared(f"rosariosis/{file}")
    assert count(reading) == (94, 954)
    assert reading.refused == ()
    students = fields(reading, "students")
    assert {"student_id", "last_name", "password", "custom_200000011"} <= set(students)
    assert students["last_name"].type == "varchar(50)"
    assert list(fields(reading, "access_log")) == ["syear", "username", "profile", "login_time",
        "ip_address", "user_agent", "status", "created_at", "updated_at"]  # fmt: skip
    assert "address_field_categories" in {d.key for d in reading.datasets}


def test_rosariosis_comments_are_read_and_its_names_made_readable():
    reading = shared("rosariosis/rosariosis.sql")
    items = fields(reading, "food_service_transaction_items")
    assert items["menu_item_id"].comment == "References food_service_menu_items(menu_item_id)"
    assert sum(bool(f.comment) for d in reading.datasets for f in d.fields) == 2
    assert "Address field categories" in {d.name for d in reading.datasets}


def test_rosariosis_as_sqlglot_parses_it_has_the_same_columns():
    reading = shared("rosariosis/rosariosis.sql")
    text = (SHARED / "rosariosis" / "rosariosis.sql").read_text()
    for block in text.split("\nCREATE TABLE ")[1:40]:
        statement = "CREATE TABLE " + block[: block.index("\n);") + 2]
        tree = sqlglot.parse_one(statement, read="postgres")
        parsed = [column.name for column in tree.find_all(exp.ColumnDef)]
        assert parsed == list(fields(reading, tree.find(exp.Table).name))


def test_pagila_folds_its_partitions_and_names_its_stored_view():
    reading = shared("pagila/pagila-schema.sql")
    assert count(reading) == (16, 94)
    assert [r.line for r in reading.refused] == [1752]
    assert "materialised view" in reading.refused[0].reason
    film = fields(reading, "film")
    assert film["rating"].type == "public.mpaa_rating"
    assert film["special_features"].type == "text[]"
    assert not any(d.key.startswith("payment_p") for d in reading.datasets)


def test_pagila_jsonb_has_two_tables():
    assert count(shared("pagila/pagila-schema-jsonb.sql")) == (2, 6)


@pytest.mark.parametrize(
    "dialect",
    ["MySql.sql", "PostgreSql.ddl-only.sql", "PostgreSql_SerialPKs.ddl-only.sql",
     "Sqlite.ddl-only.sql", "SqlServer.ddl-only.sql", "Oracle.ddl-only.sql"],
)  # fmt: skip
def test_chinook_is_the_same_in_every_dialect(dialect):
    reading = shared(f"chinook/Chinook_{dialect}")
    assert count(reading) == (11, 64)
    assert reading.refused == ()


def test_schemas_are_written_into_the_key_unless_they_are_the_usual_ones():
    text = """CREATE TABLE a (x int); CREATE TABLE public.b (x int); CREATE TABLE crm.a (x int);
        SET search_path = hr, pg_catalog; CREATE TABLE a (x int); ALTER TABLE b ADD y int;
        SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE c (x int);"""
    assert [d.key for d in read_sql(text).datasets] == ["a", "b", "crm.a", "hr.a", "c"]
    assert read_sql(text).refused == ()


@pytest.mark.parametrize(
    "statement",
    [
        "SET x = 1", "GRANT SELECT ON t TO u", "INSERT INTO t VALUES (1)",
        "CREATE INDEX i ON t (a)",
        "CREATE VIEW v AS SELECT 1", "CREATE TYPE e AS ENUM ('a')", "CREATE DOMAIN d AS text",
        "CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()", "DROP TABLE IF EXISTS nowhere",
        "CREATE FUNCTION f() RETURNS int AS $$ CREATE TABLE x (a int); $$ LANGUAGE sql",
        "DO $$ BEGIN CREATE TABLE x (a int); END $$", "COMMENT ON SCHEMA s IS 'x'", "BEGIN",
        "ALTER SEQUENCE s OWNED BY t.a", "GRANT CREATE TABLE TO u", "CREATE SCHEMA s",
        "INSERT INTO t VALUES ('CREATE TABLE x (a int)')", "\\connect shop", "DROP VIEW v",
        "CREATE EXTENSION IF NOT EXISTS citext",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO u",
    ],
)  # fmt: skip
def test_what_is_no_data_definition_is_skipped_and_counted(statement):
    assert read_sql(f"{statement};\n").to_json() == {"datasets": [], "skipped": 1, "refused": []}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("\n\nFROBNICATE t;", 3, "We know no statement that begins so."),
        ("CREATE SHINY THING;", 1, "We do not know what CREATE makes here."),
        ("CREATE MATERIALIZED VIEW v AS SELECT 1;", 1, "stores what its query finds"),
        ("\\i other.sql\n", 1, "takes in another file"),
        ("COMMENT ON TABLE nowhere IS 'x';", 1, "does not define a table nowhere"),
        ("CREATE TABLE t (a int); COMMENT ON COLUMN t.b IS 'x';", 1, "t has no column b"),
        ("COMMENT ON COLUMN a IS 'x';", 1, "should follow that of its table"),
        ("SET x = 1\nCREATE TABLE t (a int);", 2, "inside a statement that begins with SET"),
        ("CREATE TABLE t (a int)\nCREATE TABLE u (a int);", 2, "begins with CREATE"),
        ("CREATE SCHEMA s CREATE TABLE t (a int);", 1, "inside CREATE SCHEMA"),
        ("SELECT 1;\nINSERT INTO t VALUES ('open", 2, "opened on line 2 never closes"),
        ("'text alone';", 1, "We know no statement that begins so."),
    ],
)
def test_what_is_not_understood_is_named_by_line(text, line, reason):
    refusal = read_sql(text).refused[0]
    assert refusal.line == line
    assert reason in refusal.reason
    assert refusal.text


def test_a_dropped_table_is_gone_and_may_be_spoken_of():
    reading = read_sql("CREATE TABLE t (a int); DROP TABLE t; COMMENT ON TABLE t IS 'x';")
    assert (reading.datasets, reading.refused) == ((), ())


def test_bytes_may_carry_a_mark_and_windows_line_ends():
    text = "CREATE TABLE é (\r\n  a int,\r\n  b ?\r\n);\r\n"
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        reading = read_sql_bytes(data)
        assert [f.name for f in reading.datasets[0].fields] == ["a"]
        assert reading.refused[0].line == 3
    assert read_sql("\ufeffCREATE TABLE t (a int);").datasets[0].key == "t"


def test_bytes_that_are_no_utf_8_are_refused_with_line_and_byte():
    with pytest.raises(SourceError, match=r"Line 2 is not UTF-8: byte 0xE9 stands at byte 18\."):
        read_sql_bytes(b"-- Bonjour\n-- caf\xe9\n")


@pytest.mark.parametrize(("text", "what"), [("\n\n\0", "a NUL"), ("\n\n\ud800", "half a")])
def test_characters_that_are_no_text_are_refused(text, what):
    with pytest.raises(SourceError, match=f"Line 3 holds {what} character"):
        read_sql(text)


@given(st.text() | sql_like, dialects)
def test_any_text_yields_a_reading_or_a_source_error(text, dialect):
    try:
        reading = read_sql(text, dialect)
    except SourceError:
        return
    assert isinstance(reading, Reading)
    assert all(1 <= r.line <= text.count("\n") + 1 and r.reason for r in reading.refused)


@given(st.binary())
def test_any_bytes_yield_a_reading_or_a_source_error(data):
    try:
        read_sql_bytes(data)
    except SourceError:
        return


@settings(max_examples=50)
@given(st.data())
def test_a_damaged_dump_yields_a_reading_or_a_source_error(data):
    text = (SAMPLES / "clinic.sql").read_text()
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 10))
        text = text[:place] + data.draw(st.sampled_from(PIECES.split())) + text[place + length :]
    assert len(read_sql(text).datasets) <= 12


LARGE_TEXTS = {
    "values": lambda n: "INSERT INTO t VALUES " + "(1,'it''s'),\n" * (n * 4) + "(1,'');",
    "columns": lambda n: "CREATE TABLE t (" + ",".join(f"c{i} int" for i in range(n)) + ");",
    "tables": lambda n: "".join(f"CREATE TABLE t{i} (a int);" for i in range(n)),
    "parentheses": lambda n: "CREATE TABLE t (a " + "(" * n * 4 + ");",
    "quotes": lambda n: "'" * (n * 20 + 1),
    "comments": lambda n: "/*" * n * 10,
    "dollars": lambda n: " ".join(f"$t{i}$" for i in range(n * 4)),
    "gaps": lambda n: " \n" * n * 20,
    "beginnings": lambda n: "CREATE TABLE " * n * 4,
    "brackets": lambda n: "CREATE TABLE t (a int" + "[]" * n * 4 + ");",
}


@pytest.mark.parametrize("kind", LARGE_TEXTS)
def test_time_grows_with_the_text_and_not_faster(kind):
    small, large = (_seconds(LARGE_TEXTS[kind](n)) for n in (1_000, 8_000))
    assert large < 8 * 4 * small + 0.5


def _seconds(text):
    started = time.process_time()
    read_sql(text)
    return time.process_time() - started
