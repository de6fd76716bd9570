"""A house with one of each thing, and everybody who may come to one of its doors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from inventory.models import (
    Database,
    Finding,
    LegalEntity,
    MembershipEntity,
    Party,
    SystemLocation,
)
from inventory.models.organisations import Role, ScopeKind, TokenScope
from inventory.services.actors import member
from inventory.services.datasets import put_dataset
from inventory.services.house import HouseRuleInput, put_rule
from inventory.services.inputs import DatasetInput, FieldInput
from inventory.services.justifications import JustificationInput, justify
from inventory.services.law import current_law
from inventory.services.organisations import invite
from inventory.services.reports import Paper, keep_report
from inventory.services.rulings import RulingInput, rule
from inventory.services.tokens import create_token
from tests.world import NOW, TODAY, World, make_entity, make_member, make_world

TABLE = Path(__file__).with_name("doors.txt")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
KEY = "crm.contacts"
VISITORS = (
    "nobody",  # not signed in
    "owner",
    "dpo",
    "editor",
    "engineer",  # of the system that holds the dataset
    "reader",
    "within",  # an editor whose reach is the entity in question
    "beyond",  # an editor whose reach is another entity
    "stranger",  # the owner of another organisation
    "token",  # the DPO by a token that may only read; the API alone knows tokens
)


@dataclass(kw_only=True)
class House:
    """A register with one of each thing, and the visitors' keys."""

    world: World
    arguments: Mapping[str, Any]
    sessions: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def ask(self, visitor: str, method: str, name: str) -> str:
        """What a visitor is answered; nothing of it is kept."""
        api = name.startswith("api-")
        if visitor == "token" and not api:
            return "-"
        client = self._client(visitor, api=api)
        kind = "application/json" if api else "application/x-www-form-urlencoded"
        cache.clear()
        with transaction.atomic():
            answer = client.generic(
                method, address(name, self.arguments), "{}" if api else "sent=1", kind
            )
            transaction.set_rollback(True)
        where = answer.headers.get("Location", "")
        return "in" if where.startswith(reverse("sign-in")) else str(answer.status_code)

    def _client(self, visitor: str, *, api: bool) -> Client:
        client = Client(raise_request_exception=False)
        if visitor == "nobody":
            return client
        if api:
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.tokens[visitor]}"
        else:
            client.cookies["sessionid"] = self.sessions[visitor]
        return client


def make_house() -> House:
    world = make_world()
    brasil = make_entity(world.organisation, "mare-brasil", name="Maré Brasil", country="BR")
    people = {
        "owner": world.owner,
        "dpo": world.dana,
        "editor": world.edith,
        "engineer": world.eli,
        "reader": world.vera,
        "within": _scoped(world, "within", world.entity),
        "beyond": _scoped(world, "beyond", brasil),
        "stranger": make_member(world.elsewhere, "stranger", Role.OWNER),
    }
    house = House(world=world, arguments=arguments(world))
    for visitor, membership in people.items():
        client = Client()
        client.force_login(membership.user)
        house.sessions[visitor] = client.cookies["sessionid"].value
        actor = member(membership, door="web")
        _, house.tokens[visitor] = create_token(actor, visitor, now=NOW)
    _, house.tokens["token"] = create_token(
        world.actor("dana"), "reads", now=NOW, scope=TokenScope.READ
    )
    return house


def _scoped(world: World, name: str, entity: LegalEntity) -> Any:
    one = make_member(world.organisation, name, Role.EDITOR, scope=ScopeKind.ENTITIES)
    MembershipEntity.objects.create(organisation=world.organisation, membership=one, entity=entity)
    return one


