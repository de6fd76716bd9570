from datetime import UTC, date, datetime

import pytest

from inventory.law.vocabulary import Declared
from inventory.models import Contract, Party
from inventory.services.entities import put_entity
from inventory.services.errors import Conflict, Invalid, NotFound, Refused, Stale
from inventory.services.parties import put_party, retire_party
from inventory.services.purposes import put_purpose
from inventory.services.register_inputs import (
    ContractInput,
    DisclosureInput,
    EntityInput,
    PartyInput,
    PurposeInput,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOST = PartyInput(
    name="Host GmbH",
    country="Germany",
    roles=("processor",),
    contracts=(
        ContractInput(title="DPA", signed_on=date(2024, 5, 1), written=True, terms=("28.3.a",)),
    ),
)


def test_a_party_is_written_with_its_contracts(people, today):
    put_party(people.edith, "host", HOST, today=today)
    party = Party.objects.get(key="host")
    contract = party.contracts.get()
    assert (party.country, party.contracts_state) == ("DE", Declared.COMPLETE)
    assert (contract.terms, contract.terms_state) == (["28.3.a"], Declared.COMPLETE)


def test_a_contract_can_be_with_one_company_only(people, today):
    put_entity(people.dana, "acme", EntityInput(name="Acme", country="FR"), today=today)
    data = PartyInput(name="Host", contracts=(ContractInput(title="DPA", entity="acme"),))
    put_party(people.dana, "host", data, today=today)
    assert Contract.objects.get().entity.key == "acme"


def test_contracts_that_are_left_out_of_the_list_go(people, today):
    put_party(people.dana, "host", HOST, today=today)
    put_party(people.dana, "host", PartyInput(contracts=()), today=today)
    assert Party.objects.get().contracts_state == Declared.NONE
    assert not Contract.objects.exists()


def test_a_document_that_somebody_changed_meanwhile_is_refused(people, today):
    first = put_party(people.dana, "host", HOST, today=today).row.version
    put_party(people.edith, "host", PartyInput(name="Host AG"), today=today)
    with pytest.raises(Stale):
        put_party(people.dana, "host", PartyInput(name="Mine"), today=today, if_match=first)
    assert Party.objects.get().name == "Host AG"


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (PartyInput(country="FR"), "name"),
        (PartyInput(name="H", roles=("procesor",)), "roles.0"),
        (PartyInput(name="H", certifications=("nope",)), "certifications.0"),
        (PartyInput(name="H", contracts=(ContractInput(title=""),)), "contracts.0.title"),
        (
            PartyInput(name="H", contracts=(ContractInput(title="A", entity="acmee"),)),
            "contracts.0.entity",
        ),
        (PartyInput(name="H", contracts=(ContractInput(title="A"),) * 2), "contracts.1"),
        (PartyInput(name="H", contracts="DPA"), "contracts"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(people, today, data, path):
    put_entity(people.dana, "acme", EntityInput(name="Acme", country="FR"), today=today)
    with pytest.raises(Invalid) as refusal:
        put_party(people.dana, "host", data, today=today)
    assert path in refusal.value.errors
    assert not Party.objects.exists()


def test_a_misspelt_key_is_answered_with_the_nearest(people, today):
    put_entity(people.dana, "acme-france", EntityInput(name="Acme", country="FR"), today=today)
    data = PartyInput(name="H", contracts=(ContractInput(title="A", entity="acme-fance"),))
    with pytest.raises(Invalid) as refusal:
        put_party(people.dana, "host", data, today=today)
    assert "Did you mean acme-france?" in str(refusal.value)


def test_a_key_of_another_organisation_is_not_there(people, today):
    put_entity(people.otto, "theirs", EntityInput(name="Theirs", country="FR"), today=today)
    data = PartyInput(name="H", contracts=(ContractInput(title="A", entity="theirs"),))
    with pytest.raises(Invalid) as refusal:
        put_party(people.dana, "host", data, today=today)
    assert "contracts.0.entity" in refusal.value.errors


def test_a_reader_is_refused_and_a_stranger_finds_nothing(people, today):
    put_party(people.dana, "host", HOST, today=today)
    with pytest.raises(Refused):
        put_party(people.vera, "host", HOST, today=today)
    with pytest.raises(NotFound):
        retire_party(people.otto, "host", today=today, now=NOW)


def test_history_says_who_did_it(people, today):
    put_party(people.edith, "host", HOST, today=today, reason="new host")
    event = Contract.objects.get().events.latest("pgh_id")
    assert event.pgh_context.metadata["member"] == people.edith.membership.pk


def test_a_party_that_still_receives_data_is_not_retired(people, today):
    put_party(people.dana, "host", HOST, today=today)
    sent = DisclosureInput(party="host", role="processor")
    put_purpose(people.dana, "p", PurposeInput(name="P", disclosures=(sent,)), today=today)
    with pytest.raises(Conflict, match="It still has 1 disclosures"):
        retire_party(people.dana, "host", today=today, now=NOW)
    put_purpose(people.dana, "p", PurposeInput(disclosures=()), today=today)
    retire_party(people.dana, "host", today=today, now=NOW)
    assert Party.objects.get().retired_at == NOW
