"""What is not law yet: bills, drafts, cases, and acts that begin on a day to come."""

from datetime import date, timedelta

import pytest

from inventory.law.load import load_law
from inventory.law.pending import PendingStatus
from inventory.law.vocabulary import Mark

LAW = load_law()
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)

PENDING = """\
[[pending]]
id = "zz_reform"
jurisdiction = "ZZ"
title = { en = "Reform" }
status = "enacted"
begins = 2027-01-01
changes = "The age would be 14"
values = ["child_consent_age"]
cite = { instrument = "Act 12", article = "s. 1" }
mark = "knowledge"
"""
FILE = "pending.toml"


def ids(on, jurisdiction=None):
    return {one.id for one in LAW.pending_on(on, jurisdiction)}


def test_a_law_without_such_a_file_has_nothing_pending(small_law):
    assert small_law.load().pending == ()


def test_an_act_is_pending_up_to_the_eve_of_its_first_day(small_law):
    small_law.files[FILE] = PENDING
    law = small_law.load()
    assert [one.id for one in law.pending_on(date(2026, 12, 31), "ZZ")] == ["zz_reform"]
    assert law.pending_on(date(2027, 1, 1), "ZZ") == ()
    assert law.pending_on(date(2026, 12, 31), "FR") == ()


@pytest.mark.parametrize(
    ("old", "new", "place", "why"),
    [
        ('jurisdiction = "ZZ"', 'jurisdiction = "QQ"', "QQ", "no regime or country"),
        ('status = "enacted"', 'status = "bill"', "begins", "only what is enacted"),
        ('status = "enacted"', 'status = "rumour"', "rumour", "no PendingStatus"),
        ('["child_consent_age"]', '["age"]', '"age"', "defines no 'age'"),
        ("begins = 2027-01-01", 'begins = "soon"', "soon", "must be a date"),
        ('changes = "The age would be 14"\n', "", "[[pending]]", "'changes' is missing"),
        ('mark = "knowledge"', 'mark = "knowledge"\nweight = 1', "weight", "unknown key"),
        ("[[pending]]", PENDING + "\n[[pending]]", None, "comes twice"),
    ],
)
def test_a_fault_is_refused_with_its_line(small_law, old, new, place, why):
    small_law.files[FILE] = PENDING.replace(old, new)
    refusal = small_law.refuse()
    assert refusal.file == FILE
    assert why in refusal.why
    line = small_law.files[FILE].splitlines()[refusal.line - 1]
    assert place in line if place else line.startswith("id =")


def test_it_counts_in_the_hash(small_law):
    first = small_law.load().hash
    small_law.files[FILE] = PENDING
    assert small_law.load().hash != first


def test_a_bill_never_begins_by_itself():
    bills = [one for one in LAW.pending if one.status is not PendingStatus.ENACTED]
    assert bills
    assert all(one.is_open(date.max) and one.begins is None for one in bills)


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("cl_21719", date(2026, 12, 1)),
        ("py_7593", date(2027, 11, 27)),
        ("in_dpdp", date(2027, 5, 13)),
        ("eu_procedural_rules", date(2027, 4, 2)),
        ("eu_money_laundering", date(2027, 7, 10)),
        ("uk_data_act", date(2026, 2, 5)),
        ("uk_complaints", date(2026, 6, 19)),
        ("il_amendment_13", date(2025, 8, 14)),
        ("br_eca_digital", date(2026, 3, 17)),
        ("br_agency", date(2026, 2, 25)),
    ],
)
def test_an_act_begins_on_the_day_that_the_sources_name(code, first):
    assert code in ids(first - DAY)
    assert code not in ids(first)
    assert code not in ids(first + DAY)


def test_what_the_sources_call_pending_today_is_here():
    assert ids(TODAY, "gdpr") == {
        "eu_digital_omnibus", "eu_omnibus_iv", "eu_procedural_rules", "eu_money_laundering",
        "eu_dpf_appeal", "eea_brazil",
    }  # fmt: skip
    assert ids(TODAY, "uk") == {"uk_information_commission"}
    assert ids(TODAY, "ppa") == {"il_ai_guidance", "il_age_assurance", "il_onward_transfer"}
    assert ids(TODAY, "lgpd") == {"br_regulations"}
    assert ids(TODAY, "pdp") == {"ar_reform", "ar_us_adequacy", "ar_convention_108"}
    assert {"ES", "NO", "DE", "CL", "PY"} <= {one.jurisdiction for one in LAW.pending_on(TODAY)}


def test_every_one_is_cited_and_none_was_read_on_a_page():
    for one in LAW.pending:
        assert one.citation.instrument
        assert one.citation.url is None
        assert one.mark in Mark


def test_a_law_to_come_moves_no_number_before_its_day():
    assert LAW.value("record_exemption_headcount", on=TODAY, regime="gdpr").value == 250
    assert LAW.value("breach_deadline", on=TODAY, regime="gdpr").value == "PT72H"
    assert LAW.value("child_consent_age", on=TODAY, country="ES").value == 14
