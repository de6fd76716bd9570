"""Titles in further languages."""

import re
from datetime import date

import pytest

from inventory.law.load import DATA
from inventory.law.shapes import Review
from inventory.law.translations import closest, in_language

# The languages that every check of a regime speaks besides English.
SPOKEN = {
    "gdpr": ("fr", "de"),
    "ch": ("de-CH", "fr-CH", "it-CH"),
    "lgpd": ("pt-BR",),
    "pdp": ("es-AR",),
    "ppa": ("he",),
    "uk": (),
}
PICKED = {"de", "es", "fr", "he", "pt"}  # categories and kinds of record, whichever law asks
FILES = sorted((DATA / "texts").glob("*.toml"))
TABLE, NUMBER = re.compile(r"\[check\.(.+)\]"), re.compile(r"\d+")
ENGLISH_ABOVE = re.compile(r"# (.+)\n(title|remedy) = ")
LOOSE = re.compile("(?<![\\u00a0\\u202f])[:;?!»]|«(?![\\u00a0\\u202f])")
SIGNED = 'by = "Me X"\non = 2027-01-31'


def test_a_translation_joins_the_laws_own_titles(small_law):
    law = small_law.load()
    assert law.categories["health"].title == {"en": "Health data", "fr": "Santé"}
    assert law.categories["name"].title == {"en": "Name"}


def test_checks_and_records_may_be_translated(small_law):
    small_law.files["texts/fr.toml"] += (
        '\n[check.UT-01]\ntitle = "Enfant"\nremedy = "Demander."\n'
        '\n[record_item]\n"utopia.5.a" = "Finalités"\n'
    )
    regime = small_law.load().regimes["utopia"]
    assert [check.title["fr"] for check in regime.checks] == ["Enfant", "Enfant"]
    assert regime.checks[0].remedy["fr"] == "Demander."
    assert regime.record_items[0].title["fr"] == "Finalités"


def test_a_check_is_translated_whole(small_law):
    small_law.files["texts/fr.toml"] += '\n[check.UT-01]\ntitle = "Enfant"\n'
    refusal = small_law.refuse()
    assert refusal.line == small_law.line("texts/fr.toml", "[check.UT-01]")
    assert "'remedy' is missing" in refusal.why


def test_a_check_that_nothing_has_is_refused_with_its_line(small_law):
    small_law.files["texts/fr.toml"] += '\n[check.UT-99]\ntitle = "Rien"\nremedy = "Rien."\n'
    refusal = small_law.refuse()
    assert refusal.line == small_law.line("texts/fr.toml", "[check.UT-99]")
    assert "'UT-99', which no file has" in refusal.why


def test_a_title_is_not_said_twice_in_one_language(small_law):
    small_law.change("categories.toml", '"Health data"', '"Health data", fr = "Santé"')
    refusal = small_law.refuse()
    assert (refusal.file, refusal.line) == ("categories.toml", 1)
    assert "two texts in fr" in refusal.why


def test_a_file_is_named_after_a_language(small_law):
    small_law.files["texts/french.toml"] = ""
    assert "'french' is no language tag" in small_law.refuse().why


def test_every_file_says_whether_a_lawyer_has_read_it(small_law):
    assert small_law.load().reviews == {"fr": Review(reviewed=False)}
    small_law.change("texts/fr.toml", "[review]\nreviewed = false\n", "")
    assert "'review' is missing" in small_law.refuse().why


def test_a_review_has_a_name_and_a_day(small_law):
    small_law.change("texts/fr.toml", "reviewed = false", f"reviewed = true\n{SIGNED}")
    review = small_law.load().reviews["fr"]
    assert (review.reviewed, review.by, review.on) == (True, "Me X", date(2027, 1, 31))


