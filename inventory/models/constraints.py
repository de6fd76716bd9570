"""Constraints that the database itself keeps: one tenant's row never refers to another's."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.models.constraints import BaseConstraint


class SameOrganisation(BaseConstraint):
    """A foreign key over (organisation, reference): the referred row has the same organisation.

    Raises ValidationError on `validate`, IntegrityError in the database.
    """

    def __init__(self, *, reference: str, name: str) -> None:
        super().__init__(name=name)
        self.reference = reference

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        return self.create_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        # The referred table, or its unique key, may come later in the same migration: Django
        # runs deferred SQL when all of it is there.
        schema_editor.deferred_sql.append(self._statement(model, schema_editor))
        return None

    def _statement(self, model: Any, schema_editor: Any) -> Statement:
        quote = schema_editor.quote_name
        column = model._meta.get_field(self.reference).column
        target = model._meta.get_field(self.reference).remote_field.model._meta.db_table
        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (%(columns)s) "
            "REFERENCES %(target)s (organisation_id, id) DEFERRABLE INITIALLY DEFERRED",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            columns=Columns(model._meta.db_table, ["organisation_id", column], quote),
            target=quote(target),
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return schema_editor._delete_constraint_sql(
            schema_editor.sql_delete_fk, model, schema_editor.quote_name(self.name)
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        referred = getattr(instance, self.reference)
        if referred is not None and referred.organisation_id != instance.organisation_id:
            raise ValidationError({self.reference: "belongs to another organisation"})

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "reference": self.reference}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SameOrganisation):
            return NotImplemented
        return (self.name, self.reference) == (other.name, other.reference)

    __hash__ = BaseConstraint.__hash__


def tenant(table: str, *references: str) -> list[BaseConstraint]:
    """What every tenant table has: rows to refer to, and references that stay inside."""
    referable = models.UniqueConstraint(fields=["organisation", "id"], name=f"{table}_in_tenant")
    return [
        referable,
        *(SameOrganisation(reference=r, name=f"{table}_{r}_in_tenant") for r in references),
    ]


def one_of(table: str, column: str, words: type[StrEnum] | Iterable[str]) -> models.CheckConstraint:
    """The column holds one of the vocabulary's words (or nothing, where it may be null)."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{column}__in": [str(w) for w in words]}),
        name=f"{table}_{column}_known",
    )


def matches(table: str, column: str, pattern: str) -> models.CheckConstraint:
    """The column is written as the pattern demands."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{column}__regex": pattern}), name=f"{table}_{column}_written"
    )


def unique_key(table: str, *columns: str) -> models.UniqueConstraint:
    """No two rows of one organisation share these columns."""
    return models.UniqueConstraint(
        fields=["organisation", *columns],
        name=f"{table}_{'_'.join(columns)}_unique",
        nulls_distinct=False,
    )


def exactly_one(table: str, *columns: str) -> models.CheckConstraint:
    """The row belongs to exactly one of these."""
    given = [models.Q(**{f"{c}__isnull": c != chosen for c in columns}) for chosen in columns]
    condition = given[0]
    for other in given[1:]:
        condition |= other
    return models.CheckConstraint(condition=condition, name=f"{table}_has_one_subject")
