"""Databases as Israel and Argentina regulate them: what they are made of, their dated counts and
their filings."""

from datetime import date, datetime
from typing import Any

from inventory.law.vocabulary import FilingKind
from inventory.models import Database, DatabaseCount, DatabaseDataset, Dataset, Filing, LegalEntity
from inventory.services import attributes
from inventory.services.actors import Actor
from inventory.services.attributes import Rules, Values, each, given, reading
from inventory.services.contacts import keep_contact, read_contact
from inventory.services.inputs import KEEP, Outcome
from inventory.services.law import current_law
from inventory.services.register_inputs import DatabaseInput
from inventory.services.rows import Draft, allow, declared, editing, mapped, refer, refuse_twice
from inventory.services.rows import retire as retire_row
from inventory.services.validation import Problems


def _read_categories(problems: Problems, value: Any, path: str) -> list[str] | None:
    """Codes of data categories; None where nobody has said."""
    known = current_law().categories
    return None if value is None else problems.codes(value, path, known, what="data category")


DATABASE: Rules = {
    "name": attributes.name,
    "purpose_text": attributes.text,
    "risks": attributes.text,
    "access_means": attributes.flag,
    "trades_in_data": attributes.flag,
    "changed_on": attributes.day,
    "document_checked_on": attributes.day,
    "declared_categories": _read_categories,
}
COUNT: Rules = {
    "counted_on": attributes.needed_day,
    "persons": attributes.count,
    "authorised_users": attributes.count,
}
FILING: Rules = {
    "kind": attributes.word(FilingKind, "kind of filing", needed=True),
    "regime": attributes.code(lambda: current_law().statutes, "regime", needed=True),
    "number": attributes.line(100),
    "filed_on": attributes.day,
}
FILING_IDENTITY = ("kind", "regime", "number", "filed_on")


def put_database(
    actor: Actor,
    key: str,
    data: DatabaseInput,
    *,
    today: date,
    if_match: int | None = None,
    reason: str = "",
) -> Outcome[Database]:
    """Write a database, the datasets it is made of, its counts and its filings."""
    key = attributes.check_key(key)
    allow(actor, Database, key)
    with reading() as problems:
        values = given(problems, data, DATABASE)
        manager = given(problems, data, {"manager": read_contact})
        counts = each(problems, data.counts, COUNT, "counts")
        filings = each(problems, data.filings, FILING, "filings")
        entity, datasets = _referred(actor, problems, data)
    refuse_twice(counts, "counts", ["counted_on"])
    refuse_twice(filings, "filings", FILING_IDENTITY)
    with editing(actor, Database, key, today=today, reason=reason, if_match=if_match) as draft:
        attributes.need({**values, **entity}, "name", "entity", when=draft.created)
        people = {slot: keep_contact(draft.row, slot, one) for slot, one in manager.items()}
        said = declared(
            filings=filings, declared_categories=values.get("declared_categories", KEEP)
        )
        if "declared_categories" in values:
            values["declared_categories"] = values["declared_categories"] or []
        draft.assign({**values, **entity, **people, **said})
        draft.touch(draft.row.entity)
        _put_datasets(draft, datasets)
        draft.replace(DatabaseCount, "database", counts, identity=["counted_on"])
        draft.replace(Filing, "database", filings, identity=FILING_IDENTITY)
    return draft.outcome()


def retire_database(
    actor: Actor, key: str, *, today: date, now: datetime, reason: str = ""
) -> Outcome[Database]:
    return retire_row(actor, Database, key, today=today, now=now, reason=reason)


def _referred(actor: Actor, problems: Problems, data: DatabaseInput) -> tuple[Values, Any]:
    written = given(problems, data, {"entity": attributes.needed_key})
    companies = refer(actor, problems, LegalEntity, [("entity", written.get("entity"))])
    entity = {name: companies.get(key) for name, key in written.items()}
    if data.datasets is KEEP:
        return entity, KEEP
    keys = [(f"datasets.{n}", key) for n, key in enumerate(data.datasets)]
    found = refer(actor, problems, Dataset, [(at, problems.key(key, at)) for at, key in keys])
    return entity, list(found.values())


def _put_datasets(draft: Draft[Database], datasets: Any) -> None:
    wanted = mapped(datasets, lambda row: {"dataset": row})
    changed = draft.replace(DatabaseDataset, "database", wanted, identity=["dataset"])
    draft.touch(*(row.dataset for row in changed))
