"""Open findings country by country, and of policies, which have none, for the overview."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, Count, F, Func, Q, QuerySet

from inventory.law.vocabulary import Severity, Status
from inventory.models import Finding
from inventory.services import compliance
from inventory.services.actors import Actor


def open_by_country(actor: Actor) -> Mapping[str, Mapping[str, int]]:
    """How many open findings count in each country, by status; waived ones and advice apart.

    A finding of a regime counts in each of its countries, so the sum may exceed the whole.
    """
    country = Func(F("countries"), function="unnest", output_field=CharField(), set_returning=True)
    return _counted(_open(actor).annotate(at=country))


def open_by_policy(actor: Actor) -> Mapping[str, Mapping[str, int]]:
    """How many open findings no country has, by regime and status."""
    return _counted(_open(actor).filter(countries=[]).annotate(at=F("regime")))


def _open(actor: Actor) -> QuerySet[Finding]:
    rows = compliance.findings(actor, waived=False)
    return rows.exclude(Q(status=Status.ATTENTION) & Q(severity=Severity.ADVICE)).order_by()


def _counted(rows: QuerySet[Any]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in rows.values("at", "status").annotate(n=Count("pk")):
        found.setdefault(row["at"], {})[row["status"]] = row["n"]
    return found
