"""`ropa ENTITY --regime R --language L --out FILE`: whose record, into which file."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from inventory.models import LegalEntity, Organisation
from tests.records import company


@pytest.fixture
def group(db: None) -> Organisation:
    return Organisation.objects.create(key="mare", name="Maré")


@pytest.fixture
def french(group: Organisation) -> LegalEntity:
    return company(group, "mare-fr", "Maré France SAS", "FR", "Nantes")


def ropa(entity: str, out: Path, *more: str, regime: str = "gdpr", language: str = "fr") -> None:
    call_command(
        "ropa", entity, "--regime", regime, "--language", language, "--out", str(out), *more
    )


@pytest.mark.parametrize("asked", ["mare-fr", "FR", "fr", "France"])
def test_an_entity_is_named_by_key_or_by_its_country(
    french: LegalEntity, tmp_path: Path, asked: str
) -> None:
    ropa(asked, tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert [file.name for file in tmp_path.iterdir()] == ["r.pdf"]


def test_a_country_with_several_entities_names_them(
    french: LegalEntity, group: Organisation, tmp_path: Path
) -> None:
    company(group, "mare-lab", "Maré Lab SARL", "FR", "Brest")
    with pytest.raises(CommandError, match="mare-fr or mare-lab"):
        ropa("FR", tmp_path / "r.pdf")


def test_a_key_that_two_organisations_have_asks_for_the_organisation(
    french: LegalEntity, tmp_path: Path
) -> None:
    other = Organisation.objects.create(key="other", name="Other")
    company(other, "mare-fr", "Autre", "FR", "Brest")
    with pytest.raises(CommandError, match="--organisation mare"):
        ropa("mare-fr", tmp_path / "r.pdf")
    ropa("mare-fr", tmp_path / "r.pdf", "--organisation", "other")


@pytest.mark.parametrize(
    ("asked", "more", "said"),
    [
        ("mare-fe", (), "Nearest: mare-fr"),
        ("Wakanda", (), "No legal entity"),
        ("DE", (), "No legal entity “DE” in DE"),
        ("\x00", (), "No legal entity"),
        ("FR", ("--as-of", "yesterday"), "is no day"),
        ("FR", ("--as-of", "2020-01-01"), "was not in the register"),
        ("FR", ("--organisation", "nobody"), "Known: mare"),
    ],
)
def test_what_cannot_be_found_is_said(
    french: LegalEntity, tmp_path: Path, asked: str, more: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        ropa(asked, tmp_path / "r.pdf", *more)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_language_names_the_known_ones(french: LegalEntity, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Known: de, en, es, fr, he, pt-BR"):
        ropa("FR", tmp_path / "r.pdf", language="tlh")


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_left(
    french: LegalEntity, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        ropa("FR", tmp_path / "absent" / "r.pdf")
    with pytest.raises(CommandError, match="Is a directory"):
        ropa("FR", tmp_path)
    assert list(tmp_path.iterdir()) == []
