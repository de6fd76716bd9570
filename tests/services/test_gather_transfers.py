"""Border crossings follow from the register; only their mechanism is stored."""

from datetime import date

import pytest

from inventory.models import Disclosure, ImpactAssessment, Party, SystemLocation, Transfer
from inventory.services.gather import gather
from tests.world import TODAY, make_dataset, make_system

pytestmark = pytest.mark.django_db


def crossings(world):
    return gather(world.organisation, as_of=TODAY).transfers


def make_party(world, country, key="host"):
    return Party.objects.create(
        organisation=world.organisation, key=key, name="Host", country=country
    )


def test_a_system_abroad_is_a_crossing_of_each_dataset_in_it(world):
    system = make_system(world.organisation, "mirror", country="US")
    SystemLocation.objects.create(
        organisation=world.organisation, system=system, role="backup", country="US"
    )
    SystemLocation.objects.create(
        organisation=world.organisation, system=system, role="replica", country="FR"
    )
    row = make_dataset(world, system=system)
    found = crossings(world)
    assert list(found) == [f"d{row.pk}-s{system.pk}-US"]
    one = found[f"d{row.pk}-s{system.pk}-US"]
    assert (one.origin, one.destination, one.mechanism) == ("FR", "US", None)
    assert (one.dataset, one.entity) == (str(row.pk), str(world.entity.pk))


def test_a_dataset_that_nobody_holds_crosses_nothing(world):
    make_dataset(world, system=make_system(world.organisation, "mirror", country="US"), entity=None)
    assert crossings(world) == {}


def test_a_purpose_that_discloses_abroad_crosses_for_each_of_its_entities(world):
    party = make_party(world, "US")
    Disclosure.objects.create(
        organisation=world.organisation, purpose=world.purpose, party=party, role="processor"
    )
    assert list(crossings(world)) == [f"p{world.purpose.pk}-e{world.entity.pk}-p{party.pk}-US"]


@pytest.mark.parametrize("country", ["FR", None])
def test_a_party_at_home_or_nobody_knows_where_crosses_nothing(world, country):
    Disclosure.objects.create(
        organisation=world.organisation,
        purpose=world.purpose,
        party=make_party(world, country),
        role="processor",
    )
    assert crossings(world) == {}


def test_a_dataset_disclosed_abroad_crosses_to_the_party(world):
    row, party = make_dataset(world), make_party(world, "BR")
    Disclosure.objects.create(
        organisation=world.organisation, dataset=row, party=party, role="controller"
    )
    assert list(crossings(world)) == [f"d{row.pk}-p{party.pk}-BR"]


def test_what_was_stored_for_the_pair_is_laid_over_it(world):
    system = make_system(world.organisation, "mirror", country="US")
    row = make_dataset(world, system=system)
    stored = Transfer.objects.create(
        organisation=world.organisation,
        entity=world.entity,
        system=system,
        destination="US",
        mechanism="gdpr.46.2.c",
        undertaking=False,
    )
    ImpactAssessment.objects.create(
        organisation=world.organisation, transfer=stored, kind="tia", done_on=date(2026, 3, 1)
    )
    one = crossings(world)[f"d{row.pk}-s{system.pk}-US"]
    assert (one.mechanism, one.undertaking, one.published) == ("gdpr.46.2.c", False, None)
    assert one.assessment_on == date(2026, 3, 1)


def test_a_mechanism_for_another_way_is_not_taken(world):
    system = make_system(world.organisation, "mirror", country="US")
    row = make_dataset(world, system=system)
    Transfer.objects.create(
        organisation=world.organisation,
        entity=world.entity,
        party=make_party(world, "US"),
        destination="US",
        mechanism="gdpr.46.2.c",
    )
    assert crossings(world)[f"d{row.pk}-s{system.pk}-US"].mechanism is None
