"""House policy: switched on or off, and extended by the organisation's own rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from inventory.law.bundle import HOUSE
from inventory.law.vocabulary import Severity
from inventory.models import HouseRule, Organisation
from inventory.rules.asking import CONDITIONS
from inventory.services import attributes
from inventory.services.access import Action, require_whole, visible
from inventory.services.actors import Actor
from inventory.services.adoption import adopt
from inventory.services.attributes import Rules, Values, check_key, given, reading
from inventory.services.editions import as_check, misfit
from inventory.services.errors import Conflict, NotFound, Stale
from inventory.services.inputs import Outcome
from inventory.services.law import current_law
from inventory.services.locks import hold
from inventory.services.parameters import read_parameters
from inventory.services.recording import change
from inventory.services.validation import Problems

LONGEST_KEY = 60  # "H:" and the key are a check's id


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRuleInput:
    """A check that the organisation asks of itself, whole: what is left out is empty."""

    condition: str
    severity: str
    title: str
    remedy: str
    document: str
    section: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    language: str = "en"
    valid_from: date | str | None = None  # today unless said
    valid_until: date | str | None = None


RULES: Rules = {
    "condition": lambda problems, value, path: problems.known(
        value, path, CONDITIONS, what="condition"
    ),
    "severity": attributes.word(Severity, "weight", needed=True),
    "title": lambda problems, value, path: problems.line(
        value, path, required="Say in a line what is wrong."
    ),
    "remedy": lambda problems, value, path: problems.text(
        value, path, required="Say in a sentence what mends it."
    ),
    "document": lambda problems, value, path: problems.line(
        value, path, required="Name the document that says so."
    ),
    "section": lambda problems, value, path: problems.line(
        value, path, most=100, required="Name the section of the document."
    ),
    "language": attributes.language,
    "valid_from": attributes.day,
    "valid_until": attributes.day,
}


def own_rules(actor: Actor) -> QuerySet[HouseRule]:
    """The organisation's own rules, the retired too."""
    return visible(actor, HouseRule).order_by("retired_at", "key")


def find_rule(actor: Actor, key: str) -> HouseRule:
    """Raises NotFound."""
    found = own_rules(actor).filter(key=key).first() if "\x00" not in key else None
    if found is None:
        raise NotFound(f"No house rule “{key[:80]}” that you can see.")
    return found


def has_pack() -> bool:
    """Whether the program's law holds a house policy at all."""
    return HOUSE in current_law().regimes


def switch_house(actor: Actor, *, on: bool, reason: str = "", today: date) -> Organisation:
    """Ask the house's checks of the register, or no longer."""
    require_whole(actor, Action.DECIDE)
    with change(actor, reason=reason or f"switch house policy {'on' if on else 'off'}"):
        hold(actor.organisation, ["law"])
        actor.organisation.house_policy = on
        actor.organisation.save(update_fields=["house_policy"])
        adopt(actor, today=today)
    return actor.organisation


def put_rule(
    actor: Actor,
    key: str,
    data: HouseRuleInput,
    *,
    today: date,
    if_match: int | None = None,
    reason: str = "",
) -> Outcome[HouseRule]:
    """Write an own rule, new or known by its key. Raises Invalid, Refused, Conflict, Stale."""
    require_whole(actor, Action.DECIDE)
    _check_key(key)
    values = _read(data, today)
    with change(actor, reason=reason or f"house rule {key}"):
        hold(actor.organisation, ["law"])
        row = HouseRule.objects.filter(organisation=actor.organisation, key=key).first()
        if row is not None and row.retired_at:
            raise Conflict(f"“{key}” was retired. Its key is not used again.")
        if if_match is not None and if_match != (row.version if row else 0):
            raise Stale(row.version if row else 0)
        created = row is None
        row = row or HouseRule(organisation=actor.organisation, key=key)
        changes = _assign(row, values, created=created)
        if changes:
            adopt(actor, today=today)
    return Outcome(row=row, created=created, changes=changes)


def retire_rule(
    actor: Actor, key: str, *, today: date, now: datetime, reason: str = ""
) -> HouseRule:
    """From today on it asks nothing; what it asked before stays in history."""
    row = find_rule(actor, key)
    require_whole(actor, Action.DECIDE)
    with change(actor, reason=reason or f"retire house rule {key}"):
        hold(actor.organisation, ["law"])
        row.refresh_from_db()
        if row.retired_at:
            raise Conflict(f"“{key}” was retired already.")
        row.retired_at = now
        row.valid_until = min(filter(None, (row.valid_until, today)))
        row.version += 1
        row.save()
        adopt(actor, today=today)
    return row


def rule_document(row: HouseRule) -> dict[str, Any]:
    """An own rule as the API shows it; `check` is its id in findings."""
    check = as_check(row) if row.condition in CONDITIONS else None
    return {
        "key": row.key,
        "check": check.id if check else None,
        "subject": check.subject.value if check else None,
        "condition": row.condition,
        "parameters": row.parameters,
        "severity": row.severity,
        "title": row.title,
        "remedy": row.remedy,
        "language": row.language,
        "document": row.document,
        "section": row.section,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "version": row.version,
        "retired": row.retired_at is not None,
    }


def _check_key(key: str) -> None:
    problems = Problems()
    if len(check_key(key)) > LONGEST_KEY:
        problems.add("key", f"A house rule's key has at most {LONGEST_KEY} characters.")
    problems.refuse()


def _read(data: HouseRuleInput, today: date) -> Values:
    with reading() as problems:
        values = given(problems, data, RULES)
        values["language"] = values["language"] or "en"
        values["valid_from"] = values["valid_from"] or today
        if values["valid_until"] and values["valid_until"] <= values["valid_from"]:
            problems.add("valid_until", "This is not after the first day.")
        values["parameters"] = read_parameters(problems, data.parameters, values=())
        problems.refuse()
        if wrong := misfit(as_check(HouseRule(key="new", **values))):
            problems.add("parameters", f"{wrong[:300]}.")
    return values


def _assign(row: HouseRule, values: Values, *, created: bool) -> tuple[tuple[str, Any, Any], ...]:
    before = {name: None if created else getattr(row, name) for name in values}
    changes = tuple((name, before[name], v) for name, v in values.items() if before[name] != v)
    if changes:
        for name, value in values.items():
            setattr(row, name, value)
        row.version = 1 if created else row.version + 1
        row.save()
    return changes
