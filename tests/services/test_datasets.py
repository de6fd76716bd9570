"""The one door for datasets: what a document may change, and what it never does."""

from typing import Any

import pytest

from inventory.models import Dataset, Field, FieldUse, LegalEntity
from inventory.services import datasets, fields
from inventory.services.datasets import put_dataset, retire_dataset
from inventory.services.errors import Invalid, NotFound, Refused, Stale
from inventory.services.fields import FieldDecision
from inventory.services.history import events
from inventory.services.inputs import (
    DatasetInput,
    FieldInput,
    LineageInput,
    Outcome,
    SubjectCountryInput,
)
from tests.world import TODAY, World, make_dataset

KEY = "crm.contacts"


def put(
    world: World, data: DatasetInput, *, who: str = "eli", key: str = KEY, **how: Any
) -> Outcome[Dataset]:
    return put_dataset(world.actor(who, door=how.pop("door", "api")), key, data, today=TODAY, **how)


def columns(*names: str, **options: Any) -> tuple[FieldInput, ...]:
    return tuple(FieldInput(name=name, type="text", **options) for name in names)


def test_a_new_document_makes_a_dataset_with_fields_in_order(world: World) -> None:
    outcome = put(world, DatasetInput(name="Contacts", fields=columns("b", "a")))
    assert outcome.created
    assert [f["name"] for f in outcome.document["fields"]] == ["b", "a"]
    assert outcome.row.owner == world.eli


def test_the_same_document_again_changes_nothing_and_leaves_no_event(world: World) -> None:
    data = DatasetInput(name="Contacts", fields=columns("a"), subject_categories=("customers",))
    first = put(world, data)
    count = events(Dataset).count(), events(Field).count()
    again = put(world, data)
    assert not again.created
    assert not again.changes
    assert again.row.version == first.row.version
    assert (events(Dataset).count(), events(Field).count()) == count


def test_what_is_absent_stays_and_null_takes_back(world: World) -> None:
    put(world, DatasetInput(name="Contacts", persons=7, origins=("BR",)))
    put(world, DatasetInput(persons=8))
    dataset = Dataset.objects.get(key=KEY)
    assert (dataset.name, dataset.origins, dataset.origins_state) == (
        "Contacts",
        ["BR"],
        "complete",
    )
    put(world, DatasetInput(origins=None))
    dataset.refresh_from_db()
    assert (dataset.origins, dataset.origins_state) == ([], "not_asked")


def test_an_empty_list_is_declared_none_and_not_unknown(world: World) -> None:
    outcome = put(world, DatasetInput(subject_countries=(), collected_in=()))
    assert outcome.document["subject_countries"] == []
    assert outcome.document["origins"] is None


def test_a_category_from_a_manifest_is_only_proposed(world: World) -> None:
    outcome = put(world, DatasetInput(fields=columns("email", category="email")))
    field = outcome.document["fields"][0]
    assert (field["category"], field["proposed_category"]) == (None, "email")
    assert any("email" in line for line in outcome.proposals)


def test_decisions_survive_an_old_document(world: World) -> None:
    old = DatasetInput(name="contacts", fields=columns("email", category="technical"))
    put(world, old)
    dana = world.actor("dana")
    fields.decide_fields(dana, KEY, ["email"], FieldDecision(category="email"), today=TODAY)
    put_dataset(dana, KEY, DatasetInput(name="CRM contacts", record_class=None), today=TODAY)
    put(world, old)
    dataset = Dataset.objects.get(key=KEY)
    assert dataset.name == "CRM contacts"
    assert dataset.fields.get().category == "email"
    assert dataset.fields.get().proposed_category == "technical"


def test_a_use_taken_away_is_not_proposed_again(world: World) -> None:
    old = DatasetInput(fields=columns("email", purposes=(world.purpose.key,)))
    put(world, old)
    assert FieldUse.objects.get().proposed
    fields.set_uses(world.actor("dana"), KEY, ["email"], world.purpose.key, used=False, today=TODAY)
    put(world, old)
    assert not FieldUse.objects.exists()


def test_a_vanished_field_is_retired_with_its_grounds_and_its_rename_offered(world: World) -> None:
    put(world, DatasetInput(fields=columns("customer_email", "id")))
    dana = world.actor("dana")
    fields.decide_fields(
        dana, KEY, ["customer_email"], FieldDecision(category="email"), today=TODAY
    )
    fields.set_uses(dana, KEY, ["customer_email"], world.purpose.key, used=True, today=TODAY)
    outcome = put(world, DatasetInput(fields=columns("id", "customers_email")))
    old = Field.objects.get(name="customer_email")
    assert old.retired_at is not None
    assert old.uses.count() == 1
    assert any("customers_email" in line for line in outcome.proposals)
    fields.carry_over(dana, KEY, "customer_email", "customers_email", today=TODAY)
    new = Field.objects.get(name="customers_email")
    assert (new.category, new.uses.count()) == ("email", 1)


