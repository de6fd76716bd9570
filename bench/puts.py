"""A PUT of twenty fields must cost the same in a small and in a large register."""

from collections.abc import Callable, Iterator

from django.db import transaction
from rest_framework.test import APIClient

from bench.companies import dataset_key
from bench.figures import Figure, milliseconds, side_by_side, step
from bench.ground import FIELDS, NOW, TODAY
from inventory.services.actors import Actor
from inventory.services.datasets import put_dataset
from inventory.services.inputs import DatasetInput, FieldInput
from inventory.services.tokens import create_token

MOST = 1.3
type Put = Callable[[int], object]


def measure(small: Actor, large: Actor, sizes: tuple[int, int], *, times: int) -> Iterator[Figure]:
    """Every way in, in both registers, in turns."""
    ways: tuple[tuple[str, Callable[[Actor], Put]], ...] = (
        ("PUT 20 changed fields, small company", lambda actor: changed(actor, 0)),
        ("PUT 20 changed fields, large company", lambda actor: changed(actor, 1)),
        ("PUT 20 new fields (a new dataset)", new),
        ("PUT 20 changed fields through the API", requested),
        ("PUT 20 unchanged fields", same),
    )
    for what, way in ways:
        with step(f"{what}, {times} times in each register"):
            puts = (way(small), way(large))
            for put in puts:
                put(-1)  # what is loaded once is loaded now
            few, many = side_by_side(times, *puts)
        yield Figure(
            what=f"{what}: register of {sizes[0]:,} | {sizes[1]:,}",
            value=f"{milliseconds(few)} | {milliseconds(many)}",
            ratio=many / few,
            most=MOST,
        )


def changed(actor: Actor, parity: int) -> Put:
    """Another comment on every field of an existing dataset; `parity` tells whose it is."""

    def put(turn: int) -> None:
        put_dataset(actor, _key(turn, parity), _document(f"turn {turn}"), today=TODAY)

    return put


def new(actor: Actor) -> Put:
    def put(turn: int) -> None:
        data = DatasetInput(
            entity="company-5", system="system-0", fields=_fields("new", ("purpose-0",))
        )
        with transaction.atomic():
            put_dataset(actor, f"new.table-{turn + 1}", data, today=TODAY)
            transaction.set_rollback(True)  # so that the small register stays small

    return put


def requested(actor: Actor) -> Put:
    """The whole way: token, parsing, permission, service, answer."""
    _, secret = create_token(actor, "bench", now=NOW)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")

    def put(turn: int) -> None:
        fields = [
            {"name": f.name, "type": f.type, "comment": f.comment} for f in _fields(f"api {turn}")
        ]
        path = f"/api/v1/datasets/{_key(turn, 0)}"
        answer = client.put(path, {"fields": fields}, format="json")
        assert answer.status_code == 200, answer.content

    return put


def same(actor: Actor) -> Put:
    def put(turn: int) -> None:
        put_dataset(actor, dataset_key(4), _document("as ever"), today=TODAY)

    return put


def _key(turn: int, parity: int) -> str:
    """One of the first hundred datasets, another each time."""
    return dataset_key((2 * turn + 6 + parity) % 100)


def _document(comment: str) -> DatasetInput:
    return DatasetInput(fields=_fields(comment))


def _fields(comment: str, purposes: tuple[str, ...] = ()) -> tuple[FieldInput, ...]:
    given = {"purposes": purposes} if purposes else {}
    return tuple(
        FieldInput(name=f"column_{i}", type="text", comment=comment, **given) for i in range(FIELDS)
    )
