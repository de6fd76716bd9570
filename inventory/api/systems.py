"""`/systems`: where data lives."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.answers import answered, dry_run
from inventory.api.conditional import etag, if_match, must_be_new, unchanged
from inventory.api.datasets import DRY_RUN, IF_MATCH
from inventory.api.documents import SystemDocument, system_input
from inventory.api.views import View, actor, document, today
from inventory.models import System
from inventory.services import systems
from inventory.services.access import fetch, visible
from inventory.services.documents import system_document


class OneSystem(View):
    """One system's document, with its places."""

    @extend_schema(responses=SystemDocument)
    def get(self, request: Request, key: str) -> Response:
        system = fetch(actor(request), System, key=key)
        headers = {"ETag": etag(system.version)}
        if unchanged(request, system.version):
            return Response(status=304, headers=headers)
        return Response(system_document(system), headers=headers)

    @extend_schema(
        request=SystemDocument,
        responses={200: SystemDocument, 201: SystemDocument},
        parameters=[IF_MATCH, DRY_RUN],
    )
    def put(self, request: Request, key: str) -> Response:
        must_be_new(request, visible(actor(request), System), key)
        sent = SystemDocument(data=document(request))
        sent.is_valid(raise_exception=True)
        outcome = systems.put_system(
            actor(request),
            key,
            system_input(sent.validated_data),
            today=today(request),
            if_match=if_match(request),
            dry_run=dry_run(request),
        )
        return answered(request, outcome, outcome.document)
