"""Is the record of processing kept, and whole?"""

from collections.abc import Callable

from inventory.law.vocabulary import DataClass, Declared, EntityRole, SubjectKind
from inventory.rules.asking import (
    Case,
    a_number,
    conclude,
    condition,
    many,
    one_of,
    say,
)
from inventory.rules.facts import (
    ActivityFacts,
    DatasetFacts,
    EntityFacts,
    Facts,
    PurposeFacts,
)
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, is_empty, negate
from inventory.rules.said import Collection, Known


@condition("record_missing", subject=SubjectKind.ENTITY, parameters={"exempt_below": a_number})
def record_missing(entity: EntityFacts, case: Case) -> Answer:
    """Is a record of processing kept where the entity is not spared it?"""
    spared = is_spared(entity, case)
    kept = bool(case.register.activities_of.get(entity.id))
    return conclude(
        negate(spared),
        not kept,
        read=(
            ("headcount", say(entity.headcount)),
            ("spared", say(spared)),
            ("activities on record", say(kept)),
        ),
        note=None if kept else "it holds data, and no activity is on record",
    )


@condition("processor_record_missing", subject=SubjectKind.ACTIVITY)
def processor_record_missing(activity: ActivityFacts, case: Case) -> Answer:
    """Does a processor keep a record for each controller?"""
    works = any_in(activity.entities, lambda member: member.role is EntityRole.PROCESSOR)
    return conclude(
        works,
        negate(activity.processor_record),
        read=(
            ("acts as a processor", say(works)),
            ("record per controller", say(activity.processor_record)),
        ),
    )


@condition(
    "record_incomplete",
    subject=SubjectKind.DATASET,
    parameters={
        "items": many(
            one_of(
                "purposes", "categories", "people", "bases", "retention", "recipients", "security"
            )
        ),
        "small": one_of("only", "never"),
        "exempt_below": a_number,
    },
    defaults={"small": None, "exempt_below": None},
)
def record_incomplete(dataset: DatasetFacts, case: Case) -> Answer:
    """Is every item that the record must hold said of this data?"""
    entity = case.register.facts.entities.get(dataset.entity or "")
    known = case.register.once(
        "record",
        dataset.id,
        None,
        lambda: {item: ask(dataset, case) for item, ask in ITEMS.items()},
    )
    held = {item: known[item] for item in case.given["items"]}
    gone = ", ".join(item for item, known in held.items() if not known)
    return conclude(
        _is_asked(entity, case),
        negate(all_of(held.values())),
        read=(("missing items", gone or "none"),),
        fields=_uncategorised(dataset, case) if not held.get("categories", True) else (),
    )


def is_spared(entity: EntityFacts, case: Case) -> Known:
    """Is the entity too small for a record, and its processing harmless and rare?"""
    limit = case.number("exempt_below")
    small = None if entity.headcount is None or limit is None else entity.headcount < limit
    harmless = negate(True if _holds_sensitive(entity, case) else entity.sensitive_data)
    return all_of((small, negate(entity.likely_risk), entity.occasional, harmless))


def is_said(collection: Collection[object]) -> Known:
    """Has somebody said that the list is whole, or empty?"""
    return True if collection.state is not Declared.NOT_ASKED else None


def _holds_sensitive(entity: EntityFacts, case: Case) -> bool:
    """Is such data known to be held? What nobody has assigned to an entity may be held too."""
    regime = case.regime.code
    return case.register.once(
        "holds sensitive",
        entity.id,
        regime,
        lambda: any(
            case.register.contents(one, regime).holds(seen)
            for one in case.register.datasets_held.get(entity.id, ())
            for seen in (DataClass.SPECIAL, DataClass.CRIMINAL)
        ),
    )


def _is_asked(entity: EntityFacts | None, case: Case) -> Known:
    small = entity.small_agent if entity else None
    spared: Known = False
    if case.given["exempt_below"] is not None:
        spared = is_spared(entity, case) if entity else None
    wanted = {None: True, "only": small, "never": negate(small)}[case.given["small"]]
    return all_of((wanted, negate(spared)))


def _uncategorised(dataset: DatasetFacts, case: Case) -> tuple[str, ...]:
    return case.register.once(
        "uncategorised",
        dataset.id,
        None,
        lambda: tuple(field.name for field in dataset.fields if field.category is None),
    )


def _serves(dataset: DatasetFacts, case: Case) -> Known:
    return bool(case.register.purposes_of(dataset))


def _is_categorised(dataset: DatasetFacts, case: Case) -> Known:
    return None if _uncategorised(dataset, case) or not dataset.fields else True


def _of_purposes(test: Callable[[PurposeFacts], Known]) -> Callable[[DatasetFacts, Case], Known]:
    def ask(dataset: DatasetFacts, case: Case) -> Known:
        purposes = case.register.purposes_of(dataset)
        return all_of(test(one) for one in purposes) if purposes else None

    return ask


def _is_secured(dataset: DatasetFacts, case: Case) -> Known:
    facts: Facts = case.register.facts
    system = facts.systems.get(dataset.system or "")
    activities = {one.activity or "" for one in case.register.purposes_of(dataset)}
    said = [facts.activities[key].safeguards for key in activities if key in facts.activities]
    measures = [*said, *([system.safeguards] if system else [])]
    return any_of(negate(is_empty(one)) for one in measures) if measures else None


ITEMS: dict[str, Callable[[DatasetFacts, Case], Known]] = {
    "purposes": _serves,
    "categories": _is_categorised,
    "people": lambda dataset, case: negate(is_empty(dataset.subject_categories)),
    "bases": _of_purposes(lambda purpose: negate(is_empty(purpose.bases))),
    "retention": _of_purposes(lambda purpose: negate(is_empty(purpose.retention))),
    "recipients": _of_purposes(
        lambda purpose: True if purpose.disclosures.items else is_said(purpose.disclosures)
    ),
    "security": _is_secured,
}
