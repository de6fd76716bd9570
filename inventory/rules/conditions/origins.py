"""Has data that came from certain countries the care that their law asks of it?"""

from inventory.law.vocabulary import SubjectKind
from inventory.rules.asking import Case, a_word, conclude, condition, many, one_of, say
from inventory.rules.conditions.notices import comes_from_named
from inventory.rules.facts import DatabaseFacts, DatasetFacts, Known
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_of, negate

MECHANISMS = one_of("deletion_channel", "minimisation_mechanism", "accuracy_mechanism")
WANTED = {"mechanisms": many(MECHANISMS)}


@condition("mechanism_for_origin_missing", subject=SubjectKind.DATASET, parameters=WANTED)
def mechanism_for_origin_missing(dataset: DatasetFacts, case: Case) -> Answer:
    """Has data from these countries its ways of deletion, minimisation and accuracy?"""
    held: dict[str, Known] = {name: getattr(dataset, name) for name in case.given["mechanisms"]}
    came = comes_from_named(dataset, case)
    return conclude(
        came,
        negate(all_of(held.values())),
        read=(
            ("from such a country", say(came)),
            *((name.replace("_", " "), say(known)) for name, known in held.items()),
        ),
    )


@condition("mechanism_for_mixture_missing", subject=SubjectKind.DATABASE, parameters=WANTED)
def mechanism_for_mixture_missing(database: DatabaseFacts, case: Case) -> Answer:
    """Where a database holds some data from these countries, has all of it those ways?"""
    datasets = case.register.datasets(database.datasets)
    came = any_of(comes_from_named(one, case) for one in datasets)
    held = [
        (one.name, all_of(getattr(one, name) for name in case.given["mechanisms"]))
        for one in datasets
    ]
    return conclude(
        came,
        negate(all_of(known for _, known in held)),
        read=(
            ("some from such a country", say(came)),
            *((f"mechanisms of {name}", say(known)) for name, known in held),
        ),
    )


@condition(
    "sensitive_unflagged",
    subject=SubjectKind.DATASET,
    parameters={"categories": many(a_word)},
)
def sensitive_unflagged(dataset: DatasetFacts, case: Case) -> Answer:
    """Is what is sensitive because of where it came from marked as sensitive?"""
    came = comes_from_named(dataset, case)
    seen: dict[str, Known] = {
        field.name: all_of((None if field.category is None else True, negate(field.flagged)))
        for field in dataset.fields
        if field.category is None or field.category in case.given["categories"]
    }
    holds = any_of(
        None if field.category is None else field.category in case.given["categories"]
        for field in dataset.fields
    )
    fault = any_of(seen.values())
    return conclude(
        all_of((came, holds)),
        fault,
        fields=tuple(name for name, unmarked in seen.items() if unmarked is fault),
        read=(("from such a country", say(came)), ("fields of the kind", say(holds))),
    )
