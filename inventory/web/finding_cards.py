"""Findings as cards: what is wrong, by which law, and the act that mends it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from inventory.law.bundle import Law
from inventory.law.shapes import Citation
from inventory.law.vocabulary import Mark, SubjectKind
from inventory.models import Dataset, Finding
from inventory.services import compliance
from inventory.services.wording import Words
from inventory.templatetags.grounds import age
from inventory.web import words

MOST_FIELDS = 6
RIGHT_TO_LEFT = ("he", "ar", "fa", "ur")


def finding_cards(
    findings: Iterable[Finding], *, law: Law, today: date, dataset: Dataset | None = None
) -> list[dict[str, Any]]:
    """What `_parts/finding.html` shows of each. `dataset`: on whose page they stand."""
    return [_card(one, compliance.explain(one, law), today, dataset) for one in findings]


def closed_cards(findings: Iterable[Finding], law: Law) -> list[dict[str, Any]]:
    """Findings that a change just ended: shown once more, as met, until the page is left."""
    return [
        {
            "id": f"closed-{n}",
            "status": finding.status,
            "closed": True,
            "place": place_name(finding.place),
            "title": compliance.explain(finding, law).title,
        }
        for n, finding in enumerate(findings)
    ]


def citation_lines(citations: Iterable[Citation], mark: str) -> list[dict[str, Any]]:
    """The provisions, and what is quoted of them, in the law's language."""
    return [_line(cite, mark) for cite in citations]


def _card(finding: Finding, said: Words, today: date, dataset: Dataset | None) -> dict[str, Any]:
    own = dataset is not None and finding.subject_kind == SubjectKind.DATASET
    return {
        "id": finding.pk,
        "status": finding.status,
        "place": place_name(finding.place),
        "age": age(finding.since, today),
        "title": said.title,
        "text": _sentence(finding, said),
        "fields": finding.fields[:MOST_FIELDS],
        "more_fields": max(len(finding.fields) - MOST_FIELDS, 0),
        "subject": "" if own else finding.subject_name,
        "citations": citation_lines(said.citations, said.mark),
        "actions": [],  # `mending` knows them
        "explain_url": reverse("finding-show", args=[finding.pk]),
        "waived_until": getattr(finding, "waived_until", None),
    }


def place_name(place: str) -> str:
    """A country's name, or a regime's."""
    return words.country_name(place) if place.isupper() else words.regime_name(place)


def _sentence(finding: Finding, said: Words) -> str:
    """The facts that make it so, then the act that mends it."""
    facts = finding.note
    if not facts and not finding.fields:
        facts = ", ".join(f"{name}: {words.fact_value(value)}" for name, value in said.facts[:2])
    return f"{facts[:1].upper()}{facts[1:].rstrip('.')}. {said.remedy}" if facts else said.remedy


def _line(cite: Citation, mark: str) -> dict[str, Any]:
    language = cite.quote_language or ""
    return {
        "provision": str(cite),
        "url": cite.url or "",
        "quote": cite.quote or "",
        "lang": language,
        "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "unread": mark != Mark.CHECKED,
    }
