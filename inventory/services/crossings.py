"""The borders that data crosses, as one decides about them: an entity's data reaches a country
through a system or a party. Derived from the register in a fixed number of queries; only the
mechanism is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, QuerySet

from inventory.law.vocabulary import Status, SubjectKind
from inventory.models import Dataset, Disclosure, LegalEntity, Party, Purpose, System, Transfer
from inventory.services import compliance
from inventory.services.access import visible
from inventory.services.actors import Actor
from inventory.services.errors import NotFound

type Way = tuple[int, str, int | None, int | None]  # entity, destination, party, system


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One way out of a country, what goes over it, and what is said of it."""

    entity: LegalEntity
    destination: str
    party: Party | None
    system: System | None
    stored: Transfer | None
    carries: str  # the name of one dataset or purpose that crosses here
    number: int  # how many of them do
    status: str  # the worst finding, or met
    count: int

    @property
    def through(self) -> str:
        return "party" if self.party else "system"

    @property
    def by(self) -> Any:
        return self.party or self.system


def crossings(actor: Actor) -> list[Crossing]:
    """Every crossing of what the actor can see, worst first."""
    carried = _carried(actor)
    entities = _rows(LegalEntity, {way[0] for way in carried})
    parties = _rows(Party, {way[2] for way in carried})
    systems = _rows(System, {way[3] for way in carried})
    stored = {_way_of(row): row for row in Transfer.objects.filter(entity__in=entities)}
    standing = _standing(actor)
    found = [
        Crossing(
            entity=entities[way[0]],
            destination=way[1],
            party=parties.get(way[2]),
            system=systems.get(way[3]),
            stored=stored.get(way),
            carries=name,
            number=number,
            status=standing.get(way, (Status.MET.value, 0))[0],
            count=standing.get(way, (Status.MET.value, 0))[1],
        )
        for way, (name, number) in carried.items()
    ]
    order = [status.value for status in Status]
    return sorted(found, key=lambda c: (order.index(c.status), c.entity.name, c.destination))


def find_crossing(actor: Actor, entity: str, destination: str, through: str, key: str) -> Crossing:
    """The crossing of an address. Raises NotFound where nothing crosses there any more."""
    for one in crossings(actor):
        here = (one.entity.key, one.destination, one.through, one.by.key)
        if here == (entity, destination, through, key):
            return one
    raise NotFound("No data that you can see crosses a border there.")


def ways_of(actor: Actor, subject_ids: Iterable[str]) -> Mapping[str, Way]:
    """The way that each derived transfer goes, by the id that findings name it with."""
    parsed = {one: _parse(one) for one in subject_ids}
    datasets = {found["d"] for found in parsed.values() if "d" in found}
    held = visible(actor, Dataset).filter(pk__in=datasets).values_list("pk", "entity_id")
    entities = dict(held)
    ways = {}
    for one, found in parsed.items():
        entity = found.get("e") or entities.get(found.get("d", 0))
        if entity:
            party = found.get("p") if "d" in found else found.get("to")
            ways[one] = (entity, str(found["country"]), party, found.get("s"))
    return ways


def _carried(actor: Actor) -> dict[Way, tuple[str, int]]:
    found: dict[Way, tuple[str, int]] = {}
    for rows in (_through_systems(actor), _from_datasets(actor), _from_purposes(actor)):
        for row in rows:
            way = (row["exporter"], row["country"], row.get("party_id"), row.get("system_id"))
            name, number = found.get(way, (row["first"], 0))
            found[way] = (name, number + row["number"])
    return found


def _through_systems(actor: Actor) -> QuerySet[Any]:
    rows = Dataset.objects.filter(pk__in=visible(actor, Dataset).values("pk"), retired_at=None)
    rows = rows.filter(entity__isnull=False, system__locations__country__isnull=False)
    places = rows.annotate(country=F("system__locations__country"), exporter=F("entity_id"))
    abroad = places.exclude(country=F("entity__country")).order_by()
    counted = abroad.values("exporter", "country", "system_id")
    return counted.annotate(number=Count("pk", distinct=True), first=Min("name"))


def _from_datasets(actor: Actor) -> QuerySet[Any]:
    seen = visible(actor, Dataset).filter(retired_at=None, entity__isnull=False).values("pk")
    rows = Disclosure.objects.filter(dataset__in=seen, party__country__isnull=False)
    rows = rows.annotate(country=F("party__country"), exporter=F("dataset__entity_id"))
    abroad = rows.exclude(country=F("dataset__entity__country")).order_by()
    counted = abroad.values("exporter", "country", "party_id")
    return counted.annotate(number=Count("dataset", distinct=True), first=Min("dataset__name"))


def _from_purposes(actor: Actor) -> QuerySet[Any]:
    seen = visible(actor, Purpose).filter(retired_at=None).values("pk")
    rows = Disclosure.objects.filter(purpose__in=seen, party__country__isnull=False)
    rows = rows.filter(purpose__activity__entities__entity__in=visible(actor, LegalEntity))
    rows = rows.annotate(
        country=F("party__country"),
        exporter=F("purpose__activity__entities__entity_id"),
        home=F("purpose__activity__entities__entity__country"),
    )
    abroad = rows.exclude(country=F("home")).order_by()
    counted = abroad.values("exporter", "country", "party_id")
    return counted.annotate(number=Count("purpose", distinct=True), first=Min("purpose__name"))


def _rows(model: Any, ids: Iterable[int | None]) -> dict[int | None, Any]:
    found: dict[int | None, Any] = model.objects.in_bulk([pk for pk in ids if pk])
    return found


def _way_of(row: Transfer) -> Way:
    return (row.entity_id, row.destination, row.party_id, row.system_id)


def _standing(actor: Actor) -> dict[Way, tuple[str, int]]:
    """The worst status of the findings of each way, with how many have it."""
    rows = compliance.findings(actor, waived=False).filter(subject_kind=SubjectKind.TRANSFER)
    found = list(rows.values_list("subject_id", "status"))
    ways = ways_of(actor, {subject for subject, _ in found})
    order = [status.value for status in Status]
    standing: dict[Way, tuple[str, int]] = {}
    for subject, status in found:
        if subject not in ways:
            continue
        worst, number = standing.get(ways[subject], (status, 0))
        if order.index(status) < order.index(worst):
            worst, number = status, 0
        standing[ways[subject]] = (worst, number + (status == worst))
    return standing


def _parse(subject_id: str) -> dict[str, Any]:
    """ "d12-s3-US", "d12-p4-US" or "p1-e2-p3-US" in its parts."""
    *parts, country = subject_id.split("-")
    numbers = [(part[0], int(part[1:])) for part in parts]
    if numbers[0][0] == "p":
        return {"e": numbers[1][1], "to": numbers[2][1], "country": country}
    return {**dict(numbers), "country": country}
