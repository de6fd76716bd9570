"""Where data leaves the law's territory: to which country, to whom, on what ground."""

from inventory.law.vocabulary import Mark
from inventory.reports.facts import Activity, Crossing
from inventory.reports.record import Block, Line, Paragraph, Span
from inventory.reports.telling import Blocks, Telling
from inventory.reports.texts import typed


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
    where = Paragraph(tell.pair(country, tell.aside(typed(crossing.name), ground)))
    return (where,) if ground else (where, tell.gap("mechanism"))


def _ground(tell: Telling, crossing: Crossing) -> list[Line]:
    """The mechanism with its provision, and the days of what it rests on."""
    if crossing.mechanism is None:
        return _adequacy(tell, crossing.destination or "")
    known = tell.law.mechanisms.get(crossing.mechanism)
    code = typed(crossing.mechanism)
    said = [tell.told(known.title, known.citation, known.mark) if known else (code,)]
    dated = (("instrument", crossing.instrument_on), ("assessment", crossing.assessment_on))
    said += [tell.wording.line(f"transfer.{what}", day=tell.day(on)) for what, on in dated if on]
    return said


def _adequacy(tell: Telling, destination: str) -> list[Line]:
    """A decision that reaches every recipient there needs no mechanism on record."""
    for found in tell.law.recognised(tell.regime.code, destination, tell.as_of):
        if found.scope is None and found.mark is not Mark.UNCERTAIN:
            word = Span(tell.wording.say("transfer.adequacy"))
            return [(word, *tell.provision(found.citation))]
    return []
