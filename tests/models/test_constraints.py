"""The database keeps tenants apart, whatever the program does."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from inventory.models import Dataset, FieldUse, Lineage, Organisation, Tenant
from inventory.models.constraints import SameOrganisation
from tests.world import World, make_dataset, make_entity, make_organisation

TENANT_MODELS = [m for m in apps.get_app_config("inventory").get_models() if issubclass(m, Tenant)]


def references(model: type[models.Model]) -> set[str]:
    return {
        f.name
        for f in model._meta.get_fields()
        if isinstance(f, models.ForeignKey)
        and any(c.name == "organisation" for c in f.remote_field.model._meta.fields)
    }


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda m: m.__name__)
def test_every_reference_of_a_tenant_table_stays_in_the_organisation(
    model: type[models.Model],
) -> None:
    kept = {c.reference for c in model._meta.constraints if isinstance(c, SameOrganisation)}
    assert kept == references(model)


@pytest.mark.django_db
def test_the_database_has_the_composite_foreign_keys() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f'")
        names = {name for (name,) in cursor.fetchall()}
    wanted = {
        c.name
        for m in TENANT_MODELS
        for c in m._meta.constraints
        if isinstance(c, SameOrganisation)
    }
    assert wanted
    assert wanted <= names


@pytest.mark.django_db(transaction=True)
def test_a_dataset_cannot_refer_to_an_entity_of_another_organisation() -> None:
    here, there = make_organisation("here"), make_organisation("there")
    entity = make_entity(there)
    with pytest.raises(IntegrityError, match="dataset_entity_in_tenant"), transaction.atomic():
        Dataset.objects.create(organisation=here, key="a", name="A", entity=entity)
    assert not Dataset.objects.filter(organisation=here).exists()


@pytest.mark.django_db(transaction=True)
def test_raw_sql_cannot_move_a_reference_across_organisations() -> None:
    here, there = make_organisation("here"), make_organisation("there")
    entity = make_entity(there)
    dataset = Dataset.objects.create(organisation=here, key="a", name="A")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE dataset SET entity_id = %s WHERE id = %s", [entity.pk, dataset.pk])


def test_validation_names_the_reference_that_leaves_the_organisation(world: World) -> None:
    dataset = make_dataset(world)
    dataset.entity = make_entity(world.elsewhere)
    with pytest.raises(ValidationError) as refused:
        dataset.validate_constraints()
    assert "entity" in refused.value.message_dict


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"key": "Über"}, "dataset_key_written"),
        ({"key": "a b"}, "dataset_key_written"),
        ({"kind": "poem"}, "dataset_kind_known"),
    ],
)
def test_a_word_outside_the_vocabulary_is_refused(
    world: World, values: dict[str, str], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_dataset(world, **{"key": "ok", **values})


def test_a_dataset_is_not_derived_from_itself(world: World) -> None:
    dataset = make_dataset(world)
    with pytest.raises(IntegrityError, match="lineage_not_of_itself"), transaction.atomic():
        Lineage.objects.create(
            organisation=world.organisation, dataset=dataset, source=dataset, kind="copied"
        )


def test_a_field_serves_a_purpose_once(world: World) -> None:
    field = make_dataset(world, fields=("email",)).fields.get()
    use = {"organisation": world.organisation, "field": field, "purpose": world.purpose}
    FieldUse.objects.create(**use)
    with pytest.raises(IntegrityError, match="field_use_field_purpose_unique"):
        FieldUse.objects.create(**use)


@pytest.mark.django_db
def test_every_constraint_has_a_name_of_its_own() -> None:
    names = [c.name for m in [*TENANT_MODELS, Organisation] for c in m._meta.constraints]
    assert len(names) == len(set(names))
    assert all(len(name) <= 63 for name in names)
