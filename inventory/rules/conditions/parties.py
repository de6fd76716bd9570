"""Who receives data, under what contract, and with whose consent?"""

from datetime import date

from inventory.law.vocabulary import BasisKind, Declared, PartyRole, SubjectKind
from inventory.rules.asking import (
    WAITING,
    Case,
    a_period,
    a_word,
    conclude,
    condition,
    many,
    not_concerned,
    say,
)
from inventory.rules.conditions.basis import recorded
from inventory.rules.facts import ContractFacts, DisclosureFacts, Known, PartyFacts, PurposeFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, negate
from inventory.rules.periods import day_after, next_day

OTHER_ROLE = not_concerned("the party has no such role")
NOTHING_ENDED = not_concerned("no contract has ended")


@condition("no_contract", subject=SubjectKind.PARTY, parameters={"roles": many(PartyRole)})
def no_contract(party: PartyFacts, case: Case) -> Answer:
    """Is there a written contract with a party of this role?"""
    if not set(party.roles) & set(case.given["roles"]):
        return OTHER_ROLE
    held = any_in(party.contracts, lambda one: all_of((runs(one, case.as_of), one.written)))
    return Answer(
        fault=negate(held),
        read=tuple(("contract signed", say(one.signed_on)) for one in party.contracts.items)
        or (("contract", None if held is None else "none"),),
        until=_next_change(party, case.as_of),
    )


@condition(
    "contract_lacks",
    subject=SubjectKind.PARTY,
    parameters={"roles": many(PartyRole), "terms": many(a_word)},
)
def contract_lacks(party: PartyFacts, case: Case) -> Answer:
    """Has the contract with a party of this role every term the law demands?"""
    if not set(party.roles) & set(case.given["roles"]):
        return OTHER_ROLE
    running = [one for one in party.contracts.items if runs(one, case.as_of) is not False]
    if not running:
        return WAITING
    absent = [(one, set(case.given["terms"]) - set(one.terms.items)) for one in running]
    return Answer(
        fault=all_of(_lacks(one, gone, case.as_of) for one, gone in absent),
        read=tuple(("missing terms", ", ".join(sorted(gone)) or "none") for _, gone in absent),
        until=_next_change(party, case.as_of),
    )


@condition("recipients_untold", subject=SubjectKind.PURPOSE, faults=False)
def recipients_untold(purpose: PurposeFacts, case: Case) -> Answer:
    """Is it said who receives the data, or that nobody does?"""
    said = bool(purpose.disclosures.items) or purpose.disclosures.state is not Declared.NOT_ASKED
    return Answer(
        fault=False if said else None,
        read=(("recipients", str(len(purpose.disclosures.items)) if said else None),),
        note=None if said else "nobody has said who receives the data",
    )


@condition(
    "shared_without_consent",
    subject=SubjectKind.PURPOSE,
    parameters={"roles": many(PartyRole), "kinds": many(BasisKind)},
)
def shared_without_consent(purpose: PurposeFacts, case: Case) -> Answer:
    """Did people consent to the sharing, where the data is held on their consent?"""
    rests = any(law.kind in case.given["kinds"] for _, law in recorded(purpose, case))
    if not rests and purpose.bases.state is Declared.NOT_ASKED:
        return WAITING

    def unconsented(disclosure: DisclosureFacts) -> Known:
        return disclosure.role in case.given["roles"] and negate(disclosure.consent)

    shared = [one for one in purpose.disclosures.items if one.role in case.given["roles"]]
    if not shared and purpose.disclosures.state is Declared.NOT_ASKED:
        return WAITING
    return conclude(
        rests and bool(shared),
        any_of(unconsented(one) for one in shared),
        read=tuple(("consent to the sharing", say(one.consent)) for one in shared),
    )


@condition(
    "shared_for_gain",
    subject=SubjectKind.PURPOSE,
    parameters={"roles": many(PartyRole), "categories": many(a_word)},
)
def shared_for_gain(purpose: PurposeFacts, case: Case) -> Answer:
    """Is data of these categories not shared for gain?"""
    used = case.register.uses.get(purpose.id, ())
    holds = any_of(
        None if field.category is None else field.category in case.given["categories"]
        for field, _ in used
    )

    def sold(disclosure: DisclosureFacts) -> Known:
        if disclosure.role not in case.given["roles"]:
            return False
        return all_of((disclosure.for_gain, negate(disclosure.excepted)))

    return conclude(
        holds,
        any_in(purpose.disclosures, sold),
        read=(
            ("such data", say(holds)),
            *(("shared for gain", say(one.for_gain)) for one in purpose.disclosures.items),
        ),
    )


@condition(
    "processor_keeps",
    subject=SubjectKind.PARTY,
    parameters={"roles": many(PartyRole), "maximum": a_period},
)
def processor_keeps(party: PartyFacts, case: Case) -> Answer:
    """After the service ends, does the processor destroy the data, or keep it by leave only?"""
    if not set(party.roles) & set(case.given["roles"]):
        return OTHER_ROLE
    ended = [one for one in party.contracts.items if one.ends_on and one.ends_on <= case.as_of]
    if not ended:
        waits = party.contracts.state is Declared.NOT_ASKED
        answer = WAITING if waits else NOTHING_ENDED
        return answer._replace(until=_next_change(party, case.as_of))
    allowed = case.period("maximum")
    last = {one: allowed.ends(one.ends_on) for one in ended if allowed and one.ends_on}
    kept = [
        negate(any_of((one.data_destroyed, all_of((one.kept_authorised, case.as_of <= last[one])))))
        if one in last
        else None
        for one in ended
    ]
    return Answer(
        fault=any_of(kept),
        read=tuple(("data destroyed", say(one.data_destroyed)) for one in ended),
        until=next_day(
            (_next_change(party, case.as_of), *map(day_after, last.values())), case.as_of
        ),
    )


def runs(contract: ContractFacts, as_of: date) -> Known:
    """Is the contract signed and not ended?"""
    if contract.ends_on is not None and contract.ends_on <= as_of:
        return False
    return None if contract.signed_on is None else contract.signed_on <= as_of


def _lacks(contract: ContractFacts, absent: set[str], as_of: date) -> Known:
    if not absent:
        return False if runs(contract, as_of) else None
    return None if contract.terms.state is Declared.NOT_ASKED else True


def _next_change(party: PartyFacts, as_of: date) -> date | None:
    days = (day for one in party.contracts.items for day in (one.signed_on, one.ends_on))
    return next_day(days, as_of)
