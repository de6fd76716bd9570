import pytest

from inventory.services import attributes
from inventory.services.errors import Invalid
from inventory.services.validation import Problems


def refused(rule, value):
    problems = Problems()
    rule(problems, value, "it")
    with pytest.raises(Invalid) as refusal:
        problems.refuse()
    return refusal.value.errors["it"][0]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("P6M", "P6M"),
        ("p2y", "P2Y"),
        ("6 months", "P6M"),
        ("1 year", "P1Y"),
        ("2 years and 6 months", "P2Y6M"),
        ("90 days", "P90D"),
        ("3 weeks", "P3W"),
        (None, None),
        ("", None),
    ],
)
def test_a_length_of_time_is_kept_as_iso_8601(written, kept):
    assert attributes.duration(Problems(), written, "it") == kept


@pytest.mark.parametrize("written", ["6 monts", "six months", "P", "PT5H", "6 months 6 months", 6])
def test_what_is_no_length_of_time_is_refused_with_examples(written):
    assert "is not a length of time. Write 6 months, 2 years or 90 days." in refused(
        attributes.duration, written
    )


def test_a_misspelt_length_of_time_is_quoted():
    assert refused(attributes.duration, "6 monts").startswith("“6 monts” is not")


@pytest.mark.parametrize("written", ["de", "DE", "Germany", "germany"])
def test_a_country_is_named_by_code_or_by_name(written):
    assert attributes.country(Problems(), written, "it") == "DE"


def test_a_misspelt_country_is_answered_with_the_nearest():
    message = refused(attributes.country, "Grmany")
    assert message.startswith("No country is called “Grmany”. Did you mean Germany")


@pytest.mark.parametrize("written", ["2026-11-24x", "24.11.2026", "", 5, [], "0001-01-01"])
def test_what_is_no_day_is_refused(written):
    assert refused(attributes.day, written)


@pytest.mark.parametrize("written", ["javascript:alert(1)", "ftp://a.example", "https://", "a.b"])
def test_only_web_addresses_are_links(written):
    assert "web address" in refused(attributes.link, written)


@pytest.mark.parametrize("value", ["a\x00b", "a\nb", "a\r\nb", "x" * 301, 5, "a\x1b[31m"])
def test_a_name_is_one_line_without_control_characters(value):
    assert refused(attributes.name, value)


def test_what_was_typed_is_shown_without_control_characters():
    assert attributes.quoted("a\x00\r\nb" + "x" * 100) == "“a\ufffd\ufffd\ufffdb" + "x" * 75 + "”"


def test_a_list_that_is_no_list_is_refused():
    assert refused(attributes.lines, "abc") == "This must be a list of at most 5,000 entries."
