"""Replace known facts by unknown ones, or make some up, whatever the shape: for property tests."""

import itertools
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

from inventory.law.vocabulary import Declared
from inventory.rules import facts as shapes
from inventory.rules.facts import Collection, Facts

# None says something here (all countries, no end …), or these tie subjects to each other.
NOT_FACTS = {
    shapes.SystemFacts: {"provider"},
    shapes.DatasetFacts: {"system"},
    shapes.BasisFacts: {"country"},
    shapes.RetentionFacts: {"country", "record_class", "days"},
    shapes.ContractFacts: {"ends_on"},
    shapes.Exclusion: {"until"},
    shapes.TransferFacts: {"dataset", "purpose", "party"},
    shapes.PurposeFacts: {"activity"},
    shapes.EntityInActivity: {"on_behalf_of"},
}
NULLABLE = {
    shape: {
        name
        for name, hint in get_type_hints(shape).items()
        if hint is shapes.Known or type(None) in get_args(hint)
    }
    - NOT_FACTS.get(shape, set())
    for shape in vars(shapes).values()
    if isinstance(shape, type) and is_dataclass(shape)
}

OPEN = {
    shape: {name for name, hint in get_type_hints(shape).items() if hint is shapes.Known}
    for shape in NULLABLE
}

type Choose = Callable[[], bool]


def make_up(facts: Any, choose: Choose) -> Any:
    """The same facts, with a yes or no for every question that nobody has answered."""
    if isinstance(facts, tuple):
        return tuple(make_up(one, choose) for one in facts)
    if isinstance(facts, dict):
        return {key: make_up(value, choose) for key, value in facts.items()}
    if not is_dataclass(facts):
        return facts
    if isinstance(facts, Collection):
        return replace(facts, items=make_up(facts.items, choose))
    said = {name: getattr(facts, name) for name in (field.name for field in fields(facts))}
    unasked = {name for name, value in said.items() if value is None} & OPEN[type(facts)]
    inner = {n: make_up(v, choose) for n, v in said.items() if isinstance(v, tuple | dict)}
    inner |= {n: make_up(v, choose) for n, v in said.items() if is_dataclass(v)}
    return replace(facts, **inner, **{name: choose() for name in sorted(unasked)})


def forget(facts: Any, choose: Choose) -> Any:
    """The same facts, less those that are chosen."""
    if isinstance(facts, Collection):
        state = Declared.NOT_ASKED if choose() else facts.state
        return Collection(tuple(forget(one, choose) for one in facts.items), state)
    if isinstance(facts, tuple):
        return tuple(forget(one, choose) for one in facts)
    if isinstance(facts, dict):
        return {key: forget(value, choose) for key, value in facts.items()}
    if not is_dataclass(facts):
        return facts
    nullable = NULLABLE[type(facts)]
    changed = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if field.name in nullable and value is not None and choose():
            changed[field.name] = None
        elif is_dataclass(value) or isinstance(value, tuple | dict):
            changed[field.name] = forget(value, choose)
    return replace(facts, **changed)


def forget_one(facts: Facts, index: int) -> Facts:
    """The facts less the one of this number."""
    turns = itertools.count()
    return forget(facts, lambda: next(turns) == index)


def count(facts: Facts) -> int:
    """How many facts can be forgotten."""
    asked = []

    def choose() -> bool:
        asked.append(True)
        return False

    forget(facts, choose)
    return len(asked)
