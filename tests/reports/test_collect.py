"""From rows to facts: whose rows, how many queries, and as of when."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.law.bundle import Law
from inventory.models import (
    Activity,
    ActivityEntity,
    Dataset,
    Field,
    FieldUse,
    LegalEntity,
    Organisation,
    Purpose,
    System,
    SystemLocation,
)
from inventory.reports.collect import collect
from inventory.reports.facts import RecordFacts
from inventory.reports.rows import Live, Past
from tests.records import AS_OF

type Hire = Callable[..., Activity]


def told(entity: LegalEntity, law: Law, regime: str = "gdpr") -> RecordFacts:
    return collect(entity, regime, as_of=AS_OF, law=law, rows=Live(entity.organisation))


def queries(entity: LegalEntity, law: Law) -> int:
    with CaptureQueriesContext(connection) as captured:
        told(entity, law)
    return len(captured)


def test_ten_activities_take_as_many_queries_as_one(
    french: LegalEntity, law: Law, hire: Hire
) -> None:
    before = queries(french, law)
    for number in range(9):
        hire(french, key=f"hr.other{number}", name=f"Autre {number}")
    assert len(told(french, law).activities) == 10
    assert queries(french, law) == before <= 30


def test_an_activity_of_another_company_or_as_processor_is_not_told(
    french: LegalEntity, brazilian: LegalEntity, law: Law, hire: Hire
) -> None:
    served = hire(french, key="served", name="Servie")
    ActivityEntity.objects.filter(activity=served).update(role="processor")
    assert [a.key for a in told(french, law).activities] == ["hr.recruit"]


def test_what_is_retired_is_not_told(french: LegalEntity, law: Law) -> None:
    Activity.objects.update(retired_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert told(french, law).activities == ()


def test_a_proposed_use_is_not_told(french: LegalEntity, law: Law) -> None:
    FieldUse.objects.filter(field__name="nom").update(proposed=True)
    (activity,) = told(french, law).activities
    assert [category.code for category in activity.categories] == ["email"]


def test_only_own_datasets_are_told_where_there_are_any(
    french: LegalEntity, brazilian: LegalEntity, law: Law
) -> None:
    foreign = Field.objects.create(
        organisation=french.organisation,
        dataset=Dataset.objects.get(entity=brazilian),
        name="raca",
        category="ethnic_origin",
    )
    FieldUse.objects.create(
        organisation=french.organisation,
        field=foreign,
        purpose=Purpose.objects.get(key="hr.recruit.choose"),
    )
    (activity,) = told(french, law).activities
    assert [category.code for category in activity.categories] == ["email", "name"]


def test_data_inside_the_laws_territory_crosses_no_border(french: LegalEntity, law: Law) -> None:
    SystemLocation.objects.update(country="DE")
    (activity,) = told(french, law).activities
    assert activity.crossings == ()


def test_a_system_whose_place_nobody_said_is_an_unknown_crossing(
    french: LegalEntity, law: Law
) -> None:
    SystemLocation.objects.all().delete()
    System.objects.update(locations_state="not_asked")
    (activity,) = told(french, law).activities
    assert [crossing.destination for crossing in activity.crossings] == [None]


def test_the_hash_follows_the_facts(french: LegalEntity, law: Law) -> None:
    before = told(french, law)
    assert told(french, law).hash == before.hash
    Purpose.objects.update(text="Autre chose.")
    assert told(french, law).hash != before.hash


@pytest.mark.django_db(transaction=True)
def test_the_past_is_told_from_history(
    organisation: Organisation, law: Law, french: LegalEntity
) -> None:
    moment = datetime.now(UTC)
    Purpose.objects.update(text="Autre chose.")
    Activity.objects.filter(key="hr.recruit").update(name="Rebaptisée")
    past = collect(french, "gdpr", as_of=AS_OF, law=law, rows=Past(organisation, moment))
    (activity,) = past.activities
    assert (activity.name, activity.purposes[0].text[:7]) == ("Recrutement", "Évaluer")
    assert told(french, law).activities[0].name == "Rebaptisée"
