"""What the taxonomy makes of fields, and the paths between subjects."""

from datetime import date

import pytest

from inventory.law.load import load_law
from inventory.law.vocabulary import DataClass
from inventory.rules.examples import build_facts, overlay
from inventory.rules.register import Register
from tests.rules.test_cases import EXAMPLES

LAW = load_law()
BASE = EXAMPLES[0].given


def register_with(*fields: dict) -> Register:
    facts = build_facts(overlay(BASE, {"dataset": {"fields": list(fields)}}))
    return Register(facts, LAW, date(2026, 11, 24))


@pytest.mark.parametrize(
    ("fields", "personal"),
    [
        ([{"category": "email"}], True),
        ([{"category": "email", "identifiability": "unknown"}], True),
        ([{"category": "email", "identifiability": "anonymous"}], False),
        ([{"category": "technical"}], False),
        ([{"category": "unknown"}], None),
        ([{"category": "no such category"}], None),
        ([{"category": "technical"}, {"category": "unknown"}], None),
        ([{"category": "email"}, {"category": "unknown"}], True),
        ([], None),
    ],
)
def test_a_dataset_is_personal_if_a_field_is(fields, personal) -> None:
    found = register_with(*fields)

    assert found.is_personal(found.facts.datasets["dataset"]) is personal


def test_fields_are_sorted_as_each_regime_sees_them() -> None:
    found = register_with(
        {"name": "pay", "category": "salary"}, {"name": "x1", "category": "unknown"}
    )
    dataset = found.facts.datasets["dataset"]

    assert found.contents(dataset, "ppa").by_class == {DataClass.SPECIAL: ("pay",)}
    assert found.contents(dataset, "gdpr").by_class == {DataClass.ORDINARY: ("pay",)}
    assert found.contents(dataset, "gdpr").unknown == ("x1",)
    assert found.contents(dataset, "gdpr").holds(DataClass.SPECIAL) is None
    assert found.contents(dataset, "ppa").holds(DataClass.SPECIAL) is True


def test_paths_lead_from_each_subject_to_what_it_is_made_of() -> None:
    found = register_with({})
    facts = found.facts

    assert (
        found.datasets_in["system"] == found.datasets_held["entity"] == [facts.datasets["dataset"]]
    )
    assert found.purposes_to["party"] == [facts.purposes["purpose"]]
    assert found.purposes_of(facts.datasets["dataset"]) == [facts.purposes["purpose"]]
    assert found.activities_of["entity"] == [facts.activities["activity"]]
    assert found.systems_by["party"] == [facts.systems["system"]]
    assert found.transfers_of["dataset"] == found.transfers_to["party"]
    assert found.entities_of(facts.purposes["purpose"]) == [facts.entities["entity"]]


@pytest.mark.parametrize(
    ("category", "regime", "special"),
    [
        ("health", "ppa", True),
        ("email", "ppa", False),
        ("bank_account", "ppa", None),  # the law data marks this view as uncertain
        ("bank_account", "gdpr", False),
    ],
)
def test_a_view_that_the_law_data_is_not_certain_of_is_unknown(category, regime, special) -> None:
    found = register_with({"category": category})
    contents = found.contents(found.facts.datasets["dataset"], regime)

    assert contents.holds(DataClass.SPECIAL) is special
