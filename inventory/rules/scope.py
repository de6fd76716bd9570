"""Which regimes govern a subject, and why: three-valued, since a regime may apply.

A dataset is judged by its own ties to countries; everything else by what it is made of. A
policy that governs everything asks for no tie: it governs whatever its checks judge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from inventory.law.bundle import Law
from inventory.law.shapes import Citation, Regime
from inventory.law.shapes import Scope as LawScope
from inventory.law.vocabulary import Declared, Mark, SubjectKind, Trigger
from inventory.rules.events import IncidentFacts, RequestFacts
from inventory.rules.facts import (
    Collection,
    DatasetFacts,
    Facts,
    Known,
    Location,
    PurposeFacts,
    SubjectCountry,
    SubjectId,
    TransferFacts,
)
from inventory.rules.findings import Application
from inventory.rules.logic import all_of, any_of
from inventory.rules.policies import policies_in_force
from inventory.rules.register import Register, held_kinds

type Judged = Mapping[str, Application]  # by regime

NOWHERE: Collection[str] = Collection((), Declared.NONE)
NOBODY: Collection[SubjectCountry] = Collection((), Declared.NONE)

WHY = {
    Trigger.ESTABLISHMENT: "an entity established in {} takes part",
    Trigger.OFFERING: "goods or services are offered to people in {}",
    Trigger.MONITORING: "people in {} are monitored",
    Trigger.COLLECTION: "data was collected in {}",
    Trigger.STORAGE: "data is stored or processed in {}",
    Trigger.ORIGIN_AND_STORAGE: "data from {} is stored there",
    Trigger.EFFECT: "people in {} are concerned",
}
NOT_SAID = {
    Trigger.ESTABLISHMENT: "which entities take part",
    Trigger.OFFERING: "to people of which countries something is offered",
    Trigger.MONITORING: "in which countries people are monitored",
    Trigger.COLLECTION: "in which countries the data was collected",
    Trigger.STORAGE: "in which countries the data is stored",
    Trigger.ORIGIN_AND_STORAGE: "from which countries the data came and where it is stored",
    Trigger.EFFECT: "in which countries the people are",
}


def applications(
    subject: SubjectId, facts: Facts, law: Law, *, as_of: date
) -> tuple[Application, ...]:
    """The regimes that govern the subject, or may."""
    return Scope(Register(facts, law, as_of)).of(subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What ties data to countries."""

    established: Collection[str]
    people: Collection[SubjectCountry] = NOBODY
    collected: Collection[str] = NOWHERE
    origins: Collection[str] = NOWHERE
    stored: Collection[str] = NOWHERE


