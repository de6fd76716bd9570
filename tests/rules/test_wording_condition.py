"""A purpose's justifications judged together: what is found, and when nobody can say."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inventory.law.load import load_law
from inventory.law.vocabulary import Identifiability, JustificationState
from inventory.rules.asking import Case
from inventory.rules.conditions.wording import justification_unworthy
from inventory.rules.examples import build_facts
from inventory.rules.facts import FieldFacts, JustificationFacts
from inventory.rules.findings import Answer
from inventory.rules.register import Register
from inventory.rules.scope import Scope
from tests.rules.test_cases import EXAMPLES

LAW = load_law()
BASE = build_facts(EXAMPLES[0].given)
MAIL = FieldFacts(name="mail", category="email", identifiability=Identifiability.DIRECT)
TEXT = JustificationFacts(
    id="j",
    purpose="purpose",
    text="The courier rings when nobody opens the door.",
    language="en",
    purpose_name="Deliveries",
    purpose_text="Bring parcels to their buyers.",
    fields=(MAIL,),
)


def ask(*texts: JustificationFacts, **fields: Any) -> Answer:
    facts = replace(BASE, justifications={str(n): text for n, text in enumerate(texts)})
    if fields:
        dataset = facts.datasets["dataset"]
        used = tuple(replace(field, **fields) for field in dataset.fields)
        facts = replace(facts, datasets={"dataset": replace(dataset, fields=used)})
    register = Register(facts, LAW, date(2026, 11, 24))
    case = Case(register, Scope(register), LAW.regimes["gdpr"], None, {})
    return justification_unworthy(facts.purposes["purpose"], case)


def test_a_good_text_is_met() -> None:
    assert ask(TEXT).fault is False
    assert ask(TEXT).applicable is True


def test_a_vague_text_is_quoted_with_what_to_write() -> None:
    answer = ask(TEXT, replace(TEXT, text="Might be useful one day."))

    assert answer.fault is True
    assert answer.guidance
    assert answer.fields == ("mail",)
    assert answer.read == (("vague words", "Might be useful"),)
    assert "“Might be useful” is vague: " in (answer.note or "")


def test_texts_of_another_purpose_do_not_count() -> None:
    assert (
        ask(replace(TEXT, purpose="other", text="Useful."), justifications={}).applicable is False
    )


def test_texts_that_were_not_read_leave_the_question_open() -> None:
    assert ask(justifications={"purpose": JustificationState.APPROVED}).applicable is None


@pytest.mark.parametrize(
    "forgotten",
    [
        {"language": None},
        {"purpose_text": None},
        {"purpose_name": None},
        {"fields": (replace(MAIL, category=None),)},
        {"fields": (replace(MAIL, identifiability=None),)},
    ],
    ids=["language", "purpose_text", "purpose_name", "category", "identifiability"],
)
def test_what_is_not_said_never_makes_a_text_good(forgotten: dict[str, Any]) -> None:
    answer = ask(replace(TEXT, **forgotten))

    assert answer.fault is None
    assert answer.applicable is None
