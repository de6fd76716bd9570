"""What the stored verdicts say to an actor, no further than the actor sees."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.law.vocabulary import Status, SubjectKind
from inventory.models import Dataset, Finding, Judgement
from inventory.models.organisations import ScopeKind
from inventory.services import compliance, evaluation, waivers
from inventory.services.actors import program
from inventory.services.law import current_law
from tests.register import make_register
from tests.world import TODAY, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    made = make_register(make_organisation("home"), datasets=8)
    evaluation.evaluate_organisation(made.organisation, as_of=TODAY)
    return made


@pytest.fixture
def actor(register):
    return program(register.organisation)


def is_advice(finding):
    return (finding.severity, finding.status) == ("advice", "attention")


def test_a_cell_counts_what_the_page_of_its_dataset_lists(register, actor):
    """Matrix, dataset page and findings agree: they are one sum."""
    for row in register.datasets:
        listed = list(compliance.findings_of_dataset(actor, row))
        counted = {one.pk for one in listed if is_advice(one)}
        for cell in compliance.cells(actor, [row.pk]).get(row.pk, ()):
            there = [
                one
                for one in listed
                if one.regime == cell.regime
                and not is_advice(one)
                and (cell.country in one.countries or cell.country == "" == "".join(one.countries))
            ]
            counted |= {one.pk for one in there}
            for status in compliance.OPEN:
                number = sum(one.status == status for one in there)
                assert number == getattr(cell, status.value), (row, cell)
        assert counted == {one.pk for one in listed}


def test_the_matrix_is_worst_first_and_names_every_country_concerned(actor):
    found = compliance.matrix(actor)
    assert [c.country for c in found.columns if c.regime == "gdpr"] == ["DE", "FR"]
    assert {c.name for c in found.columns} >= {"Brazil", "Israel"}
    breaches = [sum(cell.breach for cell in row.cells if cell) for row in found.rows]
    assert breaches == sorted(breaches, reverse=True)
    assert found.total == 8


def test_an_unknown_never_looks_met(register, actor):
    for row in compliance.matrix(actor).rows:
        for cell in filter(None, row.cells):
            if cell.unknown:
                assert cell.status in (Status.BREACH, Status.UNKNOWN)


def test_pages_of_the_matrix_have_every_dataset_once(actor):
    pages = [compliance.matrix(actor, page=n, limit=3) for n in (1, 2, 3)]
    keys = [row.subject.key for page in pages for row in page.rows]
    assert len(keys) == len(set(keys)) == 8


def test_the_matrix_takes_as_many_queries_for_many_as_for_few(actor):
    def number(limit):
        with CaptureQueriesContext(connection) as seen:
            compliance.matrix_document(actor, limit=limit)
        return len(seen)

    assert number(1) == number(8)


def test_counts_come_in_one_query_and_leave_out_what_is_waived(register, actor):
    finding = Finding.objects.filter(status="breach").first()
    with CaptureQueriesContext(connection) as seen:
        before = compliance.counts(actor)
    assert len(seen) == 1
    assert before.breach == Finding.objects.filter(status="breach").count()
    waivers.waive(actor, finding.pk, "Accepted.", TODAY.replace(year=2027), today=TODAY)
    after = compliance.counts(actor)
    assert (after.breach, after.waived) == (before.breach - 1, 1)


def test_a_scoped_member_sees_the_findings_of_what_they_see_and_no_more(register, actor):
    entity = register.entities[0]
    scoped = replace(actor, scope=ScopeKind.ENTITIES, entity_ids=frozenset({entity.pk}))
    held = set(Dataset.objects.filter(entity=entity).values_list("pk", flat=True))
    seen = compliance.findings(scoped)
    about = seen.filter(subject_kind="dataset").values_list("subject_id", flat=True)
    assert {int(key) for key in about} <= held
    assert {row.subject.pk for row in compliance.matrix(scoped).rows} == held
    assert 0 < seen.count() < compliance.findings(actor).count()
    crossings = seen.filter(subject_kind="transfer").values_list("subject_id", flat=True)
    assert all(int(k[1:].split("-")[0]) in held for k in crossings if k.startswith("d"))


def test_another_organisation_sees_none_of_it(register):
    away = program(make_organisation("away"))
    assert not compliance.findings(away).exists()
    assert compliance.matrix(away).rows == ()
    assert compliance.counts(away).open == 0


@pytest.mark.parametrize(
    "given",
    [{"status": "unknown"}, {"severity": "major"}, {"regime": "lgpd"}, {"check": "E-19"}],
)
def test_findings_are_narrowed(register, actor, given):
    name, value = next(iter(given.items()))
    column = {"check": "check_id"}.get(name, name)
    rows = compliance.findings(actor, **given)
    assert {getattr(row, column) for row in rows} == {value}


def test_findings_are_narrowed_to_a_country_and_a_subject(register, actor):
    assert all("BR" in one.countries for one in compliance.findings(actor, country="BR"))
    key = str(register.datasets[0].pk)
    rows = compliance.findings(actor, subject=(SubjectKind.DATASET, key))
    assert {(row.subject_kind, row.subject_id) for row in rows} == {("dataset", key)}


def test_a_finding_is_explained_in_the_words_of_the_law(actor):
    finding = compliance.findings(actor, check="E-19").first()
    with CaptureQueriesContext(connection) as seen:
        words = compliance.explain(finding, current_law())
    assert len(seen) == 0
    assert words.title
    assert words.remedy
    assert words.citations
    assert words.question.endswith("?")
    assert "Nobody with a law licence has reviewed it." in words.mark_words


def test_a_finding_whose_check_is_gone_says_so(actor):
    finding = compliance.findings(actor).first()
    finding.check_id = "GONE-01"
    words = compliance.explain(finding, current_law())
    assert "no such check" in words.note


def test_what_to_do_first_is_the_gravest(actor):
    things = compliance.next_things(actor, 3)
    assert len(things) == 3
    assert things[0].status is Status.BREACH
    assert things[0].count >= 1
    assert things[0].title != things[0].check_id


def test_what_waits_to_be_judged_is_said(register, actor):
    row = register.datasets[0]
    Judgement.objects.filter(subject_kind="dataset", subject_id=str(row.pk)).update(
        stale_since="2026-11-24T00:00Z"
    )
    found = compliance.matrix(actor)
    assert found.stale_count == 1
    assert [r.stale for r in found.rows if r.subject.pk == row.pk] == [True]
    assert compliance.counts(actor).stale == 1
