"""Which dialect a text is in."""

import pytest

from inventory.sources.drafts import SourceError
from inventory.sources.sql.dialects import choose_dialect


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("CREATE TABLE a (id int);", "postgres"),
        ("", "postgres"),
        ("CREATE TABLE `a` (id int);", "mysql"),
        ("CREATE TABLE a (id int) ENGINE=InnoDB;", "mysql"),
        ("DELIMITER $$\n", "mysql"),
        ("CREATE TABLE [a] (id int)", "sqlite"),
        ("CREATE TABLE a (id integer PRIMARY KEY AUTOINCREMENT)", "sqlite"),
        ("CREATE TABLE [a] (id int)\nGO\n", "tsql"),
    ],
)
def test_a_text_shows_its_dialect(text, dialect):
    assert choose_dialect(text, None).name == dialect


@pytest.mark.parametrize("named", ["mysql", "MySQL", " mariadb "])
def test_a_named_dialect_counts_more_than_the_text(named):
    assert choose_dialect("CREATE TABLE [a] (id int)\nGO\n", named).name == "mysql"


def test_an_unknown_dialect_is_refused_with_those_we_know():
    with pytest.raises(SourceError, match=r"'klingon'\. We read: mariadb, mysql, postgres"):
        choose_dialect("", "klingon")
