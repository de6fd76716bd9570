"""May data cross this border, and is what the crossing needs on record?

The mechanism `none` says that there is none; None says that nobody has said.
"""

from collections.abc import Callable
from datetime import date

from inventory.law.shapes import Mechanism, Recognition
from inventory.law.vocabulary import (
    AssessmentKind,
    BasisKind,
    Declared,
    Mark,
    MechanismKind,
    MechanismNeed,
    RecipientScope,
    SubjectCategory,
    SubjectKind,
)
from inventory.rules.asking import (
    WAITING,
    Case,
    a_flag,
    a_number,
    a_period,
    a_value,
    a_word,
    conclude,
    condition,
    many,
    not_concerned,
    say,
    weak,
)
from inventory.rules.conditions.basis import recorded
from inventory.rules.conditions.terms import is_late
from inventory.rules.facts import Known, PurposeFacts, TransferFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, contains, negate
from inventory.rules.periods import Period, day_after, next_day

CLAIMS_ADEQUACY = not_concerned("adequacy is claimed, which has a check of its own")
STAFF = frozenset({SubjectCategory.EMPLOYEES, SubjectCategory.APPLICANTS})
OTHER_MECHANISM = not_concerned("the mechanism does not need it")


@condition("no_mechanism", subject=SubjectKind.TRANSFER)
def no_mechanism(transfer: TransferFacts, case: Case) -> Answer:
    """Does a mechanism of the regime, or its finding of adequacy, let the data leave?"""
    mechanism = mechanism_of(transfer, case)
    adequate = is_adequate(transfer, case)
    if mechanism and mechanism.kind is MechanismKind.ADEQUACY and not adequate:
        return CLAIMS_ADEQUACY if adequate is False else WAITING
    opened: Known = None if transfer.mechanism is None else mechanism is not None
    return Answer(
        fault=negate(any_of((adequate, opened))),
        read=(
            ("from", transfer.origin),
            ("to", transfer.destination),
            ("mechanism", transfer.mechanism),
            ("found adequate", say(adequate)),
        ),
        note=_why_open(transfer, adequate, opened),
    )


@condition("adequacy_exceeded", subject=SubjectKind.TRANSFER)
def adequacy_exceeded(transfer: TransferFacts, case: Case) -> Answer:
    """Does the claimed adequacy decision reach this destination and recipient?"""
    if transfer.mechanism is None:
        return WAITING
    mechanism = mechanism_of(transfer, case)
    claimed = mechanism is not None and mechanism.kind is MechanismKind.ADEQUACY
    found = case.law.recognised(case.regime.code, transfer.destination, case.as_of)
    scopes = ", ".join(sorted({one.scope or "general" for one in found}))
    return conclude(
        claimed,
        negate(is_adequate(transfer, case)),
        read=(("to", transfer.destination), ("scope of adequacy", scopes or "none")),
    )


@condition(
    "transfer_lacks",
    subject=SubjectKind.TRANSFER,
    parameters={"need": MechanismNeed, "always": a_flag},
    defaults={"always": False},
)
def transfer_lacks(transfer: TransferFacts, case: Case) -> Answer:
    """Is what the mechanism of the transfer needs on record?"""
    need: MechanismNeed = case.given["need"]
    if not case.given["always"]:
        if transfer.mechanism is None:
            return WAITING
        mechanism = mechanism_of(transfer, case)
        if mechanism is None or need not in mechanism.needs:
            return OTHER_MECHANISM
    held = HAS[need](transfer, case)
    return Answer(
        fault=negate(held),
        read=(("mechanism", transfer.mechanism), (need.replace("_", " "), say(held))),
        until=_next_day(transfer, case),
    )


@condition(
    "adequacy_without_fallback", subject=SubjectKind.TRANSFER, parameters={"scope": RecipientScope}
)
def adequacy_without_fallback(transfer: TransferFacts, case: Case) -> Answer:
    """Is another safeguard kept on file where an adequacy decision is contested?"""
    if transfer.mechanism is None:
        return WAITING
    mechanism = mechanism_of(transfer, case)
    found = case.law.recognised(case.regime.code, transfer.destination, case.as_of)
    contested = any(one.scope is case.given["scope"] for one in found)
    claimed = mechanism is not None and mechanism.kind is MechanismKind.ADEQUACY
    return conclude(
        claimed and contested,
        negate(transfer.fallback),
        read=(("to", transfer.destination), ("another safeguard", say(transfer.fallback))),
    )