@pytest.mark.parametrize(
    "claim",
    [
        "reviewed = true",
        'reviewed = true\nby = "Me X"',
        "reviewed = true\non = 2027-01-31",
        f"reviewed = false\n{SIGNED}",
        'reviewed = "yes"',
    ],
)
def test_half_a_review_is_refused(small_law, claim):
    small_law.change("texts/fr.toml", "reviewed = false", claim)
    refusal = small_law.refuse()
    assert refusal.line == small_law.line("texts/fr.toml", "reviewed")


@pytest.mark.parametrize(
    ("asked", "tags", "shown"),
    [
        ("es-AR", "en es es-AR", "es-AR"),
        ("es-ar", "en es es-AR", "es-AR"),  # as the web framework writes it
        ("es-AR", "en es", "es"),
        ("es-AR", "en fr", "en"),
        ("es", "en es-AR es-MX", "es-AR"),  # another region's Spanish before English
        ("es-MX", "en es-AR", "es-AR"),
        ("es", "en es es-AR", "es"),
        ("e", "en es", "en"),
        ("en", "en es", "en"),
        ("en-GB", "en es", "en"),
    ],
)
def test_a_text_is_shown_in_the_nearest_language(asked, tags, shown):
    texts = {tag: f"text in {tag}" for tag in tags.split()}
    assert closest(texts, asked) == shown
    assert in_language(texts, asked) == f"text in {shown}"


@pytest.mark.parametrize(
    ("regime", "language"), [(regime, one) for regime, ones in SPOKEN.items() for one in ones]
)
def test_every_check_is_said_in_the_languages_of_its_law(law, regime, language):
    for check in law.regimes[regime].checks:
        assert {language} <= check.title.keys() & check.remedy.keys(), check.id


@pytest.mark.parametrize(
    ("regime", "language"), [(regime, one) for regime, ones in SPOKEN.items() for one in ones]
)
def test_grounds_gateways_and_headings_are_said_in_the_languages_of_their_law(
    law, regime, language
):
    spoken = law.regimes[regime]
    named = (*spoken.bases.values(), *spoken.mechanisms.values(), *spoken.record_items)
    assert not [one for one in named if closest(one.title, language) == "en"]


def test_what_a_person_picks_is_said_in_five_languages(law):
    for picked in (*law.categories.values(), *law.record_classes.values()):
        assert picked.title.keys() >= PICKED, picked.code


def test_every_law_says_which_languages_its_checks_speak(law):
    assert law.regimes.keys() - {"house"} == SPOKEN.keys()  # an organisation's own pack is English


def test_a_translation_keeps_every_number(law):
    checks = [check for regime in law.regimes.values() for check in regime.checks]
    for check in checks:
        for texts in (check.title, check.remedy):
            for language, text in texts.items():
                assert numbers(text) == numbers(texts["en"]), (check.id, language, text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_translator_reads_the_laws_own_english_above_each_text(law, file):
    """`[check.E-01]`, then `# English title`, `title = `, `# English remedy`, `remedy = `."""
    english: dict[str, set[tuple[str, str]]] = {}
    for regime in law.regimes.values():
        for check in regime.checks:
            said = {("title", check.title["en"]), ("remedy", check.remedy["en"])}
            english.setdefault(check.id, set()).update(said)
    _, *parts = TABLE.split(file.read_text(encoding="utf-8"))
    for code, body in zip(parts[::2], parts[1::2], strict=True):
        above = [(key, words) for words, key in ENGLISH_ABOVE.findall(body)]
        assert [key for key, _ in above] == ["title", "remedy"], code
        assert set(above) <= english[code], code


@pytest.mark.parametrize("file", [f for f in FILES if f.stem[:2] == "fr"], ids=lambda f: f.stem)
def test_french_keeps_its_double_signs_with_the_word_before(file):
    """A no-break space before : ; ? ! and inside guillemets."""
    values = re.findall(r' = "(.*)"', file.read_text(encoding="utf-8"))
    assert not [text for text in values if LOOSE.search(text)]


def test_swiss_german_has_no_sharp_s():
    assert "ß" not in (DATA / "texts/de-CH.toml").read_text(encoding="utf-8")


def numbers(text):
    return set(NUMBER.findall(text))
