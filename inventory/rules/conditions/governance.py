"""Has the organisation the people and the assessments that the law asks for?"""

from dataclasses import dataclass, replace
from datetime import date

from inventory.law.shapes import Entry, ValueOf
from inventory.law.vocabulary import AssessmentKind, DataClass, Declared, SubjectKind
from inventory.rules.asking import (
    WAITING,
    Case,
    a_number,
    a_value,
    a_whole_number,
    a_word,
    conclude,
    condition,
    find_condition,
    many,
    not_concerned,
    one_of,
    say,
    weak,
)
from inventory.rules.facts import Assessment, EntityFacts, Known, PurposeFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, negate
from inventory.rules.periods import next_day

ELSEWHERE = not_concerned("it is established in another country")
NOT_ASSESSED = not_concerned("there is no assessment")
LACKS = one_of("subject_channel", "complaints_procedure", "security_officer")
TRAIT = one_of(
    "public_body",
    "research_body",
    "health_body",
    "data_trader",
    "small_agent",
    "core_monitoring",
    "core_special_data",
    "financial_body",
    "dpo_appointed",
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
    due = any_of(_has(trait, entity, case) for trait in where) if where else True
    spared = any_of(_has(trait, entity, case) for trait in unless)
    return conclude(
        all_of((due, negate(spared))),
        negate(entity.dpo_appointed),
        read=(
            *(
                (trait.replace("_", " "), say(_has(trait, entity, case)))
                for trait in where + unless
            ),
            ("officer appointed", say(entity.dpo_appointed)),
        ),
    )


@condition(
    "officer_due_by_law",
    subject=SubjectKind.ENTITY,
    parameters={
        "from": a_value,
        "assessment": a_value,
        "trading": a_value,
        "criteria": a_whole_number,
        "vulnerable": many(a_word),
        "large_scale": a_whole_number,
    },
)
def officer_due_by_law(entity: EntityFacts, case: Case) -> Answer:
    """Is an officer appointed where the law of the country asks for one by itself?"""
    if case.country != entity.country:
        return ELSEWHERE
    grounds = [ground for ground in _national_grounds(entity, case) if ground.entry]
    if not grounds:
        return WAITING
    return conclude(
        any_of(ground.met for ground in grounds),
        negate(entity.dpo_appointed),
        guidance=all(weak(ground.entry) for ground in grounds if ground.entry),
        read=(
            *(
                (f"{ground.words} ({ground.entry.citation})", say(ground.met))
                for ground in grounds
                if ground.entry
            ),
            ("officer appointed", say(entity.dpo_appointed)),
        ),
    )


@condition(
    "entity_lacks",
    subject=SubjectKind.ENTITY,
    parameters={"fact": LACKS, "where": many(TRAIT), "unless": many(TRAIT), "databases": a_number},
    defaults={"where": (), "unless": (), "databases": None},
)
def entity_lacks(entity: EntityFacts, case: Case) -> Answer:
    """Has the entity the person, channel or procedure that the law asks of such a one?"""
    given = case.given
    reasons = [_has(trait, entity, case) for trait in given["where"]]
    if given["databases"] is not None:
        limit, held = case.number("databases"), entity.filed_databases
        reasons.append(None if limit is None or held is None else held >= limit)
    spared = any_of(_has(trait, entity, case) for trait in given["unless"])
    traits = given["where"] + given["unless"]
    return conclude(
        all_of((any_of(reasons) if reasons else True, negate(spared))),
        negate(getattr(entity, given["fact"])),
        read=(
            *((trait.replace("_", " "), say(_has(trait, entity, case))) for trait in traits),
            (given["fact"].replace("_", " "), say(getattr(entity, given["fact"]))),
        ),
    )


@condition(
    "small_agent_lost",
    subject=SubjectKind.ENTITY,
    parameters={"vulnerable": many(a_word), "large_scale": a_whole_number},
)
def small_agent_lost(entity: EntityFacts, case: Case) -> Answer:
    """Is the regime of small agents claimed only where no processing is of high risk?"""
    risks = _risks(entity, case)
    return conclude(
        entity.small_agent,
        any_of(risk for _, risk in risks),
        read=(
            ("small agent", say(entity.small_agent)),
            *((f"high risk: {name}", say(risk)) for name, risk in risks),
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
    grave = any_of((entity.likely_risk, entity.core_special_data))
    spared = any_of((entity.public_body, all_of((entity.occasional, negate(grave)))))
    named = any_in(entity.representatives, lambda code: code == case.regime.code)
    return conclude(
        all_of((abroad, negate(spared))),
        negate(named),
        read=(
            ("established in", entity.country),
            ("public body, or harmless and rare", say(spared)),
            ("representative", say(named)),
        ),
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


@condition("consultation_missing", subject=SubjectKind.PURPOSE, parameters={"kind": AssessmentKind})
def consultation_missing(purpose: PurposeFacts, case: Case) -> Answer:
    """Where an assessment leaves a high risk, is the authority consulted?"""
    found = [one for one in purpose.assessments.items if one.kind is case.given["kind"]]
    if not found:
        unsaid = purpose.assessments.state is Declared.NOT_ASKED
        return WAITING if unsaid else NOT_ASSESSED
    return conclude(
        any_of(one.residual_high for one in found),
        any_of(all_of((one.residual_high, negate(one.authority_consulted))) for one in found),
        read=tuple(
            reading
            for one in found
            for reading in (
                ("high risk remains", say(one.residual_high)),
                ("authority consulted", say(one.authority_consulted)),
            )
        ),
    )


def is_small_agent(entity: EntityFacts, case: Case) -> Known:
    """Has it the regime of small agents: claimed, and lost by no processing of high risk?"""
    checks = case.law.checks(case.regime.code, case.as_of)
    losing = next((one for one in checks if one.condition == "small_agent_lost"), None)
    if losing is None:
        return entity.small_agent
    asked = replace(case, given=find_condition(losing).bind(losing))
    return all_of((entity.small_agent, *(negate(risk) for _, risk in _risks(entity, asked))))


def _has(trait: str, entity: EntityFacts, case: Case) -> Known:
    return is_small_agent(entity, case) if trait == "small_agent" else getattr(entity, trait)


def _risks(entity: EntityFacts, case: Case) -> list[tuple[str, Known]]:
    """Each of its purposes by name, and whether it is of high risk."""
    return [(one.name, _is_high_risk(one, case)) for one in _purposes(entity, case)]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What national law takes as a reason for an officer, and whether it is there."""

    words: str
    entry: Entry | None
    met: Known


def _national_grounds(entity: EntityFacts, case: Case) -> tuple[_Ground, ...]:
    given, staff = case.given, entity.automated_staff
    limit = case.value(given["from"])
    many_people = None if staff is None or limit is None else staff >= int(str(limit.value))
    return (
        _Ground(
            f"{limit.value if limit else 0} people in automated processing", limit, many_people
        ),
        _Ground(
            "an impact assessment is due", _rule(given["assessment"], case), _assessed(entity, case)
        ),
        _Ground("it trades in data", _rule(given["trading"], case), entity.data_trader),
    )


def _rule(asked: ValueOf, case: Case) -> Entry | None:
    """The country's rule, where it says yes."""
    entry = case.value(asked)
    return entry if entry and entry.value is True else None


def _assessed(entity: EntityFacts, case: Case) -> Known:
    """Does any of its purposes meet so many criteria that an assessment is due?"""
    number: int = case.given["criteria"]
    return any_of(
        _at_least(number, list(_criteria(one, case).values())) for one in _purposes(entity, case)
    )


def _purposes(entity: EntityFacts, case: Case) -> list[PurposeFacts]:
    return [
        case.register.facts.purposes[key]
        for activity in case.register.activities_of.get(entity.id, ())
        for key in activity.purposes
        if key in case.register.facts.purposes
    ]


def _is_high_risk(purpose: PurposeFacts, case: Case) -> Known:
    """One general criterion and one specific, as the Brazilian authority's rules have them."""
    criteria = _criteria(purpose, case)
    general = any_of((criteria["large scale"], purpose.legal_effect))
    specific = any_of(
        criteria[name] for name in ("automated decision", "special data", "vulnerable people")
    )
    return all_of((general, specific))


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
