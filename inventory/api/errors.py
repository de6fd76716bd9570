"""Every error as problem details (RFC 9457), with the fields it is about; never a trace."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from inventory.services.errors import Conflict, Invalid, NotFound, Refused, ServiceError, Stale

LOG = logging.getLogger(__name__)
PROBLEM = "application/problem+json"
STATUS: dict[type[ServiceError], int] = {
    Invalid: 422,
    NotFound: 404,
    Refused: 403,
    Conflict: 409,
    Stale: 412,
}


def answer(error: Exception, context: Mapping[str, Any]) -> Response:
    """DRF's exception handler. What nobody foresaw is a bug of ours: logged, and told as one."""
    set_rollback()
    if isinstance(error, ServiceError):
        return _service(error)
    if isinstance(error, exceptions.APIException):
        return _framework(error)
    if isinstance(error, Http404):
        return problem(404, "Nothing here that you can see.")
    if isinstance(error, SuspiciousOperation):
        return problem(400, "The request is too large or malformed.")
    if isinstance(error, OperationalError | InterfaceError):
        return problem(
            503, "The database does not answer. Try again in a moment.", {"Retry-After": "5"}
        )
    LOG.error("An API view failed", exc_info=error)
    return problem(500, "The server could not do this; it is our fault. Nothing was changed.")


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **members: Any
) -> Response:
    """A problem-details answer; `errors` are messages by dotted path."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body |= {"detail": detail, **members}
    return Response(body, status=status, headers=dict(headers or {}), content_type=PROBLEM)


def nothing_there(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """An address under /api/ that leads nowhere."""
    detail = "No such address. The addresses are at /api/v1/docs/."
    body = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": detail}
    return JsonResponse(body, status=404, content_type=PROBLEM)


def flatten(detail: Any, path: str = "") -> dict[str, list[str]]:
    """DRF's nested messages as messages by dotted path."""
    if isinstance(detail, Mapping):
        return _merged(
            flatten(inner, _join(path, "" if name == "non_field_errors" else str(name)))
            for name, inner in detail.items()
        )
    if isinstance(detail, Sequence) and not isinstance(detail, str):
        if all(isinstance(inner, str) for inner in detail):
            return {path: [str(inner) for inner in detail]} if detail else {}
        return _merged(flatten(inner, _join(path, str(i))) for i, inner in enumerate(detail))
    return {path: [str(detail)]}


def _service(error: ServiceError) -> Response:
    status = STATUS[type(error)]
    if isinstance(error, Invalid):
        count = len(error.errors)
        return problem(status, f"{count} {'field' if count == 1 else 'fields'} to mend. Nothing was"
                       " written.", errors=error.errors)  # fmt: skip
    if isinstance(error, NotFound):
        return problem(status, str(error), near=error.near)
    if isinstance(error, Stale):
        return problem(status, str(error), current=f'"{error.current}"')
    return problem(status, str(error))


def _framework(error: exceptions.APIException) -> Response:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if isinstance(error, exceptions.ValidationError):
        errors = flatten(error.detail)
        return problem(422, "The document was not understood. Nothing was written.", errors=errors)
    return problem(error.status_code, str(error.detail), headers)


def _merged(parts: Any) -> dict[str, list[str]]:
    merged: dict[str, list[str]] = {}
    for part in parts:
        for path, messages in part.items():
            merged.setdefault(path, []).extend(messages)
    return merged


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name
