"""Counsel's rulings on the law data: made, and ended; never changed and never deleted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from inventory.law.bundle import Law
from inventory.law.shapes import Ruling as Said
from inventory.law.shapes import Value, ValueOf
from inventory.law.vocabulary import RulingAct, Severity
from inventory.models import Ruling
from inventory.services import attributes
from inventory.services.access import Action, require_whole, visible
from inventory.services.actors import Actor
from inventory.services.adoption import adopt
from inventory.services.attributes import Rules, Values, given, reading
from inventory.services.editions import as_ruling, complaint, unit_of
from inventory.services.errors import Conflict, NotFound
from inventory.services.law import current_law
from inventory.services.locks import hold
from inventory.services.parameters import read_amount, read_parameters
from inventory.services.recording import change
from inventory.services.validation import Problems


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingInput:
    """What counsel says of a check, or of a value in a place; `amount` is the value's new value."""

    act: str
    reason: str
    author: str
    check: str | None = None
    value: str | None = None
    place: str | None = None  # a country's code, or a regime's
    made_on: date | str | None = None  # today unless said
    since: date | str | None = None  # the day it was made on, unless said
    until: date | str | None = None
    severity: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    remedy: str = ""
    amount: Any = None


RULES: Rules = {
    "act": attributes.word(RulingAct, "ruling", needed=True),
    "reason": lambda problems, value, path: problems.text(
        value, path, required="Counsel gives a reason."
    ),
    "author": lambda problems, value, path: problems.line(
        value, path, required="Say who ruled: the firm or office."
    ),
    "made_on": attributes.day,
    "since": attributes.day,
    "until": attributes.day,
    "severity": attributes.word(Severity, "weight"),
    "title": attributes.line(),
    "remedy": attributes.text,
}
CONTENT = ("severity", "parameters", "title", "remedy", "amount")


def rulings(actor: Actor) -> QuerySet[Ruling]:
    """All of them, the ended too, newest first."""
    return visible(actor, Ruling).select_related("by__user").order_by("-made_on", "-pk")


def find_ruling(actor: Actor, ruling_id: int) -> Ruling:
    """Raises NotFound."""
    found = rulings(actor).filter(pk=ruling_id).first()
    if found is None:
        raise NotFound(f"No ruling {ruling_id} that you can see.")
    return found


def rule(actor: Actor, data: RulingInput, *, today: date) -> Ruling:
    """Counsel confirms, amends or switches off a check or a value, from a day on. It ends what
    counsel said of the same before. Raises Invalid, Refused."""
    require_whole(actor, Action.DECIDE)
    row = Ruling(organisation=actor.organisation, by=actor.membership, **_read(data, today))
    with change(actor, reason=f"{row.act} {row.check_id or f'{row.value_id} in {row.place}'}"):
        hold(actor.organisation, ["law"])
        _end_earlier(row)
        row.save()
        adopt(actor, today=today)
    return row


def end_ruling(actor: Actor, ruling_id: int, reason: str, *, today: date) -> Ruling:
    """From today on the law is as the program has it again. Raises Conflict where it has ended."""
    found = find_ruling(actor, ruling_id)
    require_whole(actor, Action.DECIDE)
    problems = Problems()
    reason = problems.text(reason, "reason", required="Say why it no longer holds.")
    problems.refuse()
    with change(actor, reason=f"end ruling {found.pk}"):
        hold(actor.organisation, ["law"])
        found.refresh_from_db()
        ended = min(filter(None, (found.ended_on, found.until)), default=None)
        if ended is not None and ended <= today:
            raise Conflict(f"That ruling ended on {ended}.")
        found.ended_on, found.end_reason = today, reason
        found.save(update_fields=["ended_on", "end_reason"])
        adopt(actor, today=today)
    return found


def ruling_document(row: Ruling) -> dict[str, Any]:
    """A ruling as the API shows it."""
    return {
        "id": row.pk,
        "act": row.act,
        "check": row.check_id or None,
        "value": row.value_id or None,
        "place": row.place or None,
        "reason": row.reason,
        "author": row.author,
        "made_on": row.made_on,
        "since": row.since,
        "until": row.until,
        "ended_on": row.ended_on,
        "end_reason": row.end_reason,
        "severity": row.severity,
        "parameters": row.parameters,
        "title": row.title,
        "remedy": row.remedy,
        "amount": row.amount,
    }


