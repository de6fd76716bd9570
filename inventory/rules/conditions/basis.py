"""Has the purpose a legal basis for each class of data it uses, with what that basis needs?"""

from collections.abc import Callable
from datetime import date

from inventory.law.shapes import LegalBasis
from inventory.law.vocabulary import (
    AssessmentKind,
    BasisKind,
    BasisNeed,
    DataClass,
    Declared,
    SubjectKind,
)
from inventory.rules.asking import (
    WAITING,
    Case,
    a_flag,
    a_period,
    a_word,
    conclude,
    condition,
    many,
    not_concerned,
    one_of,
    say,
)
from inventory.rules.facts import BasisFacts, Known, PurposeFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, negate
from inventory.rules.periods import day_after, next_day
from inventory.rules.register import Contents

NO_SUCH_BASIS = not_concerned("the purpose rests on no basis that needs it")

RESERVED = {
    BasisNeed.PUBLIC_BODY: "public_body",
    BasisNeed.RESEARCH_BODY: "research_body",
    BasisNeed.HEALTH_SERVICE: "health_body",
    BasisNeed.FINANCIAL_ENTITY: "financial_body",
}


@condition(
    "no_legal_basis",
    subject=SubjectKind.PURPOSE,
    parameters={"data_class": DataClass, "always": a_flag},
    defaults={"data_class": None, "always": False},
)
def no_legal_basis(purpose: PurposeFacts, case: Case) -> Answer:
    """Has the purpose a legal basis for the class of data it uses?"""
    wanted: DataClass | None = case.given["data_class"]
    used = case.register.contents_used(purpose, case.regime.code)
    uses_it = True if case.given["always"] or wanted is None else used.holds(wanted)
    found = recorded(purpose, case, wanted)
    missing: Known = False if found else _unless_asked(purpose)
    return conclude(
        uses_it,
        missing,
        read=(("class of data", wanted or "any"), ("legal basis", say_bases(found) or None)),
        fields=used.unknown if uses_it is None else _fields(used, wanted),
        note="fields without a category may need one" if uses_it is None else None,
    )


@condition("several_bases", subject=SubjectKind.PURPOSE, parameters={"data_class": DataClass})
def several_bases(purpose: PurposeFacts, case: Case) -> Answer:
    """Does the purpose rest on one legal basis only?"""
    found = recorded(purpose, case, case.given["data_class"])
    if len({basis.code for basis, _ in found if basis.country is None}) > 1:
        return Answer(fault=True, read=(("legal bases", say_bases(found)),))
    if purpose.bases.state is Declared.NOT_ASKED:
        return WAITING
    return Answer(fault=False, read=(("legal basis", say_bases(found) or "none"),))


@condition("basis_lacks", subject=SubjectKind.PURPOSE, parameters={"need": BasisNeed})
def basis_lacks(purpose: PurposeFacts, case: Case) -> Answer:
    """Is what the legal basis needs on record?"""
    need: BasisNeed = case.given["need"]
    needing = [basis for basis, law in recorded(purpose, case) if need in law.needs]
    if not needing:
        return _no_basis_needs_it(purpose)
    has = HAS[need]
    answers = [(basis, has(basis, purpose, case.as_of)) for basis in needing]
    tests = (day for basis in needing for day in tests_of(basis, purpose))
    return Answer(
        fault=negate(all_known(answers)),
        read=tuple((f"{basis.code}: {need}", say(held)) for basis, held in answers),
        until=next_day(tests, case.as_of) if need is BasisNeed.BALANCING_TEST else None,
    )


@condition("basis_reserved", subject=SubjectKind.PURPOSE, parameters={"to": one_of(*RESERVED)})
def basis_reserved(purpose: PurposeFacts, case: Case) -> Answer:
    """Is a legal basis that the law reserves to certain bodies used by one of them?"""
    need = BasisNeed(case.given["to"])
    needing = [basis for basis, law in recorded(purpose, case) if need in law.needs]
    if not needing:
        return _no_basis_needs_it(purpose)
    held = any_entity(purpose, case, RESERVED[need])
    return Answer(
        fault=negate(held),
        read=(("legal basis", needing[0].code), (need.replace("_", " "), say(held))),
    )


