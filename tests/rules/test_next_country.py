"""The next country is a data file: what docs/law.md walks through, done."""

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from inventory.law.bundle import Law
from inventory.law.load import DATA, load_law
from inventory.law.refusals import LawError
from inventory.law.vocabulary import Status
from inventory.rules.evaluate import check_conditions, evaluate
from inventory.rules.examples import build_facts, overlay

ROOT = Path(__file__).parents[2]
FILE = ROOT / "fixtures" / "law" / "ruritania.toml"
AMENDED = """value = "P1Y"
until = 2027-01-01
cite = { instrument = "Ruritanian Data Act", article = "§ 11" }
mark = "knowledge"

[[country.value]]
id = "retention_maximum.applicant_file"
since = 2027-01-01
value = "P6M\""""
HERE = {
    "entity": {"country": "ZZ"},
    "location": {"country": "ZZ"},
    "people": {"country": "ZZ"},
    "party": {"country": "ZZ"},
    "transfer": {"origin": "ZZ", "mechanism": "unknown"},
    "contract": {"terms": "none"},
    "filing": {"regime": "rt", "kind": "registration"},
    "dataset": {"collected_in": ["ZZ"], "record_class": "applicant_file"},
    "basis": {"regime": "rt", "code": "rt.6.consent"},
}


def with_ruritania(directory: Path, text: str) -> Law:
    """The program's law with one more file."""
    shutil.copytree(DATA, directory)
    (directory / "regimes" / "rt.toml").write_text(text, encoding="utf-8")
    law = load_law(directory)
    check_conditions(law)
    return law


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    return with_ruritania(tmp_path_factory.mktemp("law") / "data", FILE.read_text())


def found(law: Law, on: date, **special: object) -> dict[str, Status]:
    """What Ruritania's checks find in a register there."""
    base = tomllib.loads((ROOT / "fixtures" / "cases" / "base.toml").read_text())
    facts = build_facts(overlay(base, HERE, special))
    return {
        one.check.id: one.status for one in evaluate(facts, law, on).findings if one.regime == "rt"
    }


def test_one_file_brings_a_country_its_authority_and_findings(law: Law) -> None:
    assert law.countries["ZZ"].authority(None).name == "Ruritanian Data Office"
    wrong = found(law, date(2026, 11, 24), purpose={"bases": "none"}, retention={"months": 18})
    assert wrong == {"RT-01": Status.BREACH, "RT-02": Status.BREACH}


def test_what_is_in_order_there_gives_none(law: Law) -> None:
    assert found(law, date(2026, 11, 24), retention={"months": 12}) == {}


def test_nothing_is_asked_before_the_act_began(law: Law) -> None:
    wrong = {"purpose": {"bases": "none"}, "retention": {"months": 18}}
    assert found(law, date(2025, 12, 31), **wrong) == {}
    assert found(law, date(2026, 1, 1), **wrong) != {}


def test_a_finding_cites_the_file(law: Law) -> None:
    check = next(one for one in law.regimes["rt"].checks if one.id == "RT-02")
    assert str(check.citations[0]) == "Ruritanian Data Act § 11"
    assert law.value("retention_maximum.applicant_file", country="ZZ", on=date(2026, 5, 1))


def test_an_amended_value_turns_the_verdict_on_its_day(law: Law, tmp_path: Path) -> None:
    text = FILE.read_text().replace('value = "P1Y"', AMENDED, 1)
    amended = with_ruritania(tmp_path / "data", text)
    year = {"retention": {"months": 12}}
    assert found(amended, date(2026, 12, 31), **year) == {}
    assert found(amended, date(2027, 1, 1), **year) == {"RT-02": Status.BREACH}
    assert amended.hash != law.hash
    assert date(2027, 1, 1) in amended.change_days


def test_a_mistake_is_refused_with_its_file_and_line(tmp_path: Path) -> None:
    text = FILE.read_text().replace('severity = "blocker"', 'severity = "deadly"')
    with pytest.raises(LawError, match=r"regimes/rt\.toml.*deadly"):
        with_ruritania(tmp_path / "data", text)
