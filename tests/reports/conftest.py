"""A French and a Brazilian company, in whose records nothing is missing."""

from collections.abc import Callable

import pytest

from inventory.law.bundle import Law
from inventory.models import Activity, LegalEntity, Organisation
from inventory.services.law import current_law
from tests.records import company, recruitment


@pytest.fixture(scope="session")
def law() -> Law:
    return current_law()


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(key="mare", name="Maré Group", timezone="Europe/Paris")


@pytest.fixture
def french(organisation: Organisation) -> LegalEntity:
    """Maré France SAS, with one activity in which every item is filled."""
    entity = company(
        organisation, "mare-fr", "Maré France SAS", "FR", "12, quai de la Fosse\n44000 Nantes"
    )
    recruitment(entity)
    return entity


@pytest.fixture
def brazilian(organisation: Organisation) -> LegalEntity:
    """Maré Brasil Ltda, likewise."""
    entity = company(
        organisation, "mare-br", "Maré Brasil Ltda", "BR", "Rua da Aurora, 325\nRecife, PE"
    )
    recruitment(entity, key="rh.recrutamento", name="Recrutamento", regime="lgpd")
    return entity


@pytest.fixture
def hire() -> Callable[..., Activity]:
    return recruitment