@condition("clauses_outdated", subject=SubjectKind.TRANSFER, parameters={"end": a_value})
def clauses_outdated(transfer: TransferFacts, case: Case) -> Answer:
    """Are standard clauses of an earlier form replaced since they no longer hold?"""
    if transfer.mechanism is None:
        return WAITING
    mechanism = mechanism_of(transfer, case)
    if mechanism is None or mechanism.kind is not MechanismKind.STANDARD_CLAUSES:
        return OTHER_MECHANISM
    end = case.value(case.given["end"])
    if end is None or not isinstance(end.value, date):
        return WAITING
    return Answer(
        fault=all_of((transfer.legacy_clauses, case.as_of >= end.value)),
        guidance=weak(end),
        read=(
            ("clauses of an earlier form", say(transfer.legacy_clauses)),
            ("they held until", f"{end.value} ({end.citation})"),
        ),
        until=next_day((end.value,), case.as_of),
    )


@condition(
    "mechanism_unfit",
    subject=SubjectKind.TRANSFER,
    parameters={"mechanism": a_word, "kinds": many(BasisKind)},
)
def mechanism_unfit(transfer: TransferFacts, case: Case) -> Answer:
    """Does the mechanism fit the basis on which the data is held?"""
    if transfer.mechanism is None:
        return WAITING
    if transfer.mechanism != case.given["mechanism"]:
        return OTHER_MECHANISM
    purposes = _purposes(transfer, case)
    fits = [_rests_on(one, case) for one in purposes]
    return Answer(
        fault=negate(all_of(fits)) if fits else None,
        read=tuple(
            (f"basis of {one.name} fits", say(fit)) for one, fit in zip(purposes, fits, strict=True)
        ),
    )


@condition("contract_unfiled", subject=SubjectKind.TRANSFER, parameters={"days": a_number})
def contract_unfiled(transfer: TransferFacts, case: Case) -> Answer:
    """Is a contract that departs from the model filed with the authority in time?"""
    if transfer.mechanism is None:
        return WAITING
    mechanism = mechanism_of(transfer, case)
    if mechanism is None or MechanismNeed.FILING not in mechanism.needs:
        return OTHER_MECHANISM
    days = case.number("days")
    signed = transfer.instrument_on
    due = Period(days=days).ends(signed) if days is not None and signed else None
    return Answer(
        fault=is_late(transfer.filed, transfer.filed_on, due, case.as_of),
        read=(("signed", say(signed)), ("due", say(due)), ("filed", say(transfer.filed_on))),
        until=next_day((transfer.filed_on, day_after(due) if due else None), case.as_of),
    )


@condition(
    "agreement_lacks",
    subject=SubjectKind.TRANSFER,
    parameters={"kinds": many(MechanismKind), "terms": many(a_word)},
)
def agreement_lacks(transfer: TransferFacts, case: Case) -> Answer:
    """Has the agreement with the recipient every term that it must have?"""
    if transfer.mechanism is None:
        return WAITING
    mechanism = mechanism_of(transfer, case)
    if mechanism is None or mechanism.kind not in case.given["kinds"]:
        return OTHER_MECHANISM
    terms: tuple[str, ...] = case.given["terms"]
    held = {term: contains(transfer.terms, term) for term in terms}
    gone = ", ".join(term for term, known in held.items() if not known)
    return Answer(fault=negate(all_of(held.values())), read=(("missing terms", gone or "none"),))


@condition("transfer_assessment_old", subject=SubjectKind.TRANSFER, parameters={"every": a_period})
def transfer_assessment_old(transfer: TransferFacts, case: Case) -> Answer:
    """Was the transfer impact assessment looked at again in time?"""
    if transfer.mechanism is None:
        return WAITING
    mechanism = mechanism_of(transfer, case)
    if mechanism is None or MechanismNeed.TRANSFER_ASSESSMENT not in mechanism.needs:
        return OTHER_MECHANISM
    done = [day for day in _assessed_on(transfer, case) if day <= case.as_of]
    every = case.period("every")
    if not done or every is None:
        return WAITING._replace(until=_next_day(transfer, case))
    due = every.ends(max(done))
    late = case.as_of > due
    return Answer(
        fault=late,
        read=(("last assessment", say(max(done))), ("due again", say(due))),
        until=next_day((_next_day(transfer, case), day_after(due)), case.as_of),
    )


def mechanism_of(transfer: TransferFacts, case: Case) -> Mechanism | None:
    """The mechanism, if the regime has it and it is in force."""
    found = case.regime.mechanisms.get(transfer.mechanism or "")
    return found if found and found.in_force(case.as_of) else None


