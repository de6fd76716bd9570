"""Was what was trained on personal data trained lawfully, and is the model anonymous?"""

from inventory.law.vocabulary import Declared, LineageKind, SubjectKind
from inventory.rules.asking import WAITING, Case, conclude, condition, not_concerned, say
from inventory.rules.facts import DatasetFacts, LineageFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_of, negate
from inventory.rules.said import Known

NOTHING_TRAINED = not_concerned("nothing here was trained on other data")


@condition("model_untested", subject=SubjectKind.DATASET)
def model_untested(dataset: DatasetFacts, case: Case) -> Answer:
    """Is it tested that nobody's data can be drawn from a model in use?"""
    trained = trained_on(dataset)
    if not trained:
        return _nothing_trained(dataset)
    return conclude(
        dataset.deployed,
        any_of(negate(_is_tested(one)) for one in trained),
        read=(
            ("in use", say(dataset.deployed)),
            *(("test of anonymity", one.test) for one in trained),
        ),
    )


@condition("model_unlawful", subject=SubjectKind.DATASET)
def model_unlawful(dataset: DatasetFacts, case: Case) -> Answer:
    """Was a model in use trained on a lawful ground, or made anonymous since?"""
    trained = trained_on(dataset)
    if not trained:
        return _nothing_trained(dataset)
    fault = any_of(all_of((negate(one.lawful), negate(_is_tested(one)))) for one in trained)
    return conclude(
        dataset.deployed,
        fault,
        read=(
            ("in use", say(dataset.deployed)),
            *(("trained lawfully", say(one.lawful)) for one in trained),
        ),
    )


@condition("training_unlawful", subject=SubjectKind.DATASET)
def training_unlawful(dataset: DatasetFacts, case: Case) -> Answer:
    """Was the training within the purpose, or consented to?"""
    trained = trained_on(dataset)
    if not trained:
        return _nothing_trained(dataset)
    return Answer(
        fault=any_of(negate(one.lawful) for one in trained),
        read=tuple(("training within the purpose", say(one.lawful)) for one in trained),
    )


def trained_on(dataset: DatasetFacts) -> list[LineageFacts]:
    """The data that it was trained on."""
    return [one for one in dataset.sources.items if one.kind is LineageKind.TRAINED]


def _is_tested(source: LineageFacts) -> Known:
    return None if source.test is None else bool(source.test.strip())


def _nothing_trained(dataset: DatasetFacts) -> Answer:
    return WAITING if dataset.sources.state is Declared.NOT_ASKED else NOTHING_TRAINED