@condition("consent_unequal", subject=SubjectKind.PURPOSE, parameters={"people": many(a_word)})
def consent_unequal(purpose: PurposeFacts, case: Case) -> Answer:
    """Where the two sides are unequal, is it shown that consent is free?"""
    resting = resting_on(purpose, case, (BasisKind.CONSENT,))
    if not resting:
        return _no_basis_needs_it(purpose)
    activity = case.register.facts.activities.get(purpose.activity or "")
    named = (
        any_in(activity.subject_categories, lambda one: one in case.given["people"])
        if activity
        else None
    )
    public = any_entity(purpose, case, "public_body")
    return conclude(
        any_of((named, public)),
        any_of(negate(basis.freely_given) for basis in resting),
        read=(
            ("people who depend on it", say(named)),
            ("public body", say(public)),
            *(("shown to be free", say(basis.freely_given)) for basis in resting),
        ),
    )


@condition("basis_barred", subject=SubjectKind.PURPOSE, parameters={"kinds": many(BasisKind)})
def basis_barred(purpose: PurposeFacts, case: Case) -> Answer:
    """Is a basis that is closed to public bodies in their tasks left alone by them?"""
    resting = resting_on(purpose, case, case.given["kinds"])
    if not resting:
        return _no_basis_needs_it(purpose)
    public = any_entity(purpose, case, "public_body")
    return Answer(
        fault=all_of((public, purpose.public_task)),
        read=(
            ("legal basis", resting[0].code),
            ("public body", say(public)),
            ("in its task", say(purpose.public_task)),
        ),
    )


@condition(
    "basis_alone",
    subject=SubjectKind.PURPOSE,
    parameters={"kinds": many(BasisKind), "data_class": DataClass},
)
def basis_alone(purpose: PurposeFacts, case: Case) -> Answer:
    """Has data of this class more to stand on than a basis that cannot carry it?"""
    resting = resting_on(purpose, case, case.given["kinds"])
    if not resting:
        return _no_basis_needs_it(purpose)
    wanted: DataClass = case.given["data_class"]
    used = case.register.contents_used(purpose, case.regime.code)
    found = recorded(purpose, case, wanted)
    return conclude(
        used.holds(wanted),
        False if found else _unless_asked(purpose),
        read=(("legal basis", resting[0].code), ("condition for it", say_bases(found) or None)),
        fields=_fields(used, wanted),
    )


@condition("basis_foreign", subject=SubjectKind.PURPOSE, parameters={"kinds": many(BasisKind)})
def basis_foreign(purpose: PurposeFacts, case: Case) -> Answer:
    """Is no basis claimed that only other laws have?"""
    claimed = [one.code for one in purpose.bases.items if one.regime == case.regime.code]
    foreign = [
        code
        for code in claimed
        if code not in case.regime.bases
        and code in case.law.bases
        and case.law.bases[code].kind in case.given["kinds"]
    ]
    if not foreign and purpose.bases.state is Declared.NOT_ASKED:
        return WAITING
    return Answer(fault=bool(foreign), read=(("legal bases", ", ".join(claimed) or "none"),))


@condition("listing_exceeded", subject=SubjectKind.PURPOSE, parameters={"allowed": many(a_word)})
def listing_exceeded(purpose: PurposeFacts, case: Case) -> Answer:
    """Does a listing hold only the fields that the law allows one?"""
    resting = resting_on(purpose, case, (BasisKind.LISTING,))
    if not resting:
        return _no_basis_needs_it(purpose)
    used = [field for field, _ in case.register.uses.get(purpose.id, ())]
    beyond = [
        None if field.category is None else field.category not in case.given["allowed"]
        for field in used
    ]
    fault = any_of(beyond)
    names = dict.fromkeys(field.name for field in used)
    too_much = (f.name for f, out in zip(used, beyond, strict=True) if fault in (out, True))
    return Answer(
        fault=fault,
        fields=tuple(dict.fromkeys(too_much)),
        read=(("legal basis", resting[0].code), ("fields used", ", ".join(names) or "none")),
    )


@condition("balancing_test_old", subject=SubjectKind.PURPOSE, parameters={"every": a_period})
def balancing_test_old(purpose: PurposeFacts, case: Case) -> Answer:
    """Was the balancing test of a legitimate interest looked at again in time?"""
    needing = [b for b, law in recorded(purpose, case) if BasisNeed.BALANCING_TEST in law.needs]
    if not needing:
        return _no_basis_needs_it(purpose)
    tests = [day for basis in needing for day in tests_of(basis, purpose)]
    done = [day for day in tests if day <= case.as_of]
    every = case.period("every")
    if not done or every is None:
        return WAITING._replace(until=next_day(tests, case.as_of))
    due = every.ends(max(done))
    late = case.as_of > due
    return Answer(
        fault=late,
        read=(("last balancing test", say(max(done))), ("due again", say(due))),
        until=next_day((*tests, day_after(due)), case.as_of),
    )


