"""Issued documents: kept as they were handed out, and found again by those who may see them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from inventory.law.bundle import Law
from inventory.models import LegalEntity, Report
from inventory.services.access import Action, fetch, require, visible
from inventory.services.actors import Actor
from inventory.services.errors import NotFound
from inventory.services.evaluation import program_version
from inventory.services.law import keep_bundle
from inventory.services.recording import change

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another
GROUPS, GROUP = 4, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document that is ready to be issued, and what it was made of."""

    entity_key: str
    regime: str
    layout: str
    language: str
    as_of: date
    number: str
    content: bytes
    facts: dict[str, Any]
    facts_hash: str
    law: Law


def new_number() -> str:
    """A number that nobody can guess, to be read aloud: “7F3K-QX2M-94TD-HB7R”."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def keep_report(actor: Actor, paper: Paper) -> Report:
    """Store an issued document for good. Raises NotFound, Refused."""
    entity = fetch(actor, LegalEntity, Action.ISSUE, key=paper.entity_key)
    with change(actor, reason="issued a record"):
        return Report.objects.create(
            organisation=actor.organisation,
            entity=entity,
            regime=paper.regime,
            layout=paper.layout,
            language=paper.language,
            as_of=paper.as_of,
            number=paper.number,
            content=paper.content,
            sha256=hashlib.sha256(paper.content).hexdigest(),
            facts=paper.facts,
            facts_hash=paper.facts_hash,
            law=keep_bundle(paper.law),
            program_version=program_version(),
            issued_by=actor.membership,
        )


def issued(actor: Actor) -> QuerySet[Report]:
    """The reports of the entities that the actor reaches, newest first, without their bytes."""
    require(actor, Action.READ)
    rows = Report.objects.filter(
        organisation=actor.organisation, entity__in=visible(actor, LegalEntity)
    )
    return rows.select_related("entity").defer("content", "facts").order_by("-issued_at", "-pk")


def read_report(actor: Actor, number: str) -> tuple[Report, bytes]:
    """An issued document and its very bytes. Raises NotFound."""
    report = issued(actor).filter(number=number.replace("\x00", "")).first()
    if report is None:
        raise NotFound("No record with this number that you can see.")
    return report, bytes(report.content)
