"""What is taken as law, and what is refused: always with its file and the line to mend."""

import pytest

from inventory.law.load import DATA, load_law

REGIME, CHECKS, ADEQUACY = "regimes/utopia.toml", "checks/utopia.toml", "adequacy.toml"
WORLD, CATEGORIES, FRENCH = "world.csv", "categories.toml", "texts/fr.toml"

# file, text to replace, its replacement, text on the line that must be named, words of the reason
REFUSALS = [
    (CHECKS, 'severity = "major"', 'severity = "huge"', '"huge"', "no Severity"),
    (CHECKS, 'severity = "major"', 'severity = "mayor"', '"mayor"', "did you mean 'major'"),
    (CHECKS, 'severity = "major"', 'sevrity = "major"', "[[check]]", "'severity' is missing"),
    (CHECKS, 'mark = "checked"', 'mark = "checked"\nweight = 3', "weight", "unknown key 'weight'"),
    (CHECKS, 'mark = "checked"\n', "", "[[check]]", "'mark' is missing"),
    (CHECKS, 'subject = "purpose"', 'subject = "field"', '"field"', "no SubjectKind"),
    (CHECKS, 'condition = "child_without_parent"', 'condition = "Child?"', "Child?", "form"),
    (CHECKS, 'title = { en = "Child', 'title = { fr = "Enfant', "Enfant", "no English text"),
    (CHECKS, 'remedy = { en = "Ask a parent." }', 'remedy = { en = " " }', '" "', "says something"),
    (CHECKS, 'title = { en = "C', 'title = { English = "C', "English", "no language tag"),
    (CHECKS, ', article = "art. 1" }', " }", '"Order 7"', "'article' is missing"),
    (CHECKS, 'instrument = "Order 7", ', "", '{ article = "art. 1"', "'instrument' is missing"),
    (CHECKS, '"Order 7"', '""', 'instrument = ""', "says something"),
    (CHECKS, '"art. 1" },', '"art. 1", quote = "x" },', "Order 7", "'quote_language' is missing"),
    (CHECKS, 'cite = [{ instrument = "UPA", article = "s. 6" }]', "cite = []", "[[ch", "cites"),
    (CHECKS, "valid_from = 2020-01-01\n", "", "[[check]]", "'valid_from' is missing"),
    (CHECKS, "valid_from = 2020-01-01", 'valid_from = "2020"', '"2020"', "must be a date"),
    (CHECKS, "2020-01-01", "2020-01-01T00:00:00", "valid_from", "must be a date"),
    (CHECKS, "valid_until = 2023-01-01", "valid_until = 2020-01-01", "valid_until", "not after"),
    (CHECKS, "valid_until = 2023-01-01\n", "", "valid_from = 2023", "overlaps"),
    (CHECKS, "months = 24", "months = [[24]]", "parameters", "neither a plain value"),
    (CHECKS, "kinds = [", "kinds = { value = 3 }, x = [", "parameters", "must be a text"),
    (CHECKS, 'value = "child_consent_age"', 'value = "age"', "parameters", "defines no 'age'"),
    (CHECKS, "[[check]]", "[[check]", "[[check]", "line 1"),
    (CHECKS, "[[check]]", "[check]", "[[check]]", "Cannot overwrite"),
    (REGIME, 'code = "utopia"', 'code = "erewhon"', "erewhon", "in a file named utopia.toml"),
    (REGIME, 'countries = ["ZZ"]', 'countries = ["Utopia"]', "Utopia", "no country code"),
    (REGIME, 'countries = ["ZZ"]', 'countries = ["ZZ", "QQ"]', "QQ", "no country 'QQ'"),
    (REGIME, 'countries = ["ZZ"]', 'countries = ["ZZ", "ZZ"]', '"ZZ", "ZZ"', "twice"),
    (REGIME, 'languages = ["en"]', 'languages = ["English"]', "English", "no language tag"),
    (REGIME, "mark =", 'extends = "gdpr"\nmark =', "extends", "unknown key 'extends'"),
    (REGIME, "[[scope]]", "[joined]\nFR = 2021-01-01\n\n[[scope]]", "FR = 2021", "none of its"),
    (REGIME, '"establishment"', '"residence"', "residence", "no Trigger"),
    (REGIME, '"establishment"', '"origin_and_storage"', "[[scope]]", "needs it"),
    (REGIME, 'kind = "consent"', 'kind = "contentment"', "contentment", "no BasisKind"),
    (REGIME, '"consent_record"', '"consent_records"', "consent_records", "did you mean"),
    (REGIME, '["ordinary", "special"]', '["odd"]', '"odd"', "no DataClass"),
    (REGIME, 'kind = "standard_clauses"', 'kind = "trust"', "trust", "no MechanismKind"),
    (REGIME, "[[mechanism]]", '[[basis]]\ncode = "utopia.consent"\n[[mechanism]]', None, "twice"),
    (REGIME, "mandatory = true", 'mandatory = "yes"', '"yes"', "true or false"),
    (REGIME, 'source = "purposes"', 'source = "aims"', '"aims"', "no RecordItemSource"),
    (REGIME, "until = 2024-01-01\n", "", "since = 2024-01-01", "overlaps"),
    (REGIME, "since = 2024-01-01", "since = 2023-12-31", "since = 2023", "overlaps"),
    (REGIME, "until = 2024-01-01", "until = 2019-01-01", "until = 2019", "not after the first day"),
    (REGIME, "value = 15", 'value = "15"', '"15"', "type int"),
    (REGIME, "value = 15", "value = true", "value = true", "type int"),
    (REGIME, 'value = "P10Y"', 'value = "10 years"', "10 years", "no ISO 8601 duration"),
    (REGIME, '"retention_minimum.invoice"', '"retention_minimum.bill"', "bill", "no record class"),
    (REGIME, '"retention_minimum.invoice"', '"retention_minimum"', '_minimum"', "record class"),
    (REGIME, '"retention_minimum.invoice"', '"keeping.invoice"', "keeping", "defines no 'keeping'"),
    (REGIME, 'acronym = "G"', "acronym = 7", "acronym = 7", "must be a text"),
    (ADEQUACY, '"BR"', '"XX"', "XX", "no country 'XX'"),
    (ADEQUACY, 'origin = "utopia"', 'origin = "ruritania"', "ruritania", "no file"),
    (ADEQUACY, "until = 2025-05-05", "until = 2022-02-02", "until", "not after"),
    (ADEQUACY, 'mark = "checked"', 'mark = "checked"\nscope = "club"', "club", "no RecipientScope"),
    (WORLD, "Brazil,adequate", "Brazil,splendid", "splendid", "no level 'splendid'"),
    (WORLD, "ANPD,checked", "ANPD,sure", "sure", "no mark 'sure'"),
    (WORLD, "BR,Brazil", "Brasil,Brazil", "Brasil", "no country code"),
    (WORLD, "2026-12-01", "December", "December", "no date"),
    (WORLD, "2026-12-01", "", "21.719", "every later one has"),
    (WORLD, "CNIL,checked,", "CNIL,checked", "CNIL", "number of columns"),
    (WORLD, ",since", "", "iso2", "columns must be"),
    (CATEGORIES, "personal = true", "personal = 1", "personal = 1", "true or false"),
    (CATEGORIES, 'regime = "utopia"', 'regime = "erewhon"', "erewhon", "no file"),
    (CATEGORIES, 'class = "special"', 'class = "secret"', "secret", "no DataClass"),
    (CATEGORIES, '"U", article = "9"', '"U"', '"U"', "'article' is missing"),
    (CATEGORIES, 'code = "name"', 'code = "health"', None, "comes twice"),
    ("values.toml", 'unit = "years"', 'unit = "moons"', "moons", "no Unit"),
    ("record_classes.toml", 'title = { en = "Invoice" }', "", "[[record_class]]", "'title'"),
    (FRENCH, '"utopia.consent"', '"utopia.assent"', "assent", "which no file has"),
    (FRENCH, "[category]", "[kategory]", "[kategory]", "did you mean 'category'"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "place", "why"), REFUSALS)
