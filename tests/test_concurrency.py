"""An engineer and a DPO at once, each through their own door: what is kept is what the rules say
of what is there, and nothing of either is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from inventory.models import Dataset, LegalBasis
from inventory.services.evaluation import evaluate_organisation
from inventory.services.tokens import create_token
from tests.register import stored, told_afresh
from tests.world import NOW, TODAY, World, make_dataset, make_world

ROUNDS = 20
FIELDS = ("email", "diagnosis", "notes")
CATEGORIES = ("email", "health", "name")


@pytest.fixture
def shared(transactional_db: None) -> World:
    """A dataset whose fields serve the purpose, and the purpose's basis."""
    world = make_world()
    dataset = make_dataset(world, fields=FIELDS)
    for field in dataset.fields.all():
        world.purpose.uses.create(organisation=world.organisation, field=field)
    LegalBasis.objects.create(
        organisation=world.organisation,
        purpose=world.purpose,
        regime="gdpr",
        data_class="ordinary",
        code="gdpr.6.1.b",
    )
    evaluate_organisation(world.organisation, as_of=TODAY)
    return world


def together(*works: Callable[[], int]) -> list[int]:
    """Do these at once, each in a thread with a connection of its own."""
    start = Barrier(len(works))

    def begin(work: Callable[[], int]) -> int:
        try:
            start.wait(timeout=30)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [one.result(timeout=120) for one in [pool.submit(begin, work) for work in works]]


def engineer(world: World) -> Callable[[Random], Callable[[], int]]:
    """Pushes the document, its comments changed and a field more or less."""
    _, secret = create_token(world.actor("dana", door="api"), "tests", now=NOW)
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {secret}")

    def put(chance: Random) -> Callable[[], int]:
        names = [*FIELDS, *chance.sample(("phone", "iban"), chance.randrange(3))]
        fields = [{"name": name, "comment": f"c{chance.random()}"} for name in names]
        return lambda: (
            client.put(
                "/api/v1/datasets/crm.contacts", {"fields": fields}, format="json"
            ).status_code
        )

    return put


def decider(world: World) -> Callable[[Random], Callable[[], int]]:
    """Sets a category, or takes a use away or gives it back."""
    client = Client()
    client.force_login(world.dana.user)

    def post(chance: Random) -> Callable[[], int]:
        name = chance.choice(FIELDS)
        category = {"field": name, "category": chance.choice(CATEGORIES)}
        use = {"field": name, "purpose": world.purpose.key, "used": chance.choice(("yes", "no"))}
        page, sent = chance.choice((("field-decide", category), ("field-use", use)))
        return lambda: client.post(reverse(page, args=["crm.contacts"]), sent).status_code

    return post


@pytest.mark.slow
def test_both_doors_at_once_end_with_the_right_findings(shared: World) -> None:
    pushes, decides, chance = engineer(shared), decider(shared), Random(11)

    for _ in range(ROUNDS):
        assert together(pushes(chance), decides(chance)) == [200, 302]
        assert stored(shared.organisation) == told_afresh(shared.organisation, TODAY)


def test_a_decision_made_while_the_document_is_pushed_is_kept(shared: World) -> None:
    pushes, client = engineer(shared), Client()
    client.force_login(shared.dana.user)
    sent = {"field": list(FIELDS), "category": "health"}

    def decide() -> int:
        return client.post(reverse("field-decide", args=["crm.contacts"]), sent).status_code

    assert together(pushes(Random(1)), decide, pushes(Random(2))) == [200, 302, 200]
    fields = Dataset.objects.get(key="crm.contacts").fields.filter(name__in=FIELDS)
    assert {field.category for field in fields} == {"health"}


def test_of_two_who_saw_the_same_version_one_is_told_to_look_again(shared: World) -> None:
    version = Dataset.objects.get(key="crm.contacts").version
    _, secret = create_token(shared.actor("dana", door="api"), "tests", now=NOW)

    def put(comment: str) -> Callable[[], int]:
        client = APIClient(HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_IF_MATCH=f'"{version}"')
        fields = [{"name": name, "comment": comment} for name in FIELDS]
        return lambda: (
            client.put(
                "/api/v1/datasets/crm.contacts", {"fields": fields}, format="json"
            ).status_code
        )

    assert sorted(together(put("one"), put("two"))) == [200, 412]
