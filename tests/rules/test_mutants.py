"""A fault planted in the law is noticed by cases that guard it, and survives those that do not."""

import tomllib
from dataclasses import replace

import pytest

from inventory.law.load import load_law
from inventory.rules.asking import find_condition
from inventory.rules.examples import read_examples
from inventory.rules.mutants import Trials, mutants_of, mutants_of_value
from inventory.rules.values import held_values, read_readings
from tests.rules.test_cases import CASES, EXAMPLES

LAW = load_law()
CHECKS = {check.id: check for regime in LAW.regimes.values() for check in regime.checks}
VALUES = {str(held): held for held in held_values(LAW)}
TRIALS = Trials(EXAMPLES)
BASES = [tomllib.loads((CASES / name).read_text()) for name in ("base.toml", "gdpr/base.toml")]


def survivors(check: str, trials: Trials) -> set[str]:
    return {one.change for one in mutants_of(CHECKS[check], LAW) if not trials.notice(one)}


def try_text(text: str) -> Trials:
    return Trials(read_examples(text, *BASES, {"since": None}))


@pytest.mark.parametrize("check", ["E-26", "E-34", "I-16", "BR-INC-01", "E-29"])
def test_the_cases_of_a_check_notice_every_fault(check: str) -> None:
    assert survivors(check, TRIALS) == set()


def test_a_toothless_case_notices_little() -> None:
    toothless = try_text('["E-26"]\nmet."Reviewed this year" = {}')

    found = survivors("E-26", toothless)

    assert {
        "a fault taken for none",
        "what nobody knows taken for none",
        "every = P13M0D",
        "every = P12M1D",
        "severity major",
        "a day later",
    } <= found
    assert "no fault taken for one" not in found
    assert "its answer turned round" not in found


def test_no_case_notices_nothing() -> None:
    mutants = list(mutants_of(CHECKS["E-26"], LAW))

    assert len(mutants) > 15
    assert not any(Trials(()).notice(one) for one in mutants)


def test_the_last_day_and_the_day_after_guard_a_period() -> None:
    guarded = try_text(
        """
        ["E-26"]
        met."A year to the day" = { as_of = 2027-06-01 }
        attention."The day after" = { as_of = 2027-06-02 }
        """
    )

    assert not [change for change in survivors("E-26", guarded) if "every" in change]


def test_each_word_of_a_list_wants_a_case() -> None:
    one_role = try_text('["E-34"]\nbreach."No contract" = { party.contracts = "none" }')

    assert "roles = all but sub_processor" in survivors("E-34", one_role)
    assert "roles = all but processor" not in survivors("E-34", one_role)


def test_a_word_too_many_is_planted_where_it_can_tell() -> None:
    changes = {one.change for one in mutants_of(CHECKS["BR-DPO-03"], LAW)}

    assert "where = public_body too" in changes
    assert "where = dpo_appointed too" not in changes  # it is spared all the same
    assert not [one for one in mutants_of(CHECKS["E-34"], LAW) if one.change.endswith("too")]


def test_what_never_faults_is_not_asked_to() -> None:
    changes = {one.change for one in mutants_of(CHECKS["E-29"], LAW)}

    assert not changes & {"a fault taken for none", "risk True"}


def test_a_value_is_noticed_by_its_reading_or_by_a_verdict_in_its_country() -> None:
    denmark = VALUES["DK child_consent_age from 2024-01-01"]
    text = (
        "holder,value,on,expected,mark,citation\n"
        "DK,child_consent_age,2024-01-01,15,checked,databeskyttelsesloven § 6\n"
    )
    read = Trials((), read_readings(text))
    elsewhere = Trials(one for one in EXAMPLES if one.given["place"] == "FR")
    younger = next(one for one in mutants_of_value(denmark, LAW) if "read as 14" in one.change)

    assert read.notice(younger)
    assert TRIALS.notice(younger)
    assert not elsewhere.notice(younger)


def test_a_case_that_the_law_does_not_bear_out_is_named() -> None:
    wrong = replace(EXAMPLES[0], expected="not_evaluated", name="wrong")

    assert list(Trials([wrong]).failing(LAW, [wrong.check])) == [f"{wrong.check}: wrong"]
    assert list(Trials([EXAMPLES[0]]).failing(LAW, [wrong.check])) == []


def test_what_is_said_never_to_fault_fires_in_no_case() -> None:
    quiet = {code for code, check in CHECKS.items() if not find_condition(check).faults}

    assert quiet
    assert not [
        one for one in EXAMPLES if one.check in quiet and one.expected in ("breach", "attention")
    ]
