"""What all API views share: JSON only, a token, and the actor."""

from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework.exceptions import ParseError
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from inventory.api.authentication import TokenAuthentication
from inventory.api.errors import answer
from inventory.api.parsing import StrictJSONParser
from inventory.services.actors import Actor, day_of


class View(APIView):
    """A view behind a token. `actor(request)` is who acts."""

    authentication_classes = (TokenAuthentication,)
    permission_classes = (IsAuthenticated,)
    parser_classes = (StrictJSONParser,)
    renderer_classes = (JSONRenderer,)

    def get_exception_handler(self) -> Any:
        return answer


class ByKey(CursorPagination):
    """Pages that cost the same however far one has read."""

    ordering: Any = ("key", "pk")
    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 200


class ById(ByKey):
    ordering: Any = ("pk",)


def actor(request: Request) -> Actor:
    found: Actor = request.auth  # type: ignore[assignment]
    return found


def today(request: Request) -> date:
    """What day it is for the token's organisation."""
    return day_of(actor(request).organisation, timezone.now())


def document(request: Request) -> Any:
    """What was sent. An empty request is no document, though DRF reads it as one."""
    if request.META.get("CONTENT_LENGTH") in ("", "0", None) and not request.data:
        raise ParseError("Nothing was sent: a document is a JSON object.")
    return request.data
