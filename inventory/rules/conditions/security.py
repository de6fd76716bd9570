"""Is data protected, and is it known where it lies?"""

from inventory.law.vocabulary import DataClass, SubjectKind
from inventory.rules.asking import (
    Case,
    a_whole_number,
    conclude,
    condition,
    many,
    one_of,
    say,
    whole_months,
)
from inventory.rules.facts import ActivityFacts, DatasetFacts, Known, Location, SystemFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, is_empty, negate
from inventory.rules.periods import Period

MEASURES = one_of(
    "encrypted_at_rest", "encrypted_in_transit", "access_controlled", "access_logged", "backed_up"
)


@condition("security_undescribed", subject=SubjectKind.ACTIVITY)
def security_undescribed(activity: ActivityFacts, case: Case) -> Answer:
    """Are the activity's security measures described?"""
    return Answer(
        fault=is_empty(activity.safeguards),
        read=(("measures", ", ".join(one.kind for one in activity.safeguards.items) or None),),
    )


@condition(
    "system_unprotected",
    subject=SubjectKind.SYSTEM,
    parameters={"measures": many(MEASURES), "data_class": DataClass},
    defaults={"data_class": None},
)
def system_unprotected(system: SystemFacts, case: Case) -> Answer:
    """Has a system that holds such data the protection it needs?"""
    wanted: DataClass | None = case.given["data_class"]
    stored = case.register.datasets_in.get(system.id, ())
    if wanted is None:
        holds = any_of(case.register.is_personal(one) for one in stored)
    else:
        code = case.regime.code
        holds = any_of(case.register.contents(one, code).holds(wanted) for one in stored)
    measures: dict[str, Known] = {name: getattr(system, name) for name in case.given["measures"]}
    return conclude(
        holds,
        negate(all_of(measures.values())),
        read=tuple((name.replace("_", " "), say(held)) for name, held in measures.items()),
    )


@condition(
    "sensitive_unlogged",
    subject=SubjectKind.SYSTEM,
    parameters={"data_class": DataClass, "large_scale": a_whole_number, "kept": whole_months},
)
def sensitive_unlogged(system: SystemFacts, case: Case) -> Answer:
    """Is access to such data on a large scale, or to risky profiles, logged and the log kept?"""
    stored = case.register.datasets_in.get(system.id, ())
    kept, asked = system.access_log_months, case.period("kept")
    enough: Known = None if kept is None or asked is None else not asked > Period(months=kept)
    return conclude(
        any_of(_is_grave(one, case) for one in stored),
        negate(all_of((system.access_logged, enough))),
        read=(("access logged", say(system.access_logged)), ("log kept, months", say(kept))),
    )


def _is_grave(dataset: DatasetFacts, case: Case) -> Known:
    large: Known = None if dataset.persons is None else dataset.persons >= case.given["large_scale"]
    sensitive = case.register.contents(dataset, case.regime.code).holds(case.given["data_class"])
    profiled = any_of(one.profiling for one in case.register.purposes_of(dataset))
    return all_of((large, any_of((sensitive, profiled))))


@condition("location_untold", subject=SubjectKind.SYSTEM)
def location_untold(system: SystemFacts, case: Case) -> Answer:
    """Is it known in which countries the data lies, and is each crossing entered?"""
    stored = case.register.datasets_in.get(system.id, ())
    entered = {
        transfer.destination
        for dataset in stored
        for transfer in case.register.transfers_of.get(dataset.id, ())
    }
    inside = case.regime.countries

    def untold(location: Location) -> Known:
        return location.country not in inside and location.country not in entered

    return Answer(
        fault=any_of((is_empty(system.locations), any_in(system.locations, untold))),
        read=(("countries", ", ".join(x.country for x in system.locations.items) or None),),
    )
