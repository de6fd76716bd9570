"""How long things are kept, beside what the law sets."""

from django.urls import reverse

from inventory.models import Field, FieldUse, RetentionPeriod
from tests.world import World, make_dataset, make_purpose

from .conftest import Door

BROWSE = reverse("retention-browse")


def keep(world: World, period: str = "P8Y", record_class: str = "invoice") -> RetentionPeriod:
    return RetentionPeriod.objects.create(
        organisation=world.organisation,
        purpose=world.purpose,
        record_class=record_class,
        period=period,
    )


def test_a_period_stands_beside_the_statute_of_the_companys_country(
    world: World, door: Door
) -> None:
    keep(world)
    text = door("vera").get(BROWSE).content.decode()
    assert "8 years" in text
    assert "France: at least 10 years" in text
    assert "L123-22" in text
    assert "Germany" not in text


def test_a_purpose_that_says_nothing_is_an_open_question(world: World, door: Door) -> None:
    text = door("dana").get(BROWSE).content.decode()
    assert "Purposes that say nothing of how long" in text
    assert reverse("purpose-change", args=["serve-customers", "retention"]) in text
    assert "/edit/" not in door("vera").get(BROWSE).content.decode()


def test_a_datasets_periods_are_those_of_the_purposes_that_use_it(world: World, door: Door) -> None:
    keep(world)
    make_purpose(world.organisation, "newsletter", entity=world.entity, name="Newsletter")
    dataset = make_dataset(world, "invoices", fields=("number",), record_class="invoice")
    FieldUse.objects.create(
        organisation=world.organisation,
        field=Field.objects.get(dataset=dataset),
        purpose=world.purpose,
    )
    text = door("vera").get(BROWSE, {"dataset": "invoices"}).content.decode()
    assert "8 years" in text
    assert "Newsletter" not in text
    assert "Its records are: Invoice" in text


def test_a_strangers_dataset_is_not_there(world: World, door: Door) -> None:
    make_dataset(world, "invoices")
    assert door("otto").get(BROWSE, {"dataset": "invoices"}).status_code == 404
    assert door("vera").get(BROWSE, {"dataset": "x\x00"}).status_code == 404
    assert door("vera").post(BROWSE).status_code == 405
