"""Countries, days, periods and citations in the words of a language."""

import re
from datetime import date

from babel.dates import format_date
from babel.lists import format_list

from inventory.law.shapes import Citation
from inventory.reports.record import Line, Span
from inventory.reports.texts import Wording

PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
UNITS = ("year", "month", "week", "day")
ARTICLE = re.compile(r"^Art\. ")


def country(wording: Wording, code: str) -> str:
    return wording.locale.territories.get(code) or code


def day(wording: Wording, on: date) -> str:
    return format_date(on, "long", locale=wording.locale)


def listed(wording: Wording, words: list[str]) -> str:
    return format_list(words, locale=wording.locale)


def period(wording: Wording, iso: str) -> str:
    """“P2Y6M” as people say it; as it is written where it cannot be read."""
    match = PERIOD.fullmatch(iso)
    if not match or not any(match.groups()):
        return iso
    parts = [(int(n), unit) for n, unit in zip(match.groups(), UNITS, strict=True) if n]
    return listed(wording, [_counted(wording, count, unit) for count, unit in parts])


def citation(wording: Wording, cited: Citation, regime_short: str) -> Line:
    """The provision; with its instrument where that is not the document's own law."""
    spans: list[Span] = []
    if cited.instrument != regime_short:
        spans += [Span(cited.instrument, kept=True), Span(", ")]
    article = ARTICLE.sub("", cited.article)
    if article != cited.article:
        spans.append(Span(wording.say("citation.article")))
    for number, part in enumerate(article.split("; ")):
        spans += [Span(wording.say("pattern.between"))] if number else []
        spans.append(Span(part, kept=True))
    return tuple(spans)


def _counted(wording: Wording, count: int, unit: str) -> str:
    """The form that the language's plural rules choose, if it has one of its own."""
    form = f"period.{unit}_{wording.locale.plural_form(count)}"
    key = form if wording.has(form) else f"period.{unit}_other"
    return wording.say(key, count=str(count))