def test_a_dry_run_answers_changes_and_findings_and_keeps_nothing(world: World) -> None:
    data = DatasetInput(name="Contacts", entity=world.entity.key, fields=columns("email"))
    dry = put(world, data, dry_run=True)
    assert dry.created
    assert dry.document["name"] == "Contacts"
    assert not Dataset.objects.exists()
    real = put(world, data)
    said = [(f.check_id, f.status) for f in dry.findings]
    assert said == [(f.check_id, f.status) for f in real.findings]
    assert said


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (DatasetInput(name=""), "name"),
        (DatasetInput(name="a\x00b"), "name"),
        (DatasetInput(name="a\r\nSet-Cookie: x"), "name"),
        (DatasetInput(name="x" * 1_000_000), "name"),
        (DatasetInput(kind="poem"), "kind"),
        (DatasetInput(entity="mare-frence"), "entity"),
        (DatasetInput(system="crm-prd"), "system"),
        (DatasetInput(persons=-1), "persons"),
        (DatasetInput(critical="yes"), "critical"),  # type: ignore[arg-type]
        (DatasetInput(access_policies=("ops", "")), "access_policies.1"),
        (DatasetInput(access_policies=("ops", "ops")), "access_policies.1"),
        (DatasetInput(access_policies=("o\x00ps",)), "access_policies.0"),
        (DatasetInput(access_policies=("o" * 201,)), "access_policies.0"),
        (DatasetInput(access_policies=tuple(map(str, range(201)))), "access_policies"),
        (DatasetInput(record_class="invoyce"), "record_class"),
        (DatasetInput(collected_in=("FR", "ZZ")), "collected_in.1"),
        (
            DatasetInput(subject_countries=(SubjectCountryInput(country="Grmany"),)),
            "subject_countries.0.country",
        ),
        (DatasetInput(fields=columns("a", "a")), "fields.1.name"),
        (DatasetInput(fields=columns("a", category="emial")), "fields.0.category"),
        (DatasetInput(fields=columns("a", purposes=("nothing",))), "fields.0.purposes.0"),
        (
            DatasetInput(sources=(LineageInput(source="nowhere", kind="copied"),)),
            "lineage.0.source",
        ),
        (DatasetInput(sources=(LineageInput(source=KEY, kind="stolen"),)), "lineage.0.kind"),
    ],
)
def test_bad_input_names_its_field_and_writes_nothing(
    world: World, data: DatasetInput, path: str
) -> None:
    with pytest.raises(Invalid) as refused:
        put(world, data)
    assert path in refused.value.errors
    assert not Dataset.objects.exists()


def test_near_matches_are_named(world: World) -> None:
    with pytest.raises(Invalid, match="Did you mean mare-france"):
        put(world, DatasetInput(entity="mare-frence"))


def test_a_stale_version_is_refused_and_nothing_changes(world: World) -> None:
    version = put(world, DatasetInput(name="A")).row.version
    put(world, DatasetInput(name="B"), if_match=version)
    with pytest.raises(Stale) as stale:
        put(world, DatasetInput(name="C"), if_match=version)
    assert stale.value.current == version + 1
    assert Dataset.objects.get().name == "B"


def test_a_reader_is_refused_and_a_stranger_sees_nothing(world: World) -> None:
    make_dataset(world, KEY)
    with pytest.raises(Refused):
        put(world, DatasetInput(name="X"), who="vera")
    with pytest.raises(NotFound):
        retire_dataset(world.actor("otto"), KEY, today=TODAY)


def test_an_engineer_cannot_take_a_dataset_they_do_not_own(world: World) -> None:
    make_dataset(world, KEY, system=None)
    with pytest.raises(NotFound):
        put(world, DatasetInput(name="Mine now"), who="eli")


def test_another_organisation_may_use_the_same_key(world: World) -> None:
    make_dataset(world, KEY)
    assert put(world, DatasetInput(name="Other"), who="otto").created
    assert Dataset.objects.filter(key=KEY).count() == 2


def test_an_entity_of_another_organisation_is_not_there(world: World) -> None:
    LegalEntity.objects.create(
        organisation=world.elsewhere, key="theirs", name="Theirs", country="FR"
    )
    with pytest.raises(Invalid) as refused:
        put(world, DatasetInput(entity="theirs"))
    assert "entity" in refused.value.errors


def test_several_documents_are_put_or_none(world: World) -> None:
    actor = world.actor("dana", door="command")
    documents = {"a": DatasetInput(name="A"), "b": DatasetInput(entity="nowhere")}
    with pytest.raises(Invalid) as refused:
        datasets.put_datasets(actor, documents, today=TODAY)
    assert "b.entity" in refused.value.errors
    assert not Dataset.objects.exists()


def test_retiring_keeps_the_row_and_a_pushed_document_brings_it_back(world: World) -> None:
    data = DatasetInput(name="A", fields=columns("x"))
    put(world, data)
    retire_dataset(world.actor("eli", door="api"), KEY, today=TODAY)
    assert Dataset.objects.get().retired_at is not None
    assert not datasets.live_datasets(world.actor("dana")).exists()
    put(world, data)
    assert Dataset.objects.get().retired_at is None
