"""The record's first pages: who the controller is, who speaks for it, who supervises it."""

from inventory.law.shapes import RecordItem
from inventory.law.vocabulary import Declared, Mark, RecordItemSource
from inventory.reports.facts import Entity, Person
from inventory.reports.record import Block, Item, Line, Paragraph, Span
from inventory.reports.telling import Blocks, Telling
from inventory.reports.texts import Filling, joined, strong, typed

FRONT = (RecordItemSource.CONTROLLER, RecordItemSource.CONTACT)


def front_items(
    tell: Telling, entity: Entity, demanded: tuple[RecordItem, ...]
) -> tuple[Item, ...]:
    """The items that speak of the entity, once; then its authority, where it is certain."""
    items = [
        Item(
            code=item.code,
            heading=(tell.wording.of(item.title),),
            citation=tell.cite(item.citation),
            blocks=_fill(tell, entity, item, demanded),
        )
        for item in demanded
        if item.source in FRONT
    ]
    return (*items, *_authority(tell, entity))


def _fill(
    tell: Telling, entity: Entity, item: RecordItem, demanded: tuple[RecordItem, ...]
) -> Blocks:
    contact = _officer(tell, entity)
    if item.source is RecordItemSource.CONTACT:
        return contact
    apart = any(other.source is RecordItemSource.CONTACT for other in demanded)
    return (*_controller(tell, entity), *_representative(tell, entity), *(() if apart else contact))


def _controller(tell: Telling, entity: Entity) -> Blocks:
    place = [typed(entity.region)] if entity.region else []
    country = tell.aside(tell.country(entity.country), [(span,) for span in place])
    blocks: list[Block] = [
        _labelled(tell, "name", typed(entity.name, strong=True)),
        _labelled(tell, "address", _one_line(entity.address))
        if entity.address
        else tell.gap("address"),
        _labelled(tell, "country", country),
    ]
    asked = f"small_agent.{tell.regime.code}"
    if entity.small_agent is not None and tell.wording.has(asked):
        answer = tell.wording.say("front.yes" if entity.small_agent else "front.no")
        blocks.append(Paragraph(tell.pair(strong(tell.wording.say(asked)), answer)))
    reach = _person(entity.contact)
    blocks.append(_labelled(tell, "contact", reach) if reach else tell.gap("contact"))
    return tuple(blocks)


def _representative(tell: Telling, entity: Entity) -> Blocks:
    """Asked only of an entity outside the law's territory."""
    if entity.country in tell.regime.countries:
        return ()
    if reach := _person(entity.representative):
        return (_labelled(tell, "representative", reach),)
    if entity.representatives_state is Declared.NONE:
        return (_labelled(tell, "representative", tell.wording.say("none.representative")),)
    return (tell.gap("representative"),)


def _officer(tell: Telling, entity: Entity) -> Blocks:
    if reach := _person(entity.dpo):
        return (_labelled(tell, "dpo", reach),)
    if entity.dpo_appointed is False:
        return (_labelled(tell, "dpo", tell.wording.say("none.dpo")),)
    return (tell.gap("dpo" if entity.dpo_appointed else "dpo_unknown"),)


def _authority(tell: Telling, entity: Entity) -> tuple[Item, ...]:
    country = tell.law.countries.get(entity.country)
    if country is None or country.regime != tell.regime.code:
        return ()
    found = country.authority(entity.region)
    if found is None or found.mark is Mark.UNCERTAIN:
        return ()
    line = tell.aside(typed(found.name), [(Span(found.acronym),)] if found.acronym else [])
    return (
        Item(
            code="authority",
            heading=(Span(tell.wording.say("front.authority")),),
            citation=(),
            blocks=(Paragraph(line),),
        ),
    )


def _labelled(tell: Telling, label: str, value: Filling) -> Paragraph:
    return Paragraph(tell.pair(strong(tell.wording.say(f"front.{label}")), value))


def _person(person: Person | None) -> Line:
    if person is None:
        return ()
    said = [person.name, person.email, person.phone, " ".join(person.address.split())]
    return joined([(typed(text),) for text in said if text], ", ")


def _one_line(address: str) -> Span:
    return typed(", ".join(line.strip() for line in address.splitlines() if line.strip()))
