"""The word lists of the justifications: complete in six languages, and wrong ones are refused."""

import shutil
from pathlib import Path

import pytest

from inventory.law.refusals import LawError
from inventory.law.wordlists import ADVICE, DATA, load_wordlists


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A copy of the lists that a test may spoil."""
    shutil.copytree(DATA / "wording", tmp_path / "wording")
    return tmp_path


def spoil(root: Path, old: str, new: str) -> None:
    file = root / "wording" / "en.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_six_languages_advise_on_every_fault() -> None:
    found = load_wordlists().languages

    assert set(found) == {"de", "en", "es", "fr", "he", "pt"}
    assert all(one.advice.keys() == ADVICE for one in found.values())


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[patterns]", '[patterns]\nvage = ["x"]', "nobody asks for 'vage'"),
        ("\nstatute =", "\nstatut =", "has no 'statute'"),
        ('"<improve> ... <offer>"', '"<improve> ... <ofer>"', "no words are called 'ofer'"),
        ("shortest = 4", 'shortest = "four"', "shortest"),
        ("[advice]", '[advice]\nvauge = "Name it."', "nobody asks for 'vauge'"),
        ("[words]", '[wrods]\nx = ["y"]\n[words]', "unknown key 'wrods'"),
    ],
)
def test_what_nobody_would_read_is_refused(lists: Path, old: str, new: str, why: str) -> None:
    spoil(lists, old, new)

    with pytest.raises(LawError, match=why) as refused:
        load_wordlists(lists)
    assert "wording/en.toml:" in str(refused.value)
