"""Cases as data refuse what they would otherwise misread."""

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
