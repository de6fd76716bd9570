"""The mechanism for a border crossing. The crossing itself is derived, never typed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from inventory.models import LegalEntity, Party, System, Transfer
from inventory.services import attributes, evaluation
from inventory.services.access import Action, require
from inventory.services.actors import Actor
from inventory.services.attributes import Rules, Values, given, reading
from inventory.services.errors import NotFound
from inventory.services.inputs import KEEP, Outcome
from inventory.services.law import current_law
from inventory.services.locks import hold
from inventory.services.recording import change
from inventory.services.register_inputs import TransferInput
from inventory.services.rows import Draft, declared, refer, subject
from inventory.services.validation import Problems

WAY: Rules = {
    "entity": attributes.needed_key,
    "destination": attributes.needed_country,
    "party": attributes.key,
    "system": attributes.key,
}
NO_MECHANISM = "none"  # said: nothing lets the data leave
MECHANISM: Rules = {
    "mechanism": attributes.code(
        lambda: [*current_law().mechanisms, NO_MECHANISM], "transfer mechanism", needed=True
    ),
    "instrument_on": attributes.day,
    "unmodified": attributes.flag,
    "undertaking": attributes.flag,
    "published": attributes.flag,
    "repeated": attributes.flag,
    "module_fits": attributes.flag,
    "legacy_clauses": attributes.flag,
    "fallback": attributes.flag,
    "filed": attributes.flag,
    "filed_on": attributes.day,
    "terms": attributes.lines,
    "assessment_on": attributes.day,
}


def put_transfer(
    actor: Actor, data: TransferInput, *, today: date, reason: str = ""
) -> Outcome[Transfer]:
    """Say by which mechanism an entity's data reaches a country through a party or a system."""
    require(actor, Action.EDIT)
    with reading() as problems:
        values = given(problems, data, MECHANISM)
        way = _way(actor, problems, data)
    with change(actor, reason=reason):
        row = _open(actor, way)
        draft = Draft(actor=actor, row=row, created=row.pk is None, today=today)
        attributes.need(values, "mechanism", when=draft.created)
        said = declared(terms=values.get("terms", KEEP))
        if "terms" in values:
            values["terms"] = values["terms"] or []
        draft.assign({**values, **said})
        return _judged(draft, way)


def remove_transfer(
    actor: Actor, data: TransferInput, *, today: date, reason: str = ""
) -> Outcome[Transfer]:
    """Withdraw what was said of a crossing; the crossing stays as long as the data crosses."""
    require(actor, Action.EDIT)
    with reading() as problems:
        way = _way(actor, problems, data)
    with change(actor, reason=reason):
        row = _open(actor, way)
        if row.pk is None:
            raise NotFound("Nothing is said of this transfer.")
        draft = Draft(actor=actor, row=row, created=False, today=today)
        draft.changes.append(("mechanism", row.mechanism, None))
        Transfer.objects.filter(pk=row.pk).delete()
        return _judged(draft, way)


def _way(actor: Actor, problems: Problems, data: TransferInput) -> Values:
    written = given(problems, data, WAY)
    if bool(written["party"]) == bool(written["system"]):
        problems.add("party", "Name either the party or the system that the data goes through.")
    rows: Mapping[str, Any] = {"entity": LegalEntity, "party": Party, "system": System}
    found = {
        name: refer(actor, problems, model, [(name, written[name])]).get(written[name])
        for name, model in rows.items()
    }
    return {**found, "destination": written["destination"]}


def _open(actor: Actor, way: Values) -> Transfer:
    """The row of this crossing, locked, or a new one."""
    names = [f"{name}:{getattr(row, 'pk', row)}" for name, row in way.items()]
    hold(actor.organisation, [f"transfer:{','.join(names)}"])
    evaluation.lock(actor.organisation, _subjects(way))
    row = Transfer.objects.filter(organisation=actor.organisation, **way).first()
    return row or Transfer(organisation=actor.organisation, **way)


def _judged(draft: Draft[Transfer], way: Values) -> Outcome[Transfer]:
    if draft.created or draft.changes:
        found = evaluation.reevaluate(draft.actor, _subjects(way), as_of=draft.today)
        draft.findings, draft.closed = tuple(found[0]), tuple(found[1])
    return draft.outcome()


def _subjects(way: Values) -> list[Any]:
    return [subject(way[name]) for name in ("entity", "party", "system") if way[name] is not None]
