"""What depends on what, and how much of it is judged at once."""

import pytest

from inventory.law.vocabulary import SubjectKind
from inventory.services import neighbourhood
from inventory.services.links import Links, TooMany
from inventory.services.neighbourhood import Rows, bearer_of, near, split, whole
from tests.register import make_register
from tests.world import make_organisation

KIND = SubjectKind


@pytest.mark.parametrize(
    ("crossing", "bearer"),
    [
        ("d12-s3-US", (KIND.DATASET, "12")),
        ("d12-p3-US", (KIND.DATASET, "12")),
        ("p5-e2-p9-US", (KIND.PURPOSE, "5")),
        ("nonsense", (KIND.TRANSFER, "nonsense")),
    ],
)
def test_a_crossing_is_judged_with_what_it_is_derived_from(crossing, bearer):
    assert bearer_of(crossing) == bearer


def test_rows_are_counted_parted_and_taken_apart():
    rows = Rows.of([(KIND.DATASET, "1"), (KIND.DATASET, "2"), (KIND.TRANSFER, "p5-e2-p9-US")])
    assert len(rows) == 3
    assert rows[KIND.PURPOSE] == {5}
    assert [batch.subjects() for batch in rows.batches(1)] == [
        {(KIND.DATASET, "1")},
        {(KIND.DATASET, "2")},
        {(KIND.PURPOSE, "5")},
    ]
    assert (rows - Rows.of([(KIND.DATASET, "1")])).only(KIND.DATASET)[KIND.DATASET] == {2}
    assert not len(Rows.of([(KIND.DATASET, "x"), (KIND.REQUEST, "1")]))


@pytest.mark.django_db
def test_the_whole_register_leaves_out_what_is_retired():
    register = make_register(make_organisation("home"), datasets=3)
    gone = register.datasets[0]
    type(gone).objects.filter(pk=gone.pk).update(retired_at="2026-01-01T00:00Z")
    assert whole(register.organisation)[KIND.DATASET] == {row.pk for row in register.datasets[1:]}


@pytest.mark.django_db
def test_an_entity_is_read_by_what_it_holds_and_takes_part_in():
    register = make_register(make_organisation("home"), datasets=8)
    entity = register.entities[0]
    found = near(Links(register.organisation), Rows.of([(KIND.ENTITY, str(entity.pk))]))
    assert found[KIND.DATASET] >= {d.pk for d in register.datasets if d.entity_id == entity.pk}
    assert found[KIND.PURPOSE] >= {register.purposes[0].pk, register.purposes[5].pk}


@pytest.mark.django_db
def test_the_nearest_kinds_are_judged_first_and_the_rest_later(monkeypatch):
    register = make_register(make_organisation("home"), datasets=8)
    everything = whole(register.organisation)
    assert split(register.organisation, everything)[0].subjects() == everything.subjects()
    monkeypatch.setattr(neighbourhood, "MOST", 8)
    now, later = split(register.organisation, everything)
    assert now[KIND.DATASET] == everything[KIND.DATASET]
    assert not now[KIND.PURPOSE]
    assert (now | later).subjects() == everything.subjects()


@pytest.mark.django_db
def test_a_scout_stops_where_there_is_too_much():
    register = make_register(make_organisation("home"), datasets=8)
    ids = {row.pk for row in register.purposes}
    with pytest.raises(TooMany):
        Links(register.organisation, most=3).datasets_used_by(ids)
    assert Links(register.organisation, most=500).datasets_used_by(ids)
