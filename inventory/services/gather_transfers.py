"""Border crossings, derived: an entity's data reaches a country through a system or a party.

What was stored for such a pair (mechanism, instrument, undertaking …) is laid over it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from inventory.law.vocabulary import AssessmentKind
from inventory.models import Disclosure, Organisation, Transfer
from inventory.rules.facts import Assessment, EntityFacts, Facts, TransferFacts
from inventory.services.gather_rows import collect, grouped, read
from inventory.services.gather_safeguards import load_assessments
from inventory.services.links import Ids

type Way = tuple[str, str, str | None, str | None]  # entity, destination, party, system
type Crossing = tuple[TransferFacts, Way]

STORED = (
    "mechanism", "instrument_on", "unmodified", "undertaking", "published", "repeated",
    "assessment_on", "module_fits", "legacy_clauses", "fallback", "filed", "filed_on", "terms",
    "terms_state",
)  # fmt: skip


def load_recipients(organisation: Organisation, ids: Ids | None) -> Mapping[str, list[str]]:
    """The parties to which datasets themselves are disclosed, by dataset."""
    columns = ("dataset_id", "party_id")
    rows = read(Disclosure, organisation, columns, among={"dataset": ids}, dataset__isnull=False)
    return grouped((str(dataset), str(party)) for dataset, party in rows)


def with_transfers(
    organisation: Organisation, facts: Facts, recipients: Mapping[str, list[str]]
) -> Facts:
    """The facts with every border crossing that follows from them."""
    stored = _load_stored(organisation, {int(key) for key in facts.entities})
    derived = (*_of_datasets(facts, recipients), *_of_purposes(facts))
    found = {one.id: replace(one, **stored[way]) if way in stored else one for one, way in derived}
    return replace(facts, transfers=found)


def _of_datasets(facts: Facts, recipients: Mapping[str, list[str]]) -> Iterator[Crossing]:
    for dataset in facts.datasets.values():
        exporter = facts.entities.get(dataset.entity or "")
        if exporter is None:
            continue
        system = facts.systems.get(dataset.system or "")
        countries = {place.country for place in system.locations.items} if system else set()
        for country in sorted(countries - {exporter.country}):
            key = f"d{dataset.id}-s{dataset.system}-{country}"
            through: Way = (exporter.id, country, None, dataset.system)
            yield _cross(key, exporter, country, dataset=dataset.id), through
        for party, country in _abroad(facts, exporter, recipients.get(dataset.id, ())):
            key = f"d{dataset.id}-p{party}-{country}"
            way: Way = (exporter.id, country, party, None)
            yield _cross(key, exporter, country, dataset=dataset.id, party=party), way


def _of_purposes(facts: Facts) -> Iterator[Crossing]:
    for purpose in facts.purposes.values():
        activity = facts.activities.get(purpose.activity or "")
        members = {member.entity for member in activity.entities.items} if activity else set()
        recipients = {disclosure.party for disclosure in purpose.disclosures.items}
        for entity in sorted(members & facts.entities.keys()):
            exporter = facts.entities[entity]
            for party, country in _abroad(facts, exporter, sorted(recipients)):
                key = f"p{purpose.id}-e{entity}-p{party}-{country}"
                way: Way = (entity, country, party, None)
                yield _cross(key, exporter, country, purpose=purpose.id, party=party), way


def _abroad(
    facts: Facts, exporter: EntityFacts, parties: Iterable[str]
) -> Iterator[tuple[str, str]]:
    for key in parties:
        country = facts.parties[key].country if key in facts.parties else None
        if country and country != exporter.country:
            yield key, country


def _cross(key: str, exporter: EntityFacts, destination: str, **of: Any) -> TransferFacts:
    said = {"purpose": None, "dataset": None, **of}
    return TransferFacts(
        id=key, entity=exporter.id, origin=exporter.country, destination=destination, **said
    )


def _load_stored(organisation: Organisation, entities: Ids) -> Mapping[Way, dict[str, Any]]:
    columns = ("pk", "entity_id", "destination", "party_id", "system_id", *STORED)
    among = {"entity": entities}
    assessed = load_assessments(organisation, "transfer", None)
    found: dict[Way, dict[str, Any]] = {}
    for pk, entity, destination, party, system, *values in read(
        Transfer, organisation, columns, among=among
    ):
        said = dict(zip(STORED, values, strict=True))
        said["assessment_on"] = said["assessment_on"] or _latest(assessed.get(pk, ()))
        said["mechanism"] = said["mechanism"] or None
        said["terms"] = collect(said["terms"], said.pop("terms_state"))
        way = (str(entity), destination, party and str(party), system and str(system))
        found[way] = said
    return found


def _latest(assessments: Iterable[Assessment]) -> date | None:
    days = (a.done_on for a in assessments if a.kind is AssessmentKind.TIA and a.done_on)
    return max(days, default=None)
