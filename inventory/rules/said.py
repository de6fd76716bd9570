"""The two ways in which something may not have been said: a fact, and a whole collection."""

from dataclasses import dataclass

from inventory.law.vocabulary import Declared

type Known = bool | None  # three-valued: None is unknown


@dataclass(frozen=True, slots=True)
class Collection[T]:
    """Items, and what was said of the whole: complete, declared none, or not asked."""

    items: tuple[T, ...] = ()
    state: Declared = Declared.NOT_ASKED
