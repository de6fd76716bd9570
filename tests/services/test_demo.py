import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from inventory.law.bundle import HOUSE
from inventory.law.vocabulary import SubjectKind
from inventory.models import (
    Dataset,
    Finding,
    Justification,
    Membership,
    Organisation,
    Purpose,
    System,
    User,
)
from inventory.rules.evaluate import evaluate
from inventory.services.actors import Actor, member
from inventory.services.databases import put_database
from inventory.services.datasets import put_dataset
from inventory.services.demo import load_demo
from inventory.services.entities import put_entity
from inventory.services.fields import set_uses
from inventory.services.gather import gather
from inventory.services.inputs import DatasetInput, LineageInput
from inventory.services.law import current_law
from inventory.services.parties import put_party
from inventory.services.purposes import put_purpose
from inventory.services.register_inputs import (
    BasisInput,
    ContractInput,
    CountInput,
    DatabaseInput,
    EntityInput,
    FilingInput,
    PartyInput,
    PurposeInput,
    RetentionInput,
    TransferInput,
)
from inventory.services.transfers import put_transfer
from tests.world import NOW, TODAY

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
ROW = re.compile(r"\| ([A-Z0-9-]+) \| (.+?) \| (breach|unknown|attention) \| .+ \|")

pytestmark = pytest.mark.django_db  # without it nobody makes the test database
type Found = tuple[str, str, str]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The demo, loaded once for all tests of this module and taken away after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo(DEMO, today=TODAY, now=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def dpo(loaded: Any, db: None) -> Actor:
    """The demo's DPO; what the test changes is undone."""
    return member(Membership.objects.get(user__email="dpo@demo.example"), door="web")


def findings(key: str = "mare") -> set[Found]:
    rows = Finding.objects.filter(organisation__key=key)
    return set(rows.values_list("check_id", "subject_name", "status"))


def planted(part: int = 0) -> set[Found]:
    """What FAULTS.md lists: of the laws, and in its second part of the house policy."""
    parts = (DEMO / "FAULTS.md").read_text(encoding="utf-8").split("## House policy")
    return set(ROW.findall(parts[part]))


def found_by_house(organisation: Organisation) -> set[Found]:
    """What the house policy says of the register, whether it is switched on or not."""
    facts = gather(organisation, as_of=TODAY)
    held = {SubjectKind.SYSTEM: facts.systems, SubjectKind.DATASET: facts.datasets}
    return {
        (one.check.id, held[one.subject[0]][one.subject[1]].name, one.status.value)
        for one in evaluate(facts, current_law(), TODAY).findings
        if one.regime == HOUSE
    }


def test_every_planted_fault_is_found_and_nothing_else_is(dpo):
    assert len(planted()) == 16
    assert findings() == planted()
    assert Finding.objects.filter(organisation=dpo.organisation).count() == 16


def test_the_house_policy_finds_what_was_planted_for_it_and_nothing_else(dpo):
    assert found_by_house(dpo.organisation) == planted(1)


def test_the_other_organisation_has_its_own_finding(dpo):
    assert findings("librairie") == {("E-19", "Book orders", "breach")}


def legal_basis(code: str, **values: Any) -> BasisInput:
    return BasisInput(regime=code.split(".")[0], code=code, **values)


def statute(country: str, period: str) -> RetentionInput:
    return RetentionInput(
        record_class="invoice",
        country=country,
        period=period,
        authority="statute",
        law_reference="C. com. L123-22; § 147 AO",
    )


def kept(country: str, period: str) -> RetentionInput:
    return RetentionInput(record_class="applicant_file", country=country, period=period)


HEALTH = legal_basis(
    "lgpd.11.I",
    data_class="special",
    consent_record=True,
    consent_explicit=True,
    withdrawal_as_easy=True,
)
INTEREST = legal_basis("lgpd.7.IX", balancing_test_on=TODAY)
MENDS: dict[str, Callable[[Actor], object]] = {
    "E-23": lambda dpo: put_purpose(
        dpo,
        "issue-invoices",
        PurposeInput(retention=(statute("FR", "10 years"), statute("DE", "8 years"))),
        today=TODAY,
    ),
    "E-22": lambda dpo: put_purpose(
        dpo,
        "choose-applicants",
        PurposeInput(retention=(kept("FR", "2 years"), kept("DE", "6 months"))),
        today=TODAY,
    ),
    "E-18": lambda dpo: set_uses(
        dpo, "web.events", ["ip_full"], "measure-shop", used=True, today=TODAY
    ),
    "E-24": lambda dpo: put_dataset(
        dpo, "support.calls", DatasetInput(oldest_record=TODAY), today=TODAY
    ),
    "E-34": lambda dpo: put_party(
        dpo,
        "wachdienst-elbe",
        PartyInput(
            contracts=(
                ContractInput(
                    title="Auftragsverarbeitung",
                    signed_on=TODAY,
                    written=True,
                    terms=tuple(f"28.3.{letter}" for letter in "abcdefgh"),
                ),
            )
        ),
        today=TODAY,
    ),
    "E-52": lambda dpo: put_dataset(
        dpo,
        "stats.returns",
        DatasetInput(
            sources=(
                LineageInput(
                    source="shop.orders", kind="anonymised", key_destroyed=True, test="Three tests."
                ),
            )
        ),
        today=TODAY,
    ),
    "E-37": lambda dpo: put_transfer(
        dpo,
        TransferInput(
            entity="mare-france",
            destination="IN",
            system="helpdesk",
            mechanism="gdpr.46.2.c",
            instrument_on=TODAY,
            unmodified=True,
            assessment_on=TODAY,
            module_fits=True,
            legacy_clauses=False,
        ),
        today=TODAY,
    ),
    "E-08-AGE": lambda dpo: put_purpose(
        dpo,
        "prevent-fraud",
        PurposeInput(bases=(legal_basis("gdpr.6.1.f", balancing_test_on=TODAY),)),
        today=TODAY,
    ),
    "BR-BASIS-02": lambda dpo: put_purpose(
        dpo, "care-programme", PurposeInput(bases=(INTEREST, HEALTH)), today=TODAY
    ),
    "BR-DPO-02": lambda dpo: put_entity(
        dpo, "mare-brasil", EntityInput(dpo_published=True), today=TODAY
    ),
    "AR-REG-01": lambda dpo: put_database(
        dpo,
        "ar-clientes",
        DatabaseInput(
            filings=(FilingInput(kind="registration", regime="pdp", number="RL-1", filed_on=TODAY),)
        ),
        today=TODAY,
    ),
    "I-24": lambda dpo: put_transfer(
        dpo,
        TransferInput(entity="mare-care", destination="PL", party="ortolab", undertaking=True),
        today=TODAY,
    ),
    "I-13": lambda dpo: put_database(
        dpo,
        "il-callers",
        DatabaseInput(counts=(CountInput(counted_on=TODAY, persons=4200, authorised_users=9),)),
        today=TODAY,
    ),
}
# What a mend brings up in turn: whoever changes a basis or a use must justify again.
THEN = {
    "E-18": {("E-19", "Shop events", "breach")},
    "BR-BASIS-02": {("BR-JUST-01", "Leituras do monitor de pressão", "breach")},
}


@pytest.mark.parametrize("check", MENDS)
def test_a_fault_goes_when_it_is_mended_and_takes_nothing_along(dpo, check):
    before = findings()
    MENDS[check](dpo)
    assert {found[0] for found in before - findings()} == {check}
    assert findings() - before == THEN.get(check, set())


def test_the_dpo_cannot_approve_what_she_wrote_herself(dpo):
    own = Justification.objects.filter(author=dpo.membership, state="submitted")
    assert own.count() == 2


def test_all_states_of_a_justification_can_be_seen(dpo):
    states = Justification.objects.filter(organisation=dpo.organisation)
    assert set(states.values_list("state", flat=True)) == {
        "approved",
        "submitted",
        "draft",
        "stale",
    }


def test_it_holds_all_kinds_of_data_and_the_places_that_matter(dpo):
    own = {"organisation": dpo.organisation}
    assert set(Dataset.objects.filter(**own).values_list("kind", flat=True)) == {
        "software",
        "user",
        "analytics",
    }
    kinds = set(System.objects.filter(**own).values_list("kind", flat=True))
    assert {"cache", "kubernetes_volume", "object_store", "saas", "model_store"} <= kinds
    assert Dataset.objects.filter(**own).count() >= 16
    assert Purpose.objects.filter(**own).count() >= 18


def test_what_happened_later_stands_in_history_with_its_reason(dpo):
    purpose = Purpose.objects.get(organisation=dpo.organisation, key="answer-support")
    event = purpose.events.latest("pgh_id")
    assert event.pgh_context.metadata["reason"].startswith("Yearly review")


def test_the_engineer_owns_what_he_registered_and_no_more(dpo):
    engineer = Membership.objects.get(user__email="engineer@demo.example")
    owned = Dataset.objects.filter(owner=engineer)
    assert engineer.scope == "owned"
    assert 0 < owned.count() < Dataset.objects.filter(organisation=dpo.organisation).count()


def test_loading_again_changes_nothing(loaded, dpo):
    again = load_demo(DEMO, today=TODAY, now=NOW)
    assert again.passwords == {}
    assert Organisation.objects.filter(key="mare").count() == 1


def test_each_sign_in_has_a_password_of_its_own(loaded, dpo):
    assert sorted(loaded.passwords) == [
        "dpo@demo.example",
        "dpo@other.example",
        "editor@demo.example",
        "engineer@demo.example",
        "owner@demo.example",
        "reader@demo.example",
    ]
    assert len(set(loaded.passwords.values())) == 6
    for email, password in loaded.passwords.items():
        assert User.objects.get(email=email).check_password(password)
