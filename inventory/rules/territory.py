"""Where one regime reaches on one day, and whether it governs data with certain ties to countries:
three-valued, since it may."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from inventory.law.shapes import Citation, Regime
from inventory.law.shapes import Scope as LawScope
from inventory.law.vocabulary import Declared, Mark, Trigger
from inventory.rules.facts import Collection, Known, SubjectCountry
from inventory.rules.findings import Application
from inventory.rules.logic import all_of, any_of

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


@dataclass(frozen=True, kw_only=True)
class Ties:
    """What ties data to countries."""

    established: Collection[str]
    people: Collection[SubjectCountry] = NOBODY
    collected: Collection[str] = NOWHERE
    origins: Collection[str] = NOWHERE
    stored: Collection[str] = NOWHERE

    @cached_property
    def places(self) -> tuple[Collection[str], ...]:
        return (self.established, self.collected, self.origins, self.stored)

    @cached_property
    def states(self) -> tuple[Declared, ...]:
        """What was said of each whole."""
        return (self.people.state, *[place.state for place in self.places])

    @cached_property
    def countries(self) -> frozenset[str]:
        """Every country that is named."""
        people = [one.country for one in self.people.items]
        return frozenset(people).union(*[place.items for place in self.places])


class Territory:
    """One regime and its countries. What of the ties concerns these alone decides, so ties that
    are alike in it are judged once."""

    def __init__(self, regime: Regime, on: date) -> None:
        self.code = regime.code
        self.countries = frozenset(c for c in regime.countries if regime.begins(c) <= on)
        self._scopes = regime.scopes
        named = [country for scope in regime.scopes for country in scope.countries]
        self._concerned = self.countries.union(named)
        self._outside = Application(regime=regime.code, applies=False)
        self._judged: dict[tuple[object, ...], Application] = {}

    def judge(self, ties: Ties, *, personal: Known) -> Application:
        """Does it govern personal data with these ties?"""
        if personal is False or not self.countries:
            return self._outside
        within = None if self._concerned.isdisjoint(ties.countries) else self._within(ties)
        key = (personal, ties.states, within)
        found = self._judged.get(key)
        if found is None:
            found = self._judged[key] = self._judge(ties, personal)
        return found

    def exclude(self, reason: str) -> Application:
        return Application(regime=self.code, applies=False, reasons=(f"Excluded: {reason}",))

    def _within(self, ties: Ties) -> tuple[object, ...]:
        """What of the ties lies in countries that it speaks of."""
        mine = self._concerned
        there = [
            (p.country, p.offered, p.monitored) for p in ties.people.items if p.country in mine
        ]
        return (*there, *[(*[c for c in place.items if c in mine],) for place in ties.places])

    def _judge(self, ties: Ties, personal: Known) -> Application:
        asked = [(scope, *_asked(scope, self.countries, ties)) for scope in self._scopes]
        territory = any_of(known for _, known, _ in asked)
        if territory is False:
            return self._outside
        reasons = _reasons(asked, territory)
        if personal is None:
            reasons = (*reasons, "not said: whether any field is personal data")
        here = {hit for _, known, hits in asked if known is not False for hit in hits}
        here |= {*ties.established.items, *(one.country for one in ties.people.items)}
        return Application(
            regime=self.code,
            applies=all_of((personal, territory)),
            countries=tuple(sorted(here & self.countries)),
            reasons=tuple(dict.fromkeys(reasons)),
        )


def _reasons(
    asked: Iterable[tuple[LawScope, Known, list[str]]], territory: Known
) -> tuple[str, ...]:
    if territory:
        return tuple(_why(x.trigger, x.citation, tuple(hits)) for x, known, hits in asked if known)
    return tuple(f"not said: {NOT_SAID[x.trigger]}" for x, known, _ in asked if known is None)


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
