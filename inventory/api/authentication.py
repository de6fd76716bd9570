"""`Authorization: Bearer …`: the token's member acts, within the token's scope."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from inventory.models import User
from inventory.services.actors import Actor, bearer
from inventory.services.tokens import find_token

HOW = "Send a live token: “Authorization: Bearer grounds_…”."


class TokenAuthentication(BaseAuthentication):
    """Sets `request.auth` to the Actor that every service asks for."""

    def authenticate(self, request: Request) -> tuple[User, Actor] | None:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if not kind:
            return None
        token = find_token(secret.strip(), now=timezone.now()) if kind == "Bearer" else None
        if token is None:
            raise AuthenticationFailed(f"This token is not known, or is over. {HOW}")
        return token.membership.user, bearer(token)

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="grounds"'


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": HOW}
