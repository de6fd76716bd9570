"""Is data kept as a house keeps it: kinds apart, encrypted, derived from a truth, backed up?

Which kinds of data and of systems a rule is about is said by its check, so that another
organisation's own rule can ask the same question of other kinds.
"""

from collections.abc import Iterable
from dataclasses import replace

from inventory.law.vocabulary import DatasetKind, LineageKind, LocationRole, SystemKind
from inventory.law.vocabulary import SubjectKind as Subject
from inventory.rules.asking import (
    WAITING,
    Case,
    conclude,
    condition,
    many,
    not_concerned,
    one_of,
    say,
)
from inventory.rules.conditions.retention import claims_on
from inventory.rules.conditions.security import MEASURES
from inventory.rules.facts import DatasetFacts, Known, LineageFacts, Location, Opening, SystemFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, contains, is_empty, negate
from inventory.rules.periods import Period, parse_period

TOLD = one_of("kind", "system", "entity", "record_class", "persons")
FACTS = one_of(
    "recomputable", "has_disposal_job", "lawfully_obtained", "deletion_channel",
    "minimisation_mechanism", "accuracy_mechanism", "free_text_guarded",
)  # fmt: skip
KINDS, STORES = many(DatasetKind), many(SystemKind)
OTHER_KIND = not_concerned("it is data of another kind")
OTHER_STORE = not_concerned("it is storage of another kind")
NAMED = 5  # datasets named in a finding; the rest are counted


@condition(
    "dataset_untold", subject=Subject.DATASET, parameters={"facts": many(TOLD)}, faults=False
)
def dataset_untold(dataset: DatasetFacts, case: Case) -> Answer:
    """Is it said of the dataset what every other rule must know?"""
    names: tuple[str, ...] = case.given["facts"]
    missing = [name for name in names if getattr(dataset, name) is None]
    return Answer(
        fault=None if missing else False,
        read=tuple((_words(name), None if name in missing else "said") for name in names),
    )


@condition("kinds_together", subject=Subject.SYSTEM, parameters={"kinds": KINDS})
def kinds_together(system: SystemFacts, case: Case) -> Answer:
    """Are these kinds of data kept in systems apart?"""
    kinds: tuple[DatasetKind, ...] = case.given["kinds"]
    stored = case.register.datasets_in.get(system.id, ())
    held = {kind: [one for one in stored if one.kind is kind] for kind in kinds}
    unsaid = [one for one in stored if one.kind is None]
    absent = sum(not found for found in held.values())
    return conclude(
        any_of(_is_of(one, kinds) for one in stored),
        None if 0 < absent <= len(unsaid) else not absent,
        read=(
            *((f"{kind} data", _name(found) or "none") for kind, found in held.items()),
            *((("data of a kind not said", _name(unsaid)),) if unsaid else ()),
        ),
    )


@condition(
    "access_shared",
    subject=Subject.DATASET,
    parameters={"kinds": KINDS, "apart_from": KINDS},
)
def access_shared(dataset: DatasetFacts, case: Case) -> Answer:
    """Is such data opened only by policies that open no data of the other kinds?

    The data it is to be apart from is asked only to say its own policies.
    """
    kinds, others = case.given["kinds"], case.given["apart_from"]
    if dataset.kind is None:
        return WAITING
    if dataset.kind not in (*kinds, *others):
        return OTHER_KIND
    shared = {one.policy: _opens(one, others) for one in dataset.access.items}
    unsaid = is_empty(dataset.access) is None
    fault = any_in(dataset.access, lambda one: shared[one.policy])
    return Answer(
        fault=fault if dataset.kind in kinds else (None if unsaid else False),
        read=(
            ("policies that open it", None if unsaid else ", ".join(shared) or "none"),
            *((f"{one.policy} opens", _opened(one)) for one in dataset.access.items),
        ),
    )


@condition(
    "kind_unprotected",
    subject=Subject.SYSTEM,
    parameters={"kinds": KINDS, "measures": many(MEASURES)},
)
def kind_unprotected(system: SystemFacts, case: Case) -> Answer:
    """Has a system that holds such kinds of data the protection they need?"""
    stored = case.register.datasets_in.get(system.id, ())
    concerned = [one for one in stored if _is_of(one, case.given["kinds"]) is not False]
    return conclude(
        any_of(_is_of(one, case.given["kinds"]) for one in stored),
        _lacks(system, case),
        read=(*_measures(system, case), ("it holds", _name(concerned) or "none of it")),
    )


@condition(
    "storage_unprotected",
    subject=Subject.SYSTEM,
    parameters={"stores": STORES, "measures": many(MEASURES)},
)
def storage_unprotected(system: SystemFacts, case: Case) -> Answer:
    """Has storage of this kind the protection it needs, whatever it holds?"""
    if system.kind not in case.given["stores"]:
        return OTHER_STORE
    return Answer(fault=_lacks(system, case), read=_measures(system, case))


