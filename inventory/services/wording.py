"""A stored finding in the law's words: they come from the check by its id and are never stored,
so that a better translation reaches old findings too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inventory.law.bundle import Law
from inventory.law.shapes import Check, Citation
from inventory.law.translations import in_language
from inventory.law.vocabulary import Mark, Status
from inventory.models import Finding
from inventory.rules.asking import find_condition
from inventory.rules.explain import ANSWERS, NOT_SAID

MARKS = {
    Mark.CHECKED: "The text was read.",
    Mark.KNOWLEDGE: "Cited from memory of the text.",
    Mark.UNCERTAIN: "Uncertain: it counts as a hint only.",
}
UNREVIEWED = "Nobody with a law licence has reviewed it."
_INDEXES: dict[str, Mapping[str, tuple[Check, ...]]] = {}  # by the law's hash
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
        mark_words=f"{MARKS[check.mark]} {UNREVIEWED}" if check else UNREVIEWED,
        facts=tuple((name, NOT_SAID if value is None else value) for name, value in finding.read),
        fields=tuple(finding.fields),
    )


def find_check(law: Law, check_id: str, on: date | None = None) -> Check | None:
    """The check of this id that is in force on the day, or else its latest wording."""
    versions = _checks(law).get(check_id, ())
    in_force = [check for check in versions if on and check.in_force(on)]
    return next(iter([*in_force, *reversed(versions)]), None)


def _question(check: Check | None) -> str:
    return find_condition(check).question if check else ""


def _checks(law: Law) -> Mapping[str, tuple[Check, ...]]:
    if law.hash not in _INDEXES:
        found: dict[str, tuple[Check, ...]] = {}
        for regime in law.regimes.values():
            for check in regime.checks:
                found[check.id] = (*found.get(check.id, ()), check)
        _INDEXES[law.hash] = found
    return _INDEXES[law.hash]
