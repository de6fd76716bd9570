"""All questions put to one justification, in the order in which an author should mend it."""

from collections.abc import Iterator
from functools import lru_cache

from inventory.law.wordlists import WordLists, load_wordlists
from inventory.rules.facts import JustificationFacts
from inventory.rules.wording.circularity import find_circle, find_phrase, words_known
from inventory.rules.wording.contradiction import find_contradiction
from inventory.rules.wording.copying import find_borrowed, find_copy
from inventory.rules.wording.faults import Fault, FaultKind
from inventory.rules.wording.languages import DEFAULT, is_read, languages_of, recognise
from inventory.rules.wording.length import is_too_short
from inventory.rules.wording.placeholders import find_placeholder
from inventory.rules.wording.reading import Reading, Span
from inventory.rules.wording.stretch import find_stretch
from inventory.rules.wording.vagueness import find_emptiness, find_vagueness

FEW = 5  # words that may not show their language
REMEMBERED = 2_000  # judgements kept: a purpose is judged under several laws, and again


def assess(
    justification: JustificationFacts, *, lists: WordLists | None = None, speak: str = DEFAULT
) -> tuple[Fault, ...]:
    """Every fault of a justification, none if it is worth the name; advice in `speak`.

    Of a text in a language that has no lists only what needs none is found: see `can_read`.
    """
    if lists is not None:
        return Assessor(justification, lists, speak).assess()
    return _remembered(_Told(justification), speak)


def can_read(justification: JustificationFacts, *, lists: WordLists | None = None) -> bool:
    """Is the text in a language that has lists? If not, no fault found does not mean none."""
    return Assessor(justification, lists or load_wordlists(), DEFAULT).can_read


class _Told:
    """A justification, the same as another that says the same."""

    def __init__(self, justification: JustificationFacts) -> None:
        one = self.justification = justification
        fields = tuple((field.name, field.category, field.identifiability) for field in one.fields)
        names = (one.purpose_name, one.purpose_text, one.language)
        self.key = (one.text, one.alternatives, *names, one.elsewhere, fields)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and self.key == other.key


@lru_cache(maxsize=REMEMBERED)
def _remembered(told: _Told, speak: str) -> tuple[Fault, ...]:
    return Assessor(told.justification, load_wordlists(), speak).assess()


class Assessor:
    """One justification under judgement."""

    def __init__(self, justification: JustificationFacts, lists: WordLists, speak: str) -> None:
        self.justification = justification
        self.lists = lists
        self.languages = languages_of(lists)
        own = recognise(justification.text, self.languages, justification.language)
        self.reading = Reading(justification.text, own)
        said = justification.language or ""
        self.can_read = is_read(justification.text, own, self.languages, said)
        spoken = lists.languages.get(speak.partition("-")[0]) or lists.languages[DEFAULT]
        self.advice = spoken.advice

    def assess(self) -> tuple[Fault, ...]:
        for reading in self._readings():
            if (held := find_placeholder(reading)) is not None:
                return (self._fault(FaultKind.PLACEHOLDER, held),)
        if not self.can_read:
            copied = self._copied()
            return (self._fault(FaultKind.COPIED, copied),) if copied else ()
        return (*self._of_text(), *self._of_fields())

    def _readings(self) -> Iterator[Reading]:
        """The text in its language; of so few words that many would do, in all of them."""
        yield self.reading
        if len(self.reading.tokens) <= FEW:
            for language in self.languages.values():
                yield Reading(self.justification.text, language)

    def _of_text(self) -> Iterator[Fault]:
        """What the words alone show: the gravest of copy, circle and vagueness, and shortness."""
        reading, kinds = self.reading, FaultKind
        if copied := self._copied():
            yield self._fault(kinds.COPIED, copied)
            return
        circle = find_circle(reading, self.justification, self.lists)
        vague = find_vagueness(reading)
        if not (circle or vague):
            circle = find_phrase(reading)
        if not (circle or vague):
            vague = find_emptiness(reading, self._known)
        if circle:
            yield self._fault(kinds.CIRCULAR, circle)
        if vague:
            yield self._fault(kinds.VAGUE, vague)
        if is_too_short(reading):
            yield self._fault(kinds.SHORT, reading.whole)

    def _copied(self) -> Span | None:
        reading, justification = self.reading, self.justification
        return find_copy(reading, justification) or find_borrowed(reading, justification)

    @property
    def _known(self) -> frozenset[int]:
        return words_known(self.reading, self.justification, self.lists)

    def _of_fields(self) -> Iterator[Fault]:
        """What only the facts beside the words show."""
        fields = self.justification.fields
        if denied := find_contradiction(self.reading, fields, self.lists):
            yield self._fault(FaultKind.CONTRADICTED, *denied)
        if stretched := find_stretch(self.reading, fields, self.lists):
            yield self._fault(FaultKind.STRETCHED, *stretched)

    def _fault(self, kind: FaultKind, span: Span, fields: tuple[str, ...] = ()) -> Fault:
        text = self.justification.text
        start, end = self.reading.quote(span) if span.last > span.first else (0, len(text.rstrip()))
        return Fault(
            kind=kind,
            quote=text[start:end],
            start=start,
            end=end,
            advice=self.advice[kind.value],
            fields=fields,
        )
