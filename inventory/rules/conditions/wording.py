"""Are the justifications of a purpose worth the name?"""

from collections import defaultdict

from inventory.law.vocabulary import SubjectKind
from inventory.rules.asking import WAITING, Case, condition, not_concerned
from inventory.rules.facts import JustificationFacts, PurposeFacts
from inventory.rules.findings import Answer
from inventory.rules.wording import Fault, assess

type ByPurpose = dict[str, list[JustificationFacts]]

NOTHING_WRITTEN = not_concerned("no justification has been written")


@condition("justification_unworthy", subject=SubjectKind.PURPOSE)
def justification_unworthy(purpose: PurposeFacts, case: Case) -> Answer:
    """Does each justification say why the purpose cannot do without the data?"""
    texts = case.register.once("texts", "", None, lambda: _sort(case)).get(purpose.id, [])
    if not texts:
        used = case.register.uses.get(purpose.id, ())
        unread = any(purpose.id in field.justifications for field, _ in used)
        return WAITING if unread else NOTHING_WRITTEN
    faults = [(text, fault) for text in texts for fault in assess(text)]
    if not faults:
        return WAITING if any(_half_said(text) for text in texts) else Answer(fault=False)
    return Answer(
        fault=True,
        guidance=True,
        fields=tuple(
            dict.fromkeys(name for text, fault in faults for name in _fields(text, fault))
        ),
        read=tuple((f"{fault.kind} words", fault.quote) for _, fault in faults),
        note=" ".join(dict.fromkeys(_say(fault) for _, fault in faults)),
    )


def _sort(case: Case) -> ByPurpose:
    found: ByPurpose = defaultdict(list)
    for text in case.register.facts.justifications.values():
        found[text.purpose].append(text)
    return found


def _half_said(text: JustificationFacts) -> bool:
    """Is a fact unknown without which a text cannot be held against the facts?"""
    unsaid = (field.category is None or field.identifiability is None for field in text.fields)
    return None in (text.language, text.purpose_name, text.purpose_text) or any(unsaid)


def _fields(text: JustificationFacts, fault: Fault) -> tuple[str, ...]:
    return fault.fields or tuple(field.name for field in text.fields)


def _say(fault: Fault) -> str:
    return f"“{fault.quote}” is {fault.kind}: {fault.advice}"
