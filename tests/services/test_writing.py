"""Many rows in one statement: what is there already is overwritten, words stay as they were."""

import pytest

from inventory.models import Standing
from inventory.services import writing
from inventory.services.standing import COUNTS, UNIQUE
from tests.world import make_organisation

pytestmark = pytest.mark.django_db


def row(organisation, subject, **numbers):
    return {
        "organisation_id": organisation.pk,
        "subject_kind": "dataset",
        "subject_id": subject,
        "regime": "gdpr",
        "country": "",
        "whole": False,
        "applies": None,
        **dict.fromkeys(COUNTS, 0),
        **numbers,
    }


def test_rows_of_several_batches_are_written_and_then_overwritten(monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 2)
    home = make_organisation("home")
    writing.insert(Standing, (row(home, str(n), breach=n) for n in range(5)), unique=UNIQUE)
    writing.insert(Standing, [row(home, "3", breach=9)], unique=UNIQUE)
    kept = Standing.objects.order_by("subject_id").values_list("subject_id", "breach", "applies")
    assert list(kept) == [("0", 0, None), ("1", 1, None), ("2", 2, None), ("3", 9, None),
                          ("4", 4, None)]  # fmt: skip


def test_words_are_never_read_as_anything_else():
    said = "100% of %s, \\n \"quoted\", it's 'π' {}; --"
    writing.insert(Standing, [row(make_organisation("home"), said)], unique=UNIQUE)
    assert Standing.objects.get().subject_id == said


def test_nothing_is_written_of_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        writing.insert(Standing, [])