def _end_earlier(row: Ruling) -> None:
    """What counsel said before of the same ends where this begins: one ruling a day on a thing."""
    same = {"check_id": row.check_id, "value_id": row.value_id, "place": row.place}
    earlier = Ruling.objects.filter(organisation=row.organisation, **same)
    standing = earlier.filter(Q(ended_on=None) | Q(ended_on__gt=row.since))
    for one in standing:
        one.ended_on = min(filter(None, (row.since, one.ended_on, one.until)))
        one.end_reason = one.end_reason or "A later ruling took its place."
        one.save(update_fields=["ended_on", "end_reason"])


def _read(data: RulingInput, today: date) -> Values:
    """The ruling as columns, checked against the program's law."""
    law = current_law()
    with reading() as problems:
        values = given(problems, data, RULES)
        values["made_on"] = values["made_on"] or today
        values["since"] = values["since"] or values["made_on"]
        _check_days(problems, values, today)
        if data.check and not (data.value or data.place):
            values["check_id"] = _check_id(problems, data.check, law)
        else:
            values |= _value(problems, data, law)
        problems.refuse()
        values |= _content(problems, data, values, law)
    with reading() as problems:
        _fit(problems, Ruling(**values), law)
    return values


def _check_days(problems: Problems, values: Values, today: date) -> None:
    if values["made_on"] > today:
        problems.add("made_on", "This day has not come yet.")
    if values["until"] and values["until"] <= values["since"]:
        problems.add("until", "This is not after the first day.")


def _check_id(problems: Problems, check_id: str, law: Law) -> str:
    known = {check.id for regime in law.regimes.values() for check in regime.checks}
    return problems.known(check_id, "check", known, what="check")


def _value(problems: Problems, data: RulingInput, law: Law) -> Values:
    """What value, in which place; there must be one to rule on."""
    if data.check or not (data.value and data.place):
        problems.add("check", "Name either a check, or a value and the place where it holds.")
        return {}
    places = [*law.regimes, *law.countries]
    place = problems.known(data.place, "place", places, what="country or law")
    if place and _held(data.value, place, law) is None:
        problems.add("value", f"The law data holds no value {data.value[:80]} for {place}.")
    return {"value_id": data.value, "place": place}


def _content(problems: Problems, data: RulingInput, values: Values, law: Law) -> Values:
    """What an amendment changes; nothing else changes anything."""
    said = [name for name in CONTENT if getattr(data, name) not in (None, "", {})]
    if values["act"] != RulingAct.AMEND:
        for name in said:
            problems.add(name, "Only an amendment changes the content.")
        return {}
    possible = CONTENT[:4] if "check_id" in values else CONTENT[4:]
    for name in (one for one in said if one not in possible):
        problems.add(name, "This is no part of what is amended.")
    if not set(said) & set(possible):
        problems.add(possible[0], "Say what counsel changes.")
    if problems.found:
        return {}
    if "check_id" in values:
        like = _like(values["check_id"], law)
        return {"parameters": read_parameters(problems, data.parameters, values=like)}
    return {"amount": read_amount(problems, data.amount, unit_of(values["value_id"], law))}


def _like(check_id: str, law: Law) -> set[str]:
    """The dated values that may stand for those which the check asks for: of the same unit."""
    defined = law.definitions
    held = {
        defined[given.id]
        for check in law.wordings(check_id)
        for given in check.parameters.values()
        if isinstance(given, ValueOf)
    }
    return {
        one.id
        for one in defined.values()
        if any((one.unit, one.per_record_class) == (h.unit, h.per_record_class) for h in held)
    }


def _fit(problems: Problems, row: Ruling, law: Law) -> None:
    """It must touch something on its days, and what it touches must still be askable."""
    said = as_ruling(row, law)
    wrong = complaint(said, law)
    if wrong:
        problems.add("parameters" if said.check else "amount", f"{wrong[:300]}.")
    elif not any(_meets(said, *span) for span in _spans(said, law)):
        problems.add("since", "The law data holds it on none of these days.")


def _spans(said: Said, law: Law) -> Iterator[tuple[date, date | None]]:
    """The periods of what is ruled on."""
    if said.check:
        yield from ((one.valid_from, one.valid_until) for one in law.wordings(said.check))
    else:
        held = _held(said.value or "", said.place or "", law)
        yield from ((one.since, one.until) for one in (held.entries if held else ()))


def _meets(said: Said, since: date, until: date | None) -> bool:
    begins = said.until is None or since < said.until
    return begins and (until is None or said.since < until)


def _held(value_id: str, place: str, law: Law) -> Value | None:
    if place in law.regimes:
        return law.dated(value_id, regime=place)
    return law.dated(value_id, country=place) if place else None
