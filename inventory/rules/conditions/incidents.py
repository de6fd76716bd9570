"""Is a breach of security told to whom it must be told, in time, and written down?"""

from datetime import date
from typing import Any

from inventory.law.vocabulary import DataClass, SubjectKind
from inventory.rules.asking import (
    Case,
    Reader,
    a_flag,
    a_number,
    a_period,
    a_whole_number,
    a_word,
    conclude,
    condition,
    many,
    one_of,
    say,
)
from inventory.rules.conditions.terms import factors, is_late
from inventory.rules.events import IncidentFacts
from inventory.rules.facts import DatasetFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, contains, negate
from inventory.rules.periods import add_business_days, day_after, next_day
from inventory.rules.said import Known

# Which data an incident must touch to weigh enough, where the law lists it; None: any data.
GRAVE: dict[str, Reader] = {
    "data_class": DataClass,
    "categories": many(a_word),
    "people": many(a_word),
    "large_scale": a_whole_number,
}
OF_ANY_DATA: dict[str, Any] = {
    "data_class": None,
    "categories": (),
    "people": (),
    "large_scale": None,
}


@condition(
    "incident_unnotified",
    subject=SubjectKind.INCIDENT,
    parameters={
        "where": one_of("risk", "high_risk", "severe"),
        "within": a_period,
        "business_days": a_number,
        "doubled_for_small": a_flag,
        **GRAVE,
    },
    defaults={"within": None, "business_days": None, "doubled_for_small": False, **OF_ANY_DATA},
)
def incident_unnotified(incident: IncidentFacts, case: Case) -> Answer:
    """Is an incident of this weight notified to the authority in time?"""
    weighty = all_of((getattr(incident, case.given["where"]), _touches_grave(incident, case)))
    dues = _dues(incident, case)
    faults = {is_late(incident.notified, incident.notified_on, due, case.as_of) for due in dues}
    return conclude(
        weighty,
        faults.pop() if len(faults) == 1 else None,
        read=(
            (str(case.given["where"]).replace("_", " "), say(weighty)),
            ("aware", say(incident.aware_on)),
            ("due", " or ".join(map(str, dues)) or None),
            ("notified", say(incident.notified_on or incident.notified)),
        ),
        until=next_day((incident.notified_on, *map(day_after, dues)), case.as_of),
    )


@condition(
    "incident_people_untold",
    subject=SubjectKind.INCIDENT,
    parameters=GRAVE,
    defaults=OF_ANY_DATA,
)
def incident_people_untold(incident: IncidentFacts, case: Case) -> Answer:
    """Are people told of an incident that puts them at high risk?"""
    return conclude(
        all_of((incident.high_risk, _touches_grave(incident, case))),
        negate(any_of((incident.people_told, incident.telling_excepted))),
        read=(
            ("high risk", say(incident.high_risk)),
            ("people told", say(incident.people_told)),
            ("an exception", say(incident.telling_excepted)),
        ),
    )


@condition("incident_undocumented", subject=SubjectKind.INCIDENT)
def incident_undocumented(incident: IncidentFacts, case: Case) -> Answer:
    """Is the incident written down in the entity's own register?"""
    return Answer(
        fault=negate(incident.documented), read=(("documented", say(incident.documented)),)
    )


@condition(
    "incident_register_lacks", subject=SubjectKind.INCIDENT, parameters={"items": many(a_word)}
)
def incident_register_lacks(incident: IncidentFacts, case: Case) -> Answer:
    """Has the register of incidents every item that the law wants of one?"""
    held = {item: contains(incident.register_items, item) for item in case.given["items"]}
    gone = ", ".join(item for item, known in held.items() if not known)
    return Answer(
        fault=any_of((negate(incident.documented), *(negate(known) for known in held.values()))),
        read=(("documented", say(incident.documented)), ("missing items", gone or "none")),
    )


def _touches_grave(incident: IncidentFacts, case: Case) -> Known:
    """Does it touch data of the kinds, of the people or in the number that the law lists?"""
    data_class: DataClass | None = case.given["data_class"]
    if data_class is None:
        return True
    held = case.register.datasets(incident.datasets)
    if len(held) < len(incident.datasets) or not held:
        return any_of((None, *(_is_grave(one, data_class, case) for one in held)))
    return any_of(_is_grave(one, data_class, case) for one in held)


def _is_grave(dataset: DatasetFacts, data_class: DataClass, case: Case) -> Known:
    given = case.given
    fields = case.register.personal_fields(dataset)
    return any_of(
        (
            case.register.contents(dataset, case.regime.code).holds(data_class),
            any_of(
                None if f.category is None else f.category in given["categories"] for f, _ in fields
            ),
            any_in(dataset.subject_categories, lambda who: who in given["people"]),
            None if dataset.persons is None else dataset.persons >= given["large_scale"],
        )
    )


def _dues(incident: IncidentFacts, case: Case) -> list[date]:
    """The last day to notify; hours count as begun days, since only the day is known."""
    start = incident.aware_on
    if start is None:
        return []
    if case.given["business_days"] is not None:
        days = case.number("business_days")
        twice = factors(incident.entity, case) if case.given["doubled_for_small"] else (1,)
        return [add_business_days(start, days * n) for n in twice] if days is not None else []
    within = case.period("within") if case.given["within"] is not None else None
    return [within.ends(start) if within else start]  # at once: the same day
