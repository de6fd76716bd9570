"""The columns that registry tables are made of. A fact is nullable and has no default."""

from enum import StrEnum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from inventory.law.vocabulary import Declared

KEY_PATTERN = r"^[a-z0-9][a-z0-9_.-]{0,199}$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"
DURATION_PATTERN = r"^P(?=[0-9])([0-9]{1,3}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,5}D)?$"


def key() -> "models.CharField[str, str]":
    """The name by which doors and manifests refer to a row; it never changes."""
    return models.CharField(max_length=200)


def name() -> "models.CharField[str, str]":
    return models.CharField(max_length=300)


def text() -> models.TextField:
    """Words people typed; empty is *nothing written*."""
    return models.TextField(blank=True, default="")


def word(words: type[StrEnum], **options: Any) -> models.CharField:
    """A word of the program's own vocabulary; pair it with `constraints.one_of`."""
    return models.CharField(max_length=40, choices=[(w.value, w.value) for w in words], **options)


def code(**options: Any) -> models.CharField:
    """A code of the law data (a category, a basis, a regime): services check it."""
    return models.CharField(max_length=80, **options)


def country(**options: Any) -> models.CharField:
    return models.CharField(max_length=2, **options)


def codes() -> ArrayField:
    return ArrayField(models.CharField(max_length=80), default=list, blank=True)


def names() -> ArrayField:
    """Short texts that nobody but their writer knows the meaning of, such as names of roles."""
    return ArrayField(models.CharField(max_length=200), default=list, blank=True)


def duration() -> models.CharField:
    """An ISO 8601 duration; pair it with `constraints.matches` and DURATION_PATTERN."""
    return models.CharField(max_length=30, null=True, blank=True)


def state() -> models.CharField:
    """What was said of the collection of the same name."""
    return word(Declared, default=Declared.NOT_ASKED)


def known() -> models.BooleanField:
    """Yes, no, or nobody has said."""
    return models.BooleanField(null=True, blank=True)


def day() -> models.DateField:
    return models.DateField(null=True, blank=True)


def count() -> models.PositiveBigIntegerField:
    return models.PositiveBigIntegerField(null=True, blank=True)


def refers(to: str, related_name: str = "+", **options: Any) -> models.ForeignKey:
    """A reference inside the organisation. The composite constraint keeps it, so the plain one
    would only be checked twice."""
    options.setdefault("on_delete", models.PROTECT)
    return models.ForeignKey(to, related_name=related_name, db_constraint=False, **options)


def may_refer(to: str, related_name: str = "+", **options: Any) -> models.ForeignKey:
    return refers(to, related_name, null=True, blank=True, **options)


def part_of(to: str, related_name: str) -> models.ForeignKey:
    """The whole that this row is a part of and goes with."""
    return refers(to, related_name, on_delete=models.CASCADE)
