"""Attributes of register documents as they come in: one rule for each, and all refusals at once.

A rule takes the problems found so far, a value and its path, and returns the value to keep;
None is *nobody has said*, and KEEP (absent) leaves what the register holds.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from inventory.models.columns import DURATION_PATTERN
from inventory.services.errors import Invalid
from inventory.services.inputs import KEEP
from inventory.services.law import current_law
from inventory.services.validation import Problems

MOST_ITEMS = 5_000
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)

type Rule = Callable[[Problems, Any, str], Any]
type Rules = Mapping[str, Rule]
type Values = dict[str, Any]

_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
_WORDS = re.compile(r"(\d{1,5})\s*(year|month|week|day)s?", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\".]+(\.[^@\s<>,;\".]+)+")
_LINK = re.compile(r"https?://[^\s/?#]+([/?#]\S*)?", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


@contextmanager
def reading() -> Iterator[Problems]:
    """Gathers what is wrong with a document; raises one Invalid before anything is written."""
    problems = Problems()
    yield problems
    problems.refuse()


def check_key(value: Any) -> str:
    """The key of the row itself. Raises Invalid at once: nothing can be looked up without it."""
    problems = Problems()
    found = problems.key(value, "key")
    problems.refuse()
    return found


def need(values: Values, *names: str, when: bool) -> None:
    """A new row cannot do without these. Raises Invalid."""
    if missing := [name for name in names if when and not values.get(name)]:
        raise Invalid(dict.fromkeys(missing, "This is needed."))


def given(problems: Problems, document: Any, rules: Rules, at: str = "") -> Values:
    """The attributes of a document that were given, each by its rule."""
    pairs = {name: getattr(document, name) for name in rules}
    return {
        name: rules[name](problems, value, f"{at}.{name}" if at else name)
        for name, value in pairs.items()
        if value is not KEEP
    }


def each(problems: Problems, documents: Any, rules: Rules, path: str) -> Any:
    """A list of documents by the same rules: a tuple of values, None (not asked), or KEEP."""
    if documents is KEEP or documents is None:
        return documents
    if not _is_list(problems, documents, path):
        return ()
    return tuple(given(problems, one, rules, f"{path}.{n}") for n, one in enumerate(documents))


def numbered(items: Any) -> list[tuple[int, Any]]:
    """The entries of a list that was given, with their numbers."""
    return [] if items is KEEP else list(enumerate(items or ()))


def name(problems: Problems, value: Any, path: str) -> str:
    return problems.line(value, path, required="A name is needed.")


def text(problems: Problems, value: Any, path: str) -> str:
    return problems.text("" if value is None else value, path)


def line(most: int = 300) -> Rule:
    """One line of text; None is empty."""
    return lambda problems, value, path: problems.line(
        "" if value is None else value, path, most=most
    )


def flag(problems: Problems, value: Any, path: str) -> bool | None:
    return problems.known_fact(value, path)


def count(problems: Problems, value: Any, path: str) -> int | None:
    return problems.count(value, path)


def age(problems: Problems, value: Any, path: str) -> int | None:
    return problems.count(value, path, most=130)


def key(problems: Problems, value: Any, path: str) -> str | None:
    """The key of another row; None where none is meant."""
    return None if value is None else problems.key(value, path)


def needed_key(problems: Problems, value: Any, path: str) -> str:
    return problems.key(value, path)


def day(problems: Problems, value: Any, path: str) -> date | None:
    """A day, as a date or written 2026-11-24."""
    if value is None:
        return None
    try:
        found = value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError):
        problems.add(path, f"{quoted(value)} is not a date. Write it as 2026-11-24.")
        return None
    if not EARLIEST <= found < LATEST:
        problems.add(path, f"{found} is too far away to be meant.")
    return found


def needed_day(problems: Problems, value: Any, path: str) -> date | None:
    if value is None:
        problems.add(path, "A date is needed.")
    return day(problems, value, path)


def duration(problems: Problems, value: Any, path: str) -> str | None:
    """A length of time as ISO 8601, from that or from words such as `6 months`."""
    if value is None or value == "":
        return None
    written = str(value).strip()[:60]
    found = _from_words(written) or written.upper()
    if re.fullmatch(DURATION_PATTERN, found):
        return found
    problems.add(
        path, f"{quoted(value)} is not a length of time. Write 6 months, 2 years or 90 days."
    )
    return None


def country(problems: Problems, value: Any, path: str) -> str | None:
    """A country's ISO code, from its code or its English name."""
    if value is None or value == "":
        return None
    written, countries = str(value).strip(), current_law().countries
    if written.upper() in countries:
        return written.upper()
    names = {one.name["en"].casefold(): code for code, one in countries.items()}
    if written.casefold() in names:
        return names[written.casefold()]
    near = get_close_matches(written.casefold()[:200], list(names), n=3, cutoff=0.6)
    meant = " or ".join(countries[names[one]].name["en"] for one in near)
    hint = f" Did you mean {meant}?" if meant else ""
    problems.add(path, f"No country is called {quoted(value)}.{hint}")
    return None


