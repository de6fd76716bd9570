"""`/datasets`: what engineers register, one document a dataset."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.answers import answered, dry_run
from inventory.api.conditional import etag, if_match, must_be_new, unchanged
from inventory.api.documents import DatasetDocument, dataset_input
from inventory.api.findings import finding_documents
from inventory.api.views import ByKey, View, actor, document, today
from inventory.filters import DatasetFilter, filtered
from inventory.models import Dataset
from inventory.services import compliance, datasets
from inventory.services.access import fetch, visible
from inventory.services.documents import dataset_document

IF_MATCH = OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER)
DRY_RUN = OpenApiParameter("dry_run", OpenApiTypes.BOOL, description="say what would change")


class DatasetLine(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField(allow_null=True)
    entity = serializers.CharField(allow_null=True)
    system = serializers.CharField(allow_null=True)
    version = serializers.IntegerField()
    retired = serializers.BooleanField()


class Datasets(View):
    """Datasets by key, in pages; the filters are those of the browser's list."""

    @extend_schema(responses=DatasetLine(many=True))
    def get(self, request: Request) -> Response:
        rows = visible(actor(request), Dataset).select_related("entity", "system")
        pages = ByKey()
        found = filtered(DatasetFilter, request.query_params, rows)
        page = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response([_line(row) for row in page or []])


class OneDataset(View):
    """One dataset's document. A PUT leaves what the register has decided."""

    @extend_schema(responses=DatasetDocument)
    def get(self, request: Request, key: str) -> Response:
        dataset = fetch(actor(request), Dataset, key=key)
        if unchanged(request, dataset.version):
            return Response(status=304, headers={"ETag": etag(dataset.version)})
        return Response(_shown(request, dataset), headers={"ETag": etag(dataset.version)})

    @extend_schema(
        request=DatasetDocument,
        responses={200: DatasetDocument, 201: DatasetDocument},
        parameters=[IF_MATCH, DRY_RUN],
    )
    def put(self, request: Request, key: str) -> Response:
        must_be_new(request, visible(actor(request), Dataset), key)
        sent = DatasetDocument(data=document(request))
        sent.is_valid(raise_exception=True)
        outcome = datasets.put_dataset(
            actor(request),
            key,
            dataset_input(sent.validated_data),
            today=today(request),
            if_match=if_match(request),
            dry_run=dry_run(request),
        )
        return answered(request, outcome, outcome.document)

    @extend_schema(responses={204: None}, parameters=[IF_MATCH])
    def delete(self, request: Request, key: str) -> Response:
        """Retire it: it leaves lists and new records, and keeps its history."""
        datasets.retire_dataset(
            actor(request), key, today=today(request), if_match=if_match(request)
        )
        return Response(status=204)


def _shown(request: Request, dataset: Dataset) -> dict[str, Any]:
    findings = compliance.findings_of_dataset(actor(request), dataset)
    documents = finding_documents(findings, actor(request).organisation)
    return {**dataset_document(dataset), "findings": documents}


def _line(dataset: Dataset) -> dict[str, Any]:
    return {
        "key": dataset.key,
        "name": dataset.name,
        "kind": dataset.kind,
        "entity": dataset.entity.key if dataset.entity else None,
        "system": dataset.system.key if dataset.system else None,
        "version": dataset.version,
        "retired": dataset.retired_at is not None,
    }
