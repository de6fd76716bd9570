"""Where one regime reaches on one day, and whether it governs data with certain ties to countries:
three-valued, since it may."""

from datetime import date
from typing import Any, NamedTuple

from inventory.law.shapes import Regime, Scope
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
LOOKS_AT = {
    Trigger.ESTABLISHMENT: "established",
    Trigger.OFFERING: "people",
    Trigger.MONITORING: "people",
    Trigger.COLLECTION: "collected",
    Trigger.STORAGE: "stored",
    Trigger.ORIGIN_AND_STORAGE: "stored",
    Trigger.EFFECT: "people",
}


class Ties(NamedTuple):
    """What ties data to countries."""

    established: Collection[str]
    people: Collection[SubjectCountry] = NOBODY
    collected: Collection[str] = NOWHERE
    origins: Collection[str] = NOWHERE
    stored: Collection[str] = NOWHERE

    def countries(self) -> frozenset[str]:
        """Every country that is named."""
        people = [one.country for one in self.people.items]
        return frozenset(people).union(
            self.established.items, self.collected.items, self.origins.items, self.stored.items
        )


class Said(NamedTuple):
    """What one trigger says of some ties: whether it holds, for which countries, and why."""

    known: Known
    hits: tuple[str, ...]
    reason: str | None


class Territory:
    """One regime and its countries on one day."""

    def __init__(self, regime: Regime, on: date) -> None:
        self.code = regime.code
        self.countries = frozenset(c for c in regime.countries if regime.begins(c) <= on)
        self._triggers = [Reach(scope, self.countries) for scope in regime.scopes]
        named = [country for scope in regime.scopes for country in scope.countries]
        self._concerned = self.countries.union(named)
        self._outside = Application(regime=regime.code, applies=False)
        self._elsewhere: dict[object, Application] = {}

    def judge(self, ties: Ties, countries: frozenset[str], *, personal: Known) -> Application:
        """Does it govern personal data with these ties, to all these countries?"""
        if personal is False or not self.countries:
            return self._outside
        if not self._concerned.isdisjoint(countries):
            return self._judge(ties, personal)
        key = (personal, *[said.state for said in ties])  # nothing else matters to it
        if key not in self._elsewhere:
            self._elsewhere[key] = self._judge(ties, personal)
        return self._elsewhere[key]

    def _judge(self, ties: Ties, personal: Known) -> Application:
        said = [trigger.ask(ties) for trigger in self._triggers]
        territory = any_of([one.known for one in said])
        if territory is False:
            return self._outside
        reasons = dict.fromkeys(
            [one.reason for one in said if one.known is territory and one.reason]
        )
        if personal is None:
            reasons["not said: whether any field is personal data"] = None
        here = {*ties.established.items, *[one.country for one in ties.people.items]}
        here.update(*[one.hits for one in said if one.known is not False])
        return Application(
            regime=self.code,
            applies=all_of((personal, territory)),
            countries=tuple(sorted(here & self.countries)),
            reasons=tuple(reasons),
        )


class Reach:
    """One trigger in the countries of its regime; asked once of ties that are alike in them."""

    def __init__(self, scope: Scope, countries: frozenset[str]) -> None:
        self._scope = scope
        self._countries = countries
        self._origins = frozenset(scope.countries)
        self._looks_at = Ties._fields.index(LOOKS_AT[scope.trigger])
        self._of_people = LOOKS_AT[scope.trigger] == "people"
        self._seen: dict[object, Said] = {}

    def ask(self, ties: Ties) -> Said:
        """Does it hold, and for which countries?"""
        said: Collection[Any] = ties[self._looks_at]
        there: list[Any]
        if self._of_people:
            there = [
                (one.country, one.offered, one.monitored)
                for one in said.items
                if one.country in self._countries
            ]
        else:
            there = [country for country in said.items if country in self._countries]
        came = ties.origins if self._origins else None
        key = (said.state, *there, came)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._say(ties, said)
        return found

    def _say(self, ties: Ties, said: Collection[Any]) -> Said:
        scope = self._scope
        if self._of_people:
            known, hits = _people(scope.trigger, self._countries, said)
        else:
            known, hits = _among(said, self._countries)
        if scope.trigger is Trigger.ORIGIN_AND_STORAGE:
            came, hits = _among(ties.origins, self._origins)
            known = all_of((came, known))
        if known and scope.mark is Mark.UNCERTAIN:
            known = None
        return Said(known, tuple(hits), self._why(known, hits))

    def _why(self, known: Known, hits: list[str]) -> str | None:
        if known:
            places = ", ".join(sorted(set(hits)))
            return f"{WHY[self._scope.trigger].format(places)} ({self._scope.citation})"
        return None if known is False else f"not said: {NOT_SAID[self._scope.trigger]}"


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
