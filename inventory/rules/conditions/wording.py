"""Are the justifications of a purpose worth the name?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from inventory.law.vocabulary import Identifiability, JustificationState, SubjectKind
from inventory.rules.asking import WAITING, Case, condition, not_concerned
from inventory.rules.facts import FieldFacts, JustificationFacts, PurposeFacts
from inventory.rules.findings import Answer
from inventory.rules.wording import Fault, FaultKind, assess, can_read

type ByPurpose = dict[str, list[JustificationFacts]]
type Found = list[tuple[JustificationFacts, Fault]]

NOTHING_WRITTEN = not_concerned("no justification has been written")
UNREAD = WAITING._replace(note="a text is in a language that is not read here")
# A text that holds only a place, or that the facts belie, says nothing true: no reader can defend
# it. All else is a matter of opinion on words, and a person has the last word: at most attention.
PLAIN = frozenset({FaultKind.PLACEHOLDER, FaultKind.CONTRADICTED})
UNFINISHED = frozenset(
    {JustificationState.DRAFT, JustificationState.REJECTED}
)  # nobody stands by it
CALLED = {
    FaultKind.PLACEHOLDER: "only holds a place",
    FaultKind.CONTRADICTED: "is contradicted by the facts",
    FaultKind.SHORT: "is too short",
    FaultKind.STRETCHED: "is stretched over unlike fields",
    FaultKind.COPIED: "is copied",
    FaultKind.CIRCULAR: "goes in a circle",
    FaultKind.VAGUE: "is vague",
}
MOST_QUOTED = 20
MOST_TOLD = 5


@condition("justification_unworthy", subject=SubjectKind.PURPOSE)
def justification_unworthy(purpose: PurposeFacts, case: Case) -> Answer:
    """Does each justification say why the purpose cannot do without the data?"""
    return case.register.once("worth", purpose.id, None, lambda: _judge(purpose, case))


def _judge(purpose: PurposeFacts, case: Case) -> Answer:
    texts = case.register.once("texts", "", None, lambda: _sort(case)).get(purpose.id, [])
    if not texts:
        used = case.register.uses.get(purpose.id, ())
        unread = any(purpose.id in field.justifications for field, _ in used)
        return WAITING if unread else NOTHING_WRITTEN
    found = [(text, fault) for text in texts for fault in assess(text)]
    if found:
        return _tell(found)
    if not all(can_read(text) for text in texts):
        return UNREAD
    return WAITING if any(_half_said(text) for text in texts) else Answer(fault=False)


def _tell(found: Found) -> Answer:
    """The words that gave each text away, and what to write instead; the gravest first."""
    found = sorted(found, key=lambda one: not _is_plain(*one))
    told = list(dict.fromkeys(_say(fault) for _, fault in found))
    left = len(told) - MOST_TOLD
    more = [f"And {left} more."] if left > 0 else []
    return Answer(
        fault=True,
        guidance=not _is_plain(*found[0]),
        fields=tuple(dict.fromkeys(name for one in found for name in _fields(*one))),
        read=tuple((f"{fault.kind} words", fault.quote) for _, fault in found[:MOST_QUOTED]),
        note=" ".join((*told[:MOST_TOLD], *more)),
    )


def _sort(case: Case) -> ByPurpose:
    """The texts by purpose; the same text twice is one that covers the fields of both."""
    alike: dict[tuple[str, str], list[JustificationFacts]] = defaultdict(list)
    for text in case.register.facts.justifications.values():
        alike[text.purpose, text.text].append(text)
    found: ByPurpose = defaultdict(list)
    for (purpose, _), several in alike.items():
        found[purpose].append(_join(several))
    return found


def _join(several: list[JustificationFacts]) -> JustificationFacts:
    finished = (one for one in several if one.state not in UNFINISHED)
    first = next(finished, several[0])
    fields = dict.fromkeys(_seen(field) for one in several for field in one.fields)
    return replace(first, fields=tuple(_field(*seen) for seen in fields))


def _seen(field: FieldFacts) -> tuple[str, str | None, Identifiability | None]:
    return field.name, field.category, field.identifiability


def _field(name: str, category: str | None, identifiability: Identifiability | None) -> FieldFacts:
    return FieldFacts(name=name, category=category, identifiability=identifiability)


def _half_said(text: JustificationFacts) -> bool:
    """Is a fact unknown without which a text cannot be held against the facts?"""
    if None in (text.language, text.purpose_name, text.purpose_text):
        return True
    if any(field.category is None for field in text.fields):
        return True
    return bool(assess(replace(text, fields=tuple(_at_worst(text.fields)))))


def _at_worst(fields: Iterable[FieldFacts]) -> Iterable[FieldFacts]:
    """Fields of which nobody has said whom they identify may name somebody."""
    for field in fields:
        unsaid = field.identifiability is None
        yield replace(field, identifiability=Identifiability.DIRECT) if unsaid else field


def _is_plain(text: JustificationFacts, fault: Fault) -> bool:
    return fault.kind in PLAIN and text.state not in UNFINISHED


def _fields(text: JustificationFacts, fault: Fault) -> tuple[str, ...]:
    return fault.fields or tuple(field.name for field in text.fields)


def _say(fault: Fault) -> str:
    said = f"“{fault.quote}”" if fault.quote else "An empty text"
    return f"{said} {CALLED[fault.kind]}: {fault.advice}"
