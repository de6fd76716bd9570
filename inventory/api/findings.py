"""Findings and compliance: the same stored verdicts that screens and records rest on."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.documents import FindingDocument, VerdictDocument
from inventory.api.views import ById, View, actor, today
from inventory.filters import FindingFilter, filtered
from inventory.law.shapes import Citation, Ruling
from inventory.models import Finding, Organisation
from inventory.rules.explain import say_ruling
from inventory.services import compliance
from inventory.services.explaining import Told, narrow, tell
from inventory.services.law import law_of
from inventory.services.wording import Words


class Findings(View):
    """The work list: breaches, unknowns and attentions on what the token's member can see."""

    @extend_schema(
        responses=FindingDocument(many=True),
        parameters=[
            OpenApiParameter(name, OpenApiTypes.STR)
            for name in ("status", "severity", "regime", "country", "subject", "check")
        ],
    )
    def get(self, request: Request) -> Response:
        rows = filtered(FindingFilter, request.query_params, compliance.findings(actor(request)))
        pages = ById()
        page = pages.paginate_queryset(rows, request, view=self)
        documents = finding_documents(page or [], actor(request).organisation)
        return pages.get_paginated_response(documents)


class Verdicts(View):
    """Every verdict on one thing, judged now and explained: what is met too, and what is not
    asked. Nothing of it is stored."""

    @extend_schema(
        responses=VerdictDocument(many=True),
        parameters=[
            OpenApiParameter("kind", OpenApiTypes.STR, required=True, description="dataset, …"),
            OpenApiParameter("key", OpenApiTypes.STR, required=True),
            *(OpenApiParameter(name, OpenApiTypes.STR) for name in ("place", "status", "check")),
        ],
    )
    def get(self, request: Request) -> Response:
        asked = {name: str(value) for name, value in request.query_params.items()}
        narrowed = {name: asked.get(name, "") for name in ("place", "status", "check")}
        kind, key = asked.get("kind", ""), asked.get("key", "").replace("\x00", "")
        _row, found = tell(actor(request), kind, key, as_of=today(request))
        return Response({"results": [_verdict_document(one) for one in narrow(found, **narrowed)]})


class Compliance(View):
    """The matrix of datasets and countries, worst first; a cell has counts, never a percentage."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        return Response(compliance.matrix_document(actor(request)))


def finding_documents(findings: Iterable[Finding], of: Organisation) -> list[dict[str, Any]]:
    """Findings with the words of the law they rest on, as their organisation has it."""
    law, whose = law_of(of), of.name
    return [_document(one, compliance.explain(one, law), whose) for one in findings]


def _document(finding: Finding, words: Words, whose: str) -> dict[str, Any]:
    return {
        "id": finding.pk,
        "check": finding.check_id,
        "status": finding.status,
        "severity": finding.severity,
        "regime": finding.regime,
        "place": finding.place,
        "countries": finding.countries,
        "subject": {
            "kind": finding.subject_kind,
            "id": finding.subject_id,
            "name": finding.subject_name,
        },
        "title": words.title,
        "remedy": words.remedy,
        "question": words.question,
        "facts": _facts(words.facts),
        "answer": words.answer,
        "note": finding.note,
        "citations": _citations(words.citations),
        "mark": words.mark,
        "rulings": [_ruling(ruling, whose) for ruling in words.rulings],
        "fields": finding.fields,
        "since": finding.since,
    }


def _verdict_document(one: Told) -> dict[str, Any]:
    said = one.explanation
    return {
        "check": one.check.id,
        "status": one.word,
        "regime": one.check.regime,
        "place": one.place,
        "subject": one.subject,
        "title": one.check.title["en"],
        "question": said.question,
        "facts": _facts(said.facts),
        "answer": said.answer,
        "remedy": said.remedy or "",
        "citations": _citations(one.check.citations),
        "mark": one.check.mark.value,
        "fields": list(said.fields),
        "until": one.until,
    }


def _facts(facts: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in facts]


def _citations(citations: Iterable[Citation]) -> list[dict[str, str | None]]:
    return [{"instrument": c.instrument, "article": c.article, "url": c.url} for c in citations]


def _ruling(ruling: Ruling, whose: str) -> dict[str, Any]:
    """What the organisation's counsel said of the check, or of a value it read."""
    return {
        "id": int(ruling.id),
        "act": ruling.act,
        "author": ruling.author,
        "made_on": ruling.made_on,
        "reason": ruling.reason,
        "words": say_ruling(ruling, whose),
    }
