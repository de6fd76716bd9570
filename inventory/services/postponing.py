"""Filling an organisation that nobody sees yet: nothing is locked or judged until all is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_POSTPONED: ContextVar[bool] = ContextVar("postponed", default=False)


@contextmanager
def postponed() -> Iterator[None]:
    """Within, writes are not judged; whoever uses it judges the whole organisation after it, in
    the same transaction."""
    token = _POSTPONED.set(True)
    try:
        yield
    finally:
        _POSTPONED.reset(token)


def is_postponed() -> bool:
    return _POSTPONED.get()
