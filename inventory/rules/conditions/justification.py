"""Is every use of personal data justified, and the justification approved?"""

from inventory.law.vocabulary import JustificationState, SubjectKind
from inventory.rules.asking import Case, condition
from inventory.rules.facts import DatasetFacts, FieldFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import any_of


@condition("use_unjustified", subject=SubjectKind.DATASET)
def use_unjustified(dataset: DatasetFacts, case: Case) -> Answer:
    """Has every use of a field of personal data an approved justification?"""
    bare = [
        (field, known) for field, known in case.register.personal_fields(dataset) if _is_bare(field)
    ]
    fault = any_of(known for _, known in bare)
    return Answer(
        fault=fault,
        fields=tuple(field.name for field, known in bare if known is fault),
        read=(("fields with a use that nobody has approved", str(len(bare))),),
    )


def _is_bare(field: FieldFacts) -> bool:
    approved = JustificationState.APPROVED
    return any(field.justifications.get(purpose) is not approved for purpose in field.purposes)
