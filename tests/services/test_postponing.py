from inventory.models import Finding
from inventory.services.datasets import put_dataset
from inventory.services.evaluation import evaluate_organisation
from inventory.services.inputs import DatasetInput, FieldInput
from inventory.services.postponing import is_postponed, postponed
from tests.world import TODAY

IDLE = DatasetInput(
    entity="mare-france",
    fields=(FieldInput(name="email", category="email", identifiability="direct"),),
)


def test_what_is_postponed_is_judged_with_the_whole(world):
    dana = world.actor("dana")
    with postponed():
        outcome = put_dataset(dana, "crm", IDLE, today=TODAY)
        assert (outcome.findings, Finding.objects.count()) == ((), 0)
    assert not is_postponed()
    evaluate_organisation(world.organisation, as_of=TODAY)
    assert Finding.objects.filter(subject_name=outcome.row.name).exists()
