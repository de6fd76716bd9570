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
        return Answer(fault=False, read=tuple(("reason", reason) for reason in found.reasons))
    open_questions = "; ".join(found.reasons)
    return Answer(
        fault=None,
        read=tuple((reason, None) for reason in found.reasons),
        fields=tuple(
            f.name for f, known in case.register.personal_fields(dataset) if known is None
        ),
        note=f"{case.regime.short} may apply; {open_questions}",
    )
