"""A service's outcome as the answer to a PUT: the document, what changed, the findings now."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.conditional import etag
from inventory.api.findings import finding_documents
from inventory.api.views import actor
from inventory.services.errors import Invalid
from inventory.services.inputs import Outcome


def answered(request: Request, outcome: Outcome[Any], document: dict[str, Any]) -> Response:
    """200, or 201 for what is new; a dry run answers the same, without an ETag to build on."""
    organisation = actor(request).organisation
    body = {
        **document,
        "findings": finding_documents(outcome.findings, organisation),
        "closed": finding_documents(outcome.closed, organisation),
        "changes": [
            {"path": path, "before": before, "after": after}
            for path, before, after in outcome.changes
        ],
        "proposals": list(outcome.proposals),
        "created": outcome.created,
        "dry_run": outcome.dry_run,
    }
    if outcome.dry_run:
        return Response(body)
    status = 201 if outcome.created else 200
    return Response(body, status=status, headers={"ETag": etag(outcome.row.version)})


def dry_run(request: Request) -> bool:
    """`?dry_run=true`. Raises Invalid for another word, rather than writing after all."""
    said = request.query_params.get("dry_run", "false").lower()
    if said not in ("true", "false", "1", "0", ""):
        raise Invalid({"dry_run": "Write dry_run=true or dry_run=false."})
    return said in ("true", "1")
