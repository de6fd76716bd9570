"""What a service answers instead of doing what it was asked. Doors turn them into pages and
problem details; they carry words for a person and never a trace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class ServiceError(Exception):
    """A request that was understood and is not carried out."""


class Invalid(ServiceError):
    """Bad input: a message per field. Paths are dotted: `fields.3.name`; "" is the whole."""

    def __init__(self, errors: Mapping[str, str | Sequence[str]]) -> None:
        self.errors = {k: [v] if isinstance(v, str) else list(v) for k, v in errors.items()}
        super().__init__("; ".join(f"{k}: {' '.join(v)}" for k, v in self.errors.items()))


class NotFound(ServiceError):
    """Nothing there that the actor can see; `near` are keys much like the one asked for."""

    def __init__(self, what: str, near: Sequence[str] = ()) -> None:
        self.near = list(near)
        super().__init__(what)


class Refused(ServiceError):
    """The actor can see it and may not do this; the message says who can."""


class Conflict(ServiceError):
    """The state of the thing forbids it (an approved text edited, a retired key used)."""


@dataclass
class Stale(ServiceError):
    """Somebody changed it meanwhile: the version asked for is not the one that is there."""

    current: int
    changed_by: str | None = None

    def __str__(self) -> str:
        return "It was changed after you read it."
