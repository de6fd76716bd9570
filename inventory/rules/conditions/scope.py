"""Does the regime govern this at all?"""

from inventory.law.vocabulary import SubjectKind
from inventory.rules.asking import Case, condition
from inventory.rules.facts import DatasetFacts
from inventory.rules.findings import Answer


@condition("may_apply", subject=SubjectKind.DATASET, unsure=True, faults=False)
def may_apply(dataset: DatasetFacts, case: Case) -> Answer:
    """Is it known whether the regime governs this dataset?"""
    found = case.scope.judged((SubjectKind.DATASET, dataset.id))[case.regime.code]
    if found.applies is not None:
        return Answer(fault=False, read=tuple([("reason", reason) for reason in found.reasons]))
    return Answer(
        fault=None,
        read=tuple([(reason, None) for reason in found.reasons]),
        fields=_fields_unknown(dataset, case),
        note=f"{case.regime.short} may apply; {'; '.join(found.reasons)}",
    )


def _fields_unknown(dataset: DatasetFacts, case: Case) -> tuple[str, ...]:
    """Those that nobody can say of whether they are personal data."""
    fields = case.register.personal_fields(dataset)
    return case.register.once(
        "fields unknown",
        dataset.id,
        None,
        lambda: tuple(f.name for f, known in fields if known is None),
    )
