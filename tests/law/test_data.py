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


def test_bavaria_has_an_authority_of_its_own():
    germany = LAW.countries["DE"]
    assert germany.authority("BY").acronym == "BayLDA"
    assert germany.authority("BE").acronym == "BfDI"
    assert germany.authority(None).acronym == "BfDI"


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
    assert {basis.regime for basis in of_kind} == {"gdpr", "lgpd"}
    assert all(basis.data_classes == (DataClass.ORDINARY,) for basis in of_kind)


@pytest.mark.parametrize(
    ("layout", "mandatory"),
    [("gdpr.30.1", 8), ("gdpr.30.2", 5), ("lgpd.37", 10), ("lgpd.small_agent", 7),
     ("pdp.21.2", 10), ("ppa.reg2", 8)],
)  # fmt: skip
def test_a_record_has_all_its_items(layout, mandatory):
    regime = LAW.regimes[layout.split(".")[0]]
    items = [item for item in regime.record_items if item.layout == layout]
    assert sum(item.mandatory for item in items) == mandatory
    assert {item.source for item in items} <= set(RecordItemSource)
    native = set(regime.languages) - {"en"} if layout != "gdpr.30.2" else {"fr", "de"}
    for item in items:
        assert native <= item.title.keys(), item.code


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
    for regime in ("gdpr", "lgpd", "pdp", "ppa"):
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
        "country BR retention_minimum.support_case",
        "country ES child_consent_age",
        "country IL retention_minimum.accounting_book",
        "country IL retention_minimum.invoice",
        "country LI child_consent_age",
        "country NO child_consent_age",
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
    ("regime", "prefix"), [("gdpr", "E-"), ("lgpd", "BR-"), ("pdp", "AR-"), ("ppa", "I-")]
)
def test_a_regime_has_at_least_twelve_checks(regime, prefix):
    checks = LAW.regimes[regime].checks
    assert len(checks) >= 12
    assert all(check.id.startswith(prefix) for check in checks)


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
