"""Are people who exercise their rights answered in time, in full and everywhere?"""

from datetime import date

from inventory.law.vocabulary import RequestKind, SubjectKind
from inventory.rules.asking import (
    WAITING,
    Case,
    a_flag,
    a_number,
    a_period,
    a_word,
    conclude,
    condition,
    many,
    not_concerned,
    one_of,
    say,
)
from inventory.rules.conditions.terms import factors, is_late
from inventory.rules.events import RequestFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_of, negate
from inventory.rules.periods import add_business_days, day_after, next_day
from inventory.rules.said import Known

OTHER_KIND = not_concerned("the request is of another kind")
KINDS = {"kinds": many(RequestKind)}


@condition(
    "request_late",
    subject=SubjectKind.REQUEST,
    parameters={
        **KINDS,
        "step": one_of("answered", "acknowledged"),
        "within": a_period,
        "business_days": a_number,
        "extension": a_period,
        "doubled_for_small": a_flag,
    },
    defaults={
        "step": "answered",
        "within": None,
        "business_days": None,
        "extension": None,
        "doubled_for_small": False,
    },
)
def request_late(request: RequestFacts, case: Case) -> Answer:
    """Is the request answered, or acknowledged, in time?"""
    if request.kind not in case.given["kinds"]:
        return OTHER_KIND
    step: str = case.given["step"]
    done: Known = getattr(request, step)
    done_on: date | None = getattr(request, f"{step}_on")
    dues = _dues(request, case)
    faults = {is_late(done, done_on, due, case.as_of) for due in dues}
    return Answer(
        fault=faults.pop() if len(faults) == 1 else None,
        read=(
            (step, say(done_on or done)),
            ("received", say(request.received_on)),
            ("due", " or ".join(map(str, dues)) or None),
        ),
        until=next_day((done_on, request.extended_on, *map(day_after, dues)), case.as_of),
    )


@condition(
    "answer_unreadable",
    subject=SubjectKind.REQUEST,
    parameters={**KINDS, "languages": many(a_word)},
)
def answer_unreadable(request: RequestFacts, case: Case) -> Answer:
    """Is the answer given in a language that the law accepts?"""
    if request.kind not in case.given["kinds"]:
        return OTHER_KIND
    if request.answered is False:
        return not_concerned("the request is not answered yet")
    accepted = None if request.language is None else request.language in case.given["languages"]
    return conclude(
        request.answered, negate(accepted), read=(("language of the answer", request.language),)
    )


@condition("recipients_not_told", subject=SubjectKind.REQUEST, parameters=KINDS)
def recipients_not_told(request: RequestFacts, case: Case) -> Answer:
    """Is every recipient told of what was corrected or erased?"""
    if request.kind not in case.given["kinds"]:
        return OTHER_KIND
    return conclude(
        _granted(request),
        negate(request.recipients_told),
        read=(("recipients told", say(request.recipients_told)),),
    )


@condition("copies_not_erased", subject=SubjectKind.REQUEST, parameters=KINDS)
def copies_not_erased(request: RequestFacts, case: Case) -> Answer:
    """Is a request for erasure closed only when no copy and no recipient holds the data?"""
    if request.kind not in case.given["kinds"]:
        return OTHER_KIND
    return conclude(
        _granted(request),
        negate(all_of((request.copies_erased, request.recipients_told))),
        read=(
            ("copies erased", say(request.copies_erased)),
            ("recipients told", say(request.recipients_told)),
        ),
    )


@condition("unidentified_unshown", subject=SubjectKind.REQUEST)
def unidentified_unshown(request: RequestFacts, case: Case) -> Answer:
    """Where the person cannot be found, is that shown, and are they told?"""
    return conclude(
        negate(request.person_found),
        negate(request.unidentifiable_shown),
        read=(
            ("person found", say(request.person_found)),
            ("shown and told", say(request.unidentifiable_shown)),
        ),
    )


@condition("training_not_erased", subject=SubjectKind.REQUEST, parameters=KINDS)
def training_not_erased(request: RequestFacts, case: Case) -> Answer:
    """Is an erased person gone from the data that models are trained on?"""
    if request.kind not in case.given["kinds"]:
        return OTHER_KIND
    return conclude(
        all_of((_granted(request), request.in_training)),
        negate(request.erased_from_training),
        read=(
            ("in training data", say(request.in_training)),
            ("erased from it", say(request.erased_from_training)),
        ),
    )


@condition("model_undecided", subject=SubjectKind.REQUEST, parameters=KINDS)
def model_undecided(request: RequestFacts, case: Case) -> Answer:
    """Is it decided what becomes of a model that may still hold the person's data?"""
    if request.kind not in case.given["kinds"]:
        return OTHER_KIND
    return conclude(
        request.in_model,
        negate(request.model_decided),
        read=(("in a model", say(request.in_model)), ("decided", say(request.model_decided))),
    )


@condition("correction_mishandled", subject=SubjectKind.REQUEST, parameters=KINDS)
def correction_mishandled(request: RequestFacts, case: Case) -> Answer:
    """Is wrong data corrected and passed on, or the refusal told?"""
    if request.kind not in case.given["kinds"]:
        return OTHER_KIND
    if request.answered is False:
        return WAITING
    handled = any_of(
        (
            all_of((request.refused, request.refusal_told)),
            all_of((negate(request.refused), request.mended, request.recipients_told)),
        )
    )
    return conclude(
        request.answered,
        negate(handled),
        read=(
            ("refused", say(request.refused)),
            ("refusal told", say(request.refusal_told)),
            ("corrected", say(request.mended)),
            ("recipients told", say(request.recipients_told)),
        ),
    )


def _granted(request: RequestFacts) -> Known:
    return all_of((request.answered, negate(request.refused)))


def _dues(request: RequestFacts, case: Case) -> list[date]:
    """The last day to answer; two where nobody has said whether the longer term holds."""
    start = request.received_on
    if start is None:
        return []
    if case.given["business_days"] is not None:
        days = case.number("business_days")
        return [add_business_days(start, days)] if days is not None else []
    within = case.period("within")
    if within is None:
        return []
    if case.given["doubled_for_small"]:
        return [within.times(factor).ends(start) for factor in factors(request.entity, case)]
    due = within.ends(start)
    more = case.period("extension") if case.given["extension"] is not None else None
    if more and request.extended_on and request.extended_on <= min(due, case.as_of):
        return [within.plus(more).ends(start)]
    return [due]
