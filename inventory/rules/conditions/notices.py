"""Are people told what the law wants them told?"""

from inventory.law.vocabulary import NoticeKind, SubjectKind
from inventory.rules.asking import (
    Case,
    a_flag,
    a_period,
    a_word,
    conclude,
    condition,
    many,
    not_concerned,
    say,
)
from inventory.rules.facts import DatasetFacts, Notice, PurposeFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, contains, negate
from inventory.rules.periods import day_after, next_day
from inventory.rules.said import Known

NOTHING_LEAVES = not_concerned("no data of the purpose leaves the country")
ITEMS = {"items": many(a_word), "kinds": many(NoticeKind)}
ANY_KIND = {"kinds": tuple(NoticeKind)}


@condition("notice_lacks", subject=SubjectKind.PURPOSE, parameters=ITEMS, defaults=ANY_KIND)
def notice_lacks(purpose: PurposeFacts, case: Case) -> Answer:
    """Does what people are told hold every item that the law demands?"""
    held = {item: _is_told(item, purpose, case) for item in case.given["items"]}
    gone = ", ".join(item for item, told in held.items() if not told)
    return Answer(
        fault=negate(all_of(held.values())),
        read=(("notices", str(len(purpose.notices.items))), ("missing items", gone or "none")),
        until=next_day((one.published_on for one in purpose.notices.items), case.as_of),
    )


@condition("transfer_untold", subject=SubjectKind.PURPOSE, parameters=ITEMS, defaults=ANY_KIND)
def transfer_untold(purpose: PurposeFacts, case: Case) -> Answer:
    """Does the notice name the countries to which the data goes?"""
    inside = case.regime.countries
    sent = [
        one.destination
        for one in case.register.transfers_for(purpose)
        if one.destination not in inside
    ]
    if not sent:
        return NOTHING_LEAVES
    told = notice_lacks(purpose, case)
    return Answer(
        fault=told.fault,
        read=(("goes to", ", ".join(sorted(set(sent)))), *told.read),
        until=told.until,
    )


@condition(
    "people_not_informed",
    subject=SubjectKind.DATASET,
    parameters={"within": a_period, "by_origin": a_flag},
    defaults={"by_origin": False},
)
def people_not_informed(dataset: DatasetFacts, case: Case) -> Answer:
    """Are people told in time of data that was not got from them?"""
    by_origin: bool = case.given["by_origin"]
    elsewhere = comes_from_named(dataset, case) if by_origin else dataset.obtained_from_others
    within = case.period("within")
    due = within.ends(dataset.obtained_on) if within and dataset.obtained_on else None
    late: Known = None if due is None else case.as_of > due
    if dataset.informed_on is not None and dataset.informed_on <= case.as_of:
        fault: Known = None if due is None else dataset.informed_on > due
    else:
        fault = late if dataset.persons_informed is False else negate(dataset.persons_informed)
    if late is False:
        fault = False
    return conclude(
        elsewhere,
        fault,
        read=(
            ("not got from the people", say(elsewhere)),
            ("got", say(dataset.obtained_on)),
            ("to be told until", say(due)),
            ("told", say(dataset.informed_on or dataset.persons_informed)),
        ),
        until=next_day((day_after(due) if due else None, dataset.informed_on), case.as_of),
    )


def comes_from_named(dataset: DatasetFacts, case: Case) -> Known:
    """Did data come from a country whose data the regime governs for coming from there?"""
    named = case.register.once("named origins", case.regime.code, None, lambda: _named(case))
    return any_in(dataset.origins, lambda country: country in named)


def _is_told(item: str, purpose: PurposeFacts, case: Case) -> Known:
    def tells(notice: Notice) -> Known:
        if notice.kind not in case.given["kinds"]:
            return False
        if notice.published_on is not None and notice.published_on > case.as_of:
            return False
        return contains(notice.items, item)

    return any_in(purpose.notices, tells)


def _named(case: Case) -> frozenset[str]:
    return frozenset(country for scope in case.regime.scopes for country in scope.countries)
