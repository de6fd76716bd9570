"""Who may reach data: what each policy that opens a dataset opens besides, as facts."""

from collections.abc import Collection as Names
from collections.abc import Mapping

from django.db.models import CharField, F, Func

from inventory.law.vocabulary import DatasetKind, Declared
from inventory.models import Dataset, Organisation
from inventory.rules.facts import Collection, Opening

FEW = 200


def load_openings(organisation: Organisation, names: Names[str]) -> Mapping[str, Opening]:
    """The kinds of data that each of these policies opens, in one query; none for no name."""
    if not names:
        return {}
    policy = Func(
        F("access_policies"), function="unnest", output_field=CharField(), set_returning=True
    )
    opened = Dataset.objects.filter(organisation=organisation, retired_at=None)
    if len(names) <= FEW:  # of more it is quicker to read all than to look each up
        opened = opened.filter(access_policies__overlap=sorted(names))
    kinds: dict[str, set[str | None]] = {name: set() for name in names}
    for name, kind in opened.annotate(policy=policy).values_list("policy", "kind").distinct():
        kinds.get(name, set()).add(kind)
    return {name: _opening(name, found) for name, found in kinds.items()}


def _opening(policy: str, kinds: set[str | None]) -> Opening:
    """What it opens is not all said while it opens a dataset of which nobody has said the kind."""
    said = tuple(sorted(DatasetKind(kind) for kind in kinds if kind))
    state = Declared.NOT_ASKED if None in kinds else Declared.COMPLETE
    return Opening(policy=policy, opens=Collection(said, state))
