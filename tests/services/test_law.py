"""Editions of the law are kept by hash, once."""

import pytest

from inventory.law.bundle import HOUSE
from inventory.law.load import load_law
from inventory.models import LawBundle
from inventory.services.law import current_law, keep_bundle, law_of
from tests.world import make_organisation


def test_the_law_is_loaded_once():
    assert current_law() is current_law()


@pytest.mark.django_db
def test_nobody_is_judged_by_a_house_policy_they_have_not_set_themselves():
    law = law_of(make_organisation("home"))
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
