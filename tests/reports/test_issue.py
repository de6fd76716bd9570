"""From the register to an issued record: who may, what is refused, what is kept."""

import hashlib
import io
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest
from django.db import connection

from inventory.models import LegalEntity, Organisation, Purpose, Report
from inventory.models.organisations import Role
from inventory.reports.issue import issue_record, missing_items, write_record
from inventory.services.actors import Actor, member
from inventory.services.errors import Invalid, NotFound, Refused
from inventory.services.reports import read_report
from tests.records import AS_OF
from tests.world import make_member, make_organisation

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WANTED: dict[str, Any] = {"regime": "gdpr", "language": "fr", "as_of": AS_OF, "now": NOW}


@pytest.fixture
def dpo(organisation: Organisation) -> Actor:
    return member(make_member(organisation, "dana", Role.DPO), door="web")


def test_an_issued_record_is_kept_with_all_that_it_was_made_of(
    french: LegalEntity, dpo: Actor
) -> None:
    report = issue_record(dpo, "mare-fr", **WANTED)
    found, content = read_report(dpo, report.number)
    assert found.pk == report.pk
    assert hashlib.sha256(content).hexdigest() == report.sha256
    assert (report.layout, report.language, report.as_of) == ("gdpr.30.1", "fr", AS_OF)
    assert report.facts["entity"]["name"] == "Maré France SAS"
    assert (len(report.facts_hash), len(report.law_id)) == (64, 64)
    assert report.issued_by == dpo.membership
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert all(report.number in page.extract_text() for page in pages)


def test_an_issued_record_stays_as_it_was_when_the_register_changes(
    french: LegalEntity, dpo: Actor
) -> None:
    report = issue_record(dpo, "mare-fr", **WANTED)
    Purpose.objects.update(text="Autre chose.")
    _, content = read_report(dpo, report.number)
    assert hashlib.sha256(content).hexdigest() == report.sha256


def test_two_issues_have_numbers_of_their_own_and_the_same_facts(
    french: LegalEntity, dpo: Actor
) -> None:
    one, other = (issue_record(dpo, "mare-fr", **WANTED) for _ in range(2))
    assert one.number != other.number
    assert one.facts_hash == other.facts_hash


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ENGINEER, Role.READER])
def test_only_an_owner_or_a_dpo_issues(
    french: LegalEntity, organisation: Organisation, role: Role
) -> None:
    actor = member(make_member(organisation, "eve", role), door="web")
    with pytest.raises(Refused):
        issue_record(actor, "mare-fr", **WANTED)
    with pytest.raises(Refused):
        missing_items(actor, "mare-fr", **WANTED)
    assert Report.objects.count() == 0


def test_a_stranger_finds_neither_the_entity_nor_the_report(
    french: LegalEntity, dpo: Actor
) -> None:
    report = issue_record(dpo, "mare-fr", **WANTED)
    stranger = member(make_member(make_organisation("away"), "otto", Role.DPO), door="web")
    with pytest.raises(NotFound):
        issue_record(stranger, "mare-fr", **WANTED)
    with pytest.raises(NotFound):
        read_report(stranger, report.number)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"language": "tlh"}, "language", "Known: de, en, es, fr, he, pt-BR."),
        ({"language": "\x00"}, "language", "Known:"),
        ({"regime": "ppa"}, "regime", "not made yet"),
        ({"regime": "ccpa"}, "regime", "Records are made for: gdpr, lgpd."),
        ({"as_of": date(2027, 1, 1)}, "as_of", "is yet to come"),
    ],
)
def test_bad_input_is_refused_by_field(
    french: LegalEntity, dpo: Actor, given: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        issue_record(dpo, "mare-fr", **{**WANTED, **given})
    assert said in refused.value.errors[field][0]


def test_a_text_that_cannot_be_printed_is_refused_by_name(french: LegalEntity, dpo: Actor) -> None:
    Purpose.objects.update(text="x" * 300_000)
    with pytest.raises(Invalid) as refused:
        issue_record(dpo, "mare-fr", **WANTED)
    assert list(refused.value.errors) == ["hr.recruit.gdpr.30.1.b"]
    assert Report.objects.count() == 0


def test_missing_items_are_named_with_their_provision(french: LegalEntity, dpo: Actor) -> None:
    assert missing_items(dpo, "mare-fr", **WANTED) == ()
    Purpose.objects.update(text="")
    (missing,) = missing_items(dpo, "mare-fr", **WANTED)
    assert (missing.activity, missing.code) == ("hr.recruit", "gdpr.30.1.b")
    assert missing.citation == "article 30(1)(b)"
    assert "Choisir un candidat" in missing.text


def test_a_day_before_the_entity_was_there_has_no_record(french: LegalEntity, dpo: Actor) -> None:
    with pytest.raises(NotFound, match="was not in the register"):
        write_record(dpo, "mare-fr", **{**WANTED, "as_of": date(2020, 1, 1)})


def test_a_copy_stores_nothing(french: LegalEntity, dpo: Actor) -> None:
    content = write_record(dpo, "mare-fr", **WANTED)
    assert content.startswith(b"%PDF-1.7")
    assert Report.objects.count() == 0


def test_an_issue_is_attributed(french: LegalEntity, dpo: Actor) -> None:
    issue_record(dpo, "mare-fr", **WANTED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pghistory.context_metadata', true)")
        assert "issued a record" in cursor.fetchone()[0]
