"""Cases of law as data: given these facts, on this day, this check comes to this verdict.

A case says only what is special about it; the rest comes from a base in which all is in order.
`"unknown"` is None; a collection is a list (declared complete), `"none"` or `"not asked"`.
Many cases of one shape are rows of a table under `tables`.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date, timedelta
from enum import EnumType
from functools import cache
from typing import Any, TypeAliasType, get_args, get_origin, get_type_hints

from inventory.law.bundle import Law
from inventory.law.vocabulary import Declared, Status
from inventory.rules import facts as shapes
from inventory.rules.evaluate import Verdict, verdicts
from inventory.rules.facts import Collection, Facts

type Table = dict[str, Any]

SUBJECTS = {
    "entity": (shapes.EntityFacts, "entities"),
    "system": (shapes.SystemFacts, "systems"),
    "dataset": (shapes.DatasetFacts, "datasets"),
    "purpose": (shapes.PurposeFacts, "purposes"),
    "activity": (shapes.ActivityFacts, "activities"),
    "party": (shapes.PartyFacts, "parties"),
    "transfer": (shapes.TransferFacts, "transfers"),
    "database": (shapes.DatabaseFacts, "databases"),
    "justification": (shapes.JustificationFacts, "justifications"),
    "request": (shapes.RequestFacts, "requests"),
    "incident": (shapes.IncidentFacts, "incidents"),
}
PARTS = {
    shapes.Assessment: "assessment",
    shapes.BasisFacts: "basis",
    shapes.ContractFacts: "contract",
    shapes.DisclosureFacts: "disclosure",
    shapes.Elsewhere: "elsewhere",
    shapes.EntityInActivity: "member",
    shapes.Exclusion: "exclusion",
    shapes.FieldFacts: "field",
    shapes.FilingFacts: "filing",
    shapes.LineageFacts: "source",
    shapes.Location: "location",
    shapes.Notice: "notice",
    shapes.Opening: "opening",
    shapes.RetentionFacts: "retention",
    shapes.Safeguard: "safeguard",
    shapes.SubjectCountry: "people",
}
EXPECTED: dict[str, Status | None] = {
    **{status.value: status for status in Status},
    "not_evaluated": None,
}
NO_VERDICT = "no_verdict"  # the regime does not govern, or the check is not in force
NO_VERDICT = "no_verdict"  # the regime does not govern, or the check is not in force
A_VERDICT = "a_verdict"  # whichever: it does, and is
SINCE = "since"  # the first day of a check, of which three cases are made
ABOUT = frozenset({"as_of", "place", "more", SINCE})
KNOWN = ABOUT | SUBJECTS.keys() | set(PARTS.values())
BASE = "base.toml"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One case. `expected` is a status, `not_evaluated`, `no_verdict` or `a_verdict`."""

    name: str
    check: str
    expected: str
    cite: str | None  # what the first citation must read
    given: Mapping[str, Any]

    @property
    def as_of(self) -> date:
        return self.given["as_of"]  # type: ignore[no-any-return]


def read_tree(texts: Mapping[str, str]) -> list[Example]:
    """The cases of a directory's files by path: `base.toml` for all, `<regime>/base.toml` for its
    own, and the topics."""
    bases = {path: tomllib.loads(text) for path, text in texts.items() if path.endswith(BASE)}
    return [
        example
        for path, text in sorted(texts.items())
        if path not in bases and "/" in path
        for example in read_examples(text, bases[BASE], bases[f"{path.split('/')[0]}/{BASE}"])
    ]


def read_examples(text: str, *bases: Table) -> Iterator[Example]:
    """The cases of one file, each laid over the bases."""
    base = overlay(*bases)
    first = base.pop(SINCE, None)
    for check, table in tomllib.loads(text).items():
        cite, since = table.pop("cite", None), table.pop(SINCE, first)
        usual = overlay(base, {"place": table.pop("place", base.get("place"))})
        cases = [*_days_about(since), *_rows(table.pop("tables", ())), *_named(table)]
        for expected, name, special in cases:
            if expected not in EXPECTED and expected not in (NO_VERDICT, A_VERDICT):
                raise ValueError(f"{check}: no verdict is called {expected}")
            given = overlay(usual, special)
            yield Example(name=name, check=check, expected=expected, cite=cite, given=given)


def find_verdict(example: Example, law: Law, facts: Facts | None = None) -> Verdict | None:
    """What the law says of the case: the verdict of its check, in its place if it names one."""
    place = example.given.get("place")
    checks = (check for regime in law.regimes.values() for check in regime.checks)
    kinds = {check.subject for check in checks if check.id == example.check}
    found = [
        verdict
        for verdict in verdicts(
            facts or build_facts(example.given),
            law,
            example.as_of,
            only=frozenset((kind, kind.value) for kind in kinds),
        )
        if verdict.check.id == example.check and place in (None, verdict.place)
    ]
    if len(found) > 1:
        raise ValueError(f"{example.name}: say which place: {[one.place for one in found]}")
    return next(iter(found), None)


