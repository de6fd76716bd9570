"""Issued documents: kept by those who may issue, seen by those who reach the entity."""

import hashlib
from types import SimpleNamespace

import pytest

from inventory.models import LegalEntity, MembershipEntity, Organisation, Report
from inventory.models.organisations import Role, ScopeKind
from inventory.services.actors import Actor, member
from inventory.services.errors import NotFound, Refused
from inventory.services.law import current_law
from inventory.services.reports import Paper, issued, keep_report, new_number, read_report
from tests.world import TODAY, make_entity, make_member

BYTES = b"%PDF-1.7 \x00 a record"


@pytest.fixture
def entity(people: SimpleNamespace) -> LegalEntity:
    return make_entity(people.dana.organisation, "alpha")


def paper(entity: LegalEntity) -> Paper:
    return Paper(
        entity_key=entity.key,
        regime="gdpr",
        layout="gdpr.30.1",
        language="en",
        as_of=TODAY,
        number=new_number(),
        content=BYTES,
        facts={"entity": entity.key},
        facts_hash="0" * 64,
        law=current_law(),
    )


def test_the_very_bytes_come_back(people: SimpleNamespace, entity: LegalEntity) -> None:
    report = keep_report(people.dana, paper(entity))
    _, content = read_report(people.vera, report.number)
    assert content == BYTES
    assert report.sha256 == hashlib.sha256(BYTES).hexdigest()
    assert report.law_id == current_law().hash


@pytest.mark.parametrize("who", ["edith", "eli", "vera"])
def test_who_may_not_issue_is_refused(
    people: SimpleNamespace, entity: LegalEntity, who: str
) -> None:
    with pytest.raises(Refused):
        keep_report(getattr(people, who), paper(entity))
    assert Report.objects.count() == 0


def test_a_stranger_finds_nothing(people: SimpleNamespace, entity: LegalEntity) -> None:
    report = keep_report(people.dana, paper(entity))
    for number in (report.number, "", "\x00"):
        with pytest.raises(NotFound):
            read_report(people.otto, number)
    assert list(issued(people.otto)) == []


def test_a_member_of_other_entities_finds_nothing(
    people: SimpleNamespace, entity: LegalEntity
) -> None:
    report = keep_report(people.dana, paper(entity))
    scoped = scoped_member(people.dana.organisation, make_entity(entity.organisation, "beta"))
    assert list(issued(scoped)) == []
    with pytest.raises(NotFound):
        read_report(scoped, report.number)


def test_numbers_are_long_and_differ() -> None:
    numbers = {new_number() for _ in range(1000)}
    assert len(numbers) == 1000
    assert {len(number) for number in numbers} == {19}


def scoped_member(organisation: Organisation, entity: LegalEntity) -> Actor:
    membership = make_member(organisation, "sam", Role.DPO)
    membership.scope = ScopeKind.ENTITIES
    membership.save()
    MembershipEntity.objects.create(organisation=organisation, membership=membership, entity=entity)
    return member(membership, door="web")
