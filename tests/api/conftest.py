"""Callers of the API: one client per person, each with a token of their own."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from inventory.models.organisations import TokenScope
from inventory.services.tokens import create_token
from tests.world import World


@pytest.fixture
def caller(world: World) -> Callable[..., APIClient]:
    """`caller("dana")` is a client with Dana's token; `caller(None)` has none."""

    def make(name: str | None, *, scope: TokenScope = TokenScope.WRITE) -> APIClient:
        from django.utils import timezone

        client = APIClient(raise_request_exception=False)
        if name:
            _, secret = create_token(world.actor(name), "tests", scope=scope, now=timezone.now())
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return make
