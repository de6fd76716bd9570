"""Processors, recipients, customers and providers, each once, with what was agreed with them."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from inventory.law.vocabulary import PartyRole, RecipientScope
from inventory.models import Contract, Disclosure, LegalEntity, Party, System
from inventory.services import attributes
from inventory.services.actors import Actor
from inventory.services.attributes import Rules, each, given, numbered, reading
from inventory.services.contacts import keep_contact, read_contact
from inventory.services.inputs import KEEP, Outcome
from inventory.services.register_inputs import PartyInput
from inventory.services.rows import allow, declared, editing, mapped, refer, refuse_twice
from inventory.services.rows import retire as retire_row

PARTY: Rules = {
    "name": attributes.name,
    "country": attributes.country,
    "address": attributes.text,
    "roles": attributes.words(PartyRole, "role of a party"),
    "certifications": attributes.words(RecipientScope, "certification"),
}
CONTRACT: Rules = {
    "title": attributes.name,
    "entity": attributes.key,
    "signed_on": attributes.day,
    "ends_on": attributes.day,
    "written": attributes.flag,
    "data_destroyed": attributes.flag,
    "kept_authorised": attributes.flag,
    "terms": attributes.lines,
}


def put_party(
    actor: Actor,
    key: str,
    data: PartyInput,
    *,
    today: date,
    if_match: int | None = None,
    reason: str = "",
) -> Outcome[Party]:
    """Write a party and its contracts. A contract stays the same one while its title does."""
    key = attributes.check_key(key)
    allow(actor, Party, key)
    with reading() as problems:
        values = given(problems, data, PARTY)
        contacts = given(problems, data, {"contact": read_contact})
        contracts = each(problems, data.contracts, CONTRACT, "contracts")
        wanted = [(f"contracts.{n}.entity", one["entity"]) for n, one in numbered(contracts)]
        entities = refer(actor, problems, LegalEntity, wanted)
    refuse_twice(contracts, "contracts", ["title", "entity"])
    with editing(actor, Party, key, today=today, reason=reason, if_match=if_match) as draft:
        attributes.need(values, "name", when=draft.created)
        said = declared(contracts=contracts, certifications=values.get("certifications", KEEP))
        for name in ("roles", "certifications"):
            if name in values:
                values[name] = values[name] or []
        people = {slot: keep_contact(draft.row, slot, one) for slot, one in contacts.items()}
        draft.assign({**values, **people, **said})
        agreed = mapped(contracts, lambda one: _contract(one, entities))
        draft.replace(Contract, "party", agreed, identity=["title", "entity"])
    return draft.outcome()


def retire_party(
    actor: Actor, key: str, *, today: date, now: datetime, reason: str = ""
) -> Outcome[Party]:
    return retire_row(actor, Party, key, today=today, now=now, reason=reason, holds=_holds)


def _holds(party: Party) -> dict[str, QuerySet[Any]]:
    """What would be left without a party."""
    return {
        "disclosures": Disclosure.objects.filter(party=party, purpose__retired_at=None),
        "systems": System.objects.filter(provider=party, retired_at=None),
    }


def _contract(one: dict[str, Any], entities: dict[str, Any]) -> dict[str, Any]:
    terms = one["terms"]
    return {
        **one,
        "entity": entities.get(one["entity"]),
        "terms": terms or [],
        **declared(terms=terms),
    }
