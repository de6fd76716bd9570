"""Companies of the group: who they are, their officers, representatives and measures."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from inventory.law.vocabulary import SafeguardKind
from inventory.models import (
    ActivityEntity,
    Database,
    Dataset,
    LegalEntity,
    Representative,
    Safeguard,
)
from inventory.services import attributes
from inventory.services.actors import Actor
from inventory.services.attributes import Rules, each, given, reading
from inventory.services.contacts import keep_contact, read_contact
from inventory.services.inputs import KEEP, Outcome
from inventory.services.law import current_law
from inventory.services.register_inputs import EntityInput
from inventory.services.rows import Draft, allow, declared, editing, refuse_twice
from inventory.services.rows import retire as retire_row
from inventory.services.validation import Problems

FLAGS = (
    "public_body", "research_body", "health_body", "data_trader", "small_agent",
    "core_monitoring", "core_special_data", "dpo_appointed", "dpo_published", "security_officer",
    "financial_body", "occasional", "sensitive_data", "likely_risk", "subject_channel",
    "complaints_procedure",
)  # fmt: skip
ENTITY: Rules = {
    "name": attributes.name,
    "country": attributes.needed_country,
    "region": attributes.line(80),
    "address": attributes.text,
    "headcount": attributes.count,
    "headcount_on": attributes.day,
    "automated_staff": attributes.count,
    **dict.fromkeys(FLAGS, attributes.flag),
}
SAFEGUARD: Rules = {
    "kind": attributes.word(SafeguardKind, "kind of safeguard", needed=True),
    "description": attributes.text,
    "since": attributes.day,
    "last_done": attributes.day,
}
REPRESENTATIVE: Rules = {
    "regime": attributes.code(lambda: current_law().statutes, "regime", needed=True),
    "contact": read_contact,
    "since": attributes.day,
}


def put_entity(
    actor: Actor,
    key: str,
    data: EntityInput,
    *,
    today: date,
    if_match: int | None = None,
    reason: str = "",
) -> Outcome[LegalEntity]:
    """Write a company; what is absent from the document stays.

    Raises Invalid by field, NotFound, Refused, Conflict.
    """
    key = attributes.check_key(key)
    allow(actor, LegalEntity, key)
    with reading() as problems:
        values = given(problems, data, ENTITY)
        contacts = given(problems, data, {"contact": read_contact, "dpo": read_contact})
        representatives = each(problems, data.representatives, REPRESENTATIVE, "representatives")
        safeguards = read_safeguards(problems, data)
    refuse_twice(representatives, "representatives", ["regime"])
    with editing(actor, LegalEntity, key, today=today, reason=reason, if_match=if_match) as draft:
        attributes.need(values, "name", "country", when=draft.created)
        officers = {slot: keep_contact(draft.row, slot, one) for slot, one in contacts.items()}
        said = declared(representatives=representatives, safeguards=safeguards)
        draft.assign({**values, **officers, **said})
        _put_representatives(draft, representatives)
        draft.replace(Safeguard, "entity", safeguards, identity=["kind"])
    return draft.outcome()


def retire_entity(
    actor: Actor, key: str, *, today: date, now: datetime, reason: str = ""
) -> Outcome[LegalEntity]:
    return retire_row(actor, LegalEntity, key, today=today, now=now, reason=reason, holds=_holds)


def _holds(entity: LegalEntity) -> dict[str, QuerySet[Any]]:
    """What would be left without a company."""
    return {
        "datasets": Dataset.objects.filter(entity=entity, retired_at=None),
        "databases": Database.objects.filter(entity=entity, retired_at=None),
        "activities": ActivityEntity.objects.filter(entity=entity, activity__retired_at=None),
    }


def read_safeguards(problems: Problems, data: Any) -> Any:
    """The measures of a document, each kind once."""
    safeguards = each(problems, data.safeguards, SAFEGUARD, "safeguards")
    problems.refuse()
    refuse_twice(safeguards, "safeguards", ["kind"])
    return safeguards


def _put_representatives(draft: Draft[LegalEntity], items: Any) -> None:
    if items is KEEP:
        return
    known = {row.regime: row for row in draft.row.representatives.all()} if draft.row.pk else {}
    wanted = [
        {**one, "contact": _contact(draft, known.get(one["regime"]), one)} for one in items or ()
    ]
    draft.replace(Representative, "entity", wanted, identity=["regime"])


def _contact(
    draft: Draft[LegalEntity], known: Representative | None, one: Mapping[str, Any]
) -> Any:
    holder = known or Representative(organisation=draft.row.organisation)
    return keep_contact(holder, "contact", one["contact"])
