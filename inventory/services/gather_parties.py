"""Legal entities and the parties they deal with, as facts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from inventory.law.vocabulary import Declared, FilingKind, PartyRole
from inventory.models import (
    Contract,
    Database,
    LegalEntity,
    Organisation,
    Party,
    Representative,
)
from inventory.rules.facts import ContractFacts, EntityFacts, PartyFacts
from inventory.services.gather_rows import collect, grouped, read
from inventory.services.gather_safeguards import load_safeguards
from inventory.services.links import Ids

ENTITY = (
    "pk", "key", "name", "country", "region", "address", "contact_id", "contact__erased_at",
    "representatives_state", "safeguards_state", "headcount", "headcount_on", "public_body",
    "research_body", "health_body", "data_trader", "small_agent", "core_monitoring",
    "core_special_data", "dpo_appointed", "dpo_published", "security_officer", "financial_body",
    "automated_staff", "occasional", "sensitive_data", "likely_risk", "subject_channel",
    "complaints_procedure",
)  # fmt: skip
SAID = ENTITY[10:]
SUBJECT_TO = (FilingKind.REGISTRATION, FilingKind.NOTIFICATION)


def load_entities(organisation: Organisation, ids: Ids | None) -> dict[str, EntityFacts]:
    """Legal entities that are not retired."""
    columns = ("entity_id", "regime")
    there = read(Representative, organisation, columns, among={"entity": ids})
    representatives: Mapping[int, list[str]] = grouped((row[0], row[1]) for row in there)
    safeguards = load_safeguards(organisation, "entity", ids)
    filed = _count_filed(organisation, ids)
    rows = read(LegalEntity, organisation, ENTITY, among={"pk": ids}, retired_at=None)
    return {
        str(row[0]): replace(
            _entity(dict(zip(ENTITY, row, strict=True)), representatives, safeguards),
            filed_databases=filed.get(row[0]),
        )
        for row in rows
    }


def load_parties(organisation: Organisation, ids: Ids | None) -> dict[str, PartyFacts]:
    """Parties that are not retired, with their contracts."""
    columns = (
        "pk", "key", "name", "country", "roles", "certifications", "certifications_state",
        "contracts_state",
    )  # fmt: skip
    contracts = _load_contracts(organisation, ids)
    known = {role.value for role in PartyRole}
    return {
        str(pk): PartyFacts(
            id=str(pk),
            key=key,
            name=name,
            country=country,
            roles=tuple(PartyRole(role) for role in roles if role in known),
            certifications=collect(certifications, certifications_state),
            contracts=collect(contracts.get(pk, ()), contracts_state),
        )
        for pk, key, name, country, roles, certifications, certifications_state, contracts_state
        in read(Party, organisation, columns, among={"pk": ids}, retired_at=None)
    }  # fmt: skip


def _entity(
    row: dict[str, Any],
    representatives: Mapping[int, list[str]],
    safeguards: Mapping[int, list[Any]],
) -> EntityFacts:
    reachable = row["address"] and row["contact_id"] and row["contact__erased_at"] is None
    return EntityFacts(
        id=str(row["pk"]),
        key=row["key"],
        name=row["name"],
        country=row["country"],
        region=row["region"] or None,
        contact=True if reachable else None,
        representatives=collect(representatives.get(row["pk"], ()), row["representatives_state"]),
        safeguards=collect(safeguards.get(row["pk"], ()), row["safeguards_state"]),
        **{name: row[name] for name in SAID},
    )


def _count_filed(organisation: Organisation, ids: Ids | None) -> Mapping[int, int | None]:
    """How many databases of each entity are registered or notified; None where one is not said."""
    rows = read(
        Database,
        organisation,
        ("entity_id", "pk", "filings_state", "filings__kind"),
        among={"entity": ids},
        retired_at=None,
    )
    filed: dict[int, dict[int, bool | None]] = {}
    for entity, database, state, kind in rows:
        known = False if state != Declared.NOT_ASKED else None
        of = filed.setdefault(entity, {})
        of[database] = True if kind in SUBJECT_TO else of.get(database) or known
    return {
        entity: None if None in of.values() else sum(map(bool, of.values()))
        for entity, of in filed.items()
    }


def _load_contracts(
    organisation: Organisation, ids: Ids | None
) -> Mapping[int, list[ContractFacts]]:
    columns = (
        "party_id", "signed_on", "ends_on", "written", "data_destroyed", "kept_authorised",
        "terms", "terms_state",
    )  # fmt: skip
    rows = read(Contract, organisation, columns, among={"party": ids})
    return grouped(
        (
            party,
            ContractFacts(
                signed_on=signed_on,
                ends_on=ends_on,
                written=written,
                data_destroyed=destroyed,
                kept_authorised=authorised,
                terms=collect(terms, terms_state),
            ),
        )
        for party, signed_on, ends_on, written, destroyed, authorised, terms, terms_state in rows
    )
