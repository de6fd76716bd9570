"""Every room of the register alike: list, page, sheets, history, retiring; and whom it refuses."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inventory.models import (
    Contact,
    Contract,
    Database,
    DatabaseDataset,
    Disclosure,
    LegalEntity,
    MembershipEntity,
    Party,
    Purpose,
    System,
)
from inventory.web import activities, databases, entities, parties, purpose_sheets, systems
from inventory.web.sheets import Room
from tests.world import World, make_dataset, make_purpose, make_system

from .conftest import Door

ROOMS: dict[str, Room] = {
    "activity": activities.ACTIVITIES,
    "purpose": purpose_sheets.PURPOSES,
    "system": systems.SYSTEMS,
    "party": parties.PARTIES,
    "entity": entities.ENTITIES,
    "database": databases.DATABASES,
}
SHEETS = [(noun, part) for noun, room in ROOMS.items() for part in room.sheets]
KEYS = {
    "activity": "serve-customers-activity",
    "purpose": "serve-customers",
    "system": "crm-prod",
    "party": "sendwell",
    "entity": "mare-france",
    "database": "clientes",
}
NEW: dict[str, dict[str, Any]] = {
    "activity": {"name": "Recruiting"},
    "purpose": {"name": "Choose among applicants"},
    "system": {"name": "Billing", "kind": "database"},
    "party": {"name": "Ortolab", "roles": ["processor"]},
    "entity": {"name": "Maré Iberia", "country": "ES"},
    "database": {"name": "Invoices", "entity": "mare-france"},
}


@pytest.fixture
def filled(world: World) -> World:
    own = {"organisation": world.organisation}
    Party.objects.create(key="sendwell", name="Sendwell Inc.", country="US", **own)
    Database.objects.create(key="clientes", name="Clientes", entity=world.entity, **own)
    return world


def address(noun: str, verb: str, *more: str) -> str:
    return reverse(f"{noun}-{verb}", args=[KEYS[noun], *more])


@pytest.mark.parametrize("noun", ROOMS)
def test_a_reader_sees_the_list_and_the_page_and_nothing_that_writes(
    filled: World, door: Door, noun: str
) -> None:
    client = door("vera")
    listed = client.get(reverse(f"{noun}-browse"))
    assert listed.status_code == 200
    assert KEYS[noun] in listed.content.decode()
    assert reverse(f"{noun}-create") not in listed.content.decode()
    shown = client.get(address(noun, "show"))
    assert shown.status_code == 200
    assert "/edit/" not in shown.content.decode()
    assert "/retire/" not in shown.content.decode()


@pytest.mark.parametrize("noun", ROOMS)
def test_a_stranger_finds_none_of_it(filled: World, door: Door, noun: str) -> None:
    client = door("otto")
    assert KEYS[noun] not in client.get(reverse(f"{noun}-browse")).content.decode()
    for verb in ("show", "history", "retire"):
        assert client.get(address(noun, verb)).status_code == 404
    part = next(iter(ROOMS[noun].sheets))
    assert client.get(address(noun, "change", part)).status_code == 404
    assert client.post(address(noun, "change", part), {}).status_code == 404


@pytest.mark.parametrize(("noun", "part"), SHEETS)
def test_every_sheet_opens_for_a_dpo_and_not_for_a_reader(
    filled: World, door: Door, noun: str, part: str
) -> None:
    assert door("dana").get(address(noun, "change", part)).status_code == 200
    assert door("vera").get(address(noun, "change", part)).status_code == 403
    assert door("vera").post(address(noun, "change", part), {}).status_code == 403
    assert door("dana").delete(address(noun, "change", part)).status_code == 405


@pytest.mark.parametrize(("noun", "part"), SHEETS)
def test_a_sheet_sent_back_unchanged_changes_nothing(
    filled: World, door: Door, noun: str, part: str
) -> None:
    client = door("dana")
    room = ROOMS[noun]
    row: Any = room.model._default_manager.get(key=KEYS[noun])
    answer = client.get(address(noun, "change", part))
    answer = client.post(address(noun, "change", part), as_sent(answer.context["entered"], row))
    assert answer.status_code == 302, answer.content.decode()
    version = row.version
    row.refresh_from_db()
    assert row.version == version


def as_sent(entered: Any, row: Any) -> dict[str, Any]:
    """What a browser sends of a form nobody touched."""
    forms = (
        [*entered.forms, entered.forms.management_form, entered.said]
        if entered.sheet.part
        else [entered.form]
    )
    sent: dict[str, Any] = {"version": row.version}
    for form in forms:
        for bound in form:
            value = bound.value()
            prepared = bound.field.prepare_value(value)
            if prepared not in (None, ""):
                sent[bound.html_name] = prepared
    return sent


@pytest.mark.parametrize("noun", ROOMS)
def test_a_new_one_is_added_and_a_taken_key_is_refused(
    filled: World, door: Door, noun: str
) -> None:
    client = door("dana")
    url = reverse(f"{noun}-create")
    assert client.get(url).status_code == 200
    answer = client.post(url, {"key": "brand-new", **NEW[noun]})
    assert answer.status_code == 302, answer.content.decode()
    assert ROOMS[noun].model._default_manager.filter(key="brand-new").exists()  # type: ignore[misc]
    again = client.post(url, {"key": "brand-new", **NEW[noun]})
    assert again.status_code == 422
    assert "This key is taken" in again.content.decode()
    assert door("vera").get(url).status_code == 403


@pytest.mark.parametrize("noun", ROOMS)
@pytest.mark.parametrize("key", ["Not A Key", "x\x00y", "a\r\nSet-Cookie: b"])
def test_a_bad_key_is_refused_beside_its_field(
    filled: World, door: Door, noun: str, key: str
) -> None:
    answer = door("dana").post(reverse(f"{noun}-create"), {"key": key, **NEW[noun]})
    assert answer.status_code == 422
    assert "id_key_error" in answer.content.decode()


@pytest.mark.parametrize("noun", ROOMS)
def test_history_says_who_did_what(filled: World, door: Door, noun: str) -> None:
    client = door("dana")
    client.post(reverse(f"{noun}-create"), {"key": "brand-new", **NEW[noun]})
    answer = client.get(reverse(f"{noun}-history", args=["brand-new"]))
    assert answer.status_code == 200
    assert "Dana" in answer.content.decode()


@pytest.mark.parametrize("noun", ["purpose", "system", "database"])
def test_retiring_asks_first_and_takes_it_out_of_the_list(
    filled: World, door: Door, noun: str
) -> None:
    client = door("dana")
    url = address(noun, "retire")
    assert "Retire" in client.get(url).content.decode()
    assert door("vera").post(url).status_code == 403
    assert client.post(url).status_code == 302
    row: Any = ROOMS[noun].model._default_manager.get(key=KEYS[noun])
    assert row.retired_at is not None
    assert KEYS[noun] not in client.get(reverse(f"{noun}-browse")).content.decode()


def test_what_others_rest_on_is_not_retired_and_the_page_says_why(
    filled: World, door: Door
) -> None:
    answer = door("dana").post(address("entity", "retire"))
    assert answer.status_code == 409
    assert "note is-breach" in answer.content.decode()
    filled.entity.refresh_from_db()
    assert filled.entity.retired_at is None


def test_a_member_with_a_scope_sees_only_what_lies_in_it(filled: World, door: Door) -> None:
    filled.vera.scope = "entities"
    filled.vera.save()
    other = LegalEntity.objects.create(
        organisation=filled.organisation, key="mare-brasil", name="Maré Brasil", country="BR"
    )
    MembershipEntity.objects.create(
        organisation=filled.organisation, membership=filled.vera, entity=other
    )
    client = door("vera")
    assert client.get(address("purpose", "show")).status_code == 404
    assert client.get(address("entity", "show")).status_code == 404
    assert client.get(reverse("entity-show", args=["mare-brasil"])).status_code == 200


@pytest.mark.parametrize("query", ["nothing-like-it", "%", "\x00", "x" * 5000])
def test_any_search_is_answered(filled: World, door: Door, query: str) -> None:
    assert door("vera").get(reverse("system-browse"), {"q": query}).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30])
def test_a_page_that_is_none_is_some_page(filled: World, door: Door, page: str) -> None:
    assert door("vera").get(reverse("system-browse"), {"page": page}).status_code == 200


def test_a_list_asks_as_often_for_many_rows_as_for_one(filled: World, door: Door) -> None:
    client = door("vera")
    client.get(reverse("purpose-browse"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("purpose-browse"))
    for number in range(12):
        make_purpose(filled.organisation, f"more-{number}", entity=filled.entity)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("purpose-browse"))
    assert len(many) == len(few)


# Mending the usual faults in a browser without script.


def test_a_missing_legal_basis_is_set(filled: World, door: Door) -> None:
    answer = send_rows(door("dana"), "purpose", "bases", [
        {"code": "gdpr.6.1.b", "data_class": "ordinary"},
    ])  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    purpose = Purpose.objects.get(key="serve-customers")
    assert purpose.bases.get().code == "gdpr.6.1.b"
    assert purpose.bases.get().consent_record is None  # not said is not "no"


def test_a_period_is_set_in_words_and_a_slip_is_refused_beside_it(
    filled: World, door: Door
) -> None:
    usual = {"rounding": "none", "authority": "purpose"}
    answer = send_rows(door("dana"), "purpose", "retention", [{"period": "6 monts", **usual}])
    assert answer.status_code == 422
    assert "Write 6 months, 2 years or 90 days" in answer.content.decode()
    assert "id_row-0-period_error" in answer.content.decode()
    assert "6 monts" in answer.content.decode()
    answer = send_rows(door("dana"), "purpose", "retention", [{"period": "6 months", **usual}])
    assert answer.status_code == 302
    assert Purpose.objects.get(key="serve-customers").retention.get().period == "P6M"


def test_a_contract_is_added_to_a_processor(filled: World, door: Door) -> None:
    answer = send_rows(door("dana"), "party", "contracts", [
        {"title": "Data processing agreement", "written": "yes", "signed_on": "2026-11-01"},
    ])  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    contract = Party.objects.get(key="sendwell").contracts.get()
    assert contract.written is True


def test_a_database_is_registered(filled: World, door: Door) -> None:
    answer = send_rows(door("dana"), "database", "filings", [
        {"kind": "registration", "regime": "pdp", "number": "RL-2026-1", "filed_on": "2026-11-20"},
    ])  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    assert Database.objects.get(key="clientes").filings.get().number == "RL-2026-1"


def test_what_a_filing_declares_is_said_or_said_to_be_nothing(filled: World, door: Door) -> None:
    url = address("database", "change", "declared")
    for sent, held in (
        (["email", "name"], (["email", "name"], "complete")),
        (["none"], ([], "none")),
        ([], ([], "not_asked")),
    ):
        database = Database.objects.get(key="clientes")
        said = {"declared_categories": sent, "version": database.version}
        assert door("dana").post(url, said).status_code == 302
        database.refresh_from_db()
        assert (database.declared_categories, database.declared_categories_state) == held


def test_how_long_backups_are_kept_is_typed_in_words_and_shown_in_words(
    filled: World, door: Door
) -> None:
    system = System.objects.get(key="crm-prod")
    sent = {"name": "CRM", "kind": "database", "version": system.version}
    url = address("system", "change", "facts")
    refused = door("dana").post(url, {**sent, "backup_retention": "a while"})
    assert refused.status_code == 422
    assert "is not a length of time" in refused.content.decode()
    answer = door("dana").post(url, {**sent, "backup_retention": "35 days"})
    assert answer.status_code == 302, answer.content.decode()
    system.refresh_from_db()
    assert system.backup_retention == "P35D"
    shown = door("dana").get(reverse("system-show", args=["crm-prod"])).content.decode()
    assert "35 days" in shown


def test_unknown_encryption_becomes_known(filled: World, door: Door) -> None:
    system = System.objects.get(key="crm-prod")
    sent = {
        "name": "CRM",
        "kind": "database",
        "encrypted_at_rest": "yes",
        "version": system.version,
    }
    answer = door("dana").post(address("system", "change", "facts"), sent)
    assert answer.status_code == 302, answer.content.decode()
    system.refresh_from_db()
    assert system.encrypted_at_rest is True
    assert system.backed_up is None


def test_an_empty_list_is_none_only_where_somebody_says_so(filled: World, door: Door) -> None:
    send_rows(door("dana"), "purpose", "disclosures", [], said="none")
    assert Purpose.objects.get(key="serve-customers").disclosures_state == "none"
    send_rows(door("dana"), "purpose", "disclosures", [], said="")
    assert Purpose.objects.get(key="serve-customers").disclosures_state == "not_asked"


def test_a_row_ticked_out_of_a_list_goes(filled: World, door: Door) -> None:
    row = {"code": "gdpr.6.1.b", "data_class": "ordinary"}
    send_rows(door("dana"), "purpose", "bases", [row])
    send_rows(door("dana"), "purpose", "bases", [{**row, "DELETE": "on"}], initial=1)
    assert not Purpose.objects.get(key="serve-customers").bases.exists()


def test_who_saves_over_somebody_elses_change_sees_both_first(filled: World, door: Door) -> None:
    purpose = Purpose.objects.get(key="serve-customers")
    url = address("purpose", "change", "text")
    theirs = {"name": "Serve customers", "text": "Theirs", "version": purpose.version}
    mine = {**theirs, "text": "Mine"}
    assert door("edith").post(url, theirs).status_code == 302
    answer = door("dana").post(url, mine)
    assert answer.status_code == 412
    text = answer.content.decode()
    assert "Edith" in text
    assert "Theirs" in text
    assert "Mine" in text
    purpose.refresh_from_db()
    assert purpose.text == "Theirs"
    assert door("dana").post(url, {**mine, "version": purpose.version}).status_code == 302
    purpose.refresh_from_db()
    assert purpose.text == "Mine"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "１"])
def test_a_version_that_is_none_saves_nothing(filled: World, door: Door, version: str) -> None:
    sent = {"name": "Serve customers", "text": "Mine", "version": version}
    assert door("dana").post(address("purpose", "change", "text"), sent).status_code == 412


@pytest.mark.parametrize("count", ["x", "-1", "999999999", ""])
def test_a_list_that_miscounts_its_rows_is_refused(filled: World, door: Door, count: str) -> None:
    sent = {"row-TOTAL_FORMS": count, "row-INITIAL_FORMS": "0", "version": 1}
    answer = door("dana").post(address("purpose", "change", "bases"), sent)
    assert answer.status_code in (302, 422)


def send_rows(
    client: Any,
    noun: str,
    part: str,
    rows: list[dict[str, str]],
    *,
    initial: int = 0,
    said: str = "",
) -> Any:
    room = ROOMS[noun]
    row: Any = room.model._default_manager.get(key=KEYS[noun])
    sent = {
        "row-TOTAL_FORMS": str(len(rows)),
        "row-INITIAL_FORMS": str(initial),
        "version": str(row.version),
        "said": said,
    }
    for number, one in enumerate(rows):
        sent |= {f"row-{number}-{name}": value for name, value in one.items()}
    return client.post(address(noun, "change", part), sent)


def test_a_saved_sheet_loses_nothing_that_it_does_not_show(filled: World, door: Door) -> None:
    """Contacts with all they have, terms declared none, a recipient that was retired since."""
    own = {"organisation": filled.organisation}
    party = Party.objects.get(key="sendwell")
    full = {"name": "Desk", "email": "d@x.example", "phone": "1", "address": "Street 1", **own}
    party.contact = Contact.objects.create(**full)
    party.certifications_state = "none"
    party.save()
    Contract.objects.create(party=party, title="DPA", terms_state="none", **own)
    filled.entity.contact = Contact.objects.create(**full)
    filled.entity.dpo = Contact.objects.create(**full)
    filled.entity.save()
    client = door("dana")
    for noun, part in (("party", "facts"), ("party", "contracts"), ("entity", "facts")):
        row: Any = ROOMS[noun].model._default_manager.get(key=KEYS[noun])
        entered = client.get(address(noun, "change", part)).context["entered"]
        answer = client.post(address(noun, "change", part), as_sent(entered, row))
        assert answer.status_code == 302, answer.content.decode()
    party.refresh_from_db()
    assert party.certifications_state == "none"
    assert party.contracts.get().terms_state == "none"
    filled.entity.refresh_from_db()
    for contact in (party.contact, filled.entity.contact, filled.entity.dpo):
        assert contact is not None
        assert (contact.name, contact.address, contact.phone) == ("Desk", "Street 1", "1")


def test_what_is_offered_no_more_stays_chosen_until_somebody_chooses(
    filled: World, door: Door
) -> None:
    filled.purpose.activity.retired_at = timezone.now()
    filled.purpose.activity.save()
    text = door("dana").get(address("purpose", "change", "text")).content.decode()
    assert '<option value="serve-customers-activity" selected>' in text


def test_a_member_with_a_scope_reads_no_name_beyond_it(filled: World, door: Door) -> None:
    own = {"organisation": filled.organisation}
    vault = make_system(filled.organisation, "vault")
    dataset = make_dataset(filled, "secret.table", name="Secret table", system=vault)
    database = Database.objects.get(key="clientes")
    DatabaseDataset.objects.create(database=database, dataset=dataset, **own)
    party = Party.objects.get(key="sendwell")
    Disclosure.objects.create(dataset=dataset, party=party, role="processor", **own)
    for noun in ("database", "party", "entity", "system"):
        text = door("eli").get(address(noun, "show")).content.decode()
        assert "Secret table" not in text, noun
