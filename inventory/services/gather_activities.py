"""Activities and their purposes as facts."""

from collections.abc import Mapping
from typing import Any

from inventory.law.vocabulary import (
    DataClass,
    Disposal,
    EntityRole,
    NoticeKind,
    PartyRole,
    RetentionAuthority,
)
from inventory.models import (
    Activity,
    ActivityEntity,
    Disclosure,
    LegalBasis,
    NoticePurpose,
    Organisation,
    Purpose,
    RetentionPeriod,
)
from inventory.rules.facts import (
    ActivityFacts,
    BasisFacts,
    DatasetFacts,
    DisclosureFacts,
    EntityInActivity,
    Notice,
    PurposeFacts,
    RetentionFacts,
)
from inventory.rules.periods import parse_period
from inventory.services.gather_rows import collect, grouped, read
from inventory.services.gather_safeguards import load_assessments, load_safeguards
from inventory.services.links import Ids

PURPOSE = (
    "pk", "key", "name", "text", "activity_id", "automated_decision", "human_review", "profiling",
    "direct_marketing", "opt_out", "child_service", "youngest_age", "consent_age",
    "ages_by_country", "public_task", "further_use", "compatible", "infers_special",
    "legal_effect", "phone_marketing", "do_not_call_checked", "bases_state",
    "retention_state", "disclosures_state", "notices_state", "assessments_state",
)  # fmt: skip
SAID = PURPOSE[5:21]
PARTS = ("bases", "retention", "disclosures", "notices", "assessments")
BASIS = (
    "consent_record", "consent_explicit", "withdrawal_as_easy", "parental_consent",
    "balancing_test_on", "best_interest", "freely_given", "listed_purpose", "policy_document",
)  # fmt: skip


def load_purposes(
    organisation: Organisation, ids: Ids | None, datasets: Mapping[str, DatasetFacts]
) -> dict[str, PurposeFacts]:
    """Purposes that are not retired; their datasets are those among the facts given."""
    parts: dict[str, Mapping[int, list[Any]]] = {
        "bases": _load_bases(organisation, ids),
        "retention": _load_retention(organisation, ids),
        "disclosures": _load_disclosures(organisation, ids),
        "notices": _load_notices(organisation, ids),
        "assessments": load_assessments(organisation, "purpose", ids),
    }
    used: dict[str, dict[str, None]] = {}
    for dataset in datasets.values():
        for field in dataset.fields:
            for key in field.purposes:
                used.setdefault(key, {})[dataset.id] = None
    rows = read(Purpose, organisation, PURPOSE, among={"pk": ids}, retired_at=None)
    return {
        str(row[0]): _purpose(dict(zip(PURPOSE, row, strict=True)), parts, used) for row in rows
    }


def load_activities(
    organisation: Organisation, ids: Ids | None, purposes: Mapping[str, PurposeFacts]
) -> dict[str, ActivityFacts]:
    """Activities that are not retired; their purposes are those among the facts given."""
    columns = (
        "pk", "key", "name", "entities_state", "subject_categories", "subject_categories_state",
        "safeguards_state", "processor_record", "reviewed_on",
    )  # fmt: skip
    members = _load_members(organisation, ids)
    safeguards = load_safeguards(organisation, "activity", ids)
    held = grouped((one.activity, one.id) for one in purposes.values())
    rows = read(Activity, organisation, columns, among={"pk": ids}, retired_at=None)
    return {
        str(row["pk"]): ActivityFacts(
            id=str(row["pk"]),
            key=row["key"],
            name=row["name"],
            entities=collect(members.get(row["pk"], ()), row["entities_state"]),
            subject_categories=collect(row["subject_categories"], row["subject_categories_state"]),
            safeguards=collect(safeguards.get(row["pk"], ()), row["safeguards_state"]),
            processor_record=row["processor_record"],
            reviewed_on=row["reviewed_on"],
            purposes=tuple(held.get(str(row["pk"]), ())),
        )
        for row in (dict(zip(columns, values, strict=True)) for values in rows)
    }


