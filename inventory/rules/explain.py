"""A verdict in words: the question of law, the facts it read, the answer, what mends it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from inventory.law.bundle import Law
from inventory.law.shapes import Check, Ruling, ValueOf
from inventory.law.translations import in_language
from inventory.law.vocabulary import RulingAct, Status
from inventory.rules.asking import find_condition
from inventory.rules.findings import Answer

NOT_SAID = "not said"
DID = {
    RulingAct.CONFIRM: "confirmed",
    RulingAct.AMEND: "amended",
    RulingAct.SWITCH_OFF: "switched off",
}

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
    counsel: str | None = None  # what the organisation's counsel says of the check


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
        counsel=say_ruling(check.ruling) if check.ruling else None,
    )


def rulings_behind(
    check: Check, law: Law, place: str, on: date, facts: Collection[str | None]
) -> tuple[Ruling, ...]:
    """Counsel's rulings that a verdict of the check in a place rests on: on the check itself, and
    on the dated values it asks for; of a family, the one of the record class among the facts."""
    own = (check.ruling,) if check.ruling else ()
    asked = {given.id for given in check.parameters.values() if isinstance(given, ValueOf)}
    if law.edition is None or not asked:
        return own
    return own + tuple(
        ruling
        for ruling in law.edition.rulings
        if ruling.value and ruling.holds(on)
        and _is_asked(ruling.value, asked, facts)
        and _is_read(ruling, law, place, check.regime, on)
    )  # fmt: skip


def say_ruling(ruling: Ruling, whose: str = "") -> str:
    """ "Counsel of Maré (Firm & Co) amended this check on 1 June 2026: the reason." """
    of = f" of {whose}" if whose else ""
    what = "this check" if ruling.check else f"{ruling.value} of {ruling.place}"
    day = f"{ruling.made_on.day} {ruling.made_on:%B} {ruling.made_on.year}"
    return f"Counsel{of} ({ruling.author}) {DID[ruling.act]} {what} on {day}: {ruling.reason}"


def _is_asked(value: str, asked: Collection[str], facts: Collection[str | None]) -> bool:
    family, _, record_class = value.partition(".")
    return family in asked and (not record_class or record_class in facts)


def _is_read(ruling: Ruling, law: Law, place: str, regime: str, on: date) -> bool:
    """The value in the place is the ruling's: a country may set its own beside the regime's."""
    if ruling.place not in (place, regime):
        return False
    country = place if place in law.countries else None
    entry = law.value(ruling.value or "", country=country, regime=regime, on=on)
    return ruling.act is RulingAct.SWITCH_OFF if entry is None else entry.ruling == ruling


def _sentence(note: str | None) -> str | None:
    return f"{note[0].upper()}{note[1:].rstrip('.')}." if note else None