@condition("truth_undeclared", subject=Subject.DATASET, parameters={"kinds": KINDS})
def truth_undeclared(dataset: DatasetFacts, case: Case) -> Answer:
    """Is such data derived from nothing but declared sources of truth?

    A source that is itself such data is asked for its own sources.
    """
    kinds: tuple[DatasetKind, ...] = case.given["kinds"]
    if dataset.kind is None:
        return WAITING
    if dataset.kind not in kinds:
        return OTHER_KIND

    def unfounded(one: LineageFacts) -> Known:
        derived: Known = None if one.source_kind is None else one.source_kind in kinds
        return negate(any_of((one.source_of_truth, derived)))

    return Answer(
        fault=any_of((is_empty(dataset.sources), any_in(dataset.sources, unfounded))),
        read=(
            ("sources", _count(dataset)),
            *(("source of truth", say(one.source_of_truth)) for one in dataset.sources.items),
        ),
    )


@condition("kind_identifying", subject=Subject.DATASET, parameters={"kinds": KINDS})
def kind_identifying(dataset: DatasetFacts, case: Case) -> Answer:
    """Is such data anonymous, with nothing kept that leads back to a person?"""
    if dataset.kind is None:
        return WAITING
    if dataset.kind not in case.given["kinds"]:
        return OTHER_KIND
    personal = case.register.is_personal(dataset)
    made = [one for one in dataset.sources.items if one.kind is LineageKind.ANONYMISED]
    found = case.register.personal_fields(dataset)
    return Answer(
        fault=any_of((personal, *(negate(one.key_destroyed) for one in made))),
        fields=tuple(field.name for field, known in found if known is personal),
        read=(
            ("personal data in it", say(personal)),
            *(("key that undoes it destroyed", say(one.key_destroyed)) for one in made),
        ),
    )


@condition(
    "kind_without", subject=Subject.DATASET, parameters={"kinds": KINDS, "facts": many(FACTS)}
)
def kind_without(dataset: DatasetFacts, case: Case) -> Answer:
    """Does such data have what data of its kind must have?"""
    if dataset.kind is None:
        return WAITING
    if dataset.kind not in case.given["kinds"]:
        return OTHER_KIND
    facts: dict[str, Known] = {name: getattr(dataset, name) for name in case.given["facts"]}
    return Answer(
        fault=negate(all_of(facts.values())),
        read=tuple((_words(name), say(held)) for name, held in facts.items()),
    )


@condition("only_in_cache", subject=Subject.DATASET, parameters={"volatile": STORES})
def only_in_cache(dataset: DatasetFacts, case: Case) -> Answer:
    """Does what is critical or the truth lie somewhere else than in storage that may forget it?"""
    system = case.register.facts.systems.get(dataset.system or "")
    if system is None:
        return WAITING
    if system.kind not in case.given["volatile"]:
        return OTHER_STORE
    kept = any_in(dataset.sources, lambda one: _restores(one, dataset, case))
    return Answer(
        fault=any_of((dataset.source_of_truth, all_of((dataset.critical, negate(kept))))),
        read=(
            ("it lies in a", _words(system.kind)),
            ("critical", say(dataset.critical)),
            ("source of truth", say(dataset.source_of_truth)),
            ("copied or computed from what lies elsewhere", say(kept)),
        ),
    )


@condition("backups_undeclared", subject=Subject.SYSTEM)
def backups_undeclared(system: SystemFacts, case: Case) -> Answer:
    """Are backups declared: that there are none, or where they lie, how often and how long?"""
    if not system.backed_up:
        fault: Known = None if system.backed_up is None else False
        return Answer(fault=fault, read=(("backed up", say(system.backed_up)),))
    place = any_in(system.locations, _is_backup)
    cycle, kept = (system.backup_cycle or "").strip() or None, system.backup_retention
    return Answer(
        fault=any_of((negate(place), None if None in (cycle, kept) else False)),
        read=(
            ("backed up", "yes"),
            ("place of backups", say(place)),
            ("how often", cycle),
            ("kept", kept and str(parse_period(kept))),
        ),
    )


@condition("critical_unbacked", subject=Subject.SYSTEM, parameters={"volatile": STORES})
def critical_unbacked(system: SystemFacts, case: Case) -> Answer:
    """Is a system backed up that holds critical data?"""
    if system.kind in case.given["volatile"]:
        return OTHER_STORE
    if system.backed_up is None:
        return WAITING
    stored = case.register.datasets_in.get(system.id, ())
    return conclude(
        any_of(one.critical for one in stored),
        negate(system.backed_up),
        read=(
            ("backed up", say(system.backed_up)),
            ("critical data", _name(one for one in stored if one.critical)),
        ),
    )


