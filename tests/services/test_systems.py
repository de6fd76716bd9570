"""Systems: where data lives, and what protects it there."""

from typing import Any

import pytest

from inventory.models import System
from inventory.services.errors import Invalid, NotFound, Refused, Stale
from inventory.services.inputs import LocationInput, SystemInput
from inventory.services.systems import put_system, retire_system
from tests.world import TODAY, World, make_dataset, make_system

NEW = SystemInput(
    name="Sessions",
    kind="cache",
    encrypted_in_transit=True,
    locations=(LocationInput(role="primary", country="FR"),),
)


def put(
    world: World, data: SystemInput = NEW, *, who: str = "eli", key: str = "cache", **how: Any
) -> Any:
    return put_system(world.actor(who, door="api"), key, data, today=TODAY, **how)


def test_a_system_belongs_to_the_engineer_who_registers_it(world: World) -> None:
    outcome = put(world)
    assert outcome.created
    assert outcome.row.owner == world.eli
    assert outcome.document["locations"] == [{"role": "primary", "country": "FR"}]


def test_what_nobody_said_stays_unknown(world: World) -> None:
    system = put(world).row
    assert system.encrypted_at_rest is None
    assert put(world, SystemInput(locations=None)).document["locations"] is None
    assert put(world, SystemInput(locations=())).document["locations"] == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [("35 days", "P35D"), ("P1Y", "P1Y"), ("1 year and 6 months", "P1Y6M"), ("", None)],
)
def test_how_long_backups_are_kept_may_be_said_in_words(
    world: World, said: str, kept: str | None
) -> None:
    system = put(world, SystemInput(kind="cache", backup_retention=said)).row
    assert system.backup_retention == kept
    assert put(world, SystemInput(backed_up=True)).row.backup_retention == kept
    assert put(world, SystemInput(backup_retention=None)).row.backup_retention is None


def test_only_differences_raise_the_version(world: World) -> None:
    first = put(world).row.version
    assert put(world).row.version == first
    assert put(world, SystemInput(backed_up=False)).row.version == first + 1


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (SystemInput(name="x"), "kind"),
        (SystemInput(name="x", kind="cach"), "kind"),
        (SystemInput(name="", kind="cache"), "name"),
        (SystemInput(name="a\x00", kind="cache"), "name"),
        (SystemInput(kind="cache", backed_up="yes"), "backed_up"),  # type: ignore[arg-type]
        (SystemInput(kind="cache", provider="nobody"), "provider"),
        (SystemInput(kind="cache", backup_retention="a while"), "backup_retention"),
        (SystemInput(kind="cache", access_log_months=-1), "access_log_months"),
        (
            SystemInput(kind="cache", locations=(LocationInput(role="primary", country="ZZ"),)),
            "locations.0.country",
        ),
        (
            SystemInput(kind="cache", locations=(LocationInput(role="here", country="FR"),)),
            "locations.0.role",
        ),
        (
            SystemInput(kind="cache", locations=(LocationInput(role="primary", country="FR"),) * 2),
            "locations.1",
        ),
    ],
)
def test_bad_input_names_its_field_and_writes_nothing(
    world: World, data: SystemInput, path: str
) -> None:
    with pytest.raises(Invalid) as refused:
        put(world, data)
    assert path in refused.value.errors
    assert not System.objects.filter(key="cache").exists()


def test_a_dry_run_keeps_nothing(world: World) -> None:
    assert put(world, dry_run=True).created
    assert not System.objects.filter(key="cache").exists()


def test_a_stale_version_is_refused(world: World) -> None:
    put(world)
    with pytest.raises(Stale):
        put(world, if_match=7)


def test_who_may_not(world: World) -> None:
    make_system(world.organisation, "not-elis")
    with pytest.raises(NotFound):
        put(world, key="not-elis")
    with pytest.raises(Refused):
        put(world, who="vera")


def test_a_system_with_live_datasets_is_not_retired(world: World) -> None:
    make_dataset(world)
    with pytest.raises(Invalid, match="still holds datasets"):
        retire_system(world.actor("dana"), "crm-prod", today=TODAY)
    world.system.datasets.update(retired_at="2026-01-01T00:00Z")
    assert retire_system(world.actor("dana"), "crm-prod", today=TODAY).row.retired_at


def test_moving_a_system_abroad_is_found(world: World) -> None:
    make_dataset(world, fields=("a",)).fields.update(category="email")
    abroad = SystemInput(locations=(LocationInput(role="primary", country="US"),))
    outcome = put(world, abroad, key="crm-prod")
    kinds = {f.subject_kind for f in outcome.findings}
    assert "transfer" in kinds
