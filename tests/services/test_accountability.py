from datetime import date, timedelta
from hashlib import sha256

import pytest

from inventory.models import Dataset, Evidence, Notice, Purpose, Review
from inventory.services.accountability import LARGEST_FILE, attach, detach, put_notice, review
from inventory.services.datasets import put_dataset
from inventory.services.entities import put_entity
from inventory.services.errors import Invalid, NotFound, Refused
from inventory.services.inputs import DatasetInput
from inventory.services.purposes import put_purpose
from inventory.services.register_inputs import (
    EntityInput,
    EvidenceInput,
    NoticeInput,
    PurposeInput,
)

SHOP = NoticeInput(
    kind="privacy_notice",
    title="Shop notice",
    url="https://acme.example/privacy",
    language="fr",
    published_on=date(2026, 1, 1),
    items=("13.1.a",),
    purposes=("serve",),
)


@pytest.fixture
def company(people, today):
    return put_entity(people.dana, "acme", EntityInput(name="A", country="FR"), today=today).row


@pytest.fixture(autouse=True)
def serve(people, today):
    put_purpose(people.dana, "serve", PurposeInput(name="Serve"), today=today)


def test_a_notice_is_bound_to_its_purposes(people, today):
    notice = put_notice(people.edith, None, SHOP, today=today).row
    assert Purpose.objects.get().notices.get().notice == notice
    put_notice(people.edith, notice.pk, NoticeInput(title="New", purposes=()), today=today)
    assert Notice.objects.get().title == "New"
    assert not Purpose.objects.get().notices.exists()


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (NoticeInput(title="X"), "kind"),
        (NoticeInput(kind="flyer", title="X"), "kind"),
        (NoticeInput(kind="privacy_notice", title="X", url="javascript:alert(1)"), "url"),
        (NoticeInput(kind="privacy_notice", title="X", language="français"), "language"),
        (NoticeInput(kind="privacy_notice", title="X", purposes=("nope",)), "purposes.0"),
    ],
)
def test_a_bad_notice_names_the_field_and_writes_nothing(people, today, data, path):
    with pytest.raises(Invalid) as refusal:
        put_notice(people.dana, None, data, today=today)
    assert path in refusal.value.errors
    assert not Notice.objects.exists()


def test_a_notice_of_another_organisation_is_not_there(people, today):
    notice = put_notice(people.dana, None, SHOP, today=today).row
    with pytest.raises(NotFound):
        put_notice(people.otto, notice.pk, NoticeInput(title="Mine"), today=today)
    with pytest.raises(Refused):
        put_notice(people.vera, notice.pk, NoticeInput(title="Mine"), today=today)


def test_a_review_dates_the_dataset(people, today):
    put_dataset(people.dana, "crm", DatasetInput(name="CRM"), today=today)
    review(people.edith, "dataset", "crm", reviewed_on=today, note="Nothing to add", today=today)
    assert Dataset.objects.get().reviewed_on == today
    assert Review.objects.get().reviewer == people.edith.membership
    earlier = today - timedelta(days=30)
    review(people.edith, "dataset", "crm", reviewed_on=earlier, today=today)
    assert Dataset.objects.get().reviewed_on == today


def test_a_review_in_the_future_or_of_nothing_is_refused(people, today):
    put_dataset(people.dana, "crm", DatasetInput(name="CRM"), today=today)
    tomorrow = today + timedelta(days=1)
    for of, key, day, error in (
        ("dataset", "crm", tomorrow, Invalid),
        ("planet", "crm", today, Invalid),
        ("dataset", "nope", today, NotFound),
    ):
        with pytest.raises(error):
            review(people.dana, of, key, reviewed_on=day, today=today)
    with pytest.raises(Refused):
        review(people.vera, "dataset", "crm", reviewed_on=today, today=today)
    with pytest.raises(NotFound):
        review(people.otto, "dataset", "crm", reviewed_on=today, today=today)
    assert not Review.objects.exists()


def test_a_file_is_kept_with_the_hash_of_its_bytes(people, company):
    data = EvidenceInput(title="Statutes", content=b"%PDF-1.7", media_type="application/pdf")
    attach(people.edith, "entity", company.pk, data)
    kept = Evidence.objects.get()
    assert (bytes(kept.content), kept.sha256) == (b"%PDF-1.7", sha256(b"%PDF-1.7").hexdigest())
    detach(people.edith, kept.pk)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (EvidenceInput(title=""), "title"),
        (EvidenceInput(title="X"), "content"),
        (EvidenceInput(title="X", content=b"a", url="https://a.example"), "content"),
        (EvidenceInput(title="X", content=b""), "content"),
        (EvidenceInput(title="X", content=b"x" * (LARGEST_FILE + 1)), "content"),
        (EvidenceInput(title="X", url="file:///etc/passwd"), "url"),
        (EvidenceInput(title="X", content=b"a", media_type="text/html\r\nX: 1"), "media_type"),
        (EvidenceInput(title="X", content=b"a", sha256="0" * 64), "sha256"),
        (EvidenceInput(title="X", url="https://a.example", sha256="abc"), "sha256"),
    ],
)
def test_bad_evidence_names_the_field_and_writes_nothing(people, company, data, path):
    with pytest.raises(Invalid) as refusal:
        attach(people.dana, "entity", company.pk, data)
    assert path in refusal.value.errors
    assert not Evidence.objects.exists()


def test_evidence_needs_permission_and_a_thing_that_is_there(people, company):
    link = EvidenceInput(title="Register", url="https://a.example/x")
    for actor, of, error in (
        (people.vera, "entity", Refused),
        (people.otto, "entity", NotFound),
        (people.dana, "moon", Invalid),
    ):
        with pytest.raises(error):
            attach(actor, of, company.pk, link)
    attach(people.dana, "entity", company.pk, link)
    kept = Evidence.objects.get()
    with pytest.raises(NotFound):
        detach(people.otto, kept.pk)
    with pytest.raises(Refused):
        detach(people.vera, kept.pk)
