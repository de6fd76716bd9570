"""The table of data: each category, why it is needed, and when it is erased."""

from inventory.law.vocabulary import DataClass, Mark
from inventory.reports.facts import Activity, Category
from inventory.reports.record import Cell, Gap, Line, Paragraph, Span, Table
from inventory.reports.retention import tell_period
from inventory.reports.telling import Blocks, Telling
from inventory.reports.texts import typed

HEAD = ("data.category", "data.why", "data.period")


def fill_categories(tell: Telling, activity: Activity) -> Blocks | None:
    """Data that speaks of no person is left out; what nobody has classed is a gap."""
    if not activity.fields_used:
        return (tell.gap("data"),)
    rows = _rows(tell, activity)
    head = tuple(tell.wording.say(key) for key in HEAD)
    table = (Table(head, rows),) if rows else ()
    unclassed = sum(c.fields for c in activity.categories if c.code is None)
    gaps = (tell.gap("category", count=str(unclassed)),) if unclassed else ()
    return (*table, *gaps) or (tell.none("data"),)


def _rows(tell: Telling, activity: Activity) -> tuple[tuple[Cell, Cell, Cell], ...]:
    """Categories needed for the same reasons and as long share a row."""
    shared: dict[tuple[Cell, Cell], Cell] = {}
    for category in activity.categories:
        if category.code and _is_personal(tell, category.code):
            why = (_reasons(tell, category), _periods(tell, activity, category))
            shared[why] = (*shared.get(why, ()), *_named(tell, category))
    return tuple((named, *why) for why, named in shared.items())


def _is_personal(tell: Telling, code: str) -> bool:
    known = tell.law.categories.get(code)
    return known is None or known.personal


def _named(tell: Telling, category: Category) -> Cell:
    known = tell.law.categories.get(category.code or "")
    name: Span = tell.wording.of(known.title) if known else typed(category.code or "")
    seen = tell.law.data_class(category.code or "", tell.regime.code)
    certain = known and known.marks.get(tell.regime.code) is not Mark.UNCERTAIN
    apart = seen in (DataClass.SPECIAL, DataClass.CRIMINAL) and certain
    asides: list[Line] = [(tell.word("class", str(seen)),)] if apart else []
    return (Paragraph(tell.aside(name, asides)),)


def _reasons(tell: Telling, category: Category) -> Cell:
    told = tuple(
        Paragraph((typed(reason.text, language=_foreign(tell, reason.language)),))
        for reason in category.reasons
    )
    if not category.unjustified:
        return told
    if category.unjustified == category.fields:
        return (tell.gap("reason"),)
    counts = {"count": str(category.unjustified), "total": str(category.fields)}
    return (*told, tell.gap("reasons", **counts))


def _foreign(tell: Telling, language: str) -> str | None:
    """The language of a text, where it is not the document's."""
    own = tell.wording.language.partition("-")[0]
    return None if language.partition("-")[0] == own else language


def _periods(tell: Telling, activity: Activity, category: Category) -> Cell:
    """The periods that hold for this category's records, in the purposes' order."""
    periods = [
        period
        for purpose in activity.purposes
        for period in purpose.periods
        if period.record_class in (None, *category.record_classes)
    ]
    told: list[Paragraph | Gap] = []
    for period in dict.fromkeys(periods):
        line = tell_period(tell, period)
        told.append(Paragraph(line) if line else tell.gap("period"))
    return tuple(dict.fromkeys(told)) or (tell.gap("period"),)
