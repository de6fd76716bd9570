"""Three-valued logic after Kleene, over values and over collections with their declared state."""

from collections.abc import Callable, Iterable

from inventory.law.vocabulary import Declared
from inventory.rules.said import Collection, Known


def any_of(values: Iterable[Known]) -> Known:
    """True if one is; False if all are known to be false; else unknown."""
    answer: Known = False
    for value in values:
        if value:
            return True
        if value is None:
            answer = None
    return answer


def all_of(values: Iterable[Known]) -> Known:
    """False if one is; True if all are known to be true; else unknown."""
    answer: Known = True
    for value in values:
        if value is None:
            answer = None
        elif not value:
            return False
    return answer


def negate(value: Known) -> Known:
    return None if value is None else not value


def any_in[T](collection: Collection[T], test: Callable[[T], Known]) -> Known:
    """Does one item pass? Where nobody has said that the items are all, no is not an answer."""
    answer = any_of(test(item) for item in collection.items)
    if answer is False and collection.state is Declared.NOT_ASKED:
        return None
    return answer


def contains[T](collection: Collection[T], item: T) -> Known:
    """Is it among the items? Where nobody has said that they are all, no is not an answer."""
    return any_in(collection, lambda one: one == item)


def is_empty(collection: Collection[object]) -> Known:
    """Is there nothing in it? An empty list that nobody has declared is unknown."""
    if collection.items:
        return False
    return None if collection.state is Declared.NOT_ASKED else True
