from datetime import UTC, datetime

import pytest

from inventory.law.vocabulary import Declared
from inventory.models import Activity
from inventory.models.organisations import Role, ScopeKind
from inventory.services.activities import put_activity, retire_activity
from inventory.services.actors import member
from inventory.services.entities import put_entity
from inventory.services.errors import Invalid, NotFound, Refused
from inventory.services.register_inputs import (
    ActivityEntityInput,
    ActivityInput,
    EntityInput,
    SafeguardInput,
)
from tests.world import make_member

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PART = ActivityEntityInput(entity="acme", role="controller")
SALES = ActivityInput(
    name="Sales",
    owner="edith@home.example",
    entities=(PART,),
    subject_categories=("customers",),
    safeguards=(SafeguardInput(kind="encryption", description="TLS everywhere"),),
)


@pytest.fixture(autouse=True)
def acme(people, today):
    put_entity(people.dana, "acme", EntityInput(name="Acme", country="FR"), today=today)


def test_an_activity_is_written_with_its_companies_and_measures(people, today):
    row = put_activity(people.edith, "sales", SALES, today=today).row
    assert row.owner == people.edith.membership
    assert row.entities.get().entity.key == "acme"
    assert row.safeguards.get().kind == "encryption"
    assert (row.entities_state, row.subject_categories_state) == ("complete", "complete")


def test_subject_categories_can_be_none_or_not_asked(people, today):
    put_activity(people.dana, "sales", SALES, today=today)
    for said, state in ((None, Declared.NOT_ASKED), ((), Declared.NONE)):
        put_activity(people.dana, "sales", ActivityInput(subject_categories=said), today=today)
        row = Activity.objects.get()
        assert (row.subject_categories, row.subject_categories_state) == ([], state)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (ActivityInput(), "name"),
        (ActivityInput(name="S", owner="nobody@home.example"), "owner"),
        (ActivityInput(name="S", owner="otto@away.example"), "owner"),
        (ActivityInput(name="S", subject_categories=("martians",)), "subject_categories.0"),
        (
            ActivityInput(name="S", entities=(ActivityEntityInput(entity="acme", role="boss"),)),
            "entities.0.role",
        ),
        (ActivityInput(name="S", entities=(PART, PART)), "entities.1"),
        (
            ActivityInput(
                name="S", entities=(ActivityEntityInput(entity="nobody", role="controller"),)
            ),
            "entities.0.entity",
        ),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(people, today, data, path):
    with pytest.raises(Invalid) as refusal:
        put_activity(people.dana, "sales", data, today=today)
    assert path in refusal.value.errors
    assert not Activity.objects.exists()


def test_who_looks_after_one_company_cannot_write_for_another(people, today):
    put_entity(people.dana, "other", EntityInput(name="Other", country="DE"), today=today)
    membership = make_member(
        people.dana.organisation, "nina", Role.EDITOR, scope=ScopeKind.ENTITIES
    )
    other = people.dana.organisation.pk
    nina = member(membership, door="web")
    with pytest.raises(Invalid):  # the company is not there for her
        put_activity(nina, "sales", SALES, today=today)
    with pytest.raises(Refused):  # and an entry without one would lie outside her reach
        put_activity(nina, "sales", ActivityInput(name="S"), today=today)
    assert not Activity.objects.filter(organisation=other).exists()


def test_a_reader_is_refused_and_a_stranger_finds_nothing(people, today):
    put_activity(people.dana, "sales", SALES, today=today)
    with pytest.raises(Refused):
        put_activity(people.vera, "sales", SALES, today=today)
    with pytest.raises(NotFound):
        retire_activity(people.otto, "sales", today=today, now=NOW)
