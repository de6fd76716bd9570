"""Systems and their places: what engineers say of where data lives."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from inventory.law.vocabulary import LocationRole, SubjectKind, SystemKind
from inventory.models import Party, System, SystemLocation
from inventory.models.organisations import ScopeKind
from inventory.services import attributes, evaluation, locks
from inventory.services.access import Action, fetch, require, visible
from inventory.services.actors import Actor
from inventory.services.dataset_rows import declared, refer
from inventory.services.documents import differences, system_document
from inventory.services.errors import Invalid, NotFound, Refused, Stale
from inventory.services.inputs import KEEP, LocationInput, Outcome, SystemInput, given
from inventory.services.law import current_law
from inventory.services.recording import change
from inventory.services.validation import Problems

FACTS = (
    "encrypted_at_rest", "encrypted_in_transit", "access_controlled", "access_logged",
    "reachable_from_outside", "backed_up",
)  # fmt: skip
TEXTS = ("description", "access_policy", "backup_cycle")
PLAIN = ("name", "kind", "access_log_months", *FACTS, *TEXTS)
DURATIONS: attributes.Rules = {"backup_retention": attributes.duration}


def put_system(
    actor: Actor,
    key: str,
    data: SystemInput,
    *,
    today: date,
    if_match: int | None = None,
    dry_run: bool = False,
) -> Outcome[System]:
    """Create or update a system. Raises Invalid by field, Refused, NotFound, Stale."""
    require(actor, Action.REGISTER)
    lengths = _check(key, data)
    with change(actor, reason="put system"):
        locks.hold(actor.organisation, [f"system-key:{key}"])
        held = _held(actor, key)
        if held is not None:
            evaluation.lock(actor.organisation, [_subject(held)])
        outcome = _write(actor, key, replace(data, **lengths), held, if_match)
        findings, closed = evaluation.reevaluate(actor, [_subject(outcome.row)], as_of=today)
        if dry_run:
            transaction.set_rollback(True)
    return replace(outcome, findings=tuple(findings), closed=tuple(closed), dry_run=dry_run)


def retire_system(
    actor: Actor, key: str, *, today: date, if_match: int | None = None
) -> Outcome[System]:
    """A system that still holds live datasets is not retired: they would live nowhere."""
    system = fetch(actor, System, Action.REGISTER, key=key)
    with change(actor, reason="retire system"):
        evaluation.lock(actor.organisation, [_subject(system)])
        if system.datasets.filter(retired_at=None).exists():
            raise Invalid({"": "It still holds datasets. Move or retire them first."})
        _match(system, if_match)
        system.retired_at = timezone.now()
        system.save()
        findings, closed = evaluation.reevaluate(actor, [_subject(system)], as_of=today)
    return Outcome(row=system, findings=tuple(findings), closed=tuple(closed))


def _check(key: str, data: SystemInput) -> attributes.Values:
    """Refuse what cannot be kept; answers the lengths of time as they are kept."""
    problems = Problems()
    lengths = attributes.given(problems, data, DURATIONS)
    problems.key(key, "key")
    if data.name is not KEEP:
        problems.line(data.name, "name", required="Give the system a name.")
    for name, value in given(data, *TEXTS).items():
        problems.text(value, name)
    for name, value in given(data, *FACTS).items():
        problems.known_fact(value, name)
    problems.count(given(data, "access_log_months").get("access_log_months"),
                   "access_log_months", most=1200)  # fmt: skip
    if data.kind is not KEEP:
        problems.word(data.kind, "kind", SystemKind, what="kind of system")
    if data.locations is not KEEP and data.locations is not None:
        _check_locations(data.locations, problems)
    problems.refuse()
    return lengths


def _check_locations(locations: Sequence[LocationInput], problems: Problems) -> None:
    countries = current_law().countries
    for i, place in enumerate(locations):
        problems.word(place.role, f"locations.{i}.role", LocationRole, what="role of a place")
        problems.known(place.country, f"locations.{i}.country", countries, what="country")
        if place in locations[:i]:
            problems.add(f"locations.{i}", f"{place.role} {place.country} is there already.")


def _held(actor: Actor, key: str) -> System | None:
    held = System.objects.filter(organisation=actor.organisation, key=key).first()
    if held is not None and not visible(actor, System).filter(pk=held.pk).exists():
        raise NotFound(f"No system “{key}” that you can see.")
    return held


def _write(
    actor: Actor, key: str, data: SystemInput, held: System | None, if_match: int | None
) -> Outcome[System]:
    system = held or System(organisation=actor.organisation, key=key, name=key)
    if held is not None:
        held.refresh_from_db()
        _match(held, if_match)
    elif if_match is not None:
        raise Stale(0)
    elif data.kind is KEEP:
        raise Invalid({"kind": "Say what kind of system it is."})
    elif actor.scope is ScopeKind.ENTITIES:
        raise Refused("A new system is registered by a member who reaches the organisation.")
    before = system_document(system) if held else {}
    _fill(actor, system, data)
    if held is None and actor.scope is ScopeKind.OWNED:
        system.owner = actor.membership
    system.save()
    if data.locations is not KEEP:
        _write_locations(system, data.locations)
    document = system_document(system)
    changes = differences(before, document)
    if held is not None and changes:
        system.version += 1
        system.save(update_fields=["version"])
    return Outcome(row=system, document=document, created=held is None, changes=changes)


def _fill(actor: Actor, system: System, data: SystemInput) -> None:
    problems = Problems()
    for name, value in given(data, *PLAIN, *DURATIONS).items():
        setattr(system, name, value)
    if data.provider is not KEEP:
        system.provider = refer(actor, Party, data.provider, "provider", problems)
    if data.locations is not KEEP:
        system.locations_state = declared(data.locations)
    system.retired_at = None
    problems.refuse()


def _write_locations(system: System, locations: Sequence[LocationInput] | None) -> None:
    wanted = {(place.role, place.country) for place in locations or ()}
    held = {(place.role, place.country): place for place in system.locations.all()}
    for pair in held.keys() - wanted:
        held[pair].delete()
    SystemLocation.objects.bulk_create(
        SystemLocation(
            organisation_id=system.organisation_id, system=system, role=role, country=country
        )
        for role, country in sorted(wanted - held.keys())
    )


def _match(system: System, if_match: int | None) -> None:
    if if_match is not None and if_match != system.version:
        raise Stale(system.version)


def _subject(system: System) -> tuple[SubjectKind, str]:
    return (SubjectKind.SYSTEM, str(system.pk))
