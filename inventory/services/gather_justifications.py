"""Justifications as facts: the texts that uses of fields rest on, with the fields they cover and
the other purposes that are given the very same text."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count

from inventory.law.vocabulary import Identifiability, JustificationState
from inventory.models import FieldUse, Justification, Organisation, Purpose
from inventory.rules.facts import Elsewhere, FieldFacts, JustificationFacts
from inventory.services.gather_rows import grouped, read
from inventory.services.links import Ids

type Given = Mapping[str, list[tuple[int, Elsewhere]]]

COLUMNS = (
    "pk", "purpose_id", "text", "state", "alternatives", "language", "purpose__name",
    "purpose__text",
)  # fmt: skip
COVERED = ("justification_id", "field__name", "field__category", "field__identifiability")
LIVE = {
    "field__retired_at": None,
    "field__dataset__retired_at": None,
    "purpose__retired_at": None,
}


def load_justifications(
    organisation: Organisation, purposes: Ids | None
) -> dict[str, JustificationFacts]:
    """Those of the purposes, or of all, in whatever state; one that covers no field any more is
    nobody's reason."""
    covered = _load_fields(organisation, purposes)
    rows = read(Justification, organisation, COLUMNS, among={"purpose": purposes})
    held = [row for row in rows if row[0] in covered]
    given = _load_given(organisation, purposes)
    return {str(row[0]): _facts(row, covered[row[0]], given.get(row[2], ())) for row in held}


def find_elsewhere(purpose: Purpose, text: str) -> tuple[Elsewhere, ...]:
    """The other purposes of the register that are given this very text."""
    texts = Justification.objects.filter(organisation=purpose.organisation_id, text=text)
    given = _given(purpose.organisation_id, texts.values("text")).get(text, ())
    return _others(given, purpose.pk)


def gather_field(
    name: str, category: str | None = None, identifiability: str | None = None
) -> FieldFacts:
    """A column as far as a text is held against it."""
    return FieldFacts(
        name=name,
        category=category,
        identifiability=Identifiability(identifiability) if identifiability else None,
    )


def _facts(
    row: tuple[Any, ...], fields: Iterable[FieldFacts], given: Iterable[tuple[int, Elsewhere]]
) -> JustificationFacts:
    pk, purpose, text, state, alternatives, language, name, purpose_text = row
    return JustificationFacts(
        id=str(pk),
        purpose=str(purpose),
        text=text,
        state=JustificationState(state),
        alternatives=alternatives,
        language=language or None,
        purpose_name=name,
        purpose_text=purpose_text or None,
        fields=tuple(fields),
        elsewhere=_others(given, purpose),
    )


def _others(given: Iterable[tuple[int, Elsewhere]], purpose: int) -> tuple[Elsewhere, ...]:
    return tuple(dict.fromkeys(other for of, other in given if of != purpose))


def _load_fields(
    organisation: Organisation, purposes: Ids | None
) -> Mapping[int, list[FieldFacts]]:
    """What each text covers: fields that are still there, those that say the same once."""
    rows = read(
        FieldUse,
        organisation,
        COVERED,
        among={"purpose": purposes},
        order=("justification_id", "field_id"),
        justification__isnull=False,
        **LIVE,
    )
    alike: dict[tuple[Any, ...], FieldFacts] = {}
    return grouped((row[0], alike.setdefault(row[1:], gather_field(*row[1:]))) for row in rows)


def _load_given(organisation: Organisation, purposes: Ids | None) -> Given:
    """By text, all purposes of the register that are given it, where they may be several.

    Whether the fields under it are still there does not matter: who retires one would have to
    know of all who use the text elsewhere.
    """
    every = Justification.objects.filter(organisation=organisation)
    if purposes is not None:
        return _given(organisation.pk, every.filter(purpose__in=list(purposes)).values("text"))
    repeated = every.values("text").alias(n=Count("purpose", distinct=True)).filter(n__gt=1)
    return _given(organisation.pk, repeated.values("text"))


def _given(organisation: int, texts: Any) -> Given:
    rows = Justification.objects.filter(
        organisation=organisation,
        text__in=texts,
        uses__isnull=False,
        purpose__retired_at=None,
    )
    found = rows.order_by("purpose_id").values_list(
        "text", "purpose_id", "purpose__name", "purpose__text"
    )
    return grouped(
        (text, (purpose, Elsewhere(name=name, text=said or None)))
        for text, purpose, name, said in found.distinct()
    )
