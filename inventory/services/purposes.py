"""Purposes: why, and what is done; with legal bases, periods, recipients, notices and assessments
as one document."""

from datetime import date, datetime
from typing import Any

from inventory.law.vocabulary import AssessmentKind, DataClass, PartyRole
from inventory.models import (
    Activity,
    Disclosure,
    ImpactAssessment,
    LegalBasis,
    Notice,
    NoticePurpose,
    Party,
    Purpose,
)
from inventory.services import attributes, justifications
from inventory.services.access import visible
from inventory.services.actors import Actor
from inventory.services.attributes import Rules, Values, each, given, numbered, reading
from inventory.services.inputs import Outcome
from inventory.services.law import current_law
from inventory.services.register_inputs import PurposeInput
from inventory.services.retention import put_periods, read_periods
from inventory.services.rows import Draft, allow, declared, editing, mapped, refer, refuse_twice
from inventory.services.rows import retire as retire_row
from inventory.services.validation import Problems

FLAGS = (
    "automated_decision", "human_review", "profiling", "direct_marketing", "opt_out",
    "child_service", "ages_by_country", "public_task", "further_use", "compatible",
    "infers_special", "legal_effect", "phone_marketing", "do_not_call_checked",
)  # fmt: skip
PURPOSE: Rules = {
    "name": attributes.name,
    "text": attributes.text,
    "youngest_age": attributes.age,
    "consent_age": attributes.age,
    **dict.fromkeys(FLAGS, attributes.flag),
}
BASIS: Rules = {
    "regime": attributes.code(lambda: current_law().statutes, "regime", needed=True),
    "code": attributes.code(lambda: current_law().bases, "legal basis", needed=True),
    "data_class": attributes.word(DataClass, "class of data", needed=True),
    "country": attributes.country,
    "law_reference": attributes.text,
    "balancing_test_on": attributes.day,
    **dict.fromkeys(
        ("consent_record", "consent_explicit", "withdrawal_as_easy", "parental_consent",
         "best_interest", "freely_given", "listed_purpose", "policy_document"),
        attributes.flag,
    ),
}  # fmt: skip
DISCLOSURE: Rules = {
    "party": attributes.needed_key,
    "role": attributes.word(PartyRole, "role of a party", needed=True),
    "what_for": attributes.text,
    "consent": attributes.flag,
    "for_gain": attributes.flag,
    "excepted": attributes.flag,
}
ASSESSMENT: Rules = {
    "kind": attributes.word(AssessmentKind, "kind of assessment", needed=True),
    "done_on": attributes.day,
    "residual_high": attributes.flag,
    "authority_consulted": attributes.flag,
    "summary": attributes.text,
}
BASIS_IDENTITY = ("regime", "data_class", "country", "code")


def put_purpose(
    actor: Actor,
    key: str,
    data: PurposeInput,
    *,
    today: date,
    if_match: int | None = None,
    reason: str = "",
) -> Outcome[Purpose]:
    """Write a purpose's document. Where its text or a basis changes, approvals that rest on them
    become stale.

    Raises Invalid by field, NotFound, Refused, Conflict, Stale.
    """
    key = attributes.check_key(key)
    allow(actor, Purpose, key)
    with reading() as problems:
        values, parts = _read(problems, data)
        known = _referred(actor, problems, data, parts)
    for name, identity in _IDENTITIES.items():
        refuse_twice(parts[name], name, identity)
    with editing(actor, Purpose, key, today=today, reason=reason, if_match=if_match) as draft:
        attributes.need(values, "name", when=draft.created)
        _write(draft, values, parts, known)
    return draft.outcome()


def retire_purpose(
    actor: Actor, key: str, *, today: date, now: datetime, reason: str = ""
) -> Outcome[Purpose]:
    return retire_row(actor, Purpose, key, today=today, now=now, reason=reason)


_IDENTITIES = {
    "bases": BASIS_IDENTITY,
    "retention": ("record_class", "country"),
    "disclosures": ("party", "role"),
    "assessments": ("kind",),
}


def _read(problems: Problems, data: PurposeInput) -> tuple[Values, Values]:
    parts = {
        "bases": each(problems, data.bases, BASIS, "bases"),
        "retention": read_periods(problems, data),
        "disclosures": each(problems, data.disclosures, DISCLOSURE, "disclosures"),
        "assessments": each(problems, data.assessments, ASSESSMENT, "assessments"),
        "notices": data.notices,
    }
    for n, one in numbered(parts["bases"]):
        basis = current_law().bases.get(one["code"])
        if basis and one["regime"] and basis.regime != one["regime"]:
            message = f"This is a basis of {basis.regime}, not of {one['regime']}."
            problems.add(f"bases.{n}.code", message)
    return given(problems, data, PURPOSE), parts


def _referred(actor: Actor, problems: Problems, data: PurposeInput, parts: Values) -> Values:
    """The rows that the document names by key or id."""
    parties = [
        (f"disclosures.{n}.party", one["party"]) for n, one in numbered(parts["disclosures"])
    ]
    activity = given(problems, data, {"activity": attributes.key})
    found = refer(actor, problems, Activity, [("activity", activity.get("activity"))])
    ids = [one for _, one in numbered(data.notices)]
    notices = {row.pk: row for row in visible(actor, Notice).filter(pk__in=ids)}
    for n, one in numbered(data.notices):
        if one not in notices:
            problems.add(f"notices.{n}", f"No notice {one} that you can see.")
    return {
        "activity": {name: found.get(wanted) for name, wanted in activity.items()},
        "parties": refer(actor, problems, Party, parties),
        "notices": notices,
    }


def _write(draft: Draft[Purpose], values: Values, parts: Values, known: Values) -> None:
    purpose = draft.row
    draft.touch(purpose.activity)
    text = purpose.text
    draft.assign({**values, **known["activity"], **declared(**parts)})
    draft.touch(purpose.activity)
    bases = draft.replace(LegalBasis, "purpose", parts["bases"], identity=BASIS_IDENTITY)
    put_periods(draft, parts["retention"])
    _put_disclosures(draft, parts["disclosures"], known["parties"])
    draft.replace(ImpactAssessment, "purpose", parts["assessments"], identity=["kind"])
    _put_notices(draft, parts["notices"], known["notices"])
    if draft.created or (text == purpose.text and not bases):
        return
    what = "text" if text != purpose.text else "legal basis"
    justifications.mark_stale([purpose.pk], f"the purpose's {what} changed")


def _put_disclosures(draft: Draft[Purpose], items: Any, parties: Values) -> None:
    wanted = mapped(items, lambda one: {**one, "party": parties[one["party"]]})
    changed = draft.replace(Disclosure, "purpose", wanted, identity=["party", "role"])
    draft.touch(*(row.party for row in changed))


def _put_notices(draft: Draft[Purpose], items: Any, notices: Values) -> None:
    wanted = mapped(items, lambda one: {"notice": notices[one]})
    draft.replace(NoticePurpose, "purpose", wanted, identity=["notice"])