class Scope:
    """Applications of one register on one day, each worked out once."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.facts = register.facts
        self._found: dict[SubjectId, Judged] = {}
        self._regimes = [
            (regime, _countries_in_force(regime, register.as_of))
            for regime in register.law.regimes.values()
            if not regime.everywhere
        ]
        self._everywhere = policies_in_force(register)
        self._laws: dict[SubjectId, Judged] = {}
        self._judges = {
            SubjectKind.DATASET: self._dataset,
            SubjectKind.PURPOSE: self._purpose,
            SubjectKind.ACTIVITY: self._activity,
            SubjectKind.ENTITY: self._entity,
            SubjectKind.SYSTEM: self._system,
            SubjectKind.PARTY: self._party,
            SubjectKind.TRANSFER: self._transfer,
            SubjectKind.DATABASE: self._database,
            SubjectKind.REQUEST: self._request,
            SubjectKind.INCIDENT: self._incident,
        }

    def of(self, subject: SubjectId) -> tuple[Application, ...]:
        """Every regime that applies or may; one that does not is left out unless excluded."""
        return tuple(
            found
            for found in self.judged(subject).values()
            if found.applies is not False or found.reasons
        )

    def judged(self, subject: SubjectId) -> Judged:
        """Each regime's answer, and that of the policies that govern everything."""
        found = self._found.get(subject)
        if found is None:
            found = {**self._by_law(subject), **self._by_policy(subject)}
            self._found[subject] = found
        return found

    def _by_policy(self, subject: SubjectId) -> Judged:
        kind, key = subject
        policies = self._everywhere.get(kind, {})
        if not policies or key not in (held_kinds(self.facts)[kind] or {}):
            return {}
        excluded = self._excluded(self.facts.datasets[key]) if kind is SubjectKind.DATASET else {}
        return {code: excluded.get(code, found) for code, found in policies.items()}

    def _by_law(self, subject: SubjectId) -> Judged:
        found = self._laws.get(subject)
        if found is None:
            self._laws[subject] = {}  # what refers to itself finds nothing
            found = self._judges[subject[0]](subject[1])
            self._laws[subject] = found
        return found

    def _dataset(self, key: str) -> Judged:
        dataset = self.facts.datasets.get(key)
        if dataset is None:
            return {}
        personal = self.register.is_personal(dataset)
        ties = self._ties(dataset)
        excluded = self._excluded(dataset)
        return {
            regime.code: excluded.get(regime.code)
            or _judge(regime, countries, ties, personal=personal)
            for regime, countries in self._regimes
        }

    def _excluded(self, dataset: DatasetFacts) -> Judged:
        return {
            one.regime: Application(
                regime=one.regime, applies=False, reasons=(f"Excluded: {one.reason}",)
            )
            for one in dataset.exclusions
            if one.until is None or self.register.as_of < one.until
        }

    def _ties(self, dataset: DatasetFacts) -> Ties:
        system = self.facts.systems.get(dataset.system or "")
        stored: Collection[Location] = system.locations if system else Collection()
        return Ties(
            established=self._established(self.register.purposes_of(dataset), dataset.entity),
            people=dataset.subject_countries,
            collected=dataset.collected_in,
            origins=dataset.origins,
            stored=Collection(tuple(x.country for x in stored.items), stored.state),
        )

    def _established(
        self, purposes: Iterable[PurposeFacts], holder: str | None = None, *, held: bool = True
    ) -> Collection[str]:
        entity = self.facts.entities.get(holder or "")
        countries = {entity.country} if entity else set()
        complete = entity is not None or not held
        for purpose in purposes:
            activity = self.facts.activities.get(purpose.activity or "")
            said = activity is not None and activity.entities.state is not Declared.NOT_ASKED
            complete = complete and said
            countries |= {found.country for found in self.register.entities_of(purpose)}
        state = Declared.COMPLETE if complete else Declared.NOT_ASKED
        return Collection(tuple(sorted(countries)), state)

    def _purpose(self, key: str) -> Judged:
        purpose = self.facts.purposes.get(key)
        if purpose is None:
            return {}
        datasets = [self._by_law((SubjectKind.DATASET, one)) for one in purpose.datasets]
        held = self.register.datasets(purpose.datasets)
        personal = any_of(self.register.is_personal(one) for one in held) if held else True
        ties = Ties(established=self._established([purpose], held=False))
        return _unite([*datasets, self._by_ties(ties, personal=personal)])

    def _activity(self, key: str) -> Judged:
        activity = self.facts.activities.get(key)
        if activity is None:
            return {}
        purposes = [self._by_law((SubjectKind.PURPOSE, one)) for one in activity.purposes]
        if purposes:
            return _unite(purposes)
        countries = tuple(
            self.facts.entities[member.entity].country
            for member in activity.entities.items
            if member.entity in self.facts.entities
        )
        return self._by_ties(Ties(established=Collection(countries, activity.entities.state)))

    def _entity(self, key: str) -> Judged:
        entity = self.facts.entities.get(key)
        if entity is None:
            return {}
        own = self._by_ties(Ties(established=Collection((entity.country,), Declared.COMPLETE)))
        held = self.register.datasets_held.get(key, ())
        acts = self.register.activities_of.get(key, ())
        return _unite(
            [
                own,
                *(self._by_law((SubjectKind.DATASET, one.id)) for one in held),
                *(self._by_law((SubjectKind.ACTIVITY, one.id)) for one in acts),
            ]
        )

    def _system(self, key: str) -> Judged:
        stored = self.register.datasets_in.get(key, ())
        return _unite([self._by_law((SubjectKind.DATASET, one.id)) for one in stored])

    def _party(self, key: str) -> Judged:
        purposes = self.register.purposes_to.get(key, ())
        systems = self.register.systems_by.get(key, ())
        sent = self.register.transfers_to.get(key, ())
        return _unite(
            [
                *(part for transfer in sent for part in self._moved(transfer)),
                *(self._by_law((SubjectKind.PURPOSE, one.id)) for one in purposes),
                *(self._by_law((SubjectKind.SYSTEM, one.id)) for one in systems),
            ]
        )

    def _database(self, key: str) -> Judged:
        database = self.facts.databases.get(key)
        if database is None:
            return {}
        entity = self.facts.entities.get(database.entity)
        countries = (entity.country,) if entity else ()
        state = Declared.COMPLETE if entity else Declared.NOT_ASKED
        held = self.register.datasets(database.datasets)
        personal = any_of(self.register.is_personal(one) for one in held) if held else True
        own = self._by_ties(Ties(established=Collection(countries, state)), personal=personal)
        if any(countries_in & set(countries) for _, countries_in in self._regimes):
            return own  # a database is its entity's: shared datasets bring no other law to it
        return _unite([own, *(self._by_law((SubjectKind.DATASET, one.id)) for one in held)])

    def _request(self, key: str) -> Judged:
        return self._event((self.facts.requests or {}).get(key))

    def _incident(self, key: str) -> Judged:
        return self._event((self.facts.incidents or {}).get(key))

    def _event(self, event: RequestFacts | IncidentFacts | None) -> Judged:
        """What happens to data is governed by what governs the data, else the entity."""
        if event is None:
            return {}
        if event.datasets:
            return _unite(self._by_law((SubjectKind.DATASET, one)) for one in event.datasets)
        return self._by_law((SubjectKind.ENTITY, event.entity))

    def _transfer(self, key: str) -> Judged:
        transfer = self.facts.transfers.get(key)
        if transfer is None:
            return {}
        moved = _unite(self._moved(transfer))
        leaving = {
            regime.code
            for regime, countries in self._regimes
            if transfer.origin in countries and transfer.destination not in countries
        }
        return {code: found for code, found in moved.items() if code in leaving}

    def _moved(self, transfer: TransferFacts) -> list[Judged]:
        if transfer.dataset:
            return [self._by_law((SubjectKind.DATASET, transfer.dataset))]
        if transfer.purpose:
            return [self._by_law((SubjectKind.PURPOSE, transfer.purpose))]
        return [self._by_law((SubjectKind.ENTITY, transfer.entity))]

    def _by_ties(self, ties: Ties, *, personal: Known = True) -> Judged:
        return {
            regime.code: _judge(regime, countries, ties, personal=personal)
            for regime, countries in self._regimes
        }


