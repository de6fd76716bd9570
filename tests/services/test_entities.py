from datetime import UTC, date, datetime

import pytest

from inventory.law.vocabulary import Declared
from inventory.models import Contact, LegalEntity
from inventory.services.datasets import put_dataset
from inventory.services.entities import put_entity, retire_entity
from inventory.services.errors import Conflict, Invalid, NotFound, Refused
from inventory.services.inputs import DatasetInput
from inventory.services.register_inputs import (
    ContactInput,
    EntityInput,
    RepresentativeInput,
    SafeguardInput,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ACME = EntityInput(name="Acme SAS", country="FR", address="1 rue X, Paris", headcount=40)


def test_a_company_is_written_and_found_under_its_key(people, today):
    outcome = put_entity(people.dana, "acme-fr", ACME, today=today)
    assert outcome.created
    assert LegalEntity.objects.get(organisation=people.dana.organisation, key="acme-fr").name == (
        "Acme SAS"
    )


def test_what_is_absent_stays_and_what_is_null_is_unknown_again(people, today):
    put_entity(people.dana, "acme-fr", ACME, today=today)
    put_entity(people.dana, "acme-fr", EntityInput(headcount=None), today=today)
    row = LegalEntity.objects.get(key="acme-fr")
    assert (row.name, row.headcount) == ("Acme SAS", None)


def test_a_put_that_changes_nothing_writes_nothing(people, today):
    put_entity(people.dana, "acme-fr", ACME, today=today)
    events = LegalEntity.objects.get(key="acme-fr").events.count()
    outcome = put_entity(people.dana, "acme-fr", ACME, today=today)
    assert outcome.changes == ()
    assert LegalEntity.objects.get(key="acme-fr").events.count() == events


def test_collections_say_whether_they_are_complete_none_or_not_asked(people, today):
    put_entity(people.dana, "acme-fr", ACME, today=today)
    assert LegalEntity.objects.get().safeguards_state == Declared.NOT_ASKED
    put_entity(people.dana, "acme-fr", EntityInput(safeguards=()), today=today)
    assert LegalEntity.objects.get().safeguards_state == Declared.NONE
    audit = SafeguardInput(kind="audit", last_done=date(2026, 3, 1))
    put_entity(people.dana, "acme-fr", EntityInput(safeguards=(audit,)), today=today)
    assert LegalEntity.objects.get().safeguards_state == Declared.COMPLETE
    put_entity(people.dana, "acme-fr", EntityInput(safeguards=None), today=today)
    assert LegalEntity.objects.get().safeguards.count() == 0


def test_a_safeguard_stays_the_same_row_when_its_date_changes(people, today):
    for last in (date(2025, 3, 1), date(2026, 3, 1)):
        audit = SafeguardInput(kind="audit", last_done=last)
        data = EntityInput(name="Acme", country="FR", safeguards=(audit,))
        put_entity(people.dana, "acme-fr", data, today=today)
    row = LegalEntity.objects.get().safeguards.get()
    assert row.last_done == date(2026, 3, 1)
    assert row.events.count() == 2


def test_an_officer_is_changed_in_place_and_blanked_when_removed(people, today):
    named = EntityInput(
        name="Acme", country="FR", dpo=ContactInput(name="Ann", email="a@b.example")
    )
    put_entity(people.dana, "acme-fr", named, today=today)
    contact = LegalEntity.objects.get().dpo_id
    put_entity(people.dana, "acme-fr", EntityInput(dpo=ContactInput(name="Bea")), today=today)
    assert LegalEntity.objects.get().dpo_id == contact
    put_entity(people.dana, "acme-fr", EntityInput(dpo=None), today=today)
    assert LegalEntity.objects.get().dpo is None
    assert Contact.objects.get(pk=contact).name == ""


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (EntityInput(name="Acme"), "country"),
        (EntityInput(country="FR"), "name"),
        (EntityInput(name="A\x00", country="FR"), "name"),
        (EntityInput(name="A\r\nX-Evil: 1", country="FR"), "name"),
        (EntityInput(name="x" * 1_000_000, country="FR"), "name"),
        (EntityInput(name="Acme", country="Grmany"), "country"),
        (EntityInput(name="Acme", country="FR", headcount=-1), "headcount"),
        (EntityInput(name="Acme", country="FR", headcount=True), "headcount"),
        (EntityInput(name="Acme", country="FR", public_body="no"), "public_body"),
        (
            EntityInput(name="Acme", country="FR", dpo=ContactInput(name="A", email="x")),
            "dpo.email",
        ),
        (EntityInput(name="Acme", country="FR", dpo=ContactInput()), "dpo"),
        (
            EntityInput(name="A", country="FR", safeguards=(SafeguardInput(kind="magic"),)),
            "safeguards.0.kind",
        ),
        (
            EntityInput(name="A", country="FR", safeguards=(SafeguardInput(kind="audit"),) * 2),
            "safeguards.1",
        ),
        (
            EntityInput(
                name="A",
                country="FR",
                representatives=(
                    RepresentativeInput(regime="gpdr", contact=ContactInput(name="R")),
                ),
            ),
            "representatives.0.regime",
        ),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(people, today, data, path):
    with pytest.raises(Invalid) as refusal:
        put_entity(people.dana, "acme-fr", data, today=today)
    assert path in refusal.value.errors
    assert not LegalEntity.objects.exists()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("key", ["", "A b", "a\x00", "x" * 300, None, "../etc"])
def test_what_is_no_key_is_refused(people, today, key):
    with pytest.raises(Invalid) as refusal:
        put_entity(people.dana, key, ACME, today=today)
    assert "key" in refusal.value.errors


def test_a_reader_and_an_engineer_are_refused(people, today):
    for actor in (people.vera, people.eli):
        with pytest.raises(Refused):
            put_entity(actor, "acme-fr", ACME, today=today)


def test_another_organisation_does_not_touch_or_find_it(people, today):
    put_entity(people.dana, "acme-fr", ACME, today=today)
    put_entity(people.otto, "acme-fr", EntityInput(name="Other", country="DE"), today=today)
    assert LegalEntity.objects.get(organisation=people.dana.organisation).name == "Acme SAS"
    put_entity(people.dana, "only-here", ACME, today=today)
    with pytest.raises(NotFound):
        retire_entity(people.otto, "only-here", today=today, now=NOW)


def test_a_retired_key_is_not_used_again(people, today):
    put_entity(people.dana, "acme-fr", ACME, today=today)
    retire_entity(people.dana, "acme-fr", today=today, now=NOW)
    with pytest.raises(Conflict):
        put_entity(people.dana, "acme-fr", ACME, today=today)


def test_history_says_who_did_it_and_why(people, today):
    put_entity(people.dana, "acme-fr", ACME, today=today, reason="first entry")
    event = LegalEntity.objects.get().events.latest("pgh_id")
    said = event.pgh_context.metadata
    assert (said["member"], said["reason"]) == (people.dana.membership.pk, "first entry")


def test_a_company_that_still_holds_something_is_not_retired(people, today):
    put_entity(people.dana, "acme-fr", ACME, today=today)
    put_dataset(people.dana, "crm", DatasetInput(name="CRM", entity="acme-fr"), today=today)
    with pytest.raises(Conflict, match="It still has 1 datasets"):
        retire_entity(people.dana, "acme-fr", today=today, now=NOW)
    assert LegalEntity.objects.get().retired_at is None
