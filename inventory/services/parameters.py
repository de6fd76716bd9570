"""A check's parameters as people and machines hand them in: JSON, written as in the law files."""

from collections.abc import Mapping
from typing import Any

from inventory.law.amending import as_parameters, document
from inventory.law.shapes import ValueOf
from inventory.services.law import current_law
from inventory.services.validation import Problems


def read_parameters(
    problems: Problems, asked: Any, path: str = "parameters", *, dated: bool = True
) -> dict[str, Any]:
    """What is to be stored; every dated value that they name is defined. `dated` False: none may
    be named, since nobody sets one."""
    if not isinstance(asked, Mapping):
        problems.add(path, 'Write an object, as in the law data: {"months": 12}.')
        return {}
    try:
        read = as_parameters(asked)
    except ValueError as error:
        problems.add(path, f"{str(error)[:1].upper()}{str(error)[1:300]}.")
        return {}
    known = current_law().definitions if dated else ()
    for name, value in read.items():
        if isinstance(value, ValueOf):
            problems.known(value.id, f"{path}.{name}", known, what="dated value")
    return dict(document(read))
