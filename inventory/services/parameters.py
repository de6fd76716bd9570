"""A check's parameters and a value's amount as people and machines hand them in: JSON, written as
in the law files, and within what a register can mean by them."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from inventory.law.amending import as_parameters, document
from inventory.law.shapes import Parameter, ValueOf
from inventory.law.vocabulary import Unit
from inventory.services import attributes
from inventory.services.editions import as_amount
from inventory.services.validation import LARGEST_COUNT, Problems

MOST = 100  # parameters, and items of a list
CENTURY: Mapping[Unit, int] = {
    Unit.YEARS: 100,
    Unit.MONTHS: 1_200,
    Unit.DAYS: 36_525,
    Unit.BUSINESS_DAYS: 36_525,
    Unit.HOURS: 876_600,
}
_DURATION = re.compile(r"P(?=[0-9T])(\d{1,3}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,5}D)?(T\d{1,6}H)?")


def read_parameters(
    problems: Problems, asked: Any, *, values: Collection[str], path: str = "parameters"
) -> dict[str, Any]:
    """What is to be stored. `values` are the dated values that may be named."""
    if not isinstance(asked, Mapping) or len(asked) > MOST:
        problems.add(path, 'Write an object, as in the law data: {"months": 12}.')
        return {}
    try:
        read = as_parameters(asked)
    except ValueError as error:
        problems.add(path, sentence(error))
        return {}
    for name, value in read.items():
        problems.line(name, path, most=80)
        _check(problems, value, f"{path}.{name}", values)
    return dict(document(read))


def read_amount(problems: Problems, asked: Any, unit: Unit, path: str = "amount") -> Any:
    """A value as JSON holds it, of the type its unit asks for, or None with a problem."""
    try:
        amount = as_amount(asked, unit)
    except ValueError as error:
        problems.add(path, sentence(error))
        return None
    if isinstance(amount, int) and not isinstance(amount, bool):
        return problems.count(amount, path, most=CENTURY.get(unit, LARGEST_COUNT))
    if unit is Unit.DURATION and not _DURATION.fullmatch(str(amount)):
        problems.add(path, "This is longer than anything a register keeps.")
    if unit is Unit.DATE:
        attributes.day(problems, amount, path)
    if unit is Unit.TEXT:
        return problems.line(amount, path, required="Write the value.")
    return document(amount)


def sentence(error: Exception) -> str:
    said = str(error)[:300]
    return f"{said[:1].upper()}{said[1:].rstrip('.')}."


def _check(
    problems: Problems, value: Parameter | ValueOf, path: str, values: Collection[str]
) -> None:
    if isinstance(value, ValueOf):
        problems.known(value.id, path, values, what="dated value that this can be")
    elif isinstance(value, str):
        problems.line(value, path)
    elif isinstance(value, tuple):
        if len(value) > MOST:
            problems.add(path, f"{len(value)} items; at most {MOST} can be kept.")
        for item in value[:MOST]:
            _check(problems, item, path, values)
    elif isinstance(value, int) and not isinstance(value, bool):
        problems.count(value, path)
