"""Is the purpose named, and is what it does to people allowed for?"""

from inventory.law.vocabulary import SubjectKind
from inventory.rules.asking import Case, a_word, conclude, condition, many, say
from inventory.rules.facts import PurposeFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import negate


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
