"""`/vocabulary/{name}`: every coded word that a document may hold, with its meaning."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.views import View
from inventory.law import vocabulary as words
from inventory.law.bundle import Law
from inventory.rules.asking import CONDITIONS
from inventory.services.errors import NotFound
from inventory.services.law import current_law

type Words = Iterable[tuple[str, str]]


class WordLine(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


def _enum(kind: type[StrEnum]) -> Callable[[Law], Words]:
    return lambda law: [(w.value, w.value.replace("_", " ").capitalize()) for w in kind]


def _titled(values: Any) -> Words:
    return [(v.code, v.title["en"]) for v in values]


VOCABULARIES: dict[str, Callable[[Law], Words]] = {
    "categories": lambda law: _titled(law.categories.values()),
    "record-classes": lambda law: _titled(law.record_classes.values()),
    "countries": lambda law: [(c.code, c.name["en"]) for c in law.countries.values()],
    "regimes": lambda law: [(r.code, r.title["en"]) for r in law.regimes.values()],
    "legal-bases": lambda law: _titled(b for r in law.regimes.values() for b in r.bases.values()),
    "conditions": lambda law: [(one.name, one.question) for one in CONDITIONS.values()],
    "mechanisms": lambda law: _titled(
        m for r in law.regimes.values() for m in r.mechanisms.values()
    ),
    "dataset-kinds": _enum(words.DatasetKind),
    "system-kinds": _enum(words.SystemKind),
    "location-roles": _enum(words.LocationRole),
    "identifiability": _enum(words.Identifiability),
    "protection": _enum(words.Protection),
    "lineage-kinds": _enum(words.LineageKind),
    "subject-categories": _enum(words.SubjectCategory),
}


class Vocabulary(View):
    """The codes of one vocabulary. Those of law come from the law data in force here."""

    @extend_schema(responses=WordLine(many=True))
    def get(self, request: Request, name: str) -> Response:
        if name not in VOCABULARIES:
            raise NotFound(f"No vocabulary is called “{name[:80]}”.", sorted(VOCABULARIES))
        found = VOCABULARIES[name](current_law())
        return Response({"results": [{"code": code, "title": title} for code, title in found]})