def meets(example: Example, verdict: Verdict | None) -> bool:
    if example.expected in (NO_VERDICT, A_VERDICT):
        return (verdict is None) == (example.expected == NO_VERDICT)
    if verdict is None:
        return False
    return verdict.status is EXPECTED[example.expected]


def build_facts(given: Mapping[str, Any]) -> Facts:
    """A register with one subject of each kind, and what the case adds under `more`."""
    if unknown := given.keys() - KNOWN:
        raise ValueError(f"no subject or part is called {', '.join(sorted(unknown))}")
    found: dict[str, dict[str, Any]] = {}
    for word, (shape, holder) in SUBJECTS.items():
        base = given.get(word, {})
        every = [base, *(overlay(base, one) for one in given.get("more", {}).get(word, ()))]
        named: Table = {n: word for n in ("id", "key", "name") if n in _hints(shape)}
        built = [_build(shape, {**named, **one}, given) for one in every]
        found[holder] = {one.id: one for one in built}
    return Facts(**found)


def overlay(*layers: Mapping[str, Any]) -> Table:
    """Tables over tables, key by key; anything else, and an empty table, replaces what is below."""
    laid: Table = {}
    for layer in layers:
        for key, value in layer.items():
            below = laid.get(key)
            if isinstance(below, dict) and isinstance(value, dict) and value:
                laid[key] = overlay(below, value)
            else:
                laid[key] = value
    return laid


def _named(table: Table) -> Iterator[tuple[str, str, Table]]:
    for expected, cases in table.items():
        for name, special in cases.items():
            yield expected, name, special


def _days_about(since: date | None) -> Iterator[tuple[str, str, Table]]:
    """The eve of a check's first day, the day, and the day after, wherever it is decided."""
    if since is not None:
        yield NO_VERDICT, "The eve of its first day", {"as_of": since - ONE_DAY, "place": None}
        yield A_VERDICT, "Its first day", {"as_of": since, "place": None}
        yield A_VERDICT, "The day after its first", {"as_of": since + ONE_DAY, "place": None}


def _rows(tables: Iterable[Table]) -> Iterator[tuple[str, str, Table]]:
    """Cases in rows: a column is a fact, or several that are alike, as `subject.fact`."""
    for table in tables:
        columns = [column.split(", ") for column in table.pop("columns")]
        name, common = table.pop("name"), table.pop("given", {})
        for expected, rows in table.items():
            for row in rows:
                pairs = zip(columns, row, strict=True)
                facts = [_nest(fact, value) for column, value in pairs for fact in column]
                yield expected, f"{name}: {', '.join(map(str, row))}", overlay(common, *facts)


def _nest(path: str, value: Any) -> Table:
    for part in reversed(path.split(".")):
        value = {part: value}
    return value  # type: ignore[no-any-return]


def _build(shape: type, given: Table, parts: Mapping[str, Any]) -> Any:
    hints = _hints(shape)
    if unknown := given.keys() - hints.keys():
        raise ValueError(f"{shape.__name__} has no {', '.join(sorted(unknown))}")
    return shape(**{name: _read(hints[name], raw, parts) for name, raw in given.items()})


def _read(hint: Any, raw: Any, parts: Mapping[str, Any]) -> Any:
    hint = _plain(hint)
    origin = get_origin(hint)
    if origin is Collection:
        return _collect(get_args(hint)[0], raw, parts)
    if raw == "unknown":
        return None
    if origin is tuple:
        return tuple(_read(get_args(hint)[0], one, parts) for one in raw)
    if isinstance(raw, dict) and not is_dataclass(hint):
        return {key: _read(get_args(hint)[1], value, parts) for key, value in raw.items()}
    if is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, overlay(parts.get(PARTS[hint], {}), raw), parts)
    return hint(raw) if isinstance(hint, EnumType) else raw


def _collect(hint: Any, raw: Any, parts: Mapping[str, Any]) -> Collection[Any]:
    if raw == "none":
        return Collection((), Declared.NONE)
    if raw == "not asked":
        return Collection()
    state, items = Declared.COMPLETE, raw
    if isinstance(raw, dict):
        state, items = Declared.NOT_ASKED, raw["some"]
    return Collection(tuple(_read(hint, one, parts) for one in items), state)


@cache
def _hints(shape: type) -> dict[str, Any]:
    return {name: _plain(hint) for name, hint in get_type_hints(shape).items()}


def _plain(hint: Any) -> Any:
    """A type without its alias and without None."""
    if isinstance(hint, TypeAliasType):
        hint = hint.__value__
    rest = [one for one in get_args(hint) if one is not type(None)]
    is_union = type(None) in get_args(hint)
    return rest[0] if is_union and len(rest) == 1 else hint
