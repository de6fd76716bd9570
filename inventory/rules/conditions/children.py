"""Are children protected as the law asks?"""

from inventory.law.vocabulary import BasisKind, Declared, SubjectCategory, SubjectKind
from inventory.rules.asking import (
    WAITING,
    Case,
    a_flag,
    a_number,
    a_value,
    conclude,
    condition,
    many,
    say,
    weak,
)
from inventory.rules.conditions.basis import recorded
from inventory.rules.facts import Known, PurposeFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, negate


@condition(
    "child_without_parent",
    subject=SubjectKind.PURPOSE,
    parameters={"age": a_value, "kinds": many(BasisKind), "services_only": a_flag},
    defaults={"services_only": True},
)
def child_without_parent(purpose: PurposeFacts, case: Case) -> Answer:
    """Did a parent authorise consent given by a child below the country's age?"""
    resting = [b for b, law in recorded(purpose, case) if law.kind in case.given["kinds"]]
    if not resting and purpose.bases.state is Declared.NOT_ASKED:
        return WAITING
    limit = case.value(case.given["age"])
    if limit is None:
        return WAITING
    age = int(str(limit.value))
    services_only: bool = case.given["services_only"]
    young: Known = None if purpose.youngest_age is None else purpose.youngest_age < age
    return conclude(
        all_of((bool(resting), young, purpose.child_service if services_only else True)),
        any_of(negate(basis.parental_consent) for basis in resting),
        guidance=weak(limit),
        read=(
            ("service to children", say(purpose.child_service)),
            ("youngest age", say(purpose.youngest_age)),
            (f"age of consent in {case.country}", f"{age} ({limit.citation})"),
            *(("parental consent", say(basis.parental_consent)) for basis in resting),
        ),
    )


@condition("single_age_assumed", subject=SubjectKind.PURPOSE, parameters={"highest": a_number})
def single_age_assumed(purpose: PurposeFacts, case: Case) -> Answer:
    """Does the age of a child's consent follow the country, or the strictest of all?"""
    resting = [b for b, law in recorded(purpose, case) if law.kind is BasisKind.CONSENT]
    if not resting and purpose.bases.state is Declared.NOT_ASKED:
        return WAITING
    highest = case.number("highest")
    age = purpose.consent_age
    low: Known = None if age is None or highest is None else age < highest
    return conclude(
        all_of((bool(resting), purpose.child_service, _in_several_countries(purpose, case))),
        all_of((negate(purpose.ages_by_country), low)),
        read=(
            ("age of own consent", say(age)),
            ("by country", say(purpose.ages_by_country)),
            ("strictest age", say(highest)),
        ),
    )


@condition("best_interest_unassessed", subject=SubjectKind.PURPOSE, parameters={"age": a_number})
def best_interest_unassessed(purpose: PurposeFacts, case: Case) -> Answer:
    """Is it assessed that processing a child's data is in the child's best interest?"""
    minors = any_of(
        (purpose.child_service, _is_young(purpose, case), _names_children(purpose, case))
    )
    bases = [basis for basis, _ in recorded(purpose, case)]
    if not bases:
        return WAITING
    return conclude(
        minors,
        negate(all_of(basis.best_interest for basis in bases)),
        read=(
            ("children concerned", say(minors)),
            *(("best interest assessed", say(basis.best_interest)) for basis in bases),
        ),
    )


def _in_several_countries(purpose: PurposeFacts, case: Case) -> Known:
    held = case.register.datasets(purpose.datasets)
    there = {
        one.country
        for dataset in held
        for one in dataset.subject_countries.items
        if one.country in case.regime.countries
    }
    if len(there) > 1:
        return True
    whole = all(one.subject_countries.state is not Declared.NOT_ASKED for one in held)
    return False if held and whole else None


def _is_young(purpose: PurposeFacts, case: Case) -> Known:
    age = case.number("age")
    return None if purpose.youngest_age is None or age is None else purpose.youngest_age < age


def _names_children(purpose: PurposeFacts, case: Case) -> Known:
    activity = case.register.facts.activities.get(purpose.activity or "")
    if activity is None:
        return None
    return any_in(activity.subject_categories, lambda one: one == SubjectCategory.CHILDREN)