def _purpose(
    row: dict[str, Any], parts: Mapping[str, Mapping[int, list[Any]]], used: Mapping[str, Any]
) -> PurposeFacts:
    pk = row["pk"]
    said: dict[str, Any] = {name: row[name] for name in SAID}
    for name in PARTS:
        said[name] = collect(parts[name].get(pk, ()), row[f"{name}_state"])
    return PurposeFacts(
        id=str(pk),
        key=row["key"],
        name=row["name"],
        text=row["text"] or None,
        activity=row["activity_id"] and str(row["activity_id"]),
        datasets=tuple(used.get(str(pk), ())),
        **said,
    )


def _load_bases(organisation: Organisation, ids: Ids | None) -> Mapping[int, list[BasisFacts]]:
    columns = ("purpose_id", "regime", "data_class", "code", "country", "law_reference", *BASIS)
    rows = read(LegalBasis, organisation, columns, among={"purpose": ids})
    return grouped(
        (
            row[0],
            BasisFacts(
                regime=row[1],
                data_class=DataClass(row[2]),
                code=row[3],
                country=row[4],
                law_reference=row[5] or None,
                **dict(zip(BASIS, row[6:], strict=True)),
            ),
        )
        for row in rows
    )


def _load_retention(
    organisation: Organisation, ids: Ids | None
) -> Mapping[int, list[RetentionFacts]]:
    columns = (
        "purpose_id", "record_class", "country", "period", "criteria", "start_event", "authority",
        "law_reference", "disposal",
    )  # fmt: skip
    rows = read(RetentionPeriod, organisation, columns, among={"purpose": ids})
    return grouped((row[0], _retention(row)) for row in rows)


def _retention(row: tuple[Any, ...]) -> RetentionFacts:
    _, record_class, country, written, criteria, start, authority, reference, disposal = row
    period = parse_period(written) if written else None
    return RetentionFacts(
        record_class=record_class,
        country=country,
        months=period.months if period else None,
        days=period.days if period else None,
        criteria=criteria or None,
        start_event=start or None,
        authority=RetentionAuthority(authority),
        law_reference=reference or None,
        disposal=disposal and Disposal(disposal),
    )


def _load_disclosures(
    organisation: Organisation, ids: Ids | None
) -> Mapping[int, list[DisclosureFacts]]:
    columns = ("purpose_id", "party_id", "role", "consent", "for_gain", "excepted")
    rows = read(Disclosure, organisation, columns, among={"purpose": ids}, purpose__isnull=False)
    return grouped(
        (
            purpose,
            DisclosureFacts(
                party=str(party),
                role=PartyRole(role),
                consent=consent,
                for_gain=for_gain,
                excepted=excepted,
            ),
        )
        for purpose, party, role, consent, for_gain, excepted in rows
    )


def _load_notices(organisation: Organisation, ids: Ids | None) -> Mapping[int, list[Notice]]:
    columns = (
        "purpose_id", "notice__kind", "notice__published_on", "notice__items",
        "notice__items_state",
    )  # fmt: skip
    rows = read(NoticePurpose, organisation, columns, among={"purpose": ids})
    return grouped(
        (purpose, Notice(kind=NoticeKind(kind), published_on=on, items=collect(items, state)))
        for purpose, kind, on, items, state in rows
    )


def _load_members(
    organisation: Organisation, ids: Ids | None
) -> Mapping[int, list[EntityInActivity]]:
    columns = ("activity_id", "entity_id", "role", "on_behalf_of_id")
    rows = read(
        ActivityEntity, organisation, columns, among={"activity": ids}, entity__retired_at=None
    )
    return grouped(
        (
            activity,
            EntityInActivity(
                entity=str(entity),
                role=EntityRole(role),
                on_behalf_of=customer and str(customer),
            ),
        )
        for activity, entity, role, customer in rows
    )
