"""Actors of two empty organisations, for services that begin with nothing."""

from datetime import date
from types import SimpleNamespace

import pytest

from inventory.models.organisations import Role
from inventory.services.actors import member
from tests.world import TODAY, make_member, make_organisation


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def people(db: None) -> SimpleNamespace:
    """Dana decides, Edith edits, Eli engineers, Vera reads, Otto is of another organisation."""
    home, away = make_organisation("home"), make_organisation("away")
    roles = {
        "dana": Role.DPO,
        "edith": Role.EDITOR,
        "eli": Role.ENGINEER,
        "vera": Role.READER,
    }
    own = {name: member(make_member(home, name, role), door="api") for name, role in roles.items()}
    return SimpleNamespace(**own, otto=member(make_member(away, "otto", Role.DPO), door="api"))