def test_a_fault_is_refused_with_its_file_and_line(small_law, file, old, new, place, why):
    small_law.change(file, old, new)
    refusal = small_law.refuse()
    assert refusal.file == file
    assert why in refusal.why
    if place is None:  # the second of two twins: its own line, never the first's
        assert refusal.line > small_law.line(file, new.splitlines()[0] if "\n" in new else new)
    else:
        assert place in small_law.files[file].splitlines()[refusal.line - 1]
    assert str(refusal).startswith(f"{file}:{refusal.line}: ")


def test_the_second_check_is_named_and_not_the_first(small_law):
    small_law.change("checks/utopia.toml", 'severity = "major"', 'severity = "huge"')
    assert small_law.refuse().line == small_law.line("checks/utopia.toml", '"huge"') > 20


def test_checks_of_a_regime_without_a_file_are_refused(small_law):
    small_law.files["checks/erewhon.toml"] = ""
    assert "no regime 'erewhon'" in str(small_law.refuse())


def test_one_check_id_belongs_to_one_regime(small_law):
    small_law.files["regimes/erewhon.toml"] = (
        'code = "erewhon"\nshort = "E"\ntitle = { en = "E" }\nlanguages = ["en"]\n'
        'countries = ["FR"]\nvalid_from = 2020-01-01\nmark = "checked"\n'
        'cite = { instrument = "E", article = "1" }\n'
    )
    small_law.files["checks/erewhon.toml"] = small_law.files["checks/utopia.toml"]
    refusal = small_law.refuse()
    assert (refusal.file, refusal.line) == ("checks/utopia.toml", 2)
    assert "a check of erewhon" in refusal.why


