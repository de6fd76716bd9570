"""Many rows of one table written by one statement: an evaluation writes tens of thousands."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from django.db import connection, models

BATCH = 5000


def insert(
    model: type[models.Model],
    rows: Iterable[Mapping[str, Any]],
    *,
    unique: Sequence[str] = (),
) -> None:
    """Write rows given by column name, all with the same columns. One that is there already, by
    the `unique` columns, is overwritten.

    The database reads them from one JSON text by the table's own types.
    """
    for some in batched(rows, BATCH):
        with connection.cursor() as cursor:
            cursor.execute(
                _statement(model, list(some[0]), unique), [json.dumps(some, default=str)]
            )


def _statement(model: type[models.Model], columns: Sequence[str], unique: Sequence[str]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    named = _list(columns)
    text = (
        f"INSERT INTO {table} ({named}) SELECT {named}"  # noqa: S608 (the model's own names)
        f" FROM json_populate_recordset(NULL::{table}, %s::json)"
    )
    if not unique:
        return text
    rest = [name for name in columns if name not in unique]
    new = ", ".join(f"{_quote(name)} = EXCLUDED.{_quote(name)}" for name in rest)
    return f"{text} ON CONFLICT ({_list(unique)}) DO UPDATE SET {new}"


def _list(columns: Iterable[str]) -> str:
    return ", ".join(map(_quote, columns))


def _quote(name: str) -> str:
    return str(connection.ops.quote_name(name))
