"""What is asked once for all places, and what in each."""

from types import SimpleNamespace

from inventory.rules.asking import Anywhere, Question
from inventory.rules.findings import Answer

HERE = SimpleNamespace(regime="gdpr", given={})


def asked_of(*subjects, condition):
    seen = []

    def ask(subject, case):
        seen.append(subject)
        return condition(subject, case)

    question = Question(ask, Anywhere(SimpleNamespace(as_of=None), {}))
    return [question.ask(subject, HERE) for subject in subjects], seen


def test_an_answer_that_did_not_look_at_the_place_is_given_everywhere() -> None:
    answers, seen = asked_of("a", "a", "b", "b", condition=lambda s, case: Answer(fault=s == "a"))

    assert [one.fault for one in answers] == [True, True, False, False]
    assert seen == ["a", "b"]


def test_one_that_looks_at_the_place_is_asked_in_each() -> None:
    answers, seen = asked_of("a", "a", condition=lambda s, case: Answer(fault=case.regime == "x"))

    assert [one.fault for one in answers] == [False, False]
    assert seen == ["a", "a", "a"]  # once to find out
