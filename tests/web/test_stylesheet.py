"""Stylesheet, sprite and templates keep the design's promises: contrast, mirroring, size,
and nothing inline."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
CSS = (STATIC / "css" / "grounds.css").read_text(encoding="utf-8")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def place(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


TEXT, CONTROL = 4.5, 3.0
VERDICTS = ("breach", "attention", "met", "unknown")
SOFTS = tuple(f"{verdict}-soft" for verdict in VERDICTS)
PAIRS = [
    *(("ink", ground, TEXT) for ground in ("surface", "canvas", "sunken", "accent-soft", *SOFTS)),
    *(("ink-2", ground, TEXT) for ground in ("surface", "canvas", "sunken", "accent-soft", *SOFTS)),
    *(("accent", ground, TEXT) for ground in ("surface", "canvas", "sunken", "accent-soft")),
    *((verdict, ground, TEXT) for verdict in VERDICTS for ground in ("surface", "accent-soft")),
    *((verdict, f"{verdict}-soft", TEXT) for verdict in VERDICTS),
    *((verdict, "sunken", TEXT) for verdict in VERDICTS),
    *(("na", ground, TEXT) for ground in ("surface", "canvas", "accent-soft", "sunken")),
    ("on-accent", "accent", TEXT),
    ("past-ink", "past", TEXT),
    ("canvas", "ink", TEXT),  # the selection bar and the toast
    ("bar-edge", "ink", CONTROL),
    *(("edge", ground, CONTROL) for ground in ("surface", "canvas", "sunken", "accent-soft")),
    *(("focus", ground, CONTROL) for ground in ("surface", "canvas", "sunken", "accent-soft")),
]
PUBLISHED = [  # what the design's table states, light and dark
    ("ink", "surface", 17.2, 14.5),
    ("ink-2", "surface", 7.2, 7.5),
    ("ink-2", "canvas", 6.7, 8.1),
    ("accent", "surface", 7.9, 8.8),
    ("on-accent", "accent", 7.9, 9.3),
    ("edge", "surface", 3.8, 4.0),
    ("focus", "canvas", 8.0, 11.0),
    ("breach", "surface", 7.0, 8.5),
    ("attention", "attention-soft", 6.0, 8.1),
    ("met", "met-soft", 5.8, 8.0),
    ("unknown", "unknown-soft", 6.1, 7.6),
    ("na", "accent-soft", 4.7, 5.1),
    ("past-ink", "past", 10.3, 11.6),
]


def layer(name: str) -> str:
    start = CSS.index(f"@layer {name} {{")
    depth = 0
    for at in range(start, len(CSS)):
        depth += {"{": 1, "}": -1}.get(CSS[at], 0)
        if depth == 0 and CSS[at] == "}":
            return CSS[start : at + 1]
    raise AssertionError(f"layer {name} is not closed")


def tokens() -> dict[str, tuple[str, str]]:
    written = re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", layer("tokens")
    )
    return {name: (light, dark) for name, light, dark in written}


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_every_pair_in_use_has_contrast_in_both_schemes(
    front: str, ground: str, least: float
) -> None:
    for scheme in (0, 1):
        ratio = contrast(tokens()[front][scheme], tokens()[ground][scheme])
        assert ratio >= least, f"{front} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize(("front", "ground", "light", "dark"), PUBLISHED)
def test_contrast_is_what_the_design_states(
    front: str, ground: str, light: float, dark: float
) -> None:
    ours = tokens()
    assert contrast(ours[front][0], ours[ground][0]) == pytest.approx(light, abs=0.06)
    assert contrast(ours[front][1], ours[ground][1]) == pytest.approx(dark, abs=0.06)


def test_no_colour_is_written_outside_the_tokens() -> None:
    rest = CSS.replace(layer("tokens"), "")
    found = re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|hwb)\(", rest)
    assert found == []
    named = r":[^;{}]*\b(?:white|black|red|green|blue|gr[ae]y|orange|yellow|purple)\b"
    assert re.findall(named, rest) == []


def test_every_token_that_is_read_is_defined() -> None:
    defined = set(re.findall(r"(--[\w-]+):", CSS))
    assert set(re.findall(r"var\((--[\w-]+)", CSS)) <= defined


def test_the_stylesheet_mirrors_by_itself() -> None:
    sides = (
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![\w-])(?:left|right|top|bottom)"
    )
    sizes = r"(?<![\w(-])(?:width|height|min-width|max-width|min-height|max-height)"
    assert re.findall(rf"(?:{sides})\s*:", CSS) == []
    assert re.findall(rf"(?:{sizes})\s*:", CSS) == []
    assert re.findall(r"(?:text-align|float|clear):\s*(?:left|right)", CSS) == []


def test_sheet_and_script_stay_small() -> None:
    assert len(gzip.compress(CSS.encode())) < 12_000
    assert len(gzip.compress((STATIC / "js" / "grounds.js").read_bytes())) < 8_000


def test_no_text_is_smaller_than_twelve_pixels_on_a_screen() -> None:
    screen = CSS.replace(layer("print"), "")
    sizes = re.findall(r"(?:font-size|--(?:2?x?[sml]|xs|xl)): ?([\d.]+)(rem|px)", screen)
    assert sizes
    assert all(float(n) * (16 if unit == "rem" else 1) >= 12 for n, unit in sizes)


def sprite_names() -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "sprite.svg").read_text("utf-8")))


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_every_mark_a_template_uses_is_in_the_sprite(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r'{% icon "([\w-]+)"', text) + re.findall(r"sprite\.svg' %}#([\w-]+)\"", text)
    assert set(used) <= sprite_names()


def test_every_verdict_and_every_state_has_its_mark() -> None:
    from inventory.templatetags.grounds import STATES, VERDICTS

    assert set(VERDICTS) <= sprite_names()
    assert {f"ring-{state}" for state in STATES} <= sprite_names()


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_nothing_is_inline_in_a_template(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    markup = re.sub(r"\{[%#].*?[%#]\}", "", text)
    assert not re.search(r"\s(?:on[a-z]+|hx-on[\w:-]*)\s*=", markup)
    assert "javascript:" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_a_template_opens_with_a_comment_that_names_its_context(path: Path) -> None:
    if "reports" in path.parts:
        pytest.skip("paper has its own rules")
    assert path.read_text(encoding="utf-8").startswith(("{#", "{% comment %}"))


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_every_part_a_template_includes_exists(path: Path) -> None:
    for name in re.findall(r'{% (?:include|extends) "([^"#]+)', path.read_text(encoding="utf-8")):
        assert (ROOT / "templates" / name).is_file(), name


@pytest.mark.parametrize("page", ["400", "403", "404", "409", "500", "503"])
def test_a_trouble_page_renders_with_nothing_to_lean_on(page: str) -> None:
    html = render_to_string(f"errors/{page}.html")
    assert "<h1>" in html
    assert "Go to the overview" in html


def test_a_trouble_page_says_more_closely_what_is_wrong_where_that_is_known() -> None:
    said = "You can read this dataset. Its owner, HR, or a DPO can change it."
    html = render_to_string("errors/403.html", {"text": said})
    assert said in html
    assert "Its owner or a DPO can." not in html