def needed_country(problems: Problems, value: Any, path: str) -> str | None:
    if value is None or value == "":
        problems.add(path, "A country is needed.")
    return country(problems, value, path)


def link(problems: Problems, value: Any, path: str) -> str:
    """An address on the web: http or https, nothing that a browser would run."""
    written = problems.line("" if value is None else value, path, most=500)
    if written and not _LINK.fullmatch(written):
        problems.add(path, f"{quoted(value)} is not a web address. Begin with https://.")
    return written


def email(problems: Problems, value: Any, path: str) -> str:
    written = problems.line("" if value is None else value, path, most=254)
    if written and not _EMAIL.fullmatch(written):
        problems.add(path, f"{quoted(value)} is not an e-mail address.")
    return written


def language(problems: Problems, value: Any, path: str) -> str:
    written = problems.line("" if value is None else value, path, most=10)
    if written and not _LANGUAGE.fullmatch(written):
        problems.add(path, f"{quoted(value)} is no language tag. Write en, fr or pt-BR.")
    return written


def word(words: type[StrEnum], what: str, *, needed: bool = False) -> Rule:
    """A word of the program's own vocabulary; None says nothing, unless it is needed."""
    return code(lambda: [one.value for one in words], what, needed=needed)


def words(vocabulary: type[StrEnum], what: str) -> Rule:
    return codes(lambda: [one.value for one in vocabulary], what)


def code(known: Callable[[], Collection[str]], what: str, *, needed: bool = False) -> Rule:
    """A code of the law data; None says nothing, unless it is needed."""

    def rule(problems: Problems, value: Any, path: str) -> str | None:
        if value is None and not needed:
            return None
        return problems.known(value, path, known(), what=what)

    return rule


def codes(known: Callable[[], Collection[str]], what: str) -> Rule:
    """Several codes: a list, or None where nobody has said."""

    def rule(problems: Problems, value: Any, path: str) -> list[str] | None:
        if value is None:
            return None
        if not _is_list(problems, value, path):
            return []
        return problems.codes(value, path, known(), what=what)

    return rule


def lines(problems: Problems, value: Any, path: str) -> list[str] | None:
    """Several short texts, each once; None where nobody has said."""
    if value is None:
        return None
    if not _is_list(problems, value, path):
        return []
    cleaned = [problems.line(one, f"{path}.{n}", most=80) for n, one in enumerate(value)]
    return list(dict.fromkeys(cleaned))


def quoted(value: Any) -> str:
    """What was typed, short enough for a message and safe to print."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value)[:80])
    return f"“{shown}”"


def _is_list(problems: Problems, value: Any, path: str) -> bool:
    if isinstance(value, tuple | list) and len(value) <= MOST_ITEMS:
        return True
    problems.add(path, f"This must be a list of at most {MOST_ITEMS:,} entries.")
    return False


def _from_words(written: str) -> str | None:
    parts = _WORDS.findall(written)
    rest = re.sub(r"[\s,]|\band\b", "", _WORDS.sub("", written))
    counts = {unit.lower(): int(number) for number, unit in parts}
    if not parts or rest or len(counts) != len(parts):
        return None
    return "P" + "".join(f"{counts[unit]}{sign}" for unit, sign in _UNITS.items() if unit in counts)
