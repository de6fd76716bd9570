"""Counsel's rulings in a browser: reached from a finding, made, seen there, and ended."""

from typing import Any

import pytest
from django.urls import reverse

from inventory.models import Finding, Ruling
from inventory.services import evaluation
from inventory.services.rulings import RulingInput, rule
from tests.world import TODAY, World, make_dataset

from .conftest import Door

CHECK = reverse("ruling-check", args=["E-18"])
VALUE = reverse("ruling-value", args=["FR", "child_consent_age"])
BROWSE = reverse("ruling-browse")
SENT = {
    "act": "confirm", "reason": "Settled case law.", "author": "Firm & Co",
    "made_on": TODAY.isoformat(), "since": TODAY.isoformat(), "until": "",
    "severity": "major", "title": "", "remedy": "", "parameters": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def finding(world: World) -> Finding:
    make_dataset(world, fields=("email",)).fields.update(category="email")
    evaluation.evaluate_organisation(world.organisation, as_of=TODAY)
    return Finding.objects.get(check_id="E-18")


def sent(**given: Any) -> dict[str, Any]:
    return {**SENT, **given}


def test_a_finding_leads_to_its_ruling_and_says_what_counsel_said(
    finding: Finding, door: Door
) -> None:
    show, client = reverse("finding-show", args=[finding.pk]), door("dana")
    assert f'href="{CHECK}"' in client.get(show).content.decode()
    assert client.post(CHECK, sent(act="amend", severity="minor")).status_code == 302

    finding.refresh_from_db()
    assert finding.severity == "minor"
    text = client.get(show).content.decode()
    assert "Counsel of Demo (Firm &amp; Co) amended this check on" in text
    assert "Settled case law." in text
    assert f'href="{CHECK}"' not in door("vera").get(show).content.decode()


def test_what_was_not_changed_in_the_form_is_not_amended(door: Door) -> None:
    client = door("dana")
    form = client.get(CHECK).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    shown |= {"act": "amend", "reason": "Why.", "author": "Firm", "severity": "blocker"}
    assert client.post(CHECK, shown).status_code == 302

    kept = Ruling.objects.get()
    assert (kept.severity, kept.title, kept.remedy, kept.parameters) == ("blocker", "", "", {})
    again = {**shown, "act": "switch_off"}
    assert client.post(CHECK, again).status_code == 302
    assert not Finding.objects.filter(check_id="E-18").exists()
    assert Ruling.objects.filter(ended_on=TODAY).count() == 1


def test_parameters_are_written_as_in_the_law_files(door: Door) -> None:
    client, url = door("dana"), reverse("ruling-check", args=["E-16"])
    assert "age = { value = &quot;child_consent_age&quot; }" in client.get(url).content.decode()
    wrong = client.post(url, sent(act="amend", parameters="kinds == 14"))
    refused = client.post(url, sent(act="amend", parameters='kinds = ["consnt"]'))
    amended = 'age = { value = "child_consent_age" }\nkinds = ["contract"]'
    kept = client.post(url, sent(act="amend", severity="blocker", parameters=amended))

    assert "not written as in the law files" in wrong.content.decode()
    assert (wrong.status_code, refused.status_code, kept.status_code) == (422, 422, 302)
    assert Ruling.objects.get().parameters == {"kinds": ["contract"]}


def test_a_value_is_ruled_on_in_one_country(door: Door) -> None:
    client = door("dana")
    text = client.get(VALUE).content.decode()
    assert "Loi n° 78-17 art. 45" in text
    assert 'value="15"' in text
    assert client.post(VALUE, sent(act="amend", amount="15")).status_code == 422
    assert client.post(VALUE, sent(act="amend", amount="fourteen")).status_code == 422
    assert client.post(VALUE, sent(act="amend", amount="14")).status_code == 302
    assert Ruling.objects.get().amount == 14
    assert client.post(VALUE, sent(act="confirm", amount="14")).status_code == 302


def test_rulings_are_listed_for_everybody_and_ended_by_who_decides(
    world: World, door: Door
) -> None:
    said = RulingInput(act="switch_off", check="E-18", reason="Not so.", author="Firm")
    made = rule(world.actor("dana"), said, today=TODAY)
    end = reverse("ruling-end", args=[made.pk])
    assert "Not so." in door("vera").get(BROWSE).content.decode()
    assert end not in door("vera").get(BROWSE).content.decode()
    assert "Not so." not in door("otto").get(BROWSE).content.decode()
    assert door("otto").get(end).status_code == 404
    assert door("edith").post(end, {"reason": "x"}).status_code == 403

    client = door("dana")
    assert end in client.get(BROWSE).content.decode()
    assert client.get(end).status_code == 200
    assert client.post(end, {"reason": ""}).status_code == 422
    assert client.post(end, {"reason": "Overruled."}).status_code == 302
    assert Finding.objects.filter(check_id="E-18").exists()
    assert "Overruled." in client.get(BROWSE).content.decode()
    assert client.post(end, {"reason": "Again."}).status_code == 409


@pytest.mark.parametrize(
    "url",
    [
        reverse("ruling-check", args=["E-18x"]),
        reverse("ruling-check", args=["H:mine"]),
        reverse("ruling-value", args=["AR", "child_consent_age"]),
        reverse("ruling-value", args=["QQ", "no_such"]),
        "/law/checks/%00/ruling/",
    ],
)
def test_what_the_law_data_does_not_hold_is_not_there(door: Door, url: str) -> None:
    assert door("dana").get(url).status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"act": ""}, "act"),
        ({"reason": " "}, "reason"),
        ({"author": ""}, "author"),
        ({"since": "soon"}, "since"),
        ({"until": "2020-01-01"}, "until"),
        ({"made_on": "2999-01-01"}, "made_on"),
        ({"severity": "minor"}, "severity"),
    ],
)
def test_what_is_wrong_is_said_beside_it(door: Door, given: dict[str, str], field: str) -> None:
    answer = door("dana").post(CHECK, sent(**given))
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode() or field == "act"
    assert not Ruling.objects.exists()
