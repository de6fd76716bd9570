"""Open findings country by country, for the sentence and the table of the overview."""

from collections.abc import Mapping

from django.db.models import CharField, Count, F, Func, Q

from inventory.law.vocabulary import Severity, Status
from inventory.services import compliance
from inventory.services.actors import Actor


def open_by_country(actor: Actor) -> Mapping[str, Mapping[str, int]]:
    """How many open findings count in each country, by status; waived ones and advice apart.

    A finding of a regime counts in each of its countries, so the sum may exceed the whole.
    """
    rows = compliance.findings(actor, waived=False).exclude(
        Q(status=Status.ATTENTION) & Q(severity=Severity.ADVICE)
    )
    country = Func(F("countries"), function="unnest", output_field=CharField(), set_returning=True)
    counted = rows.order_by().annotate(at=country).values("at", "status").annotate(n=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for row in counted:
        found.setdefault(row["at"], {})[row["status"]] = row["n"]
    return found
