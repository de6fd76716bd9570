"""The style page shows every part, from invented data, without a register behind it."""

from django.template.loader import render_to_string

from inventory.templatetags.grounds import STATES, VERDICTS
from inventory.web.samples import samples


def test_the_style_page_shows_every_verdict_and_every_state() -> None:
    html = render_to_string("style_page.html", {**samples(), "shell": {"nav": []}})
    for name in VERDICTS:
        assert f"#{name}" in html
    for state in STATES:
        assert f"#ring-{state}" in html


def test_the_style_page_shows_a_refused_field_with_its_reason() -> None:
    html = render_to_string("style_page.html", {**samples(), "shell": {"nav": []}})
    assert "is not a length of time" in html
