"""A purpose's justifications judged together: what is found, and when nobody can say."""

import re
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
NUMBER = FieldFacts(name="n", category="pseudonym", identifiability=Identifiability.PSEUDONYMOUS)
COUNTING = "Anonymous rows, by which the depot counts the parcels of a day."
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
        {"text": COUNTING, "fields": (replace(NUMBER, identifiability=None),)},
    ],
    ids=["language", "purpose_text", "purpose_name", "category", "identifiability"],
)
def test_what_is_not_said_never_makes_a_text_good(forgotten: dict[str, Any]) -> None:
    answer = ask(replace(TEXT, **forgotten))

    assert answer.fault is None
    assert answer.applicable is None


def test_whom_a_field_identifies_matters_only_where_the_text_denies_it() -> None:
    assert ask(replace(TEXT, fields=(replace(MAIL, identifiability=None),))).fault is False


@pytest.mark.parametrize(
    ("text", "fields"),
    [("TBD", (MAIL,)), ("", (MAIL,)), (COUNTING, (MAIL,))],
    ids=["place held", "empty", "contradicted"],
)
def test_no_text_and_an_untrue_one_are_no_matter_of_opinion_once_somebody_stands_by_them(
    text: str, fields: tuple[FieldFacts, ...]
) -> None:
    said = replace(TEXT, text=text, fields=fields)

    for state in (JustificationState.SUBMITTED, JustificationState.APPROVED, None):
        assert not ask(replace(said, state=state)).guidance
    for state in (JustificationState.DRAFT, JustificationState.REJECTED):
        assert ask(replace(said, state=state)).guidance


def test_the_gravest_is_told_first() -> None:
    answer = ask(replace(TEXT, text="Useful."), replace(TEXT, text="TBD"))

    assert not answer.guidance
    assert answer.read[0] == ("placeholder words", "TBD")
    assert (answer.note or "").startswith("“TBD” only holds a place: ")


def test_a_language_without_lists_is_left_to_people() -> None:
    answer = ask(replace(TEXT, text="Kurier dzwoni do klienta, jeżeli nie znajdzie domu."))

    assert answer.fault is None
    assert answer.applicable is None
    assert answer.note == "a text is in a language that is not read here"


def test_one_text_given_twice_covers_the_fields_of_both() -> None:
    health = FieldFacts(name="illness", category="health")
    answer = ask(TEXT, replace(TEXT, fields=(health,)))

    assert "illness" in answer.fields
    assert answer.read[0][0] == "stretched words"


def test_of_many_texts_some_are_quoted_and_the_others_counted() -> None:
    answer = ask(*(replace(TEXT, text=f"Useful zorb{n}") for n in range(60)))

    assert len(answer.read) == 20
    assert (answer.note or "").count("“") == 5
    assert re.search(r"And \d+ more\.$", answer.note or "")
