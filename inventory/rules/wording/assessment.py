"""All questions put to one justification, in the order in which an author should mend it."""

from collections.abc import Iterator

from inventory.law.wordlists import WordLists, load_wordlists
from inventory.rules.facts import JustificationFacts
from inventory.rules.wording.circularity import find_circle, find_phrase, words_known
from inventory.rules.wording.contradiction import find_contradiction
from inventory.rules.wording.copying import find_copy
from inventory.rules.wording.faults import Fault, FaultKind
from inventory.rules.wording.languages import DEFAULT, languages_of, recognise
from inventory.rules.wording.length import is_too_short
from inventory.rules.wording.placeholders import find_placeholder
from inventory.rules.wording.reading import Reading, Span
from inventory.rules.wording.stretch import find_stretch
from inventory.rules.wording.vagueness import find_emptiness, find_vagueness

FEW = 5  # words that may not show their language


def assess(
    justification: JustificationFacts, *, lists: WordLists | None = None, speak: str = DEFAULT
) -> tuple[Fault, ...]:
    """Every fault of a justification, none if it is worth the name; advice in `speak`."""
    return Assessor(justification, lists or load_wordlists(), speak).assess()


class Assessor:
    """One justification under judgement."""

    def __init__(self, justification: JustificationFacts, lists: WordLists, speak: str) -> None:
        self.justification = justification
        self.lists = lists
        self.languages = languages_of(lists)
        own = recognise(justification.text, self.languages, justification.language)
        self.reading = Reading(justification.text, own)
        self.advice = (lists.languages.get(speak) or lists.languages[DEFAULT]).advice

    def assess(self) -> tuple[Fault, ...]:
        for reading in self._readings():
            if (held := find_placeholder(reading)) is not None:
                return (self._fault(FaultKind.PLACEHOLDER, held),)
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
        if copied := find_copy(reading, self.justification):
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