def is_adequate(transfer: TransferFacts, case: Case) -> Known:
    """Does the regime find the destination adequate for this recipient?"""
    found = case.law.recognised(case.regime.code, transfer.destination, case.as_of)
    return any_of(_reaches(one, transfer, case) for one in found)


def _reaches(recognition: Recognition, transfer: TransferFacts, case: Case) -> Known:
    doubtful = recognition.mark is Mark.UNCERTAIN
    if recognition.scope is None:
        return None if doubtful else True
    if recognition.scope is RecipientScope.AUTOMATED:  # as all is that a register of systems holds
        return None if doubtful else True
    party = case.register.facts.parties.get(transfer.party or "")
    if party is None:
        return None
    inside = contains(party.certifications, recognition.scope)
    if recognition.staff_scope:
        of_staff, of_others = _is_of_staff(transfer, case)
        inside = all_of(
            (
                any_of((negate(of_others), inside)),
                any_of((negate(of_staff), contains(party.certifications, recognition.staff_scope))),
            )
        )
    return None if inside and doubtful else inside


def _is_of_staff(transfer: TransferFacts, case: Case) -> tuple[Known, Known]:
    """Is it data of staff, and is it data of others? Of whom nobody has said is unknown."""
    facts = case.register.facts
    dataset = facts.datasets.get(transfer.dataset or "")
    people = [dataset.subject_categories] if dataset else []
    for purpose in _purposes(transfer, case) if not dataset else ():
        activity = facts.activities.get(purpose.activity or "")
        people += [activity.subject_categories] if activity else []
    if not people:
        return None, None
    of_staff = any_of(any_in(one, lambda who: who in STAFF) for one in people)
    of_others = any_of(any_in(one, lambda who: who not in STAFF) for one in people)
    return of_staff, any_of((of_others, negate(of_staff)))


def _why_open(transfer: TransferFacts, adequate: Known, opened: Known) -> str | None:
    if adequate or opened:
        return None
    if opened is None:
        return f"{transfer.destination} is not known to be adequate, and no mechanism is named"
    return f"data goes to {transfer.destination}, and nothing lets it leave"


def _assessed_on(transfer: TransferFacts, case: Case) -> list[date]:
    assessments = (
        one for purpose in _purposes(transfer, case) for one in purpose.assessments.items
    )
    days = [one.done_on for one in assessments if one.kind is AssessmentKind.TIA]
    return [day for day in (*days, transfer.assessment_on) if day is not None]


def _purposes(transfer: TransferFacts, case: Case) -> list[PurposeFacts]:
    facts = case.register.facts
    if transfer.purpose:
        return [facts.purposes[transfer.purpose]] if transfer.purpose in facts.purposes else []
    dataset = facts.datasets.get(transfer.dataset or "")
    return case.register.purposes_of(dataset) if dataset else []


def _is_assessed(transfer: TransferFacts, case: Case) -> Known:
    if any(day <= case.as_of for day in _assessed_on(transfer, case)):
        return True
    purposes = _purposes(transfer, case)
    said = [any_in(p.assessments, lambda one: one.kind is AssessmentKind.TIA) for p in purposes]
    return False if said and all(answer is False for answer in said) else None


def _rests_on(purpose: PurposeFacts, case: Case) -> Known:
    found = recorded(purpose, case)
    if not found:
        return None if purpose.bases.state is Declared.NOT_ASKED else False
    return any(law.kind in case.given["kinds"] for _, law in found)


def _next_day(transfer: TransferFacts, case: Case) -> date | None:
    days = (transfer.instrument_on, *_assessed_on(transfer, case))
    return next_day(days, case.as_of)


def _is_signed(transfer: TransferFacts, case: Case) -> Known:
    return None if transfer.instrument_on is None else transfer.instrument_on <= case.as_of


HAS: dict[MechanismNeed, Callable[[TransferFacts, Case], Known]] = {
    MechanismNeed.INSTRUMENT_DATE: _is_signed,
    MechanismNeed.TRANSFER_ASSESSMENT: _is_assessed,
    MechanismNeed.UNALTERED: lambda transfer, case: transfer.unmodified,
    MechanismNeed.PUBLICATION: lambda transfer, case: transfer.published,
    MechanismNeed.UNDERTAKING: lambda transfer, case: transfer.undertaking,
    MechanismNeed.MODULE: lambda transfer, case: transfer.module_fits,
    MechanismNeed.OCCASIONAL: lambda transfer, case: negate(transfer.repeated),
}
