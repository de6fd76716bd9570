"""A verdict in words."""

from inventory.rules.asking import CONDITIONS
from inventory.rules.examples import find_verdict
from inventory.rules.explain import explain
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


def test_every_condition_asks_a_question() -> None:
    assert not [name for name, one in CONDITIONS.items() if not one.question.endswith("?")]