def arguments(world: World) -> dict[str, Any]:
    """One of each thing, and what names it in addresses."""
    given = {"organisation": world.organisation}
    SystemLocation.objects.create(system=world.system, role="backup", country="US", **given)
    Party.objects.create(key="mailer", name="Mailer", country="US", **given)
    Database.objects.create(key="customers", name="Customers", entity=world.entity, **given)
    names = ("email", "notes")
    fields = tuple(FieldInput(name=n, purposes=(world.purpose.key,)) for n in names)
    document = DatasetInput(entity=world.entity.key, system=world.system.key, fields=fields)
    put_dataset(world.actor("dana"), KEY, document, today=TODAY)
    why = JustificationInput(text="Answers go to the email.")
    justification = justify(
        world.actor("edith"), KEY, ["email"], world.purpose.key, why,
        submit=True, today=TODAY, now=NOW,
    ).row  # fmt: skip
    token, _ = create_token(world.actor("dana"), "tests", now=NOW)
    invitation, secret = invite(world.actor("owner"), "new@demo.example", Role.READER, now=NOW)
    finding = Finding.objects.filter(subject_kind="dataset").order_by("pk").first()
    assert finding
    return {
        "any.key": KEY,
        "any.entity": world.entity.key,
        "any.country": "US",
        "any.check": "E-01",
        "any.kind": "dataset",
        "any.through": "system",
        "any.name": "categories",
        "any.secret": secret,
        "any.part": "facts",
        "purpose.part": "text",
        "activity.part": "text",
        "system.key": world.system.key,
        "transfer.key": world.system.key,
        "purpose.key": world.purpose.key,
        "activity.key": world.purpose.activity.key,
        "party.key": "mailer",
        "entity.key": world.entity.key,
        "database.key": "customers",
        "finding.number": finding.pk,
        "justification.number": justification.pk,
        "member.number": world.vera.pk,
        "member-withdraw.number": invitation.pk,
        "token.number": token.pk,
        "ruling.number": _ruling(world),
        "ruling.check": "E-18",
        "ruling.place": "FR",
        "ruling.value": "child_consent_age",
        "house.key": _house_rule(world),
        "record.number": _record(world),
    }


def _ruling(world: World) -> int:
    said = RulingInput(act="confirm", check="E-18", reason="Settled.", author="Firm")
    return rule(world.actor("dana"), said, today=TODAY).pk


def _house_rule(world: World) -> str:
    asked = HouseRuleInput(
        condition="no_disposal", severity="major", title="Nothing disposes of it",
        remedy="Schedule a job.", document="Data policy", section="4.2",
    )  # fmt: skip
    return put_rule(world.actor("dana"), "disposal", asked, today=TODAY).row.key


def _record(world: World) -> str:
    paper = Paper(
        entity_key=world.entity.key,
        regime="gdpr",
        layout="gdpr.30.1",
        language="fr",
        as_of=TODAY,
        number="7F3K-QX2M-94TD-HB7R",
        content=b"%PDF-",
        facts={},
        facts_hash="0" * 64,
        law=current_law(),
    )
    return keep_report(world.actor("dana"), paper).number


def address(name: str, given: Mapping[str, Any]) -> str:
    """The address of this name, for the things of the house."""
    noun = name.removeprefix("api-").split("-")[0]
    held = {
        one: next(filter(None, (given.get(f"{of}.{one}") for of in (name, noun, "any"))))
        for one in parameters()[name]
    }
    return reverse(name, kwargs=held)


def parameters() -> dict[str, tuple[str, ...]]:
    """Every named address with what it holds."""
    return dict(_patterns(get_resolver().url_patterns))


def _patterns(found: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        elif isinstance(one, URLPattern):
            assert one.name, f"{one.pattern} has no name"
            yield one.name, tuple(one.pattern.converters)


def line(name: str, method: str, answers: Mapping[str, str]) -> str:
    return f"{name:<24} {method:<6} " + " ".join(f"{answers[v]:>8}" for v in VISITORS)


def heading() -> str:
    return f"{'address':<24} {'method':<6} " + " ".join(f"{v:>8}" for v in VISITORS)
