from datetime import UTC, date, datetime

import pytest

from inventory.law.vocabulary import Declared, JustificationState
from inventory.models import Justification, LegalBasis, Purpose, RetentionPeriod
from inventory.services import justifications
from inventory.services.accountability import put_notice
from inventory.services.errors import Conflict, Invalid, NotFound, Refused, Stale
from inventory.services.parties import put_party
from inventory.services.purposes import put_purpose, retire_purpose
from inventory.services.register_inputs import (
    AssessmentInput,
    BasisInput,
    DisclosureInput,
    NoticeInput,
    PartyInput,
    PurposeInput,
    RetentionInput,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CONTRACT = BasisInput(regime="gdpr", code="gdpr.6.1.b")
SERVE = PurposeInput(
    name="Serve customers",
    text="Deliver what was ordered.",
    direct_marketing=False,
    bases=(CONTRACT,),
    retention=(RetentionInput(record_class="order", period="3 years", start_event="delivery"),),
    disclosures=(),
)


def test_a_purpose_is_written_as_one_document(people, today):
    row = put_purpose(people.edith, "serve", SERVE, today=today).row
    assert row.bases.get().code == "gdpr.6.1.b"
    assert row.retention.get().period == "P3Y"
    assert (row.bases_state, row.disclosures_state) == (Declared.COMPLETE, Declared.NONE)
    assert row.notices_state == Declared.NOT_ASKED


def test_absent_leaves_and_null_asks_again(people, today):
    put_purpose(people.dana, "serve", SERVE, today=today)
    put_purpose(people.dana, "serve", PurposeInput(text="Deliver."), today=today)
    assert LegalBasis.objects.count() == 1
    put_purpose(people.dana, "serve", PurposeInput(bases=None), today=today)
    assert Purpose.objects.get().bases_state == Declared.NOT_ASKED
    assert not LegalBasis.objects.exists()


def test_disclosures_notices_and_assessments_go_with_it(people, today):
    put_party(people.dana, "post", PartyInput(name="Post"), today=today)
    notice = put_notice(
        people.dana, None, NoticeInput(kind="privacy_notice", title="Shop"), today=today
    ).row
    data = PurposeInput(
        name="Serve",
        disclosures=(DisclosureInput(party="post", role="controller", what_for="parcels"),),
        notices=(notice.pk,),
        assessments=(AssessmentInput(kind="dpia", done_on=date(2026, 1, 2)),),
    )
    row = put_purpose(people.dana, "serve", data, today=today).row
    assert row.disclosures.get().party.key == "post"
    assert row.notices.get().notice == notice
    assert row.assessments.get().done_on == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (PurposeInput(text="x"), "name"),
        (PurposeInput(name="S", text="a\x00b"), "text"),
        (PurposeInput(name="S", text="x" * 1_000_000), "text"),
        (PurposeInput(name="S", activity="nope"), "activity"),
        (PurposeInput(name="S", profiling="yes"), "profiling"),
        (PurposeInput(name="S", youngest_age=-3), "youngest_age"),
        (PurposeInput(name="S", bases=(CONTRACT, CONTRACT)), "bases.1"),
        (
            PurposeInput(name="S", bases=(BasisInput(regime="gdpr", code="gdpr.6.1.z"),)),
            "bases.0.code",
        ),
        (
            PurposeInput(name="S", bases=(BasisInput(regime="lgpd", code="gdpr.6.1.b"),)),
            "bases.0.code",
        ),
        (PurposeInput(name="S", bases=(BasisInput(regime="mars", code="x"),)), "bases.0.regime"),
        (
            PurposeInput(name="S", retention=(RetentionInput(period="6 monts"),)),
            "retention.0.period",
        ),
        (PurposeInput(name="S", retention=(RetentionInput(),)), "retention.0.period"),
        (
            PurposeInput(
                name="S", retention=(RetentionInput(period="P1Y", record_class="invioce"),)
            ),
            "retention.0.record_class",
        ),
        (
            PurposeInput(name="S", retention=(RetentionInput(period="P1Y", authority="statute"),)),
            "retention.0.law_reference",
        ),
        (PurposeInput(name="S", retention=(RetentionInput(period="P1Y"),) * 2), "retention.1"),
        (
            PurposeInput(name="S", disclosures=(DisclosureInput(party="nobody", role="boss"),)),
            "disclosures.0.role",
        ),
        (PurposeInput(name="S", notices=(4711,)), "notices.0"),
        (PurposeInput(name="S", assessments=(AssessmentInput(kind="x"),)), "assessments.0.kind"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(people, today, data, path):
    with pytest.raises(Invalid) as refusal:
        put_purpose(people.dana, "serve", data, today=today)
    assert path in refusal.value.errors
    assert not Purpose.objects.exists()


def test_an_unknown_basis_is_answered_with_near_matches(people, today):
    data = PurposeInput(name="S", bases=(BasisInput(regime="gdpr", code="gdpr.6.1.bb"),))
    with pytest.raises(Invalid) as refusal:
        put_purpose(people.dana, "serve", data, today=today)
    assert "Did you mean" in str(refusal.value)


@pytest.mark.parametrize(
    ("data", "stale"),
    [
        (PurposeInput(text="Deliver, and more."), True),
        (PurposeInput(bases=(BasisInput(regime="gdpr", code="gdpr.6.1.f"),)), True),
        (PurposeInput(name="Another name"), False),
        (PurposeInput(retention=(RetentionInput(period="P5Y"),)), False),
    ],
)
def test_an_approval_goes_stale_with_the_text_or_the_basis_alone(people, today, data, stale):
    purpose = put_purpose(people.dana, "serve", SERVE, today=today).row
    approved = Justification(
        organisation=purpose.organisation, purpose=purpose, text="needed", state="approved"
    )
    approved.save()
    approved.approved_content = justifications.content_hash(approved)
    approved.save()
    put_purpose(people.dana, "serve", data, today=today)
    state = Justification.objects.get().state
    assert (state == JustificationState.STALE) is stale


def test_a_period_stays_the_same_row_when_its_length_changes(people, today):
    put_purpose(people.dana, "serve", SERVE, today=today)
    row = RetentionPeriod.objects.get()
    longer = RetentionInput(record_class="order", period="P5Y")
    put_purpose(people.dana, "serve", PurposeInput(retention=(longer,)), today=today)
    assert RetentionPeriod.objects.get().pk == row.pk


def test_a_stale_version_is_refused_and_a_change_makes_a_new_one(people, today):
    first = put_purpose(people.dana, "serve", SERVE, today=today).row.version
    second = put_purpose(people.dana, "serve", PurposeInput(name="B"), today=today, if_match=first)
    assert second.row.version == first + 1
    with pytest.raises(Stale):
        put_purpose(people.dana, "serve", PurposeInput(name="C"), today=today, if_match=first)


def test_a_reader_is_refused_and_a_stranger_finds_nothing(people, today):
    put_purpose(people.dana, "serve", SERVE, today=today)
    for actor in (people.vera, people.eli):
        with pytest.raises(Refused):
            put_purpose(actor, "serve", SERVE, today=today)
    with pytest.raises(NotFound):
        retire_purpose(people.otto, "serve", today=today, now=NOW)


def test_a_retired_purpose_is_not_changed(people, today):
    put_purpose(people.dana, "serve", SERVE, today=today)
    retire_purpose(people.dana, "serve", today=today, now=NOW)
    with pytest.raises(Conflict):
        put_purpose(people.dana, "serve", SERVE, today=today)


def test_history_says_who_did_it(people, today):
    put_purpose(people.edith, "serve", SERVE, today=today, reason="spring review")
    said = LegalBasis.objects.get().events.latest("pgh_id").pgh_context.metadata
    assert (said["member"], said["reason"]) == (people.edith.membership.pk, "spring review")
