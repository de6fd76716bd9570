"""A verdict in words."""

from datetime import date

from inventory.law.amending import amend
from inventory.law.shapes import Ruling
from inventory.law.vocabulary import RulingAct
from inventory.rules.asking import CONDITIONS
from inventory.rules.examples import find_verdict
from inventory.rules.explain import explain, rulings_behind, say_ruling
from tests.rules.test_cases import EXAMPLES, LAW


def words(name: str):
    verdict = find_verdict(next(one for one in EXAMPLES if one.name == name), LAW)
    return explain(verdict.check, verdict.answer, verdict.status)


def test_a_breach_says_question_facts_answer_and_what_mends_it() -> None:
    said = words("Germany: invoices kept seven years")

    assert said.question.endswith("?")
    assert ("kept", "7 years") in said.facts
    assert any(name == "shortest lawful in DE" and "§ 147" in fact for name, fact in said.facts)
    assert said.answer == "No."
    assert said.remedy == "Keep in restricted archive until the statutory date."
    assert said.citations == ("GDPR Art. 6(1)(c)",)


def test_what_nobody_has_said_is_shown_as_such() -> None:
    said = words("Nobody has said which basis")

    assert ("legal basis", "not said") in said.facts
    assert said.answer.startswith("Nobody can tell")


def test_what_is_met_needs_no_remedy() -> None:
    said = words("Germany: invoices kept eight years")

    assert (said.answer, said.remedy) == ("Yes.", None)


def ruled(**given):
    said = {
        "id": "1", "act": RulingAct.AMEND, "reason": "The gazette says so.", "author": "Firm & Co",
        "made_on": date(2026, 6, 1), "since": date(2026, 6, 1), **given,
    }  # fmt: skip
    return amend(LAW, [Ruling(**said)])


def behind(law, place="DE", facts=("invoice", "7 years"), on=date(2026, 11, 24)):
    check = next(c for c in law.checks("gdpr", on) if c.condition == "retention_under")
    return [r.target for r in rulings_behind(check, law, place, on, facts)]


def test_a_verdict_rests_on_the_rulings_on_its_check_and_on_the_values_it_reads() -> None:
    value = "retention_minimum.invoice"
    check = next(c for c in LAW.regimes["gdpr"].checks if c.condition == "retention_under")

    assert behind(LAW) == []
    assert behind(ruled(check=check.id)) == [(check.id,)]
    assert behind(ruled(value=value, place="DE", amount="P7Y")) == [("DE", value)]
    assert behind(ruled(value=value, place="FR", amount="P7Y")) == []
    assert behind(ruled(value=value, place="DE", amount="P7Y"), facts=("payslip",)) == []
    assert behind(ruled(value=value, place="DE", amount="P7Y", until=date(2026, 7, 1))) == []
    assert behind(ruled(value=value, place="DE", act=RulingAct.SWITCH_OFF)) == [("DE", value)]


def test_a_ruling_is_told_with_author_day_and_reason() -> None:
    law = ruled(value="retention_minimum.invoice", place="DE", amount="P7Y")

    assert say_ruling(law.edition.rulings[0], "Maré") == (
        "Counsel of Maré (Firm & Co) amended retention_minimum.invoice of DE on 1 June 2026:"
        " The gazette says so."
    )


def test_an_explanation_says_what_counsel_said() -> None:
    verdict = find_verdict(next(o for o in EXAMPLES if "eight years" in o.name), LAW)
    check = next(
        c
        for c in ruled(check=verdict.check.id, act=RulingAct.CONFIRM).regimes["gdpr"].checks
        if c.id == verdict.check.id and c.ruling
    )

    said = explain(check, verdict.answer, verdict.status)
    assert said.counsel == (
        "Counsel (Firm & Co) confirmed this check on 1 June 2026: The gazette says so."
    )
    assert explain(verdict.check, verdict.answer, verdict.status).counsel is None


def test_every_condition_asks_a_question() -> None:
    assert not [name for name, one in CONDITIONS.items() if not one.question.endswith("?")]
