"""The law with one small fault in it, over and over: a fault that no case notices is unguarded.

Whoever changes a check, a parameter or a dated value by mistake must see a case fail.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from inventory.law.bundle import Law
from inventory.law.shapes import Check, Parameter, Regime, ValueOf
from inventory.law.vocabulary import (
    BasisKind,
    Level,
    Mark,
    MechanismKind,
    PartyRole,
    Severity,
    Status,
)
from inventory.rules.asking import Items, Reader, find_condition
from inventory.rules.evaluate import decide
from inventory.rules.examples import Example, build_facts, find_verdict, meets
from inventory.rules.facts import Facts
from inventory.rules.findings import Answer
from inventory.rules.nudges import ONE_DAY, extend, nudge
from inventory.rules.values import (
    Held,
    Reading,
    Wrong,
    distort,
    held_values,
    nudge_value,
    put,
    tell_change,
)

type Hearing = Callable[[Answer], Answer]

NO_FAULT = "a fault taken for none"
LOOKED_UP = frozenset({"small_agent_lost"})  # conditions whose checks others look up in the law
HEARINGS: Mapping[str, Hearing] = {
    NO_FAULT: lambda a: a._replace(fault=False if a.fault else a.fault),
    "no fault taken for one": lambda a: a._replace(fault=None if a.fault is None else True),
    "its answer turned round": lambda a: a._replace(fault=None if a.fault is None else not a.fault),
    "what nobody knows taken for a fault": lambda a: _if_unknown(a, fault=True),
    "what nobody knows taken for none": lambda a: _if_unknown(a, fault=False),
    "always a fault": lambda a: a._replace(fault=True, applicable=True),
    "never a fault": lambda a: a._replace(fault=False, applicable=True),
    "always unknown": lambda a: a._replace(fault=None, applicable=True),
    "never concerned": lambda a: a._replace(fault=False, applicable=False),
    "never evaluated": lambda a: a._replace(applicable=None),
}


class Mutant(NamedTuple):
    """A law that is wrong in one place, or whose condition is heard wrongly."""

    about: str  # a check's id, or who holds a dated value and which
    change: str  # in words
    checks: tuple[str, ...]  # whose cases should notice
    law: Law
    hear: Hearing = lambda answer: answer
    country: str | None = None  # only cases decided there can notice

    def __str__(self) -> str:
        return f"{self.about}: {self.change}"


class Trial:
    """A case, with its facts built once: when it is first tried."""

    def __init__(self, example: Example) -> None:
        self.example = example

    @cached_property
    def facts(self) -> Facts:
        return build_facts(self.example.given)

    def holds(self, mutant: Mutant) -> bool:
        """Does the case come out as it says?"""
        try:
            verdict = find_verdict(self.example, mutant.law, self.facts)
        except (KeyError, TypeError, ValueError):  # the fault is so gross that nothing can be asked
            return False
        if verdict is not None:
            verdict = verdict._replace(status=decide(verdict.check, mutant.hear(verdict.answer)))
        return meets(self.example, verdict)


class Trials:
    """The cases by check, and what values must read."""

    def __init__(self, examples: Iterable[Example], readings: Iterable[Reading] = ()) -> None:
        self.cases: dict[str, list[Trial]] = {}
        for example in examples:
            self.cases.setdefault(example.check, []).append(Trial(example))
        self.readings: dict[str, list[Reading]] = {}
        for reading in readings:
            self.readings.setdefault(f"{reading.holder} {reading.value}", []).append(reading)

    def notice(self, mutant: Mutant) -> bool:
        """Does one of the cases come out otherwise than it says?"""
        readings = self.readings.get(mutant.about.partition(" from")[0], ())
        cases = (case for check in mutant.checks for case in self.cases.get(check, ()))
        return any(not reading.holds(mutant.law) for reading in readings) or any(
            not case.holds(mutant)
            for case in cases
            if mutant.country in (None, case.example.given.get("place"))
        )

    def failing(self, law: Law, checks: Iterable[str]) -> Iterator[str]:
        """The cases of these checks, and of values, that the law itself does not bear out."""
        for check in checks:
            intact = Mutant(check, "nothing", (check,), _alone(law, {check}))
            for case in self.cases.get(check, ()):
                if not case.holds(intact):
                    yield f"{check}: {case.example.name}"
        for readings in self.readings.values():
            yield from (str(one) for one in readings if not one.holds(law))


def mutants_of(check: Check, law: Law) -> Iterator[Mutant]:
    """A check that hears its condition wrongly, misreads itself, or has a parameter nudged."""
    intact = _alone(law, {check.id})
    for change, hear in HEARINGS.items():
        if change != NO_FAULT or find_condition(check).faults:
            yield Mutant(check.id, change, (check.id,), intact, hear)
    for change, other in (*_misread(check, law), *_nudged(check, law)):
        yield Mutant(check.id, change, (check.id,), _alone(law, {check.id}, check, other))
    for name, given in check.parameters.items():
        for wrong in _nudged_values(check, name, law) if isinstance(given, ValueOf) else ():
            change = f"{name}: {', '.join(sorted({tell_change(*one) for one in wrong}))}"
            yield Mutant(check.id, change, (check.id,), put(intact, wrong))


def mutants_of_value(held: Held, law: Law) -> Iterator[Mutant]:
    """A dated value with its number, its days or its weight wrong, or gone."""
    checks = tuple(_users(held, law))
    few = _alone(law, set(checks))
    for entry in distort(held, weighed=bool(checks)):
        change, wrong = tell_change(held, entry), put(few, [(held, entry)])
        yield Mutant(str(held), change, checks, wrong, country=held.country)


def _users(held: Held, law: Law) -> Iterator[str]:
    """The checks that name the value, under the regime that reads it."""
    for check in law.regimes[held.regime].checks if held.regime else ():
        if any(isinstance(p, ValueOf) and held.is_of(p) for p in check.parameters.values()):
            yield check.id


def _if_unknown(answer: Answer, *, fault: bool) -> Answer:
    """What waits is not known either."""
    unknown = answer.applicable is None or (answer.applicable and answer.fault is None)
    return answer._replace(fault=fault, applicable=True) if unknown else answer


def _alone(law: Law, ids: set[str], check: Check | None = None, other: Check | None = None) -> Law:
    """The law with few checks only, and another in the place of one."""
    regimes = {
        code: replace(
            regime,
            checks=tuple(
                other if other and one is check else one
                for one in regime.checks
                if one.id in ids or one.condition in LOOKED_UP
            ),
        )
        for code, regime in law.regimes.items()
    }
    return replace(law, regimes=regimes)


def _misread(check: Check, law: Law) -> Iterator[tuple[str, Check]]:
    """What a check says of itself, where it matters to the verdict."""
    certain = check.mark is not Mark.UNCERTAIN
    weighs = decide(replace(check, risk=False, mark=Mark.CHECKED), Answer(fault=True))
    faults = find_condition(check).faults
    if faults and certain and not check.risk:
        severity = Severity.MINOR if weighs is Status.BREACH else Severity.MAJOR
        yield f"severity {severity}", replace(check, severity=severity)
    if faults and certain and weighs is Status.BREACH:
        yield f"risk {not check.risk}", replace(check, risk=not check.risk)
    mark = Mark.UNCERTAIN if certain else Mark.KNOWLEDGE
    yield f"mark {mark}", replace(check, mark=mark)
    level = Level.REGIME if check.level is Level.COUNTRY else Level.COUNTRY
    yield f"level {level}", replace(check, level=level)
    yield "a day later", replace(check, valid_from=check.valid_from + ONE_DAY)
    if check.valid_from > law.regimes[check.regime].valid_from:
        yield "a day earlier", replace(check, valid_from=check.valid_from - ONE_DAY)
    if check.valid_until is not None:
        yield "over a day later", replace(check, valid_until=check.valid_until + ONE_DAY)
        yield "over a day earlier", replace(check, valid_until=check.valid_until - ONE_DAY)


def _nudged(check: Check, law: Law) -> Iterator[tuple[str, Check]]:
    """Each parameter a little wrong, or left out where it may be."""
    condition, regime = find_condition(check), law.regimes[check.regime]
    for name, given in check.parameters.items():
        rest = {key: value for key, value in check.parameters.items() if key != name}
        if name in condition.defaults and not isinstance(given, bool):
            yield f"{name} left out", replace(check, parameters=rest)
        if isinstance(given, ValueOf):
            continue
        reader = condition.parameters[name]
        more = extend(given, reader, _kinds(reader, regime, law))
        for other in (*nudge(given, reader), *_unless_said(more, rest)):
            changed = replace(check, parameters={**rest, name: other})
            yield f"{name} = {_show(other, given)}", changed


def _unless_said(lists: Iterable[Parameter], rest: Mapping[str, object]) -> Iterator[Parameter]:
    """The lists whose new word stands in no other list of the check, which may undo it."""
    said = {word for other in rest.values() if isinstance(other, tuple) for word in other}
    return (one for one in lists if isinstance(one, tuple) and one[-1] not in said)


def _kinds(reader: Reader, regime: Regime, law: Law) -> frozenset[str] | None:
    """Which words can tell: kinds of gateway that the regime has, kinds of ground that another
    has too; no roles, since who plays one may play another. None: all."""
    word = reader.reader if isinstance(reader, Items) else None
    if word is PartyRole:
        return frozenset()
    if word is MechanismKind:
        return frozenset(way.kind for way in regime.mechanisms.values())
    if word is BasisKind:
        others = (one.kind for one in law.bases.values() if one.regime != regime.code)
        return frozenset(basis.kind for basis in regime.bases.values()) & frozenset(others)
    return None


def _nudged_values(check: Check, name: str, law: Law) -> Iterator[list[Wrong]]:
    """The value that a parameter names, nudged wherever it is held, in one way after the other."""
    given, reader = check.parameters[name], find_condition(check).parameters[name]
    held = [
        one
        for one in held_values(law)
        if one.regime == check.regime and isinstance(given, ValueOf) and one.is_of(given)
    ]
    ways = [list(nudge_value(one, reader)) for one in held]
    for number in range(max(map(len, ways), default=0)):
        yield [(one, way[number]) for one, way in zip(held, ways, strict=True) if way[number:]]


def _show(other: object, given: object) -> str:
    """A parameter in words: of a list only what is gone from it, or new."""
    if isinstance(given, tuple) and isinstance(other, tuple):
        if len(other) > len(given):
            return f"{other[-1]} too"
        if len(given) > 1:
            return f"all but {', '.join(str(word) for word in given if word not in other)}"
    return ", ".join(map(str, other)) if isinstance(other, tuple) else str(other)