@condition("backups_outlast", subject=Subject.DATASET)
def backups_outlast(dataset: DatasetFacts, case: Case) -> Answer:
    """Are backups kept no longer than the data itself may be?"""
    system = case.register.facts.systems.get(dataset.system or "")
    if system is None or system.backup_retention is None:
        return WAITING
    kept, limit = parse_period(system.backup_retention), _limit(dataset, case)
    unsaid = claims_on(dataset, case).open or _class_matters(dataset, case)
    if limit is None:
        return WAITING if unsaid else not_concerned("no period of retention is set for it")
    longer = False if dataset.legal_hold else None if unsaid else kept > limit
    return conclude(
        system.backed_up,
        longer,
        read=(
            ("backups kept", str(kept)),
            ("data kept", None if unsaid else str(limit)),
            ("legal hold", say(dataset.legal_hold)),
        ),
    )


@condition("exposure_untold", subject=Subject.SYSTEM, parameters={"outside": STORES})
def exposure_untold(system: SystemFacts, case: Case) -> Answer:
    """Is it said, and rightly, whether the system can be reached from outside?"""
    reached, outside = system.reachable_from_outside, system.kind in case.given["outside"]
    return Answer(
        fault=None if reached is None else not reached and outside,
        read=(("kind", _words(system.kind)), ("reached from outside", say(reached))),
        note="a service of others lies outside" if reached is False and outside else None,
    )


@condition("exposed_unprotected", subject=Subject.SYSTEM, parameters={"measures": many(MEASURES)})
def exposed_unprotected(system: SystemFacts, case: Case) -> Answer:
    """Is what can be reached from outside protected as it must be?"""
    if system.reachable_from_outside is None:
        return WAITING
    return conclude(
        system.reachable_from_outside,
        _lacks(system, case),
        read=(
            ("reached from outside", say(system.reachable_from_outside)),
            *_measures(system, case),
        ),
    )


def _is_of(dataset: DatasetFacts, kinds: tuple[DatasetKind, ...]) -> Known:
    return None if dataset.kind is None else dataset.kind in kinds


def _opens(one: Opening, kinds: tuple[DatasetKind, ...]) -> Known:
    return any_of(contains(one.opens, kind) for kind in kinds)


def _opened(one: Opening) -> str | None:
    """The kinds of data it opens, in words; where one is not said, so is the answer."""
    kinds = " and ".join(sorted(one.opens.items))
    return None if is_empty(one.opens) is None else f"{kinds or 'no'} data"


def _lacks(system: SystemFacts, case: Case) -> Known:
    return negate(all_of(getattr(system, name) for name in case.given["measures"]))


def _measures(system: SystemFacts, case: Case) -> tuple[tuple[str, str | None], ...]:
    return tuple((_words(name), say(getattr(system, name))) for name in case.given["measures"])


def _restores(one: LineageFacts, dataset: DatasetFacts, case: Case) -> Known:
    """Does the source lie where it lasts, and can the data be had from it again?"""
    lasts: Known = None if one.stored_in is None else one.stored_in not in case.given["volatile"]
    return all_of((lasts, any_of((one.kind is LineageKind.COPIED, dataset.recomputable))))


def _is_backup(place: Location) -> bool:
    return place.role is LocationRole.BACKUP


def _limit(dataset: DatasetFacts, case: Case) -> Period | None:
    """How long the data may be kept where that is shortest: in a country that sets a time of its
    own, or in all others."""
    claims = claims_on(dataset, case).periods
    countries = {claim.country for _, claim in claims if claim.country}
    longest = [claims_on(dataset, replace(case, country=one)).longest for one in sorted(countries)]
    general = [period for period, claim in claims if claim.country is None]
    longest.append(max(general, key=_length, default=None))
    return min((one for one in longest if one is not None), key=_length, default=None)


def _class_matters(dataset: DatasetFacts, case: Case) -> bool:
    """Is a time set for some class of record, and not said what class these are?"""
    claims = (c for one in case.register.purposes_of(dataset) for c in one.retention.items)
    return dataset.record_class is None and any(claim.record_class for claim in claims)


def _length(period: Period) -> float:
    return period.length


def _name(datasets: Iterable[DatasetFacts]) -> str | None:
    names = sorted(one.name for one in datasets)
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more or None


def _count(dataset: DatasetFacts) -> str | None:
    return None if is_empty(dataset.sources) is None else str(len(dataset.sources.items))


def _words(name: str) -> str:
    return name.replace("_", " ")
