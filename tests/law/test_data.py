"""The law data itself: every fact cited and marked, every period kept to the day."""

import csv
import os
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from inventory.law.load import DATA, load_law
from inventory.law.vocabulary import BasisKind, DataClass, Mark, RecordItemSource

LAW = load_law()
DAY = timedelta(days=1)
DATASETS = os.environ.get("GROUNDS_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")
SHARED = Path(DATASETS).parent / "law"
UNION = {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"} | {
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
}  # fmt: skip
LANDS = {"BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST"} | {
    "SH", "TH",
}  # fmt: skip
EEA = UNION | {"IS", "LI", "NO"}

HELD = [  # who holds which values: regimes and countries
    *((f"regime {code}", regime.values) for code, regime in LAW.regimes.items()),
    *((f"country {code}", country.values) for code, country in LAW.countries.items()),
]
ENTRIES = [
    pytest.param(value, entry, id=f"{holder} {key} {entry.since}")
    for holder, values in HELD
    for key, value in values.items()
    for entry in value.entries
]


@pytest.mark.parametrize(("value", "entry"), ENTRIES)
def test_a_value_holds_from_its_first_day_to_the_eve_of_its_last(value, entry):
    assert value.on(entry.since - DAY) is not entry
    assert value.on(entry.since) is entry
    assert value.on(entry.since + DAY) is entry
    if entry.until:
        assert value.on(entry.until - DAY) is entry
        assert value.on(entry.until) is not entry


def test_a_recognition_holds_from_its_first_day_to_the_eve_of_its_last():
    for recognition in LAW.recognitions:
        assert not found(recognition, recognition.since - DAY)
        assert found(recognition, recognition.since)
        assert found(recognition, recognition.since + DAY)
        if recognition.until:
            assert found(recognition, recognition.until - DAY)
            assert not found(recognition, recognition.until)


def found(recognition, day):
    return recognition in LAW.recognised(recognition.origin, recognition.destination, day)


def test_every_fact_is_cited_and_marked():
    facts = list(marked_facts())
    assert len(facts) > 500
    for citation, mark in facts:
        assert citation.instrument.strip()
        assert citation.article.strip()
        assert isinstance(mark, Mark)


def test_no_address_or_day_of_reading_is_claimed():
    """The sources give none for any article; whoever adds one has read it, and says so here."""
    for citation, _ in marked_facts():
        assert citation.url is None
        assert citation.read_on is None


def marked_facts():
    for regime in LAW.regimes.values():
        yield regime.citation, regime.mark
        yield from ((scope.citation, scope.mark) for scope in regime.scopes)
        yield from ((item.citation, item.mark) for item in regime.record_items)
        for fact in (*regime.bases.values(), *regime.mechanisms.values()):
            yield fact.citation, fact.mark
        for check in regime.checks:
            yield from ((citation, check.mark) for citation in check.citations)
    for _, values in HELD:
        for value in values.values():
            yield from ((entry.citation, entry.mark) for entry in value.entries)
    for category in LAW.categories.values():
        for regime, citation in category.citations.items():
            yield citation, category.marks[regime]
    yield from ((recognition.citation, recognition.mark) for recognition in LAW.recognitions)


def test_every_state_of_the_area_has_a_file_an_authority_and_an_age():
    assert set(LAW.regimes["gdpr"].countries) >= EEA
    for code in EEA:
        country = LAW.countries[code]
        assert country.authority(None), code
        assert country.languages, code
        assert 13 <= country.values["child_consent_age"].entries[-1].value <= 16, code


def test_every_land_has_an_authority_of_its_own():
    germany = LAW.countries["DE"]
    lands = {authority.region for authority in germany.authorities} - {None}
    assert lands == LANDS
    assert germany.authority("BY").acronym == "BayLDA"
    assert germany.authority("HE").acronym == "HBDI"
    assert germany.authority(None).acronym == "BfDI"
    assert germany.authority("XX").acronym == "BfDI"


def test_the_general_and_special_grounds_are_whole():
    codes = LAW.bases.keys()
    assert {f"gdpr.6.1.{letter}" for letter in "abcdef"} <= codes
    assert {f"gdpr.9.2.{letter}" for letter in "abcdefghij"} <= codes
    numerals = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    assert {f"lgpd.7.{numeral}" for numeral in numerals} <= codes
    assert {f"lgpd.11.II.{letter}" for letter in "abcdefg"} | {"lgpd.11.I"} <= codes
    assert {f"pdp.5.2.{letter}" for letter in "abcde"} | {"pdp.5.1"} <= codes
    assert {"il.consent", "il.statute", "il.defence_s18"} <= codes


