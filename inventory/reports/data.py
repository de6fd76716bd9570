"""Which categories of data an activity uses, why each is needed, and what its records are."""

from collections import defaultdict

from inventory.law.vocabulary import Identifiability
from inventory.reports.facts import Category, Reason
from inventory.reports.rows import Row
from inventory.reports.slice import Slice

SPEAKS_OF_NOBODY = (Identifiability.ANONYMOUS, Identifiability.NONE)


def collect_categories(
    here: Slice, purposes: list[Row], fields: dict[int, Row]
) -> tuple[Category, ...]:
    """By category code; fields that nobody has put into a category come last, as one."""
    uses: dict[str | None, list[Row]] = defaultdict(list)
    for purpose in purposes:
        for use in here.uses[purpose["id"]]:
            field = fields.get(use["field_id"])
            if field and field["identifiability"] not in SPEAKS_OF_NOBODY:
                uses[field["category"]].append(use)
    ordered = sorted(uses, key=lambda code: (code is None, code or ""))
    return tuple(_category(here, code, uses[code]) for code in ordered)


def _category(here: Slice, code: str | None, uses: list[Row]) -> Category:
    approved = [here.justifications.get(use["justification_id"]) for use in uses]
    field_ids = {use["field_id"] for use in uses}
    datasets = {here.fields[pk]["dataset_id"] for pk in field_ids}
    classes = {here.datasets[pk]["record_class"] for pk in datasets}
    return Category(
        code=code,
        fields=len(field_ids),
        unjustified=len({u["field_id"] for u, a in zip(uses, approved, strict=True) if not a}),
        reasons=tuple(
            dict.fromkeys(Reason(text=a["text"], language=a["language"]) for a in approved if a)
        ),
        record_classes=tuple(sorted(classes, key=lambda code: (code is None, code or ""))),
    )
