"""Tokens: shown once, kept as a digest, over when they say."""

from datetime import timedelta

import pytest

from inventory.models import ApiToken
from inventory.models.organisations import TokenScope
from inventory.services.actors import bearer
from inventory.services.errors import Invalid, NotFound
from inventory.services.tokens import LONGEST_DAYS, create_token, find_token, revoke_token, tokens
from tests.world import NOW, World


def test_a_token_is_found_by_its_secret_which_is_not_kept(world: World) -> None:
    token, secret = create_token(world.actor("eli"), "pipeline", now=NOW)
    assert find_token(secret, now=NOW) == token
    assert secret not in str(ApiToken.objects.values().get())


@pytest.mark.parametrize("secret", ["", "grounds_", "grounds_x", "x" * 10_000, "grounds_\x00"])
def test_what_is_no_secret_finds_nothing(world: World, secret: str) -> None:
    create_token(world.actor("eli"), "pipeline", now=NOW)
    assert find_token(secret, now=NOW) is None


def test_it_lives_until_its_last_moment(world: World) -> None:
    token, secret = create_token(world.actor("eli"), "pipeline", now=NOW, days=1)
    assert find_token(secret, now=token.expires_at - timedelta(seconds=1))
    assert find_token(secret, now=token.expires_at) is None


def test_it_ends_with_its_member(world: World) -> None:
    _, secret = create_token(world.actor("eli"), "pipeline", now=NOW)
    world.eli.ended_at = NOW
    world.eli.save()
    assert find_token(secret, now=NOW) is None


def test_a_reading_token_makes_an_actor_that_only_reads(world: World) -> None:
    token, _ = create_token(world.actor("dana"), "report", now=NOW, scope=TokenScope.READ)
    assert bearer(token).read_only
    assert bearer(token).role == world.actor("dana").role


@pytest.mark.parametrize(
    ("name", "days", "path"),
    [("", 1, "name"), ("a\nb", 1, "name"), ("a", 0, "days"), ("a", LONGEST_DAYS + 1, "days")],
)
def test_bad_input_is_named(world: World, name: str, days: int, path: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_token(world.actor("eli"), name, now=NOW, days=days)
    assert path in refused.value.errors
    assert not ApiToken.objects.exists()


def test_one_revokes_ones_own_and_an_owner_anybodys(world: World) -> None:
    token, secret = create_token(world.actor("eli"), "pipeline", now=NOW)
    for name in ("dana", "otto"):
        with pytest.raises(NotFound):
            revoke_token(world.actor(name), token.pk, now=NOW)
    assert token in tokens(world.actor("owner"))
    revoke_token(world.actor("owner"), token.pk, now=NOW)
    assert find_token(secret, now=NOW) is None
