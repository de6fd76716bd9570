"""What gives a justification away: told beside the text before it is submitted, and to whoever
decides on it. Advice writes nothing and refuses nothing."""

from collections.abc import Iterable, Sequence

from inventory.models import Dataset, Field, Justification, Purpose
from inventory.rules.facts import JustificationFacts
from inventory.rules.wording import Fault, assess
from inventory.services import queue
from inventory.services.access import Action, fetch
from inventory.services.actors import Actor
from inventory.services.dataset_rows import pick_fields
from inventory.services.gather_justifications import find_elsewhere, gather_field
from inventory.services.justifications import JustificationInput, checked

type Advice = tuple[Fault, ...]


def advise(
    actor: Actor,
    dataset_key: str,
    names: Sequence[str],
    purpose_key: str,
    data: JustificationInput,
    *,
    speak: str,
) -> Advice:
    """On a text for some fields of a dataset that nobody has kept yet; none if it is worth the
    name. Raises Invalid beside `text` or `fields`, NotFound for the dataset or the purpose."""
    dataset = fetch(actor, Dataset, Action.EDIT, key=dataset_key)
    purpose = fetch(actor, Purpose, Action.EDIT, key=purpose_key)
    return _assess(purpose, checked(data), pick_fields(dataset, names), speak=speak)


def advise_on(
    actor: Actor, held: Justification, data: JustificationInput | None = None, *, speak: str
) -> Advice:
    """On a text that is kept, or on what shall replace it, over the fields that the actor sees.
    Raises Invalid beside `text` where that cannot be kept."""
    kept = JustificationInput(
        text=held.text, alternatives=held.alternatives, language=held.language
    )
    uses = queue.uses(actor).filter(justification=held, field__retired_at=None)
    said = checked(data) if data else kept
    return _assess(held.purpose, said, (use.field for use in uses), speak=speak)


def _assess(
    purpose: Purpose, data: JustificationInput, fields: Iterable[Field], *, speak: str
) -> Advice:
    said = JustificationFacts(
        id="",
        purpose=str(purpose.pk),
        text=data.text,
        alternatives=data.alternatives,
        language=data.language,
        purpose_name=purpose.name,
        purpose_text=purpose.text or None,
        fields=tuple(gather_field(one.name, one.category, one.identifiability) for one in fields),
        elsewhere=find_elsewhere(purpose, data.text),
    )
    return assess(said, speak=speak)
