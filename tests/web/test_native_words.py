"""A finding in the languages of its law, beside the English."""

from dataclasses import replace
from datetime import date

import pytest

from inventory.law.shapes import Review
from inventory.models import Evaluation, Finding
from inventory.services.law import current_law
from inventory.web.native_words import native_words


def words(check: str, regime: str, countries: list[str]) -> dict[str, str]:
    finding = Finding(check_id=check, regime=regime, countries=countries)
    finding.evaluation = Evaluation(as_of=date(2026, 11, 24))
    return {one["tag"]: one["title"] for one in native_words(finding, current_law())}


@pytest.mark.parametrize(
    ("check", "regime", "countries", "tags"),
    [
        ("E-02", "gdpr", ["FR"], {"fr"}),
        ("E-02", "gdpr", ["FR", "DE"], {"de", "fr"}),
        ("E-02", "gdpr", ["DK"], set()),  # nothing of ours is in Danish
        ("E-02", "gdpr", [], {"de", "fr"}),
        ("C-01", "ch", ["CH"], {"de-CH", "fr-CH", "it-CH"}),
        ("BR-RET-01", "lgpd", ["BR"], {"pt-BR"}),
        ("AR-RET-01", "pdp", ["AR"], {"es-AR"}),
        ("I-01", "ppa", ["IL"], {"he"}),
        ("U-02", "uk", ["GB"], set()),
        ("no-such-check", "gdpr", ["FR"], set()),
    ],
)
def test_a_finding_is_said_as_its_countries_speak(
    check: str, regime: str, countries: list[str], tags: set[str]
) -> None:
    assert words(check, regime, countries).keys() == tags


def test_who_reviewed_a_translation_is_said() -> None:
    finding = Finding(check_id="I-01", regime="ppa", countries=["IL"])
    finding.evaluation = Evaluation(as_of=date(2026, 11, 24))
    law = current_law()
    (hebrew,) = native_words(finding, law)
    assert (hebrew["dir"], hebrew["language"]) == ("rtl", "Hebrew")
    assert hebrew["review"] == "Translation not reviewed by a lawyer."

    read = Review(reviewed=True, by="Adv. Levi", on=date(2027, 1, 31))
    (hebrew,) = native_words(finding, replace(law, reviews={**law.reviews, "he": read}))
    assert hebrew["review"] == "Translation reviewed by Adv. Levi, 31 January 2027."
