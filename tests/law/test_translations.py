"""Titles in further languages."""


def test_a_translation_joins_the_laws_own_titles(small_law):
    law = small_law.load()
    assert law.categories["health"].title == {"en": "Health data", "fr": "Santé"}
    assert law.categories["name"].title == {"en": "Name"}


def test_checks_and_records_may_be_translated(small_law):
    small_law.files["texts/fr.toml"] += (
        '\n[check_title]\n"UT-01" = "Enfant"\n\n[check_remedy]\n"UT-01" = "Demander."\n'
        '\n[record_item]\n"utopia.5.a" = "Finalités"\n'
    )
    regime = small_law.load().regimes["utopia"]
    assert [check.title["fr"] for check in regime.checks] == ["Enfant", "Enfant"]
    assert regime.checks[0].remedy["fr"] == "Demander."
    assert regime.record_items[0].title["fr"] == "Finalités"


def test_a_title_is_not_said_twice_in_one_language(small_law):
    small_law.change("categories.toml", '"Health data"', '"Health data", fr = "Santé"')
    refusal = small_law.refuse()
    assert (refusal.file, refusal.line) == ("categories.toml", 1)
    assert "two texts in fr" in refusal.why


def test_a_file_is_named_after_a_language(small_law):
    small_law.files["texts/french.toml"] = ""
    assert "'french' is no language tag" in small_law.refuse().why
