"""Is every use of personal data justified, and the justification approved?"""

from inventory.law.vocabulary import JustificationState, SubjectKind
from inventory.rules.asking import Case, condition
from inventory.rules.facts import DatasetFacts, FieldFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import any_of


@condition("use_unjustified", subject=SubjectKind.DATASET)
def use_unjustified(dataset: DatasetFacts, case: Case) -> Answer:
    """Has every use of a field of personal data an approved justification?"""
    fields = case.register.personal_fields(dataset)
    bare = case.register.once(
        "bare", dataset.id, None, lambda: [(f, known) for f, known in fields if _is_bare(f)]
    )
    fault = any_of(known for _, known in bare)
    return Answer(
        fault=fault,
        fields=tuple(field.name for field, known in bare if known is fault),
        read=(("fields with a use that nobody has approved", str(len(bare))),),
    )


def _is_bare(field: FieldFacts) -> bool:
    said = field.justifications
    return bool([p for p in field.purposes if said.get(p) is not JustificationState.APPROVED])
