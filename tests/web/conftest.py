"""A browser without script: a client that somebody is signed in with."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.world import World

type Door = Callable[[str], Client]


@pytest.fixture
def door(world: World) -> Door:
    """`door("dana")` is Dana's browser."""

    def open_door(name: str) -> Client:
        client = Client()
        client.force_login(getattr(world, name).user)
        return client

    return open_door
