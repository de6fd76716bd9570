"""A stored finding in the law's words: they come from the check by its id and are never stored,
so that a better translation reaches old findings too."""

from dataclasses import dataclass
from datetime import date

from inventory.law.amending import OWN
from inventory.law.bundle import Law
from inventory.law.shapes import Check, Citation, Ruling
from inventory.law.translations import in_language
from inventory.law.vocabulary import Mark, Status
from inventory.models import Finding
from inventory.rules.asking import find_condition
from inventory.rules.explain import ANSWERS, DID, NOT_SAID, rulings_behind

MARKS = {
    Mark.CHECKED: "The text was read.",
    Mark.KNOWLEDGE: "Cited from memory of the text.",
    Mark.UNCERTAIN: "Uncertain: it counts as a hint only.",
}
UNREVIEWED = "Nobody with a law licence has reviewed it."
UNSURE = "Uncertain: the reading was not confirmed."  # where counsel stands in for it
OURS = "A rule of your own house, by your own document."
GONE = "The present edition of the law has no such check; it goes with the next evaluation."


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that a person needs to check a finding and mend it."""

    title: str
    remedy: str
    question: str
    answer: str
    note: str
    citations: tuple[Citation, ...]
    mark: str
    mark_words: str
    facts: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    rulings: tuple[Ruling, ...] = ()  # of the organisation's counsel


@dataclass(frozen=True, slots=True, kw_only=True)
class NextThing:
    """Something to do: a question with how many things it is about, and one of their names."""

    status: Status
    title: str
    count: int
    named: str = ""
    finding_id: int | None = None
    check_id: str | None = None


def explain(finding: Finding, law: Law, *, language: str = "en") -> Words:
    """Why the finding is there, on which facts, and which act mends it."""
    check = find_check(law, finding.check_id, finding.evaluation.as_of)
    return Words(
        title=in_language(check.title, language) if check else finding.check_id,
        remedy=in_language(check.remedy, language) if check else "",
        question=_question(check),
        answer=ANSWERS[Status(finding.status)],
        note=finding.note if check else GONE,
        citations=check.citations if check else (),
        mark=check.mark.value if check else Mark.UNCERTAIN.value,
        mark_words=say_mark(check) if check else UNREVIEWED,
        facts=tuple((name, NOT_SAID if value is None else value) for name, value in finding.read),
        fields=tuple(finding.fields),
        rulings=_rulings(finding, check, law) if check else (),
    )


def say_mark(check: Check) -> str:
    """How well the law was read, which counsel's word does not raise; and that there is one."""
    if check.id.startswith(OWN):
        return OURS
    if check.ruling is None:
        return f"{MARKS[check.mark]} {UNREVIEWED}"
    mark = UNSURE if check.mark is Mark.UNCERTAIN else MARKS[check.mark]
    return f"{mark} {DID[check.ruling.act].capitalize()} by your counsel on {check.ruling.made_on}."


def find_check(law: Law, check_id: str, on: date | None = None) -> Check | None:
    """The check of this id as it is on the day, switched off or not, or else its latest wording."""
    versions = law.wordings(check_id)
    that_day = [check for check in versions if on and check.covers(on)]
    return next(iter([*that_day, *reversed(versions)]), None)


def _rulings(finding: Finding, check: Check, law: Law) -> tuple[Ruling, ...]:
    facts = [value for _, value in finding.read]
    return rulings_behind(check, law, finding.place, finding.evaluation.as_of, facts)


def _question(check: Check | None) -> str:
    return find_condition(check).question if check else ""
