"""How long data is kept, as people say it."""

from inventory.law.vocabulary import Declared, Rounding
from inventory.reports import words
from inventory.reports.facts import Activity, Period, Purpose
from inventory.reports.record import Gap, Line, Paragraph, Span
from inventory.reports.telling import Blocks, Telling, bullets
from inventory.reports.texts import Filling, joined, typed


def fill_retention(tell: Telling, activity: Activity) -> Blocks | None:
    """Each purpose's periods by class of record; a purpose without any is a gap."""
    lines: list[Line] = []
    gaps: list[Gap] = []
    for purpose in activity.purposes:
        for period in purpose.periods:
            told = _of_records(tell, period)
            if told:
                lines.append(told)
            else:
                gaps.append(tell.gap("retention", name=typed(purpose.name)))
    without = tuple(_without(tell, p) for p in activity.purposes if not p.periods)
    return (*bullets(list(dict.fromkeys(lines))), *dict.fromkeys(gaps), *without) or None


def tell_period(tell: Telling, period: Period) -> Line:
    """“3 years from: last contact, until the end of the calendar year”; empty if unknown."""
    if not period.period:
        return (typed(period.criteria),) if period.criteria else ()
    length: Filling = words.period(tell.wording, period.period)
    line: Line = (Span(str(length)),)
    if period.start_event:
        event = typed(period.start_event)
        line = tell.wording.line("retention.from", period=length, event=event)
    if period.rounding != Rounding.NONE:
        line = (*line, Span(", "), tell.word("retention", period.rounding))
    return line


def _of_records(tell: Telling, period: Period) -> Line:
    told = tell_period(tell, period)
    if not told:
        return ()
    asides: list[Line] = [(tell.word("retention", period.authority),)]
    if period.law_reference:
        asides.append((typed(period.law_reference),))
    parts = [tell.aside(told, asides)]
    if period.disposal:
        parts.append((tell.word("disposal", period.disposal),))
    return tell.pair(_records(tell, period), joined(parts, ", "))


def _records(tell: Telling, period: Period) -> Span:
    if period.record_class is None:
        return Span(tell.wording.say("retention.all_records"), strong=True)
    known = tell.law.record_classes.get(period.record_class)
    if known is None:
        return typed(period.record_class, strong=True)
    named = tell.wording.of(known.title)
    return Span(named.text, language=named.language, strong=True)


def _without(tell: Telling, purpose: Purpose) -> Gap | Paragraph:
    name = typed(purpose.name)
    if purpose.retention_state is Declared.NONE:
        return tell.none("retention", name=name)
    return tell.gap("retention", name=name)
