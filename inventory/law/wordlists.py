"""The word lists by which justifications are read: one file per language, and families of data.

They sit with the law because its hash covers them: a better list makes old findings stale.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inventory.law.reading import Table, open_table

DATA = Path(__file__).parent / "data"
WORDS = frozenset(
    {
        "function", "need", "generic", "concrete", "because", "negation", "but", "maybe", "someday",
    }
)  # fmt: skip
PATTERNS = frozenset(
    {
        "vague", "weak", "circular", "law", "basis", "consequence", "placeholder",
        "placeholder_alone", "statute", "anonymous", "harmless", "excuse", "each",
    }
)  # fmt: skip
ADVICE = frozenset(
    {"vague", "circular", "short", "stretched", "contradicted", "placeholder", "copied"}
)
NAMED = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """One language: classes of words, patterns over them, words for data, advice to authors."""

    language: str
    shortest: int  # fewer words than that say no why, unless they cite a law
    prefixes: str  # letters that a word may carry in front ("ובה…")
    fold: Mapping[str, str]  # spellings that count as one ("ae" as "a")
    words: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[str, ...]]
    mentions: Mapping[str, tuple[str, ...]]  # by family of data
    advice: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class WordLists:
    """All languages, and which categories of data are alike, identify, or are delicate."""

    languages: Mapping[str, WordList]
    family_of: Mapping[str, str]  # by category
    identifying: frozenset[str]  # categories
    delicate: frozenset[str]  # families


@cache
def load_wordlists(directory: Path | None = None) -> WordLists:
    """Every list of a law directory; LawError names file and line of what is wrong."""
    root = directory or DATA
    families = open_table(root / "wording" / "families.toml", root=root)
    with families.strict():
        alike = _lists(families.table("families"))
        identifying = families.strings("identifying")
        delicate = families.strings("delicate")
    files = sorted((root / "wording").glob("??.toml"))
    read = [_read_language(open_table(file, root=root), file.stem, alike) for file in files]
    return WordLists(
        languages={one.language: one for one in read},
        family_of={code: family for family, codes in alike.items() for code in codes},
        identifying=frozenset(identifying),
        delicate=frozenset(delicate),
    )


def _read_language(top: Table, language: str, families: Mapping[str, object]) -> WordList:
    with top.strict():
        return WordList(
            language=language,
            shortest=_number(top, "shortest"),
            prefixes=top.maybe("prefixes", Table.text) or "",
            fold=_texts(top.table("fold")) if "fold" in top else {},
            words=(words := _complete(top, "words", WORDS, closed=False)),
            patterns=_known(top, _complete(top, "patterns", PATTERNS), words),
            mentions=_complete(top, "mentions", frozenset(families)),
            advice=_advice(top),
        )


def _number(top: Table, key: str) -> int:
    value = top.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise top.refuse(f"{key!r} must be a number of words", key)
    return value


def _advice(top: Table) -> Mapping[str, str]:
    table = top.table("advice")
    found = _texts(table)
    if missing := ADVICE - found.keys():
        raise top.refuse(f"no advice for {min(missing)!r}", "advice")
    if surplus := found.keys() - ADVICE:
        raise table.refuse(f"nobody asks for {min(surplus)!r}", min(surplus))
    return found


def _complete(
    top: Table, key: str, wanted: frozenset[str], *, closed: bool = True
) -> Mapping[str, tuple[str, ...]]:
    """Lists by name: all that are wanted, and no others unless the list is open."""
    table = top.table(key)
    found = _lists(table)
    if missing := wanted - found.keys():
        raise top.refuse(f"{key} has no {min(missing)!r}", key)
    if closed and (surplus := found.keys() - wanted):
        raise table.refuse(f"nobody asks for {min(surplus)!r}", min(surplus))
    return found


def _known(
    top: Table, patterns: Mapping[str, tuple[str, ...]], words: Mapping[str, object]
) -> Mapping[str, tuple[str, ...]]:
    for kind, several in patterns.items():
        for name in (name for one in several for name in NAMED.findall(one)):
            if name not in words:
                raise top.table("patterns").refuse(f"no words are called {name!r}", kind)
    return patterns


def _lists(table: Table) -> Mapping[str, tuple[str, ...]]:
    return {key: table.strings(key) for key in table}


def _texts(table: Table) -> Mapping[str, str]:
    return {key: table.text(key) for key in table}
