"""Findings and compliance: the same stored verdicts that screens and records rest on."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.documents import FindingDocument
from inventory.api.views import ById, View, actor
from inventory.filters import FindingFilter, filtered
from inventory.models import Finding
from inventory.services import compliance
from inventory.services.law import current_law


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
        return pages.get_paginated_response(finding_documents(page or []))


class Compliance(View):
    """The matrix of datasets and countries, worst first; a cell has counts, never a percentage."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        return Response(compliance.matrix_document(actor(request)))


def finding_documents(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings with the words of the law they rest on."""
    law = current_law()
    return [_document(finding, compliance.explain(finding, law)) for finding in findings]


def _document(finding: Finding, words: Any) -> dict[str, Any]:
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
        "note": finding.note,
        "citations": [
            {"instrument": c.instrument, "article": c.article, "url": c.url}
            for c in words.citations
        ],
        "mark": words.mark,
        "fields": finding.fields,
        "since": finding.since,
    }
