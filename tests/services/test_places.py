"""Open findings by country, as the overview's sentence counts them."""

from inventory.services import compliance
from inventory.services.datasets import put_dataset
from inventory.services.inputs import DatasetInput, FieldInput
from inventory.services.places import open_by_country
from tests.world import TODAY, World


def test_a_finding_counts_in_each_country_that_it_concerns(world: World) -> None:
    actor = world.actor("dana", door="api")
    document = DatasetInput(
        name="CRM", entity="mare-france", system="crm-prod",
        fields=(FieldInput(name="email", category="email"),),
    )  # fmt: skip
    put_dataset(actor, "crm", document, today=TODAY)
    in_france = compliance.findings(actor, country="FR").count()
    assert in_france
    assert sum(open_by_country(actor)["FR"].values()) == in_france
    assert open_by_country(world.actor("otto")) == {}