def recorded(
    purpose: PurposeFacts, case: Case, data_class: DataClass | None = None
) -> list[tuple[BasisFacts, LegalBasis]]:
    """The purpose's bases under the regime that the law knows and that are in force."""
    found = case.register.once(
        "recorded", purpose.id, (case.regime.code, case.country), lambda: _recorded(purpose, case)
    )
    return found if data_class is None else [x for x in found if x[0].data_class is data_class]


def _recorded(purpose: PurposeFacts, case: Case) -> list[tuple[BasisFacts, LegalBasis]]:
    known = case.regime.bases
    return [
        (basis, known[basis.code])
        for basis in purpose.bases.items
        if basis.regime == case.regime.code
        and basis.code in known
        and basis.data_class in known[basis.code].data_classes
        and known[basis.code].in_force(case.as_of)
        and (case.country is None or basis.country in (None, case.country))
    ]


def resting_on(purpose: PurposeFacts, case: Case, kinds: tuple[BasisKind, ...]) -> list[BasisFacts]:
    """The purpose's bases of these kinds."""
    return [basis for basis, law in recorded(purpose, case) if law.kind in kinds]


def any_entity(purpose: PurposeFacts, case: Case, trait: str) -> Known:
    """Is one of the entities that take part such a one?"""
    activity = case.register.facts.activities.get(purpose.activity or "")
    entities = case.register.facts.entities

    def is_one(key: str) -> Known:
        return getattr(entities[key], trait) if key in entities else None

    return any_in(activity.entities, lambda member: is_one(member.entity)) if activity else None


def say_bases(found: list[tuple[BasisFacts, LegalBasis]]) -> str:
    return ", ".join(sorted({basis.code for basis, _ in found}))


def tests_of(basis: BasisFacts, purpose: PurposeFacts) -> list[date]:
    """The days of the balancing tests on record."""
    days = [a.done_on for a in purpose.assessments.items if a.kind is AssessmentKind.LIA]
    return [day for day in (*days, basis.balancing_test_on) if day is not None]


def all_known(answers: list[tuple[BasisFacts, Known]]) -> Known:
    return negate(any_of(negate(held) for _, held in answers))


def _fields(used: Contents, wanted: DataClass | None) -> tuple[str, ...]:
    return used.by_class.get(wanted, ()) if wanted else ()


def _unless_asked(purpose: PurposeFacts) -> Known:
    return None if purpose.bases.state is Declared.NOT_ASKED else True


def _no_basis_needs_it(purpose: PurposeFacts) -> Answer:
    return WAITING if purpose.bases.state is Declared.NOT_ASKED else NO_SUCH_BASIS


def _has_test(basis: BasisFacts, purpose: PurposeFacts, as_of: date) -> Known:
    if any(day <= as_of for day in tests_of(basis, purpose)):
        return True
    undated = any_in(purpose.assessments, lambda one: one.kind is AssessmentKind.LIA)
    return None if undated is not False else False


def _has_law(basis: BasisFacts, purpose: PurposeFacts, as_of: date) -> Known:
    return None if basis.law_reference is None else bool(basis.law_reference.strip())


HAS: dict[BasisNeed, Callable[[BasisFacts, PurposeFacts, date], Known]] = {
    BasisNeed.CONSENT_RECORD: lambda basis, purpose, as_of: basis.consent_record,
    BasisNeed.WITHDRAWAL: lambda basis, purpose, as_of: basis.withdrawal_as_easy,
    BasisNeed.EXPLICIT: lambda basis, purpose, as_of: basis.consent_explicit,
    BasisNeed.HIGHLIGHTED: lambda basis, purpose, as_of: basis.consent_explicit,
    BasisNeed.LAW_REFERENCE: _has_law,
    BasisNeed.LISTED_PURPOSE: lambda basis, purpose, as_of: basis.listed_purpose,
    BasisNeed.POLICY_DOCUMENT: lambda basis, purpose, as_of: basis.policy_document,
    BasisNeed.BALANCING_TEST: _has_test,
}
