"""From HTML to a tagged PDF/A-3u that fetches nothing and whose bytes its content decides."""

import hashlib
import logging
from collections.abc import Mapping
from typing import Any, Never

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from inventory.reports.record import Record

VARIANT = "pdf/a-3u"

logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # it tells of every step


class Refusing(URLFetcher):
    """Reaches neither disk nor network: a record is made of what it was given."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Never:
        raise ValueError(f"a record fetches nothing: {url[:80]}")


def record_pdf(record: Record, html: str) -> bytes:
    """The document's bytes: the same for the same HTML in the same environment."""
    fetcher = Refusing()
    style: Any = CSS(
        string=render_to_string("reports/record.css") + _page_style(record), url_fetcher=fetcher
    )
    document = HTML(string=html, url_fetcher=fetcher)
    written: bytes = document.write_pdf(
        stylesheets=[style],
        pdf_variant=VARIANT,
        pdf_tags=True,
        pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
    )
    return written


def _page_style(record: Record) -> str:
    """Running lines: on the start side and the end side, whichever way the language runs."""
    start, end = ("right", "left") if record.direction == "rtl" else ("left", "right")
    head = "vertical-align: bottom; padding-bottom: 1.4mm; margin-bottom: 5mm"
    foot = "vertical-align: top; padding-top: 1.4mm; margin-top: 4mm"
    return f"""
@page {{
  size: A4; margin: 20mm 18mm 22mm; font: 7.6pt/1.4 "Noto Sans", "Noto Sans Hebrew";
  @top-{start} {{ content: element(head-start); width: 60%; {head}; border-bottom: .5pt solid }}
  @top-{end} {{ content: element(head-end); width: 40%; {head}; border-bottom: .5pt solid }}
  @bottom-{start} {{ content: element(foot-start); width: 75%; {foot}; border-top: .5pt solid }}
  @bottom-{end} {{
    content: {_page_content(record)}; text-align: {end}; width: 25%; {foot};
    border-top: .5pt solid
  }}
}}"""


def _page_content(record: Record) -> str:
    """“Page {page} of {pages}” as CSS generates it."""
    before, _, rest = record.foot.page.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return f"{_string(before)} counter(page) {_string(between)} counter(pages) {_string(after)}"


def _string(text: str) -> str:
    escaped = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return f'"{escaped}"'
