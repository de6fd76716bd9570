"""Does the text hedge or speak in generalities, where it should say what the data is needed for?"""

from inventory.rules.wording.reading import Reading, Span

MOST_HITS = 40  # of a long text these are weighed, one by one


def find_vagueness(reading: Reading) -> Span | None:
    """The words that could stand under anything, unless the rest makes up for them."""
    hits = _not_denied(reading, "vague")
    return next((hit for hit in hits if not _made_up_for(reading, hit)), None)


def find_emptiness(reading: Reading, known: frozenset[int]) -> Span | None:
    """Words that hedge a little, or a text that is about nothing at all.

    `known` are the words that only repeat the names of the purpose and of the fields.
    """
    for hit in _not_denied(reading, "weak"):
        beside = reading.telling - known - _within(hit)
        if len(beside) < 4 and not _made_up_for(reading, hit):
            return hit
    return _generality(reading, known)


def _not_denied(reading: Reading, kind: str) -> list[Span]:
    """Hits that the text does not deny ("it is not kept just in case")."""
    denials = reading.class_of("negation")
    return [
        hit
        for hit in reading.find(kind)[:MOST_HITS]
        if not {hit.first - 1, hit.first - 2, hit.first - 3} & denials
        or reading.tokens[hit.first - 1].clause != reading.tokens[hit.first].clause
    ]


def _made_up_for(reading: Reading, hit: Span) -> bool:
    """A law, a consequence, or enough that really happens, more so in another clause."""
    if any(not _overlap(anchor, hit) for anchor in reading.anchors) or _but_really(reading, hit):
        return True
    clause = reading.tokens[hit.first].clause
    outside = reading.concrete - _within(hit)
    elsewhere = [n for n in outside if reading.tokens[n].clause != clause]
    return len(elsewhere) >= 2 or len(outside) >= (3 if _hedges(reading, hit) else 2)


def _hedges(reading: Reading, hit: Span) -> bool:
    """Does its clause speak of a perhaps or of some day? Then things named prove little."""
    clause = reading.clause(hit.first)
    hedges = reading.class_of("maybe") | reading.class_of("someday")
    return any(clause.first <= n < clause.last for n in hedges)


def _but_really(reading: Reading, hit: Span) -> bool:
    """A hedge that is granted, and then a reason: "rarely used perhaps, but crews ask for it"."""
    end = reading.clause(hit.first).last
    granted = min((n for n in reading.class_of("but") if hit.first <= n < end), default=end)
    return len([n for n in reading.telling if granted < n < end]) > 2


def _generality(reading: Reading, known: frozenset[int]) -> Span | None:
    """The whole text, if none of its words is about anything."""
    if reading.anchors or not reading.content or len(reading.concrete) > 1:
        return None
    telling = reading.telling - known
    empty = len(reading.content) - len(reading.telling)
    if not telling or (len(telling) == 1 and empty >= 2 and not telling & reading.concrete):
        return Span(reading.content[0], reading.content[-1] + 1)
    return None


def _within(span: Span) -> frozenset[int]:
    return frozenset(range(span.first, span.last))


def _overlap(one: Span, other: Span) -> bool:
    return one.first < other.last and other.first < one.last
