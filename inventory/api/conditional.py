"""ETag and If-Match: the version of a document, so that nobody overwrites what they did not see."""

import re
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from inventory.services.errors import Invalid, Stale

TAG = re.compile(r'^(?:W/)?"(\d{1,18})"$')


def etag(version: int) -> str:
    return f'"{version}"'


def if_match(request: Request) -> int | None:
    """The version that the caller saw; None when they did not say, or said any (`*`)."""
    said = request.headers.get("If-Match", "").strip()
    if not said or said == "*":
        return None
    found = TAG.match(said)
    if found is None:
        raise Invalid({"If-Match": 'Send the ETag that was read, such as "3".'})
    return int(found[1])


def must_be_new(request: Request, rows: QuerySet[Any], key: str) -> None:
    """`If-None-Match: *` creates, and refuses to overwrite. Raises Stale."""
    if request.headers.get("If-None-Match", "").strip() != "*" or "\x00" in key:
        return
    held = rows.filter(key=key).first()
    if held is not None:
        raise Stale(held.version)


def unchanged(request: Request, version: int) -> bool:
    """Whether the caller holds this version already, so that 304 says it all."""
    return request.headers.get("If-None-Match", "").strip() in (etag(version), f"W/{etag(version)}")
