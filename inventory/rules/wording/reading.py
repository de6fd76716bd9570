"""A justification's text read in its language: its words, what each of them is worth, and what
the language's patterns find in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from inventory.law.wordlists import WordList
from inventory.rules.wording.patterns import (
    Globs,
    Ids,
    Patterns,
    compile_patterns,
    compile_words,
)
from inventory.rules.wording.texts import script_of, tokenise, words_of

MOST_TOKENS = 60_000  # a text that is longer is read thus far


@dataclass(frozen=True, slots=True)
class Span:
    """From a word up to another, the latter left out."""

    first: int
    last: int


class Language:
    """A word list made ready for matching."""

    def __init__(self, words: WordList) -> None:
        self.words = words
        self.globs = Globs(words.fold, frozenset(words.prefixes))
        self.patterns: Mapping[str, Patterns] = {
            kind: compile_patterns(written, words.words, self.globs)
            for kind, written in words.patterns.items()
        }
        self.classes: Mapping[str, Patterns] = {
            name: compile_words(several, self.globs) for name, several in words.words.items()
        }
        self.mentions: Mapping[str, Patterns] = {
            family: compile_words(several, self.globs) for family, several in words.mentions.items()
        }
        self.letters = self.globs.letters()
        scripts = frozenset(script_of(sign) for sign in self.letters) - {""}
        self.scripts = scripts - {"LATIN"} or scripts  # Latin words are borrowed everywhere
        self.grammar = frozenset(self.classes["function"].starting)
        self.empty = self.grammar | frozenset(self.classes["need"].starting)
        self.general = frozenset(
            number for name in ("need", "generic") for number in self.classes[name].starting
        )


class Reading:
    """One text in one language."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.tokens = tokenise(text, language.words.fold)[:MOST_TOKENS]
        seen: dict[str, Ids] = {}
        for token in self.tokens:
            if token.word not in seen:
                seen[token.word] = language.globs.of(token.word)
        self._ids = [seen[token.word] for token in self.tokens]
        self._classes: dict[str, frozenset[int]] = {}
        self._hits: dict[str, tuple[Span, ...]] = {}

    def find(self, kind: str) -> tuple[Span, ...]:
        """Where patterns of a kind match; matches that overlap a longer one are left out."""
        if kind not in self._hits:
            self._hits[kind] = self._match(self.language.patterns[kind])
        return self._hits[kind]

    def class_of(self, name: str) -> frozenset[int]:
        """The words (by number) that belong to a class."""
        if name not in self._classes:
            spans = self._match(self.language.classes[name])
            self._classes[name] = frozenset(n for s in spans for n in range(s.first, s.last))
        return self._classes[name]

    def mention(self, family: str) -> tuple[Span, ...]:
        """Where the text speaks of a family of data."""
        return self._match(self.language.mentions[family])

    def alike(self, others: Iterable[str]) -> frozenset[int]:
        """The words that are forms of other words."""
        stems = {stem(form) for word in others for form in self.language.globs.forms(word)}
        return frozenset(n for n, own in enumerate(self.stems) if own & stems)

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        """Of each word its stem, or stems where letters in front may belong to it or not."""
        forms = self.language.globs.forms
        return [frozenset(stem(form) for form in forms(token.word)) for token in self.tokens]

    @cached_property
    def content(self) -> tuple[int, ...]:
        """The words that are more than grammar."""
        function = self.class_of("function")
        return tuple(
            n
            for n, token in enumerate(self.tokens)
            if n not in function and len(token.word) > 1 and not token.word[0].isdigit()
        )

    @cached_property
    def telling(self) -> frozenset[int]:
        """Content words that are neither need nor generality."""
        empty = self.class_of("need") | self.class_of("generic") | self.basis
        return frozenset(n for n in self.content if n not in empty or n in self.concrete)

    @cached_property
    def concrete(self) -> frozenset[int]:
        """Words for processes, people who do something, and things that are done."""
        return self.class_of("concrete") - self.class_of("function")

    @cached_property
    def anchors(self) -> tuple[Span, ...]:
        """A law cited (other than the bare legal basis), or what happens without the data."""
        laws = [s for s in self.find("law") if s.first not in self.basis]
        return (*laws, *(self.find("consequence") if len(self.telling) > 1 else ()))

    @cached_property
    def basis(self) -> frozenset[int]:
        """The words of a bare legal basis, such as Art. 6(1)(f): no reason by itself."""
        return frozenset(n for s in self.find("basis") for n in range(s.first, s.last))

    def quote(self, span: Span) -> tuple[int, int]:
        """Where the words of a span stand in the text."""
        return self.tokens[span.first].start, self.tokens[span.last - 1].end

    @property
    def whole(self) -> Span:
        return Span(0, len(self.tokens))

    def clause(self, number: int) -> Span:
        """The clause in which a word stands."""
        start, end = self._clauses[self.tokens[number].clause]
        return Span(start, end)

    @cached_property
    def _clauses(self) -> dict[int, tuple[int, int]]:
        clauses = [token.clause for token in self.tokens]
        starts = [0, *(n for n, (a, b) in enumerate(pairwise(clauses), 1) if a != b)]
        ends = [*starts[1:], len(clauses)]
        return {
            clauses[start]: (start, end) for start, end in zip(starts, ends, strict=True) if clauses
        }

    def _match(self, patterns: Patterns) -> tuple[Span, ...]:
        spans: list[Span] = []
        free = 0
        for n, token in enumerate(self.tokens):
            if n < free:
                continue
            end = patterns.match(self._ids, n, self._clauses[token.clause][1])
            if end is not None:
                spans.append(Span(n, end))
                free = end
        return tuple(spans)


def stem(word: str) -> str:
    """A rough stem: the word without its ending."""
    return word if len(word) < 5 else word[: max(4, len(word) - 3)]


def named(texts: Iterable[str | None], language: Language) -> list[str]:
    """The words of names and texts beside the justification."""
    return [word for text in texts for word in words_of(text, language.words.fold)]
