"""How long is data kept: is a time set, lawful, and kept to?

What holds for a dataset is computed from the claims of all purposes that use it.
"""

from dataclasses import dataclass
from functools import cached_property

from inventory.law.vocabulary import Declared, RetentionAuthority, SubjectKind
from inventory.rules.asking import (
    WAITING,
    Case,
    a_period,
    a_value,
    condition,
    say,
)
from inventory.rules.facts import DatasetFacts, Known, PurposeFacts, RetentionFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import any_in, negate
from inventory.rules.periods import Period, day_after, next_day


@condition("no_retention", subject=SubjectKind.PURPOSE)
def no_retention(purpose: PurposeFacts, case: Case) -> Answer:
    """Is a time limit set for the purpose's data, or criteria where none can be?"""
    claims = purpose.retention.items
    return Answer(
        fault=negate(any_in(purpose.retention, _is_set)),
        read=tuple((f"kept, {claim.record_class or 'all'}", say_claim(claim)) for claim in claims),
    )


@condition("retention_over", subject=SubjectKind.DATASET, parameters={"maximum": a_value})
def retention_over(dataset: DatasetFacts, case: Case) -> Answer:
    """Is the data kept no longer than the country allows for such records?"""
    held = claims_on(dataset, case)
    limit = case.limit("maximum", dataset.record_class) if held.record_class else None
    if limit is None or not held.periods:
        return WAITING
    over = any(period > limit.period for period in held.free)
    return Answer(
        fault=True if over else None if held.open else False,
        guidance=limit.weak,
        read=(
            ("record class", dataset.record_class),
            ("kept", held.said_free or "as a statute demands"),
            (f"longest allowed in {case.country}", limit.words),
        ),
    )


@condition("retention_under", subject=SubjectKind.DATASET, parameters={"minimum": a_value})
def retention_under(dataset: DatasetFacts, case: Case) -> Answer:
    """Is the data kept as long as the country's statutes demand of such records?"""
    held = claims_on(dataset, case)
    if not held.record_class:
        return Answer(fault=None, read=(("record class", None),), note="no record class is given")
    limit = case.limit("minimum", dataset.record_class)
    if limit is None or not (held.periods or held.open):
        return WAITING
    enough = held.longest is not None and not limit.period > held.longest
    return Answer(
        fault=False if enough else None if held.open else True,
        guidance=limit.weak,
        read=(
            ("record class", dataset.record_class),
            ("kept", held.said_longest),
            (f"shortest lawful in {case.country}", limit.words),
        ),
    )


@condition("retention_overdue", subject=SubjectKind.DATASET)
def retention_overdue(dataset: DatasetFacts, case: Case) -> Answer:
    """Is data gone when its time is over?"""
    held = claims_on(dataset, case)
    longest = held.longest
    if longest is None:
        return WAITING
    read = (("oldest record", say(dataset.oldest_record)), ("kept", held.said_longest))
    if dataset.legal_hold:
        return Answer(fault=False, read=(*read, ("legal hold", "yes")))
    if dataset.oldest_record is None or held.open:
        return Answer(fault=None, read=read)
    due = longest.ends(dataset.oldest_record)
    late = case.as_of > due
    return Answer(
        fault=late,
        read=(*read, ("to be gone after", say(due))),
        until=next_day((day_after(due),), case.as_of),
    )


@condition("no_disposal", subject=SubjectKind.DATASET)
def no_disposal(dataset: DatasetFacts, case: Case) -> Answer:
    """Is there a job that disposes of the data?"""
    return Answer(
        fault=negate(dataset.has_disposal_job),
        read=(("disposal job", say(dataset.has_disposal_job)),),
    )


@condition("not_reviewed", subject=SubjectKind.DATASET, parameters={"every": a_period})
def not_reviewed(dataset: DatasetFacts, case: Case) -> Answer:
    """Was the entry looked at again in time?"""
    if dataset.reviewed_on is None or dataset.reviewed_on > case.as_of:
        return Answer(fault=None, read=(("reviewed", None),), until=dataset.reviewed_on)
    every = case.period("every")
    if every is None:
        return WAITING
    due = every.ends(dataset.reviewed_on)
    late = case.as_of > due
    return Answer(
        fault=late,
        read=(("reviewed", say(dataset.reviewed_on)), ("due again", say(due))),
        until=next_day((day_after(due),), case.as_of),
    )


@dataclass(frozen=True)
class Claims:
    """What the purposes of a dataset say of how long it is kept; `open` where one does not say."""

    record_class: str | None
    periods: tuple[tuple[Period, RetentionFacts], ...]
    open: bool

    @cached_property
    def longest(self) -> Period | None:
        lengths = [period for period, _ in self.periods]
        return max(lengths, key=lambda period: period.length, default=None)

    @cached_property
    def said_longest(self) -> str | None:
        return say(self.longest)

    @cached_property
    def free(self) -> list[Period]:
        """Those that no statute demands."""
        return [p for p, claim in self.periods if claim.authority is not RetentionAuthority.STATUTE]

    @cached_property
    def said_free(self) -> str:
        return ", ".join(str(period) for period in self.free)


def claims_on(dataset: DatasetFacts, case: Case) -> Claims:
    """The claims of all purposes that use the dataset, for its record class and the country."""
    once = case.register.once
    named = once("claimed", dataset.id, None, lambda: _countries_claimed(dataset, case))
    country = case.country if named else None  # where no claim names one, all are alike
    return once("claims", dataset.id, country, lambda: _claims_on(dataset, country, case))


def _countries_claimed(dataset: DatasetFacts, case: Case) -> set[str]:
    purposes = case.register.purposes_of(dataset)
    return {claim.country for one in purposes for claim in one.retention.items if claim.country}


def _claims_on(dataset: DatasetFacts, country: str | None, case: Case) -> Claims:
    periods: list[tuple[Period, RetentionFacts]] = []
    unsaid = False
    for purpose in case.register.purposes_of(dataset):
        for claim in _matching(purpose, dataset, country):
            period = period_of(claim)
            if period is None:
                unsaid = True
            else:
                periods.append((period, claim))
        unsaid = unsaid or purpose.retention.state is Declared.NOT_ASKED
    return Claims(dataset.record_class, tuple(periods), unsaid)


def period_of(claim: RetentionFacts) -> Period | None:
    """The claim's period; None where it sets none, but criteria or nothing."""
    if claim.months is None and not claim.days:
        return None
    return Period(claim.months or 0, claim.days or 0)


def say_claim(claim: RetentionFacts) -> str | None:
    period = period_of(claim)
    return claim.criteria if period is None else str(period)


def _matching(
    purpose: PurposeFacts, dataset: DatasetFacts, country: str | None
) -> list[RetentionFacts]:
    """The purpose's claims for this record class and country; what is said for the class or the
    country itself outranks what is said for all."""
    fitting = [
        claim
        for claim in purpose.retention.items
        if claim.record_class in (None, dataset.record_class)
        and (country is None or claim.country in (None, country))
    ]
    return [c for c in fitting if not any(_outranks(other, c, country) for other in fitting)]


def _outranks(one: RetentionFacts, other: RetentionFacts, country: str | None) -> bool:
    by_class = (one.record_class is not None) - (other.record_class is not None)
    by_country = ((one.country is not None) - (other.country is not None)) if country else 0
    return by_class + by_country > 0 and min(by_class, by_country) >= 0


def _is_set(claim: RetentionFacts) -> Known:
    period = period_of(claim)
    if period is not None:
        return bool(period.length or claim.criteria)
    return None if claim.criteria is None else bool(claim.criteria.strip())