def test_a_country_has_one_regime(small_law):
    small_law.files["regimes/ytopia.toml"] = (
        small_law.files["regimes/utopia.toml"]
        .split("[[scope]]", maxsplit=1)[0]
        .replace('"utopia"', '"ytopia"')
    )
    refusal = small_law.refuse()
    assert (refusal.file, refusal.line) == ("regimes/ytopia.toml", 5)
    assert "ZZ has the regime utopia" in refusal.why


def test_a_country_is_described_once(small_law):
    small_law.files["countries/zz.toml"] = (
        'code = "ZZ"\nname = { en = "Z" }\nmark = "checked"\nlanguages = ["en"]\n'
    )
    assert "described twice" in str(small_law.refuse())


def test_a_country_without_a_regime_must_date_its_values(small_law):
    small_law.files["countries/cl.toml"] = (
        'code = "CL"\nlanguages = ["es"]\n\n[[value]]\nid = "child_consent_age"\nvalue = 14\n'
        'cite = { instrument = "Ley", article = "1" }\nmark = "checked"\n'
    )
    refusal = small_law.refuse()
    assert (refusal.file, refusal.line) == ("countries/cl.toml", 4)


def test_a_name_the_world_table_has_is_not_said_again(small_law):
    small_law.files["countries/fr.toml"] = (
        'code = "FR"\nname = { en = "Gaul" }\nlanguages = ["fr"]\n'
    )
    refusal = small_law.refuse()
    assert (refusal.line, refusal.why.split(";")[0]) == (2, "unknown key 'name'")


def test_bytes_that_are_no_text_are_refused(small_law):
    small_law.load()
    (small_law.root / "values.toml").write_bytes(b"\xff\xfe")
    del small_law.files["values.toml"]
    assert "not UTF-8" in str(small_law.refuse())


def test_an_invented_country_loads_from_its_file_alone(small_law):
    law = small_law.load()
    assert law.countries["ZZ"].name["en"] == "Utopia"
    assert law.countries["ZZ"].regime == "utopia"
    assert [check.id for check in law.regimes["utopia"].checks] == ["UT-01", "UT-01"]
    assert law.bases["utopia.consent"].title["fr"] == "Consentement"


def test_the_same_files_have_the_same_hash_wherever_they_lie(small_law, tmp_path_factory):
    first = small_law.load().hash
    small_law.root = tmp_path_factory.mktemp("elsewhere")
    assert small_law.load().hash == first


@pytest.mark.parametrize("file", [REGIME, CHECKS, ADEQUACY, WORLD, CATEGORIES, FRENCH])
def test_every_file_counts_in_the_hash(small_law, file):
    first = small_law.load().hash
    small_law.files[file] += "\n" if file == WORLD else "# looked at again\n"
    assert small_law.load().hash != first


def test_checks_may_come_from_another_directory(small_law, tmp_path):
    small_law.load()
    others = tmp_path / "others"
    others.mkdir()
    (others / "utopia.toml").write_text(small_law.files[CHECKS].split("\n[[check]]")[0])
    law = load_law(small_law.root, checks=others)
    assert len(law.regimes["utopia"].checks) == 1


def test_the_programs_own_law_loads():
    assert {"gdpr", "lgpd", "pdp", "ppa"} <= load_law(DATA).regimes.keys()
