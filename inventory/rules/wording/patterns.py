"""A small language of patterns over words, compiled once, and its matching in linear time.

`word`, `stem*`, `*part*`, `a|b`, `<class>`, `#` (a number), `x?` (may be missing), `..` (up to
three words between) and `...` (up to seven).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inventory.rules.wording.texts import words_of

GAPS = {"..": 3, "...": 7}
NUMBER = "#"
MOST_KNOWN = 20_000  # words kept in mind, so that texts of a register cost little

type Ids = frozenset[int]
type Phrase = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: any of some words or phrases, which may be missing, or a gap."""

    words: Ids = frozenset()
    phrases: tuple[Phrase, ...] = ()  # of several words
    optional: bool = False
    gap: int = 0


type Pattern = tuple[Element, ...]


@dataclass(slots=True)
class Globs:
    """All words and stems of a language, numbered, so that a word is looked up once."""

    fold: Mapping[str, str]
    prefixes: frozenset[str]  # letters a word may carry in front
    _ids: dict[str, int] = field(default_factory=dict)
    _whole: dict[str, int] = field(default_factory=dict)
    _starts: dict[str, int] = field(default_factory=dict)
    _parts: list[tuple[re.Pattern[str], int]] = field(default_factory=list)
    _known: dict[str, Ids] = field(default_factory=dict)  # words looked up before

    def add(self, glob: str) -> int:
        """The number of a word or stem."""
        if glob not in self._ids:
            self._ids[glob] = number = len(self._ids)
            if "*" not in glob:
                self._whole[glob] = number
            elif glob.index("*") == len(glob) - 1:
                self._starts[glob[:-1]] = number
            else:
                inner = ".*".join(re.escape(part) for part in glob.split("*"))
                self._parts.append((re.compile(inner), number))
        return self._ids[glob]

    def of(self, word: str) -> Ids:
        """Every word and stem of the lists that this word is a form of."""
        if word not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[word] = self._look_up(word)
        return self._known[word]

    def _look_up(self, word: str) -> Ids:
        found: set[int] = set()
        for form in self.forms(word):
            if form in self._whole:
                found.add(self._whole[form])
            cuts = (form[:length] for length in range(1, len(form) + 1))
            found.update(self._starts[cut] for cut in cuts if cut in self._starts)
            found.update(number for part, number in self._parts if part.fullmatch(form))
        if word[0].isdigit() and NUMBER in self._whole:
            found.add(self._whole[NUMBER])
        return frozenset(found)

    def letters(self) -> frozenset[str]:
        """The letters that the language writes with."""
        return frozenset(letter for glob in self._whole for letter in glob)

    def forms(self, word: str) -> list[str]:
        """The word, and what is left of it without up to three letters in front."""
        forms = [word]
        for length in range(1, 4):
            if len(word) - length < 3 or word[length - 1] not in self.prefixes:
                break
            forms.append(word[length:])
        return forms


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns of one kind, by the words that they may begin with."""

    starting: Mapping[int, tuple[Pattern, ...]]

    def match(self, ids: list[Ids], at: int, until: int) -> int | None:
        """The end of the longest match that begins at a word, if one does."""
        tried: set[int] = set()
        longest: int | None = None
        for number in ids[at]:
            for pattern in self.starting.get(number, ()):
                if id(pattern) not in tried:
                    tried.add(id(pattern))
                    end = _end(pattern, ids, at, until)
                    longest = max(longest or end, end) if end is not None else longest
        return longest


def compile_patterns(
    written: Iterable[str], classes: Mapping[str, Iterable[str]], globs: Globs
) -> Patterns:
    starting: dict[int, list[Pattern]] = {}
    for one in written:
        pattern = tuple(_element(part, classes, globs) for part in one.split())
        for number in _first(pattern):
            starting.setdefault(number, []).append(pattern)
    return Patterns({number: tuple(several) for number, several in starting.items()})


def compile_words(words: Iterable[str], globs: Globs) -> Patterns:
    """A class of words as patterns of one element each."""
    return compile_patterns(["<it>"], {"it": words}, globs)


def _element(part: str, classes: Mapping[str, Iterable[str]], globs: Globs) -> Element:
    if part in GAPS:
        return Element(gap=GAPS[part])
    optional = part.endswith("?")
    part = part.removesuffix("?")
    if part.startswith("<"):
        texts: Iterable[str] = classes[part[1:-1]]
    else:
        texts = part.split("|")
    phrases = [phrase for text in texts if (phrase := _phrase(text, globs))]
    return Element(
        words=frozenset(phrase[0] for phrase in phrases if len(phrase) == 1),
        phrases=tuple(phrase for phrase in phrases if len(phrase) > 1),
        optional=optional,
    )


def _phrase(text: str, globs: Globs) -> Phrase:
    if text == NUMBER:
        return (globs.add(NUMBER),)
    return tuple(
        globs.add(glob)
        for word in text.replace("_", " ").split()
        for glob in _globs(word, globs.fold)
    )


def _globs(word: str, fold: Mapping[str, str]) -> list[str]:
    """A word of a list as the tokeniser would cut it: "don't" is two."""
    if "*" not in word:
        return list(words_of(word, fold))
    parts = ["".join(words_of(part, fold)) for part in word.split("*")]
    return ["*".join(parts)]


def _first(pattern: Pattern) -> set[int]:
    found: set[int] = set()
    for element in pattern:
        found |= element.words | {phrase[0] for phrase in element.phrases}
        if not element.optional:
            break
    return found


def _end(pattern: Pattern, ids: list[Ids], at: int, until: int) -> int | None:
    """Where a match from here ends, the farthest first; each place is tried once per element."""
    reached = {at}
    for element in pattern:
        nearer = {there for here in reached for there in _after(element, ids, here, until)}
        if not nearer:
            return None
        reached = nearer
    return max(reached)


def _after(element: Element, ids: list[Ids], at: int, until: int) -> Iterable[int]:
    if element.gap:
        return range(at, min(at + element.gap, until) + 1)
    ends = [at] if element.optional else []
    if at < until and not element.words.isdisjoint(ids[at]):
        ends.append(at + 1)
    for phrase in element.phrases:
        end = at + len(phrase)
        if end <= until and all(number in ids[at + n] for n, number in enumerate(phrase)):
            ends.append(end)
    return ends
