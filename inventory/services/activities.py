"""Activities: the entries of the record, with the companies that take part and the measures."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from inventory.law.vocabulary import EntityRole, SubjectCategory
from inventory.models import (
    Activity,
    ActivityEntity,
    LegalEntity,
    Membership,
    Party,
    Purpose,
    Safeguard,
)
from inventory.services import attributes
from inventory.services.actors import Actor
from inventory.services.attributes import Rules, each, given, numbered, quoted, reading
from inventory.services.entities import read_safeguards
from inventory.services.inputs import KEEP, Outcome
from inventory.services.register_inputs import ActivityInput
from inventory.services.rows import allow, declared, editing, mapped, refer, refuse_twice
from inventory.services.rows import retire as retire_row
from inventory.services.validation import Problems

ACTIVITY: Rules = {
    "name": attributes.name,
    "description": attributes.text,
    "subject_categories": attributes.words(SubjectCategory, "category of persons"),
    "processor_record": attributes.flag,
    "reviewed_on": attributes.day,
}
PART: Rules = {
    "entity": attributes.needed_key,
    "role": attributes.word(EntityRole, "role of a company", needed=True),
    "on_behalf_of": attributes.key,
}


def put_activity(
    actor: Actor,
    key: str,
    data: ActivityInput,
    *,
    today: date,
    if_match: int | None = None,
    reason: str = "",
) -> Outcome[Activity]:
    """Write an entry of the record: who takes part, whose data it is, what protects it."""
    key = attributes.check_key(key)
    allow(actor, Activity, key)
    with reading() as problems:
        values = given(problems, data, ACTIVITY)
        owner = given(problems, data, {"owner": _owner(actor)})
        parts = each(problems, data.entities, PART, "entities")
        companies, parties = _referred(actor, problems, parts)
        safeguards = read_safeguards(problems, data)
    refuse_twice(parts, "entities", ["entity", "role", "on_behalf_of"])
    with editing(actor, Activity, key, today=today, reason=reason, if_match=if_match) as draft:
        attributes.need(values, "name", when=draft.created)
        said = declared(
            entities=parts,
            safeguards=safeguards,
            subject_categories=values.get("subject_categories", KEEP),
        )
        if "subject_categories" in values:
            values["subject_categories"] = values["subject_categories"] or []
        draft.assign({**values, **owner, **said})
        wanted = mapped(parts, lambda one: _part(one, companies, parties))
        changed = draft.replace(
            ActivityEntity, "activity", wanted, identity=["entity", "role", "on_behalf_of"]
        )
        draft.touch(*(part.entity for part in changed))
        draft.replace(Safeguard, "activity", safeguards, identity=["kind"])
    return draft.outcome()


def retire_activity(
    actor: Actor, key: str, *, today: date, now: datetime, reason: str = ""
) -> Outcome[Activity]:
    return retire_row(actor, Activity, key, today=today, now=now, reason=reason, holds=_holds)


def _holds(activity: Activity) -> dict[str, QuerySet[Any]]:
    """What would be left without an activity."""
    return {"purposes": Purpose.objects.filter(activity=activity, retired_at=None)}


def _owner(actor: Actor) -> attributes.Rule:
    def rule(problems: Problems, value: Any, path: str) -> Membership | None:
        if value is None:
            return None
        email = attributes.email(problems, value, path).lower()
        members = Membership.objects.filter(organisation=actor.organisation, ended_at=None)
        found = members.filter(user__email=email).first()
        if found is None:
            problems.add(path, f"{quoted(value)} is no member of {actor.organisation}.")
        return found

    return rule


def _referred(
    actor: Actor, problems: Problems, parts: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    companies = [(f"entities.{n}.entity", one["entity"]) for n, one in numbered(parts)]
    parties = [(f"entities.{n}.on_behalf_of", one["on_behalf_of"]) for n, one in numbered(parts)]
    return refer(actor, problems, LegalEntity, companies), refer(actor, problems, Party, parties)


def _part(one: Any, companies: dict[str, Any], parties: dict[str, Any]) -> dict[str, Any]:
    return {
        **one,
        "entity": companies[one["entity"]],
        "on_behalf_of": parties.get(one["on_behalf_of"]),
    }
