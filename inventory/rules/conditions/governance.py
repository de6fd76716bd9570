"""Has the organisation the people and the assessments that the law asks for?"""

from datetime import date

from inventory.law.vocabulary import AssessmentKind, DataClass, SubjectKind
from inventory.rules.asking import (
    Case,
    a_whole_number,
    a_word,
    conclude,
    condition,
    many,
    one_of,
    say,
)
from inventory.rules.facts import Assessment, EntityFacts, Known, PurposeFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, negate
from inventory.rules.periods import next_day

TRAIT = one_of(
    "public_body",
    "research_body",
    "health_body",
    "data_trader",
    "small_agent",
    "core_monitoring",
    "core_special_data",
)


@condition(
    "officer_missing",
    subject=SubjectKind.ENTITY,
    parameters={"where": many(TRAIT), "unless": many(TRAIT)},
    defaults={"where": (), "unless": ()},
)
def officer_missing(entity: EntityFacts, case: Case) -> Answer:
    """Is a data protection officer appointed where one is due?"""
    where: tuple[str, ...] = case.given["where"]
    unless: tuple[str, ...] = case.given["unless"]
    due = any_of(getattr(entity, trait) for trait in where) if where else True
    spared = any_of(getattr(entity, trait) for trait in unless)
    return conclude(
        all_of((due, negate(spared))),
        negate(entity.dpo_appointed),
        read=(
            *((trait.replace("_", " "), say(getattr(entity, trait))) for trait in where + unless),
            ("officer appointed", say(entity.dpo_appointed)),
        ),
    )


@condition("officer_unpublished", subject=SubjectKind.ENTITY)
def officer_unpublished(entity: EntityFacts, case: Case) -> Answer:
    """Is it published how to reach the data protection officer?"""
    return conclude(
        entity.dpo_appointed,
        negate(entity.dpo_published),
        read=(("officer published", say(entity.dpo_published)),),
    )


@condition("contact_missing", subject=SubjectKind.ENTITY)
def contact_missing(entity: EntityFacts, case: Case) -> Answer:
    """Are the controller's name and contact details on record?"""
    return Answer(
        fault=negate(entity.contact), read=(("address and contact", say(entity.contact)),)
    )


@condition("representative_missing", subject=SubjectKind.ENTITY)
def representative_missing(entity: EntityFacts, case: Case) -> Answer:
    """Has an entity established elsewhere a representative in the regime's countries?"""
    abroad = entity.country not in case.regime.countries
    named = any_in(entity.representatives, lambda code: code == case.regime.code)
    return conclude(
        all_of((abroad, negate(entity.public_body))),
        negate(named),
        read=(("established in", entity.country), ("representative", say(named))),
    )


@condition(
    "assessment_missing",
    subject=SubjectKind.PURPOSE,
    parameters={
        "kind": AssessmentKind,
        "criteria": a_whole_number,
        "vulnerable": many(a_word),
        "large_scale": a_whole_number,
    },
)
def assessment_missing(purpose: PurposeFacts, case: Case) -> Answer:
    """Is an impact assessment done where so many criteria of high risk are met?"""
    criteria = _criteria(purpose, case)
    kind: AssessmentKind = case.given["kind"]

    def done(one: Assessment) -> Known:
        if one.kind is not kind:
            return False
        return None if one.done_on is None else one.done_on <= case.as_of

    return conclude(
        _at_least(case.given["criteria"], list(criteria.values())),
        negate(any_in(purpose.assessments, done)),
        read=(*((name, say(met)) for name, met in criteria.items()), ("assessment", kind)),
        until=_next_assessment(purpose, case),
    )


def _criteria(purpose: PurposeFacts, case: Case) -> dict[str, Known]:
    activity = case.register.facts.activities.get(purpose.activity or "")
    vulnerable = case.given["vulnerable"]
    used = case.register.contents_used(purpose, case.regime.code)
    return {
        "profiling": purpose.profiling,
        "automated decision": purpose.automated_decision,
        "special data": used.holds(DataClass.SPECIAL),
        "vulnerable people": any_in(activity.subject_categories, lambda one: one in vulnerable)
        if activity
        else None,
        "large scale": _is_large(purpose, case),
    }


def _is_large(purpose: PurposeFacts, case: Case) -> Known:
    limit: int = case.given["large_scale"]
    held = case.register.datasets(purpose.datasets)
    return any_of(None if one.persons is None else one.persons >= limit for one in held)


def _at_least(number: int, criteria: list[Known]) -> Known:
    if sum(met is True for met in criteria) >= number:
        return True
    return False if sum(met is not False for met in criteria) < number else None


def _next_assessment(purpose: PurposeFacts, case: Case) -> date | None:
    return next_day((one.done_on for one in purpose.assessments.items), case.as_of)
