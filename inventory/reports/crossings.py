"""Where data leaves the law's territory: to which country, to whom, on what ground."""

from inventory.law.vocabulary import Mark
from inventory.reports.facts import Activity, Crossing
from inventory.reports.record import Block, Line, Paragraph, Span
from inventory.reports.telling import Blocks, Telling
from inventory.reports.texts import joined, typed


def fill_transfers(tell: Telling, activity: Activity) -> Blocks | None:
    """A crossing whose country or ground nobody has recorded is a gap, not a *none*."""
    if not activity.fields_used:
        return None
    if not activity.crossings:
        return (tell.none("transfers"),) if _is_told(activity) else None
    return tuple(block for crossing in activity.crossings for block in _crossing(tell, crossing))


def _is_told(activity: Activity) -> bool:
    """Whether it was said where the data is and whom it goes to."""
    asked = all(p.disclosures_state != "not_asked" for p in activity.purposes)
    return bool(activity.storages) and asked


def _crossing(tell: Telling, crossing: Crossing) -> tuple[Block, ...]:
    if crossing.destination is None:
        return (tell.gap("place", name=typed(crossing.name)),)
    country = Span(tell.country(crossing.destination), strong=True)
    ground = _ground(tell, crossing)
    where = tell.pair(country, typed(crossing.name))
    if not ground:
        return (Paragraph(where), tell.gap("mechanism"))
    return (Paragraph(joined([where, ground], ". ")),)


def _ground(tell: Telling, crossing: Crossing) -> Line:
    if crossing.mechanism is None:
        return _adequacy(tell, crossing.destination or "")
    known = tell.law.mechanisms.get(crossing.mechanism)
    title = (
        tell.told(known.title, known.citation, known.mark)
        if known
        else (typed(crossing.mechanism),)
    )
    asides: list[Line] = []
    if crossing.instrument_on:
        asides.append(
            tell.wording.line("transfer.instrument", day=tell.day(crossing.instrument_on))
        )
    if crossing.assessment_on:
        asides.append(
            tell.wording.line("transfer.assessment", day=tell.day(crossing.assessment_on))
        )
    return tell.aside(title, asides)


def _adequacy(tell: Telling, destination: str) -> Line:
    """A decision that reaches every recipient there needs no mechanism on record."""
    for found in tell.law.recognised(tell.regime.code, destination, tell.as_of):
        if found.scope is None and found.mark is not Mark.UNCERTAIN:
            word = Span(tell.wording.say("transfer.adequacy"))
            return (word, *tell.provision(found.citation))
    return ()
