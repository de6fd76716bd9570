"""Records: what would be missing, issuing, and downloading the very bytes again."""

import hashlib

import pytest
from django.urls import reverse

from inventory.models import Report
from tests.world import World

from .conftest import Door

BROWSE = reverse("record-browse")
PREPARE = reverse("record-prepare")
ISSUE = reverse("record-issue")
COPY = reverse("record-preview")
ASKED = {"entity": "mare-france", "regime": "gdpr", "language": "fr", "as_of": ""}


def test_what_is_missing_is_named_before_anything_is_issued(world: World, door: Door) -> None:
    text = door("dana").get(PREPARE, ASKED).content.decode()
    assert "missing" in text
    assert "Issue it with its gaps" in text
    assert reverse("activity-show", args=["serve-customers-activity"]) in text
    assert not Report.objects.exists()


def test_a_record_is_issued_and_downloaded_again_byte_for_byte(world: World, door: Door) -> None:
    client = door("dana")
    answer = client.post(ISSUE, ASKED)
    report = Report.objects.get()
    assert answer["Location"] == reverse("record-show", args=[report.number])
    assert report.number in client.get(BROWSE).content.decode()
    assert report.sha256 in client.get(answer["Location"]).content.decode()
    pdf = door("vera").get(reverse("record-download", args=[report.number]))
    assert pdf["Content-Type"] == "application/pdf"
    assert report.number in pdf["Content-Disposition"]
    assert hashlib.sha256(pdf.content).hexdigest() == report.sha256


def test_a_copy_without_a_number_is_kept_nowhere(world: World, door: Door) -> None:
    answer = door("dana").get(COPY, ASKED)
    assert answer.content.startswith(b"%PDF")
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"entity": "mare-frnce"}, "entity"),
        ({"regime": "magic"}, "regime"),
        ({"language": "tlh"}, "language"),
        ({"as_of": "soon"}, "as_of"),
        ({"as_of": "2999-01-01"}, "as_of"),
    ],
)
def test_a_record_that_cannot_be_made_is_refused_beside_its_field(
    world: World, door: Door, wrong: dict[str, str], field: str
) -> None:
    for answer in (
        door("dana").get(PREPARE, {**ASKED, **wrong}),
        door("dana").post(ISSUE, {**ASKED, **wrong}),
        door("dana").get(COPY, {**ASKED, **wrong}),
    ):
        assert answer.status_code == 422
        assert f"id_{field}_error" in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize("who", ["vera", "edith", "eli"])
def test_only_a_dpo_or_an_owner_issues(world: World, door: Door, who: str) -> None:
    client = door(who)
    assert PREPARE not in client.get(BROWSE).content.decode()
    assert client.get(PREPARE).status_code == 403
    assert client.post(ISSUE, ASKED).status_code == 403
    assert client.get(COPY, ASKED).status_code == 403
    assert not Report.objects.exists()


def test_a_stranger_finds_no_record_of_ours(world: World, door: Door) -> None:
    door("dana").post(ISSUE, ASKED)
    number = Report.objects.get().number
    client = door("otto")
    assert number not in client.get(BROWSE).content.decode()
    assert client.get(reverse("record-show", args=[number])).status_code == 404
    assert client.get(reverse("record-download", args=[number])).status_code == 404
    assert client.post(ISSUE, ASKED).status_code == 422


def test_issuing_is_no_link(world: World, door: Door) -> None:
    assert door("dana").get(ISSUE, ASKED).status_code == 405
