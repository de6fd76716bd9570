"""Operations of one kind as one: Django renders all models once, not once for each of hundreds."""

from collections.abc import Sequence
from itertools import groupby

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AtOnce(Operation):
    """The same state and the same SQL as the operations it holds, in the same order."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered again when next asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} × {self.operations[0].describe()} …"


KINDS = ("CreateModel", "AddField", "AddIndex", "AddConstraint", "AddTrigger")


def at_once(operations: Sequence[Operation]) -> list[Operation]:
    """Group a first migration's operations by kind; refuses any kind it doesn't know."""
    by_kind = sorted(operations, key=lambda operation: KINDS.index(type(operation).__name__))
    return [AtOnce(list(group)) for _, group in groupby(by_kind, key=type)]