def _countries_in_force(regime: Regime, on: date) -> frozenset[str]:
    return frozenset(country for country in regime.countries if regime.begins(country) <= on)


def _judge(
    regime: Regime, countries: frozenset[str], ties: Ties, *, personal: Known
) -> Application:
    if personal is False or not countries:
        return Application(regime=regime.code, applies=False)
    asked = [(scope, *_asked(scope, countries, ties)) for scope in regime.scopes]
    territory = any_of(known for _, known, _ in asked)
    if territory is False:
        return Application(regime=regime.code, applies=False)
    if territory:
        reasons = tuple(
            _why(x.trigger, x.citation, tuple(hits)) for x, known, hits in asked if known
        )
    else:
        reasons = tuple(
            f"not said: {NOT_SAID[x.trigger]}" for x, known, _ in asked if known is None
        )
    if personal is None:
        reasons = (*reasons, "not said: whether any field is personal data")
    here = {hit for _, known, hits in asked if known is not False for hit in hits}
    here |= {*ties.established.items, *(one.country for one in ties.people.items)}
    return Application(
        regime=regime.code,
        applies=all_of((personal, territory)),
        countries=tuple(sorted(here & countries)),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _asked(scope: LawScope, countries: frozenset[str], ties: Ties) -> tuple[Known, list[str]]:
    """Does one trigger hold, and for which countries?"""
    match scope.trigger:
        case Trigger.ESTABLISHMENT:
            known, hits = _among(ties.established, countries)
        case Trigger.COLLECTION:
            known, hits = _among(ties.collected, countries)
        case Trigger.STORAGE:
            known, hits = _among(ties.stored, countries)
        case Trigger.ORIGIN_AND_STORAGE:
            came, hits = _among(ties.origins, frozenset(scope.countries))
            known = all_of((came, _among(ties.stored, countries)[0]))
        case _:
            known, hits = _people(scope.trigger, countries, ties.people)
    if known and scope.mark is Mark.UNCERTAIN:
        known = None
    return known, hits


def _among(said: Collection[str], countries: frozenset[str]) -> tuple[Known, list[str]]:
    hits = [country for country in said.items if country in countries]
    if hits:
        return True, hits
    return (None if said.state is Declared.NOT_ASKED else False), hits


def _people(
    trigger: Trigger, countries: frozenset[str], people: Collection[SubjectCountry]
) -> tuple[Known, list[str]]:
    there = [one for one in people.items if one.country in countries]
    answers = {one.country: _reached(trigger, one) for one in there}
    known = any_of(answers.values())
    if known is False and people.state is Declared.NOT_ASKED:
        known = None
    return known, [country for country, reached in answers.items() if reached is not False]


def _reached(trigger: Trigger, people: SubjectCountry) -> Known:
    if trigger is Trigger.OFFERING:
        return people.offered
    if trigger is Trigger.MONITORING:
        return people.monitored
    return True


@cache
def _why(trigger: Trigger, citation: Citation, hits: tuple[str, ...]) -> str:
    return f"{WHY[trigger].format(', '.join(sorted(set(hits))))} ({citation})"


def _unite(parts: Iterable[Judged]) -> Judged:
    """What is made of several parts is governed by what governs one of them."""
    found: dict[str, list[Application]] = {}
    for part in parts:
        for code, application in part.items():
            found.setdefault(code, []).append(application)
    return {code: _merge(code, several) for code, several in found.items()}


def _merge(code: str, several: list[Application]) -> Application:
    if len(several) == 1 or all(one is several[0] for one in several):
        return several[0]
    applies = any_of(one.applies for one in several)
    telling = [one for one in several if one.applies is applies]
    return Application(
        regime=code,
        applies=applies,
        countries=tuple(sorted({c for one in several for c in one.countries})),
        reasons=tuple(dict.fromkeys(reason for one in telling for reason in one.reasons)),
    )
