"""Is the purpose named, and is what it does to people allowed for?"""

from inventory.law.vocabulary import BasisKind, DataClass, Declared, SubjectKind
from inventory.rules.asking import Case, a_word, conclude, condition, many, say
from inventory.rules.conditions.basis import resting_on
from inventory.rules.facts import Known, PurposeFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_of, negate


@condition(
    "purpose_vague",
    subject=SubjectKind.PURPOSE,
    parameters={"vague": many(a_word)},
    defaults={"vague": ()},
)
def purpose_vague(purpose: PurposeFacts, case: Case) -> Answer:
    """Does the purpose say what the data is used for, specifically?"""
    read = (("purpose", purpose.text),)
    if purpose.text is None:
        return Answer(fault=None, read=read, note="nobody has said what the purpose is")
    text = purpose.text.strip().rstrip(".").casefold()
    if not text:
        return Answer(fault=True, read=read, note="the purpose is empty")
    if text in case.given["vague"]:
        return Answer(fault=True, read=read, note=f"“{purpose.text}” could mean anything")
    return Answer(fault=False, read=read)


@condition("reuse_untested", subject=SubjectKind.PURPOSE)
def reuse_untested(purpose: PurposeFacts, case: Case) -> Answer:
    """Is using data for another purpose than it was collected for allowed or compatible?"""
    kinds = (BasisKind.CONSENT, BasisKind.LEGAL_OBLIGATION)
    allowed: Known = True if resting_on(purpose, case, kinds) else None
    if allowed is None and purpose.bases.state is not Declared.NOT_ASKED:
        allowed = False
    return conclude(
        purpose.further_use,
        negate(any_of((allowed, purpose.compatible))),
        read=(
            ("collected for another purpose", say(purpose.further_use)),
            ("consent or law", say(allowed)),
            ("found compatible", say(purpose.compatible)),
        ),
    )


@condition("inference_unflagged", subject=SubjectKind.PURPOSE, parameters={"data_class": DataClass})
def inference_unflagged(purpose: PurposeFacts, case: Case) -> Answer:
    """Is what is inferred about people treated as data of the class it tells of?"""
    used = case.register.contents_used(purpose, case.regime.code)
    flagged = used.holds(case.given["data_class"])
    return conclude(
        all_of((purpose.profiling, purpose.infers_special)),
        negate(flagged),
        read=(
            ("profiling", say(purpose.profiling)),
            ("infers such data", say(purpose.infers_special)),
            ("a field of the class", say(flagged)),
        ),
    )


@condition("phone_marketing_unchecked", subject=SubjectKind.PURPOSE)
def phone_marketing_unchecked(purpose: PurposeFacts, case: Case) -> Answer:
    """Before marketing by telephone, is the do-not-call register checked?"""
    return conclude(
        all_of((purpose.direct_marketing, purpose.phone_marketing)),
        negate(purpose.do_not_call_checked),
        read=(
            ("marketing by telephone", say(purpose.phone_marketing)),
            ("register checked", say(purpose.do_not_call_checked)),
        ),
    )


@condition("automated_without_review", subject=SubjectKind.PURPOSE)
def automated_without_review(purpose: PurposeFacts, case: Case) -> Answer:
    """If it decides about people by machine alone, can a human review the decision?"""
    return conclude(
        purpose.automated_decision,
        negate(purpose.human_review),
        read=(
            ("automated decision", say(purpose.automated_decision)),
            ("human review", say(purpose.human_review)),
        ),
    )


@condition("marketing_without_opt_out", subject=SubjectKind.PURPOSE)
def marketing_without_opt_out(purpose: PurposeFacts, case: Case) -> Answer:
    """If it is direct marketing, can people object to it?"""
    return conclude(
        purpose.direct_marketing,
        negate(purpose.opt_out),
        read=(
            ("direct marketing", say(purpose.direct_marketing)),
            ("way to object", say(purpose.opt_out)),
        ),
    )
