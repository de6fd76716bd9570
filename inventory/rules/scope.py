"""Which regimes govern a subject, and why: three-valued, since a regime may apply.

A dataset is judged by its own ties to countries; everything else by what it is made of.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from inventory.law.bundle import Law
from inventory.law.vocabulary import Declared, SubjectKind
from inventory.rules.events import IncidentFacts, RequestFacts
from inventory.rules.facts import (
    Collection,
    DatasetFacts,
    Facts,
    Known,
    Location,
    PurposeFacts,
    SubjectId,
    TransferFacts,
)
from inventory.rules.findings import Application
from inventory.rules.logic import any_of
from inventory.rules.policies import policies_in_force
from inventory.rules.register import Register, held_kinds
from inventory.rules.territory import Territory, Ties

type Judged = Mapping[str, Application]  # by regime


def applications(
    subject: SubjectId, facts: Facts, law: Law, *, as_of: date
) -> tuple[Application, ...]:
    """The regimes that govern the subject, or may."""
    return Scope(Register(facts, law, as_of)).of(subject)


class Scope:
    """Applications of one register on one day, each worked out once."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.facts = register.facts
        self._found: dict[SubjectId, Judged] = {}
        self._merged: dict[tuple[Application, ...], Application] = {}
        self._territories = [
            Territory(regime, register.as_of)
            for regime in register.law.regimes.values()
            if not regime.everywhere
        ]
        self._held = held_kinds(register.facts)
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
        if not policies or key not in (self._held[kind] or {}):
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
        found = self._by_ties(self._ties(dataset), personal=personal)
        for code, excluded in self._excluded(dataset).items():
            if code in found:
                found[code] = excluded
        return found

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
        return self._unite([*datasets, self._by_ties(ties, personal=personal)])

    def _activity(self, key: str) -> Judged:
        activity = self.facts.activities.get(key)
        if activity is None:
            return {}
        purposes = [self._by_law((SubjectKind.PURPOSE, one)) for one in activity.purposes]
        if purposes:
            return self._unite(purposes)
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
        return self._unite(
            [
                own,
                *(self._by_law((SubjectKind.DATASET, one.id)) for one in held),
                *(self._by_law((SubjectKind.ACTIVITY, one.id)) for one in acts),
            ]
        )

    def _system(self, key: str) -> Judged:
        stored = self.register.datasets_in.get(key, ())
        return self._unite([self._by_law((SubjectKind.DATASET, one.id)) for one in stored])

    def _party(self, key: str) -> Judged:
        purposes = self.register.purposes_to.get(key, ())
        systems = self.register.systems_by.get(key, ())
        sent = self.register.transfers_to.get(key, ())
        return self._unite(
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
        if any(one.countries & set(countries) for one in self._territories):
            return own  # a database is its entity's: shared datasets bring no other law to it
        return self._unite([own, *(self._by_law((SubjectKind.DATASET, one.id)) for one in held)])

    def _request(self, key: str) -> Judged:
        return self._event((self.facts.requests or {}).get(key))

    def _incident(self, key: str) -> Judged:
        return self._event((self.facts.incidents or {}).get(key))

    def _event(self, event: RequestFacts | IncidentFacts | None) -> Judged:
        """What happens to data is governed by what governs the data, else the entity."""
        if event is None:
            return {}
        if event.datasets:
            return self._unite(self._by_law((SubjectKind.DATASET, one)) for one in event.datasets)
        return self._by_law((SubjectKind.ENTITY, event.entity))

    def _transfer(self, key: str) -> Judged:
        transfer = self.facts.transfers.get(key)
        if transfer is None:
            return {}
        moved = self._unite(self._moved(transfer))
        leaving = {
            one.code
            for one in self._territories
            if transfer.origin in one.countries and transfer.destination not in one.countries
        }
        return {code: found for code, found in moved.items() if code in leaving}

    def _moved(self, transfer: TransferFacts) -> list[Judged]:
        if transfer.dataset:
            return [self._by_law((SubjectKind.DATASET, transfer.dataset))]
        if transfer.purpose:
            return [self._by_law((SubjectKind.PURPOSE, transfer.purpose))]
        return [self._by_law((SubjectKind.ENTITY, transfer.entity))]

    def _by_ties(self, ties: Ties, *, personal: Known = True) -> dict[str, Application]:
        countries = ties.countries()
        return {
            one.code: one.judge(ties, countries, personal=personal) for one in self._territories
        }

    def _unite(self, parts: Iterable[Judged]) -> Judged:
        """What is made of several parts is governed by what governs one of them."""
        found: dict[str, dict[Application, None]] = {}
        for part in parts:
            for code, application in part.items():
                found.setdefault(code, {})[application] = None
        return {code: self._merge(tuple(several)) for code, several in found.items()}

    def _merge(self, several: tuple[Application, ...]) -> Application:
        """One regime's answer for several parts, worked out once for the same answers."""
        if len(several) == 1:
            return several[0]
        if several not in self._merged:
            self._merged[several] = _merge(several)
        return self._merged[several]


def _merge(several: tuple[Application, ...]) -> Application:
    applies = any_of(one.applies for one in several)
    telling = [one for one in several if one.applies is applies]
    return Application(
        regime=several[0].regime,
        applies=applies,
        countries=tuple(sorted({c for one in several for c in one.countries})),
        reasons=tuple(dict.fromkeys(reason for one in telling for reason in one.reasons)),
    )
