"""Rows to frozen facts, in a fixed number of queries whatever their number.

Names of persons never enter facts. A subject's facts come with all that judging it walks
through.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from inventory.law.vocabulary import SubjectKind
from inventory.models import Organisation
from inventory.rules.facts import Facts, SubjectId
from inventory.services.gather_activities import load_activities, load_purposes
from inventory.services.gather_datasets import load_datasets
from inventory.services.gather_justifications import load_justifications
from inventory.services.gather_parties import load_entities, load_parties
from inventory.services.gather_systems import load_databases, load_systems
from inventory.services.gather_transfers import load_recipients, with_transfers
from inventory.services.links import Ids, Links
from inventory.services.neighbourhood import Rows, near, reads


def gather(
    organisation: Organisation, subjects: Iterable[SubjectId] | None = None, *, as_of: date
) -> Facts:
    """The facts that judging these subjects needs; the whole register if none are named."""
    asked = None if subjects is None else Rows.of(subjects)
    if asked is None:
        facts, judged = _load(organisation, None, as_of), None
    else:
        facts = _load(organisation, reads(Links(organisation), asked), as_of)
        judged = asked[SubjectKind.PURPOSE]  # nothing else is judged by texts
    return replace(facts, justifications=load_justifications(organisation, judged))


def dependants(organisation: Organisation, subjects: Iterable[SubjectId]) -> frozenset[SubjectId]:
    """What must be judged again when these change, themselves apart."""
    changed = Rows.of(subjects)
    return (near(Links(organisation), changed) - changed).subjects()


def _load(organisation: Organisation, of: Rows | None, as_of: date) -> Facts:
    def wanted(kind: SubjectKind, *found: Iterable[str | None]) -> Ids | None:
        """What was asked for, and what the facts found so far refer to; None is everything."""
        return None if of is None else of[kind] | {int(key) for ids in found for key in ids if key}

    datasets = load_datasets(organisation, wanted(SubjectKind.DATASET), as_of)
    held = datasets.values()
    used = (key for one in held for field in one.fields for key in field.purposes)
    purposes = load_purposes(organisation, wanted(SubjectKind.PURPOSE, used), datasets)
    activities = load_activities(
        organisation,
        wanted(SubjectKind.ACTIVITY, (one.activity for one in purposes.values())),
        purposes,
    )
    databases = load_databases(
        organisation,
        wanted(SubjectKind.DATABASE, *(one.databases for one in held)),
        datasets,
        as_of=as_of,
    )
    systems = load_systems(organisation, wanted(SubjectKind.SYSTEM, (one.system for one in held)))
    members = (m.entity for one in activities.values() for m in one.entities.items)
    entities = load_entities(
        organisation,
        wanted(
            SubjectKind.ENTITY,
            (one.entity for one in held),
            (one.entity for one in databases.values()),
            members,
        ),
    )
    sent = load_recipients(organisation, wanted(SubjectKind.DATASET))
    parties = wanted(
        SubjectKind.PARTY,
        (d.party for one in purposes.values() for d in one.disclosures.items),
        (one.provider for one in systems.values()),
        *sent.values(),
    )
    facts = Facts(
        datasets=datasets,
        purposes=purposes,
        activities=activities,
        databases=databases,
        systems=systems,
        entities=entities,
        parties=load_parties(organisation, parties),
    )
    return with_transfers(organisation, facts, sent)