def test_legitimate_interest_never_carries_sensitive_data_and_is_no_ground_in_two_laws():
    of_kind = [b for b in LAW.bases.values() if b.kind is BasisKind.LEGITIMATE_INTERESTS]
    assert {basis.regime for basis in of_kind} == {"gdpr", "lgpd", "uk", "ch"}
    european = [basis for basis in of_kind if basis.regime != "ch"]  # which lets interests weigh
    assert all(basis.data_classes == (DataClass.ORDINARY,) for basis in european)


@pytest.mark.parametrize(
    ("layout", "mandatory"),
    [("gdpr.30.1", 8), ("gdpr.30.2", 5), ("lgpd.37", 10), ("lgpd.small_agent", 7),
     ("pdp.21.2", 10), ("ppa.reg2", 8), ("uk.30.1", 8), ("uk.30.2", 5), ("ch.12.2", 8)],
)  # fmt: skip
def test_a_record_has_all_its_items(layout, mandatory):
    regime = LAW.regimes[layout.split(".")[0]]
    items = [item for item in regime.record_items if item.layout == layout]
    assert sum(item.mandatory for item in items) == mandatory
    assert {item.source for item in items} <= set(RecordItemSource)
    native = set(regime.languages) - {"en"} if layout != "gdpr.30.2" else {"fr", "de"}
    for item in items:
        assert native <= item.title.keys(), item.code


BRAZIL = """
BR-SCOPE-01 BR-ROPA-01 BR-ROPA-02 BR-ROPA-03 BR-BASIS-01 BR-BASIS-02 BR-BASIS-03 BR-BASIS-04
BR-BASIS-05 BR-BASIS-06 BR-BASIS-07 BR-CONS-01 BR-CONS-02 BR-CONS-03 BR-PURP-01 BR-MIN-01
BR-SENS-01 BR-CHILD-01 BR-CHILD-02 BR-NOTICE-01 BR-DPO-01 BR-DPO-02 BR-DPO-03 BR-PROC-01
BR-RET-01 BR-RET-02 BR-RET-03 BR-ANON-01 BR-SEC-01 BR-XFER-01 BR-XFER-02 BR-XFER-03 BR-XFER-04
BR-RIPD-01 BR-ADM-01 BR-INC-01 BR-INC-02 BR-DSAR-01 BR-DSAR-02
"""
ARGENTINA = """
AR-REG-01 AR-REG-02 AR-REG-03 AR-REG-04 AR-BASIS-01 AR-BASIS-02 AR-BASIS-03 AR-BASIS-04
AR-CONS-01 AR-NOTICE-01 AR-NOTICE-02 AR-SENS-01 AR-SENS-02 AR-CRIM-01 AR-QUAL-01 AR-MIN-01
AR-ASSIGN-01 AR-PROC-01 AR-PROC-02 AR-RET-01 AR-RET-02 AR-SEC-01 AR-XFER-01 AR-XFER-02
AR-XFER-03 AR-DSAR-01 AR-DSAR-02 AR-MKT-01 AR-INC-01
"""

SUGGESTED = """name email phone postal_address national_id tax_id date_of_birth gender nationality
photo ip_address device_id account_id password_secret location bank_account payment_card salary
financial_transaction health genetic biometric ethnic_origin religion political_opinion
trade_union sexual_life criminal_record family education employment behaviour preferences
free_text technical not_personal"""


def test_the_categories_that_importers_suggest_exist():
    assert set(SUGGESTED.split()) <= LAW.categories.keys()
    impersonal = {code for code, category in LAW.categories.items() if not category.personal}
    assert impersonal == {"technical", "not_personal"}


@pytest.mark.parametrize("language", ["fr", "de", "pt", "es", "he"])
def test_categories_and_record_classes_are_named_in_every_language_of_a_record(language):
    for thing in (*LAW.categories.values(), *LAW.record_classes.values()):
        assert language in thing.title, thing.code


