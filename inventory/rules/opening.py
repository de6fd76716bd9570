"""Who may reach data: the policies that open it, and what else each of them opens."""

from dataclasses import dataclass, field

from inventory.law.vocabulary import DatasetKind
from inventory.rules.said import Collection


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A role, group or policy that gives access to a dataset. `opens` are the kinds of data it
    gives access to anywhere; they are not all said while one of those datasets has no kind."""

    policy: str
    opens: Collection[DatasetKind] = field(default_factory=Collection)
