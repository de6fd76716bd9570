"""What is an organisation's own in its law: rows of the register read as the law's shapes."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from inventory.law.amending import OWN, amend, as_parameters, document
from inventory.law.bundle import HOUSE, Law
from inventory.law.clauses import check_amount
from inventory.law.shapes import Check, Citation, Parameter, Ruling
from inventory.law.vocabulary import Level, Mark, RulingAct, Severity, Unit
from inventory.models import HouseRule, Organisation
from inventory.models import Ruling as RulingRow
from inventory.rules import conditions as conditions  # lists all conditions
from inventory.rules.asking import CONDITIONS, find_condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """House policy in or out, counsel's rulings, and the house's own rules."""

    house: bool
    rulings: tuple[Ruling, ...]
    rules: tuple[Check, ...]

    @property
    def digest(self) -> str:
        """Tells one state from another; "" where nothing is the organisation's own."""
        if not (self.house or self.rulings):
            return ""
        written = json.dumps([self.house, document(self.rulings), document(self.rules)])
        return hashlib.sha256(written.encode()).hexdigest()


def read_own(organisation: Organisation, program: Law) -> Own:
    """As it is stored now, in three queries at most. Rules ask nothing while the house is off."""
    held: Organisation = Organisation.objects.only("house_policy").get(pk=organisation.pk)
    rulings = RulingRow.objects.filter(organisation=held).order_by("pk")
    rules = HouseRule.objects.filter(organisation=held, condition__in=CONDITIONS).order_by("key")
    return Own(
        house=held.house_policy,
        rulings=tuple(filter(_ever_held, (as_ruling(row, program) for row in rulings))),
        rules=tuple(filter(_ever_valid, map(as_check, rules))) if held.house_policy else (),
    )


def as_ruling(row: RulingRow, program: Law) -> Ruling:
    return Ruling(
        id=str(row.pk),
        act=RulingAct(row.act),
        reason=row.reason,
        author=row.author,
        made_on=row.made_on,
        since=row.since,
        until=min(filter(None, (row.until, row.ended_on)), default=None),
        check=row.check_id or None,
        value=row.value_id or None,
        place=row.place or None,
        severity=Severity(row.severity) if row.severity else None,
        parameters=as_parameters(row.parameters),
        title=row.title or None,
        remedy=row.remedy or None,
        amount=_amount(row, program),
    )


def as_check(row: HouseRule) -> Check:
    """An own rule: it cites the organisation's document, whose words it is."""
    return Check(
        id=f"{OWN}{row.key}",
        regime=HOUSE,
        condition=row.condition,
        parameters=as_parameters(row.parameters),
        subject=CONDITIONS[row.condition].subject,
        level=Level.REGIME,
        severity=Severity(row.severity),
        title={"en": row.title, row.language: row.title},
        remedy={"en": row.remedy, row.language: row.remedy},
        citations=(Citation(instrument=row.document, article=row.section),),
        mark=Mark.CHECKED,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def as_amount(stored: Any, unit: Unit) -> Parameter:
    """A value of the type its unit asks for, from JSON, which has no dates. Raises ValueError."""
    is_day = unit is Unit.DATE and isinstance(stored, str)
    return check_amount(date.fromisoformat(stored) if is_day else stored, unit)


def complaint(ruling: Ruling, program: Law) -> str:
    """Why an amendment does not fit the checks or the value that it is on; "" where it does."""
    misfits = [misfit(check) for check in ruled_checks(amend(program, [ruling]))]
    try:
        if ruling.value and ruling.amount is not None:
            check_amount(ruling.amount, unit_of(ruling.value, program))
    except (ValueError, KeyError) as error:
        misfits.append(str(error))
    return next(filter(None, misfits), "")


def misfit(check: Check) -> str:
    """Why a check cannot be asked; "" where it can."""
    try:
        find_condition(check).bind(check)
    except ValueError as error:
        return str(error)
    return ""


def ruled_checks(law: Law) -> list[Check]:
    return [c for regime in law.regimes.values() for c in regime.checks if c.ruling]


def unit_of(value_id: str, law: Law) -> Unit:
    """What a value is measured in. Raises KeyError for one that values.toml does not define."""
    return law.definitions[value_id.partition(".")[0]].unit


def _amount(row: RulingRow, program: Law) -> Parameter | None:
    """What the value becomes; as it is stored where that no longer fits, which `complaint` says."""
    try:
        stored = row.amount
        return None if stored is None else as_amount(stored, unit_of(row.value_id, program))
    except (ValueError, KeyError):
        return row.amount


def _ever_held(ruling: Ruling) -> bool:
    return ruling.until is None or ruling.since < ruling.until


def _ever_valid(check: Check) -> bool:
    return check.valid_until is None or check.valid_from < check.valid_until
