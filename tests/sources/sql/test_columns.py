"""One column definition."""

import pytest

from inventory.sources.sql.columns import TYPE_LIMIT, read_column
from inventory.sources.sql.cursor import Unread
from inventory.sources.sql.dialects import MYSQL, POSTGRES, SQLITE
from inventory.sources.sql.statements import split, tokenize


def column(text, dialect=POSTGRES):
    (statement,) = split(text, dialect)
    return read_column(tokenize(statement, dialect), dialect)


@pytest.mark.parametrize(
    "written",
    [
        "integer",
        "character varying(50)",
        "numeric(10, 2)",
        "numeric(3,-2)",
        "double precision",
        "timestamp without time zone",
        "timestamp(3) with time zone",
        "time with time zone",
        "interval year to month",
        "interval day to second(3)",
        "bit varying(8)",
        "national character varying(4)",
        "text[]",
        "integer[3][3]",
        "character varying(50)[]",
        "public.sex",
        '"Sex"',
        "pg_catalog.int4",
        "geometry(Point,4326)",
        "vector(1536)",
        "tsvector",
        "VARCHAR2(10 CHAR)",
    ],
)
def test_types_stay_as_written(written):
    assert column(f"a {written} NOT NULL DEFAULT 0 CHECK (a > 0)").type == written


@pytest.mark.parametrize(
    "written",
    [
        "int(10) unsigned zerofill",
        "enum('a','b;c')",
        "set('x')",
        "varchar(10)",
        "double(5,2)",
        "tinyint(1)",
        "national varchar(10)",
        "long varchar",
    ],
)
def test_types_of_mysql_stay_as_written(written):
    clauses = "CHARACTER SET utf8 COLLATE utf8_bin NOT NULL DEFAULT '0' COMMENT 'x'"
    assert column(f"`a` {written} {clauses}", MYSQL).type == written


def test_gaps_and_comments_inside_a_type_become_one_space():
    assert column("a character /* c */\n  varying ( 3 )").type == "character varying ( 3 )"


def test_a_long_enumeration_is_shortened_to_what_a_register_holds():
    values = ", ".join(f"'value {i}'" for i in range(500))
    type_ = column(f"a enum({values})", MYSQL).type
    assert len(type_) == TYPE_LIMIT
    assert type_.startswith("enum('value 0', 'value 1'")
    assert type_.endswith("…")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a text of some kind", "text of some kind is a type we cannot read"),
        ("a GEOMETRY POINT", "GEOMETRY POINT is a type we cannot read"),
        ("a text%", "text% is a type we cannot read"),
        ("a varchar(3", r"varchar\(3 is a type we cannot read"),
        ("a 12", "12 is a type we cannot read"),
        ("a", "No type is given"),
        ("a NOT NULL", "No type is given"),
        ("a integer b text", "integer b text is a type"),
        ("a integer NOT NULL b text", "After NULL we cannot read “b text”"),
        ("a integer DEFAULT 0 b text", "After 0 we cannot read “b text”"),
    ],
)
def test_what_cannot_be_read_says_why(text, reason):
    with pytest.raises(Unread, match=reason):
        column(text)


@pytest.mark.parametrize(
    "clauses",
    [
        "DEFAULT nextval('a_seq'::regclass) NOT NULL",
        "DEFAULT 'x'::character varying COLLATE \"C\"",
        "NOT NULL DEFERRABLE",
        "GENERATED ALWAYS AS (a IS NOT NULL AND b) STORED",
        "CONSTRAINT c REFERENCES t(id) ON DELETE SET NULL NOT NULL",
        "PRIMARY KEY ASC",
        "DEFAULT NULL UNIQUE",
        "DEFAULT interval '1 day' NOT NULL",
    ],
)
def test_clauses_after_the_type_change_nothing(clauses):
    assert column(f"a text {clauses}").type == "text"


def test_mysql_says_the_comment_with_the_column():
    assert column("`a` int COMMENT 'It\\'s' AFTER b", MYSQL).comment == "It's"


def test_sqlite_knows_columns_without_a_type():
    assert column("a", SQLITE).type == ""
    assert column("a PRIMARY KEY", SQLITE).type == ""
    assert column("a unsigned big int", SQLITE).type == "unsigned big int"


@pytest.mark.parametrize("name", ["key", "index", "comment", "date", "type", "first"])
def test_words_that_mean_something_elsewhere_can_be_names(name):
    assert column(f"{name} text").name == name
