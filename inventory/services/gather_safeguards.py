"""Safeguards and assessments as facts, by what they belong to."""

from collections.abc import Mapping
from typing import Any

from inventory.law.vocabulary import AssessmentKind, SafeguardKind
from inventory.models import ImpactAssessment, Organisation
from inventory.models import Safeguard as SafeguardRow
from inventory.rules.facts import Assessment, Safeguard
from inventory.services.gather_rows import grouped, read
from inventory.services.links import Ids


def load_safeguards(
    organisation: Organisation, owner: str, ids: Ids | None
) -> Mapping[int, list[Safeguard]]:
    """Measures of entities, systems or activities, as `owner` names the column."""
    columns = (f"{owner}_id", "kind", "description", "since", "last_done")
    given: dict[str, Any] = {f"{owner}__isnull": False}
    rows = read(SafeguardRow, organisation, columns, among={owner: ids}, **given)
    return grouped(
        (
            of,
            Safeguard(
                kind=SafeguardKind(kind), description=said or None, since=since, last_done=last_done
            ),
        )
        for of, kind, said, since, last_done in rows
    )


def load_assessments(
    organisation: Organisation, owner: str, ids: Ids | None
) -> Mapping[int, list[Assessment]]:
    """Assessments of purposes or transfers, as `owner` names the column."""
    columns = (f"{owner}_id", "kind", "done_on", "residual_high", "authority_consulted")
    given: dict[str, Any] = {f"{owner}__isnull": False}
    rows = read(ImpactAssessment, organisation, columns, among={owner: ids}, **given)
    return grouped(
        (
            of,
            Assessment(
                kind=AssessmentKind(kind),
                done_on=done_on,
                residual_high=high,
                authority_consulted=consulted,
            ),
        )
        for of, kind, done_on, high, consulted in rows
    )
