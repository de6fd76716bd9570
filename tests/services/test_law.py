"""Editions of the law are kept by hash, once."""

import pytest

from inventory.law.bundle import HOUSE
from inventory.law.load import load_law
from inventory.models import LawBundle, Organisation
from inventory.services.house import switch_house
from inventory.services.law import current_law, keep_bundle, law_in_force, law_of
from inventory.services.rulings import RulingInput, rule
from tests.world import TODAY

CONFIRMED = RulingInput(act="confirm", check="E-18", reason="Settled.", author="Firm")


def test_the_law_is_loaded_once():
    assert current_law() is current_law()


@pytest.mark.django_db
def test_nobody_is_judged_by_a_house_policy_they_have_not_set_themselves(world):
    law = law_of(world.organisation)
    assert HOUSE in current_law().regimes
    assert HOUSE not in law.regimes
    assert "regimes/gdpr.toml" in keep_bundle(law).files


@pytest.mark.django_db
def test_an_edition_is_kept_once_with_its_files():
    kept = keep_bundle(current_law())
    assert keep_bundle(current_law()) == kept
    row = LawBundle.objects.get()
    assert row.hash == current_law().hash
    assert "regimes/gdpr.toml" in row.files
    assert "world.csv" in row.files


@pytest.mark.django_db
def test_a_law_that_is_not_the_programs_own_is_kept_by_its_hash_alone(tmp_path):
    law = load_law(checks=tmp_path)
    assert keep_bundle(law).files == {}


@pytest.mark.django_db
def test_an_organisation_with_nothing_of_its_own_has_the_programs_law_without_a_query(
    world, django_assert_num_queries
):
    with django_assert_num_queries(0):
        law = law_of(world.organisation)
    assert law.hash == current_law().hash
    assert "house" not in law.regimes


@pytest.mark.django_db
def test_an_edition_is_made_once_and_then_costs_no_query(world, django_assert_num_queries):
    switch_house(world.actor("dana"), on=True, today=TODAY)
    organisation = Organisation.objects.get(pk=world.organisation.pk)
    with django_assert_num_queries(0):
        law = law_of(organisation)
    assert law is law_of(organisation)
    assert law.hash != current_law().hash


@pytest.mark.django_db
def test_what_was_read_before_a_ruling_finds_the_law_after_it(world):
    early = Organisation.objects.get(pk=world.organisation.pk)
    switch_house(world.actor("dana"), on=True, today=TODAY)
    rule(world.actor("dana"), CONFIRMED, today=TODAY)
    switch_house(world.actor("dana"), on=False, today=TODAY)

    assert "house" not in law_in_force(early).regimes
    assert law_in_force(early).edition.rulings
    early.law_edition = "forgotten"
    assert law_of(early) is law_in_force(world.organisation)
