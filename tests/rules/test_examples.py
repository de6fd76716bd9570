"""Cases as data refuse what they would otherwise misread."""

from datetime import date

import pytest

from inventory.law.vocabulary import Declared
from inventory.rules.examples import build_facts, overlay, read_examples
from tests.rules.test_cases import EXAMPLES

BASE = EXAMPLES[0].given


def test_an_unknown_subject_part_or_fact_is_refused() -> None:
    with pytest.raises(ValueError, match="no subject or part is called colour"):
        build_facts({**BASE, "colour": {}})
    with pytest.raises(ValueError, match="DatasetFacts has no colour"):
        build_facts(overlay(BASE, {"dataset": {"colour": "red"}}))


def test_an_unknown_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="E-02: no verdict is called fine"):
        list(read_examples('["E-02"]\nfine."x" = {}', BASE))


def test_collections_say_what_was_said_of_them() -> None:
    def sources(raw: object) -> tuple[int, Declared]:
        found = build_facts(overlay(BASE, {"dataset": {"sources": raw}})).datasets["dataset"]
        return len(found.sources.items), found.sources.state

    assert sources("none") == (0, Declared.NONE)
    assert sources("not asked") == (0, Declared.NOT_ASKED)
    assert sources([{}]) == (1, Declared.COMPLETE)
    assert sources({"some": [{}]}) == (1, Declared.NOT_ASKED)


def test_more_subjects_are_laid_over_the_first() -> None:
    facts = build_facts(overlay(BASE, {"more": {"dataset": [{"id": "copy", "persons": 3}]}}))

    assert facts.datasets["copy"].persons == 3
    assert facts.datasets["copy"].entity == facts.datasets["dataset"].entity


def test_rows_of_a_table_are_cases() -> None:
    text = """
    ["E-24"]
    cite = "GDPR Art. 5(1)(e)"
    [["E-24".tables]]
    name = "Kept so long"
    given = { dataset.legal_hold = false }
    columns = ["dataset.oldest_record", "place, entity.country"]
    breach = [["unknown", "FR"]]
    """

    (example,) = read_examples(text, {"dataset": {"persons": 3}})

    assert (example.name, example.expected) == ("Kept so long: unknown, FR", "breach")
    assert example.given == {
        "dataset": {"persons": 3, "legal_hold": False, "oldest_record": "unknown"},
        "place": "FR",
        "entity": {"country": "FR"},
    }


def test_a_first_day_is_tried_on_its_eve_the_day_and_the_day_after() -> None:
    base = {"since": date(2018, 5, 25), "place": "gdpr"}

    cases = list(read_examples('["E-39"]\nsince = 2023-07-10\n["E-40"]', base))

    assert [(case.as_of.isoformat(), case.expected) for case in cases] == [
        ("2023-07-09", "no_verdict"),
        ("2023-07-10", "a_verdict"),
        ("2023-07-11", "a_verdict"),
        ("2018-05-24", "no_verdict"),
        ("2018-05-25", "a_verdict"),
        ("2018-05-26", "a_verdict"),
    ]
    assert not any(case.given["place"] for case in cases)
