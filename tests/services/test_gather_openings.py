"""What each policy opens: read in one query, and again whenever it changes."""

from typing import Any

import pytest

from inventory.law.vocabulary import Declared, SubjectKind
from inventory.models import Dataset, Lineage, Organisation
from inventory.rules.facts import Collection
from inventory.services.gather import dependants, gather
from inventory.services.gather_openings import load_openings
from tests.world import NOW, TODAY, make_organisation, make_system

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organisation:
    return make_organisation("home")


def make(home: Organisation, key: str, kind: str | None, *policies: str, **more: Any) -> Dataset:
    return Dataset.objects.create(
        organisation=home,
        key=key,
        name=key,
        kind=kind,
        access_policies=list(policies),
        access_policies_state="complete" if policies else "not_asked",
        **more,
    )


def subject(dataset: Dataset) -> tuple[SubjectKind, str]:
    return (SubjectKind.DATASET, str(dataset.pk))


def test_a_policy_opens_the_kinds_of_all_that_name_it(home: Organisation) -> None:
    make(home, "orders", "user", "shop", "office")
    make(home, "catalogue", "software", "shop")
    make(home, "events", "analytics", "analysts")
    make(home, "gone", "analytics", "office", retired_at=NOW)
    make(make_organisation("away"), "theirs", "software", "office")

    found = load_openings(home, {"shop", "office"})

    assert found["shop"].opens == Collection(("software", "user"), Declared.COMPLETE)
    assert found["office"].opens == Collection(("user",), Declared.COMPLETE)
    assert found.keys() == {"shop", "office"}


def test_what_a_policy_opens_is_not_all_said_where_a_kind_is_not(home: Organisation) -> None:
    make(home, "orders", "user", "shop")
    make(home, "thing", None, "shop")

    assert load_openings(home, {"shop"})["shop"].opens == Collection(("user",))


def test_the_facts_say_what_opens_a_dataset_and_when_nobody_has_said(home: Organisation) -> None:
    orders, bare = make(home, "orders", "user", "shop"), make(home, "bare", "user")

    facts = gather(home, [subject(orders), subject(bare)], as_of=TODAY).datasets

    assert [one.policy for one in facts[str(orders.pk)].access.items] == ["shop"]
    assert facts[str(bare.pk)].access == Collection()


def test_a_change_of_the_only_one_of_its_kind_concerns_all_that_share_its_policy(
    home: Organisation,
) -> None:
    orders = make(home, "orders", "user", "shop")
    invoices = make(home, "invoices", "user", "shop")
    catalogue = make(home, "catalogue", "software", "shop")
    make(home, "events", "analytics", "analysts")

    assert subject(orders) in dependants(home, [subject(catalogue)])
    assert subject(invoices) in dependants(home, [subject(catalogue)])
    assert subject(catalogue) not in dependants(home, [subject(orders)])
    both = dependants(home, [subject(orders), subject(invoices)])
    assert subject(catalogue) in both


def test_a_systems_change_concerns_what_was_derived_from_what_it_holds(home: Organisation) -> None:
    system = make_system(home)
    orders, copy = make(home, "orders", "user", system=system), make(home, "copy", "user")
    Lineage.objects.create(organisation=home, dataset=copy, source=orders, kind="copied")

    assert subject(copy) in dependants(home, [(SubjectKind.SYSTEM, str(system.pk))])
    facts = gather(home, [subject(copy)], as_of=TODAY).datasets[str(copy.pk)]
    (source,) = facts.sources.items
    assert (source.source_kind, source.stored_in, source.source_of_truth) == (
        "user",
        "database",
        None,
    )