def test_a_special_category_is_special_somewhere_in_each_regime():
    for regime in ("gdpr", "lgpd", "pdp", "ppa", "uk", "ch"):
        assert LAW.data_class("health", regime) is DataClass.SPECIAL
        assert LAW.data_class("name", regime) is DataClass.ORDINARY


def test_uncertain_facts_are_the_ones_the_sources_doubt():
    doubted = {
        f"{holder} {key}"
        for holder, values in HELD
        for key, value in values.items()
        if any(entry.mark is Mark.UNCERTAIN for entry in value.entries)
    }
    assert doubted == {
        "country AR retention_minimum.tax_document",
        "country AT retention_maximum.cctv",
        "country BE retention_minimum.accounting_book",
        "country BE retention_minimum.invoice",
        "country BR retention_minimum.call_recording",
        "country BR retention_minimum.occupational_health",
        "country BR retention_minimum.severance_fund",
        "country BR retention_minimum.support_case",
        "country ES child_consent_age",
        "country IL retention_minimum.accounting_book",
        "country IL retention_minimum.invoice",
        "country LI child_consent_age",
        "country NO child_consent_age",
        "regime ppa access_extension",
    }


def test_the_world_table_is_the_one_of_the_sources():
    source = SHARED / "world.csv"
    if not source.exists():
        pytest.skip("the shared legal sources are not here")
    ours = read_rows(DATA / "world.csv")
    theirs = read_rows(source)
    first = {row["iso2"]: row for row in reversed(ours)}
    assert first.keys() == {row["iso2"] for row in theirs}
    for row in theirs:
        mine = first[row["iso2"]]
        assert (mine["level"], mine["confidence"]) == (row["level"], row["confidence"])
    marks = Counter(country.mark for country in LAW.countries.values())
    assert marks == Counter(row["confidence"] for row in theirs)


def test_the_childs_ages_are_those_of_the_sources():
    source = SHARED / "eu-uk-ch-il.md"
    if not source.exists():
        pytest.skip("the shared legal sources are not here")
    text = source.read_text(encoding="utf-8")
    table = text[text.index("### 3.6") : text.index("Default for unknown country")]
    for line in table.splitlines():
        cells = [cell.strip(" *") for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0] in EEA:
            entry = LAW.countries[cells[0]].values["child_consent_age"].entries[-1]
            assert cells[1].lstrip("*").startswith(str(entry.value)), cells
            assert entry.mark is mark_of(cells[3]), cells


def mark_of(cell):
    """The weakest mark of a cell such as `C S6; section K`."""
    if cell.endswith("U"):
        return Mark.UNCERTAIN
    return Mark.KNOWLEDGE if " K" in cell or cell.startswith("K") else Mark.CHECKED


@pytest.mark.parametrize(
    ("regime", "prefix", "rows"),
    [
        ("gdpr", "E-", [f"E-{n:02}" for n in range(1, 63)]),
        ("ppa", "I-", [f"I-{n:02}" for n in range(1, 35)]),
        ("uk", "U-", [f"U-{n:02}" for n in range(1, 7)]),
        ("ch", "C-", [f"C-{n:02}" for n in range(1, 7)]),
        ("lgpd", "BR-", BRAZIL.split()),
        ("pdp", "AR-", ARGENTINA.split()),
    ],
)
def test_every_row_of_the_sources_is_a_check(regime, prefix, rows):
    checks = {check.id for check in LAW.regimes[regime].checks}
    assert not [row for row in rows if not {row, *halves(row)} & checks]
    assert all(check.startswith(prefix) for check in checks)


def halves(row):
    """A row that is two questions here has only ids with a further word."""
    return {f"{row}-SURVEY", f"{row}-TEST"}


def test_terms_of_other_taxonomies_exist_there():
    fides = Path(DATASETS) / "fides/fideslang/data_files/data_categories.csv"
    dpv = Path(DATASETS) / "dpv/2.3/pd/pd.csv"
    if not fides.exists() or not dpv.exists():
        pytest.skip("the taxonomies of others are not here")
    keys = {row["fides_key"] for row in read_rows(fides)}
    terms = dpv.read_text(encoding="utf-8")
    for category in LAW.categories.values():
        assert category.fides is None or category.fides in keys
        assert category.dpv is None or category.dpv.replace("pd:", "dpv/pd#") in terms


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
