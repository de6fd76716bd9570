"""Slowing down who guesses passwords: five wrong ones for one address from one machine.

Counted for the pair of both, so that nobody can lock somebody else out; and per machine, so that
trying many addresses ends too. Each process counts for itself (the cache is its own).
"""

from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest

MINUTES = 15
MOST_FOR_ADDRESS = 5
MOST_FROM_MACHINE = 50


def too_many(request: HttpRequest, email: str) -> bool:
    """Whether this machine has to wait before it may try (this address) again."""
    pair, machine = _names(request, email)
    counted: dict[str, int] = cache.get_many([pair, machine])
    return counted.get(pair, 0) >= MOST_FOR_ADDRESS or counted.get(machine, 0) >= MOST_FROM_MACHINE


def count(request: HttpRequest, email: str) -> None:
    for name in _names(request, email):
        cache.add(name, 0, MINUTES * 60)
        try:
            cache.incr(name)
        except ValueError:  # it ran out between the two lines
            cache.set(name, 1, MINUTES * 60)


def forget(request: HttpRequest, email: str) -> None:
    """The right password: what was mistyped before no longer counts for this address."""
    cache.delete(_names(request, email)[0])


def _names(request: HttpRequest, email: str) -> tuple[str, str]:
    machine = request.META.get("REMOTE_ADDR", "")
    return _name(f"{email}|{machine}"), _name(f"|{machine}")


def _name(text: str) -> str:
    return f"guesses-{sha256(text.encode(errors='replace')).hexdigest()}"
