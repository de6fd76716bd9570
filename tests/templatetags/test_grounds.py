"""The tags say each verdict in shape and word, and numbers and dates as people write them."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation

from inventory.templatetags import grounds


def render(source: str, **context: object) -> str:
    return Template("{% load grounds %}" + source).render(Context(context))


def test_a_mark_has_its_shape_its_word_and_its_count() -> None:
    html = render('{% mark "breach" 1200 %}')
    assert "#breach" in html
    assert "Breach" in html
    assert "· 1,200" in html


def test_not_applicable_is_short_in_the_matrix_and_whole_for_assistive_technology() -> None:
    html = render("{% mark status compact=True %}", status="not_applicable")
    assert 'aria-hidden="true">n/a' in html
    assert "Not applicable" in html


def test_a_status_nobody_knows_is_shown_as_unknown() -> None:
    assert grounds.verdict("splendid") == "unknown"
    assert not grounds.needs("met")
    assert grounds.needs("splendid")


def test_a_waived_finding_keeps_its_shape_and_says_until_when() -> None:
    html = render("{% mark 'breach' waived_until=day %}", day=date(2027, 1, 31))
    assert "#breach" in html
    assert "waived until 31 January 2027" in html


def test_a_field_without_justification_has_an_empty_ring() -> None:
    assert "#ring-none" in render("{% ring state %}", state=None)
    assert "type changed" in render('{% ring "stale" "type changed" %}')


def test_what_people_typed_is_escaped_wherever_a_tag_shows_it() -> None:
    evil = "<script>x</script>"
    for source in (
        "{% ring 'stale' evil %}",
        "{% mark 'breach' word=evil %}",
        "{% tick 'f' evil evil %}",
        "{% note 'breach' evil %}{{ evil }}{% endnote %}",
        "{% note evil 'title' %}{% endnote %}",
    ):
        assert "<script>" not in render(source, evil=evil)


@pytest.mark.parametrize("language", ["en", "he"])
def test_numbers_are_grouped_in_every_language(language: str) -> None:
    with translation.override(language):
        assert grounds.grouped(1286) == "1,286"


def test_a_number_nobody_knows_is_not_shown_as_zero() -> None:
    assert grounds.grouped(None) == ""
    assert grounds.grouped(0) == "0"


def test_a_date_is_written_in_words_in_the_language_of_the_page() -> None:
    assert grounds.day(date(2026, 11, 24)) == "24 November 2026"
    with translation.override("fr"):
        assert grounds.day(date(2026, 11, 24)) == "24 novembre 2026"


def test_an_instant_is_shown_as_the_day_it_was_here() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    with timezone.override("Asia/Jerusalem"):
        assert grounds.day(late) == "25 November 2026"


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2026, 11, 24), "today"),
        (date(2026, 11, 23), "1 day"),
        (date(2026, 11, 12), "12 days"),
        (date(2026, 8, 20), "3 months"),
        (date(2024, 11, 1), "2 years"),
    ],
)
def test_an_age_is_said_as_people_say_it(since: date, words: str) -> None:
    assert grounds.age(since, date(2026, 11, 24)) == words


class Period(forms.Form):
    kept_for = forms.CharField(label="Kept for", help_text="As long as it takes")


def test_a_refused_field_is_joined_to_its_error_and_its_hint() -> None:
    form = Period({"kept_for": ""})
    html = render('{% include "_parts/field.html" %}', field=form["kept_for"])
    assert 'aria-describedby="id_kept_for_hint id_kept_for_error"' in html
    assert 'id="id_kept_for_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_cells_that_are_met_are_named_for_a_phone() -> None:
    cells = [{"code": "FR", "status": "met"}, {"code": "BR", "status": "breach"}]
    assert grounds.met_in(cells) == ["FR"]
