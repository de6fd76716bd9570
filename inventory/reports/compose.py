"""From facts, law and a language to the values of a record.

Items whose law is marked uncertain stay out: the copy is a regulator's.
"""

from inventory.law.bundle import Law
from inventory.law.shapes import RecordItem
from inventory.law.vocabulary import Mark, RecordItemSource
from inventory.reports.facts import Activity, RecordFacts
from inventory.reports.fillings import FILLINGS
from inventory.reports.front import FRONT, front_items
from inventory.reports.record import Foot, Gap, Item, Line, Paragraph, Record, Section, Span
from inventory.reports.telling import Telling
from inventory.reports.texts import Wording, joined, typed

LAYOUTS = {"gdpr": "gdpr.30.1", "lgpd": "lgpd.37"}  # the record of a controller, by regime
EDITION = 12  # of the law's hash, so many characters are printed


def compose(facts: RecordFacts, *, law: Law, wording: Wording, number: str | None = None) -> Record:
    """The record in a language; without a number it says that it is a copy without one."""
    regime = law.regimes[facts.regime]
    layout = LAYOUTS[facts.regime]
    tell = Telling(wording, law, regime, facts.as_of)
    demanded = tuple(
        item
        for item in regime.record_items
        if item.layout == layout and item.mark is not Mark.UNCERTAIN
    )
    return Record(
        layout=layout,
        language=wording.language,
        direction=wording.direction,
        title=wording.say(f"title.{layout}"),
        law=wording.say(f"law.{layout}"),
        head=wording.say(f"head.{layout}"),
        entity=(typed(facts.entity.name),),
        introduction=_introduction(tell, layout),
        front=(*front_items(tell, facts.entity, demanded), *_no_activity(tell, facts)),
        contents=wording.say("front.contents"),
        original=wording.say("pattern.original"),
        sections=tuple(
            _section(tell, number, activity, facts, demanded)
            for number, activity in enumerate(facts.activities, start=1)
        ),
        foot=_foot(tell, number),
        as_of=facts.as_of,
    )


def _introduction(tell: Telling, layout: str) -> tuple[Line, ...]:
    lines = [tell.wording.line("front.as_of", day=tell.day(tell.as_of))]
    if tell.wording.has(f"available.{layout}"):
        lines.append(tell.wording.line(f"available.{layout}"))
    lines += [tell.wording.line("front.legend"), tell.wording.line("front.original")]
    return tuple(lines)


def _no_activity(tell: Telling, facts: RecordFacts) -> tuple[Item, ...]:
    if facts.activities:
        return ()
    heading = (Span(tell.wording.say("front.contents")),)
    return (
        Item(code="activities", heading=heading, citation=(), blocks=(tell.gap("activities"),)),
    )


def _section(
    tell: Telling,
    number: int,
    activity: Activity,
    facts: RecordFacts,
    demanded: tuple[RecordItem, ...],
) -> Section:
    controller = next(item for item in demanded if item.source is RecordItemSource.CONTROLLER)
    filled = [_item(tell, activity, item) for item in demanded if item.source not in FRONT]
    return Section(
        number=number,
        key=activity.key,
        title=(typed(activity.name),),
        about=_about(tell, number, activity, len(facts.activities)),
        items=(
            *_joint_controllers(tell, activity, controller),
            *(item for item in filled if item is not None),
        ),
    )


def _about(tell: Telling, number: int, activity: Activity, total: int) -> Line:
    words = tell.wording
    lines = [words.line("activity.place", number=str(number), total=str(total))]
    if activity.updated_on:
        lines.append(words.line("activity.updated", day=tell.day(activity.updated_on)))
    if activity.reviewed_on:
        lines.append(words.line("activity.reviewed", day=tell.day(activity.reviewed_on)))
    lines.append(words.line("activity.reference", key=typed(activity.key)))
    return joined(lines, " ")


def _item(tell: Telling, activity: Activity, item: RecordItem) -> Item | None:
    """The filled item; a gap where a mandatory one has nothing, nothing where it may."""
    filling = FILLINGS.get(item.source)
    blocks = filling(tell, activity) if filling else None
    if blocks is None and not item.mandatory:
        return None
    missing: tuple[Gap, ...] = (tell.gap("item"),)
    return Item(
        code=item.code,
        heading=(tell.wording.of(item.title),),
        citation=tell.cite(item.citation),
        blocks=blocks or missing,
    )


def _joint_controllers(
    tell: Telling, activity: Activity, controller: RecordItem
) -> tuple[Item, ...]:
    if not activity.joint_controllers:
        return ()
    return (
        Item(
            code=f"{controller.code}.joint",
            heading=(Span(tell.wording.say("activity.joint_controllers")),),
            citation=tell.cite(controller.citation),
            blocks=tuple(Paragraph((typed(name),)) for name in activity.joint_controllers),
        ),
    )


def _foot(tell: Telling, number: str | None) -> Foot:
    words = tell.wording
    said = words.say("page.number", number=number) if number else words.say("page.unnumbered")
    return Foot(
        register=words.say("page.register", day=tell.day(tell.as_of)),
        law=words.say("page.law", edition=tell.law.hash[:EDITION]),
        number=said,
        page=words.words["page.page"],
    )
