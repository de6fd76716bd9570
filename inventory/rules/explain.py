"""A verdict in words: the question of law, the facts it read, the answer, what mends it."""

from dataclasses import dataclass

from inventory.law.shapes import Check
from inventory.law.translations import in_language
from inventory.law.vocabulary import Status
from inventory.rules.asking import find_condition
from inventory.rules.findings import Answer

NOT_SAID = "not said"

ANSWERS = {
    Status.BREACH: "No.",
    Status.ATTENTION: "No, or it needs a look.",
    Status.UNKNOWN: "Nobody can tell: facts are missing.",
    Status.MET: "Yes.",
    Status.NOT_APPLICABLE: "The question does not arise.",
    None: "Not asked yet: it waits for another fact.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a person needs to check a verdict."""

    question: str
    citations: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    answer: str
    fields: tuple[str, ...]
    remedy: str | None  # None where there is nothing to mend


def explain(
    check: Check, answer: Answer, status: Status | None, *, language: str = "en"
) -> Explanation:
    """Say why the check came to this status."""
    mends = status in (Status.BREACH, Status.ATTENTION, Status.UNKNOWN)
    said = " ".join(filter(None, (ANSWERS[status], _sentence(answer.note))))
    return Explanation(
        question=find_condition(check).question,
        citations=tuple(str(citation) for citation in check.citations),
        facts=tuple((name, NOT_SAID if value is None else value) for name, value in answer.read),
        answer=said,
        fields=answer.fields,
        remedy=in_language(check.remedy, language) if mends else None,
    )


def _sentence(note: str | None) -> str | None:
    return f"{note[0].upper()}{note[1:].rstrip('.')}." if note else None
