"""Cutting SQL into statements and tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.sources.sql.dialects import MYSQL, POSTGRES, SQLITE, TSQL
from inventory.sources.sql.statements import split, tokenize

PIECES = """
CREATE TABLE FUNCTION BEGIN END COPY FROM stdin a 'x' "q" `z` $$ $a$ -- /* */ ( ) , ; . \\
\\. \\c DELIMITER // GO E' ' " ` 1 [b] é
"""
sql_like = st.lists(st.sampled_from([*PIECES.split(), "\n", "\r\n", " "]), max_size=60).map(
    " ".join
)
dialects = st.sampled_from([POSTGRES, MYSQL, SQLITE, TSQL])


def heads(text, dialect=POSTGRES):
    return [s.head[0] for s in split(text, dialect) if s.head]


@given(st.text() | sql_like, dialects)
def test_statements_joined_are_the_text(text, dialect):
    statements = list(split(text, dialect))
    assert "".join(statement.text for statement in statements) == text


@given(sql_like, dialects)
def test_every_statement_knows_its_line(text, dialect):
    line = 1
    for statement in split(text, dialect):
        assert statement.first_line == line
        assert line <= statement.line <= line + statement.text.count("\n")
        line += statement.text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ';'; A",
        "SELECT E'\\';'; A",
        "SELECT 'it''s;'; A",
        'SELECT ";"; A',
        "SELECT $$;$$; A",
        "SELECT $x$;$$;$x$; A",
        "SELECT a$b$; A",
        "SELECT 1 -- ;\n; A",
        "SELECT /* ; /* ; */ ; */ 1; A",
        "CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 2; END; A",
        "COPY t FROM stdin;\n1;2\n'\n\\.\nA",
        "\\c shop;\nA",
        "SELECT 1 \\gexec\nA",
    ],
)
def test_a_semicolon_that_ends_nothing(text):
    assert len(heads(text)) == 2
    assert heads(text)[1] == "A"


def test_mysql_ends_by_the_delimiter_it_was_told():
    text = "DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; END$$\nDELIMITER ;\nA"
    assert heads(text, MYSQL) == ["DELIMITER", "CREATE", "DELIMITER", "A"]


def test_mysql_strings_escape_with_backslashes_and_comments_do_not_nest():
    assert heads("SELECT 'a\\';'; /* /* */ A # ;", MYSQL) == ["SELECT", "A"]


def test_tsql_ends_a_routine_at_go_only():
    text = "CREATE PROCEDURE p AS SELECT 1; SELECT 2\nGO\nA\nGO\n"
    assert heads(text, TSQL) == ["CREATE", "A"]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("SELECT 1;\nSELECT 'open", "A string opened on line 2 never closes."),
        ('SELECT\n "open', "A quoted name opened on line 2 never closes."),
        ("SELECT $a$ open $$", "A dollar-quoted text opened on line 1 never closes."),
        ("/* /* */ open", "A comment opened on line 1 never closes."),
        ("CREATE FUNCTION f() BEGIN x; ", "A body that BEGIN opens never ends."),
        ("COPY t FROM stdin;\n1\n", "The data of COPY never end; “\\.” is missing."),
    ],
)
def test_what_never_ends_is_told_with_its_line(text, flaw):
    assert list(split(text, POSTGRES))[-1].flaw == flaw


def test_a_delimiter_that_never_comes_is_told():
    assert "//" in list(split("DELIMITER //\nCREATE TABLE a (b int);", MYSQL))[-1].flaw


def test_tokens_know_their_line_and_whether_a_gap_stands_before_them():
    (statement,) = split("-- one\nCREATE\n\"a\n;\" 'x' /* c */12;", POSTGRES)
    tokens = [(t.kind, t.text, t.line, t.spaced) for t in tokenize(statement, POSTGRES)]
    assert tokens == [
        ("word", "CREATE", 2, True),
        ("name", '"a\n;"', 3, True),
        ("string", "'x'", 4, True),
        ("number", "12", 4, True),
    ]
