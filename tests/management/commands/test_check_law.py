"""`check_law` tells what there is of the law, and fails where no case would notice a fault."""

import json
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

CASES = settings.BASE_DIR / "fixtures" / "cases"
TODAY = ("--as-of", "2026-11-24")


def check_law(*arguments: str) -> str:
    out = StringIO()
    call_command("check_law", *TODAY, *arguments, stdout=out)
    return out.getvalue()


def test_json_has_seven_keys_and_every_regime() -> None:
    told = json.loads(check_law("--json", "--no-mutants", "--regime", "ch"))

    assert list(told) == [
        "checks",
        "conditions",
        "values",
        "by_mark",
        "without_cases",
        "surviving_mutants",
        "waiting",
    ]
    assert {"gdpr", "lgpd", "pdp", "ppa", "uk", "ch", "house"} <= told["checks"].keys()
    assert told["by_mark"].keys() == {"checked", "knowledge", "uncertain"}
    assert told["without_cases"] == []


def test_a_person_reads_counts_and_what_waits() -> None:
    told = check_law("--no-mutants", "--list", "--regime", "ch")

    assert "cases, 0 faults planted" in told
    assert "E-59" in told
    assert "GDPR Art. 6(1)" in told


def test_toothless_cases_let_faults_survive(tmp_path: Path) -> None:
    copytree(CASES, tmp_path / "cases")
    for topic in (tmp_path / "cases" / "ch").glob("*.toml"):
        if topic.name != "base.toml":
            topic.write_text('["C-05"]\nmet."All in order" = {}', encoding="utf-8")

    with pytest.raises(CommandError, match="planted faults are noticed by no case"):
        check_law("--regime", "ch", "--cases", str(tmp_path / "cases"))


def test_a_case_that_does_not_come_out_as_it_says_fails(tmp_path: Path) -> None:
    copytree(CASES, tmp_path / "cases")
    wrong = '["C-05"]\nattention."All in order" = {}'
    (tmp_path / "cases" / "ch" / "wrong.toml").write_text(wrong, encoding="utf-8")

    with pytest.raises(CommandError, match="1 cases do not come out as they say"):
        check_law("--no-mutants", "--regime", "ch", "--cases", str(tmp_path / "cases"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--regime", "utopia"), "No law is called utopia: ch, gdpr"),
        (("--cases", "nowhere"), "No cases in nowhere: name the checkout's with --cases DIR"),
        (("--values", "nowhere.csv"), "nowhere.csv: No such file or directory"),
    ],
)
def test_what_is_not_there_is_said(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        check_law("--no-mutants", *arguments)


def test_a_case_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    copytree(CASES, tmp_path / "cases")
    wrong = '["E-26"]\nfine."Reviewed this year" = {}'
    (tmp_path / "cases" / "gdpr" / "wrong.toml").write_text(wrong, encoding="utf-8")

    with pytest.raises(CommandError, match="E-26: no verdict is called fine"):
        check_law("--no-mutants", "--cases", str(tmp_path / "cases"))
