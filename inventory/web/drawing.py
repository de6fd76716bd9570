"""Drawings that the server lays out: where a dataset comes from and where it goes."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from inventory.law.vocabulary import LineageKind
from inventory.models import Dataset, Lineage
from inventory.web import words

WIDTH, GAP, HIGH, STEP = 190, 90, 40, 56
STOPS = (LineageKind.ANONYMISED, LineageKind.AGGREGATED)  # personal data goes no further


def draw_lineage(
    dataset: Dataset, into: Sequence[Lineage], out: Sequence[Lineage]
) -> dict[str, Any]:
    """What `_parts/lineage.html` shows: sources at the start, this in the middle, derived after."""
    height = max(len(into), len(out), 1) * STEP + 8
    columns = [0, WIDTH + GAP, 2 * (WIDTH + GAP)]
    if get_language_bidi():
        columns.reverse()
    middle = (columns[1], (height - HIGH) // 2)
    nodes = [_node(dataset.name, "", middle, "here")]
    lines = []
    for row, several in ((0, into), (2, out)):
        for i, one in enumerate(several):
            at = (columns[row], _spread(i, len(several), height))
            other = one.source if row == 0 else one.dataset
            stops = one.kind in STOPS and row == 2
            nodes.append(_node(other.name, _how(one), at, "box stops" if stops else "box"))
            lines.append({"path": _path(middle, at), "stops": stops})
    return {
        "title": _("Where it comes from and where it goes"),
        "url": "",
        "width": 3 * WIDTH + 2 * GAP + 2,
        "height": height,
        "nodes": nodes,
        "lines": lines,
        "twin": [
            {
                "source": one.source.name,
                "how": words.said(LineageKind, one.kind),
                "target": one.dataset.name,
            }
            for one in (*into, *out)
        ],
    }


def _node(name: str, detail: str, at: tuple[int, int], kind: str) -> dict[str, Any]:
    return {
        "x": at[0] + 1,
        "y": at[1],
        "width": WIDTH,
        "height": HIGH,
        "name": _short(name),
        "detail": _short(detail),
        "kind": kind,
    }


def _how(one: Lineage) -> str:
    """What was done, and the question that is open."""
    said = words.said(LineageKind, one.kind)
    if one.kind == LineageKind.PSEUDONYMISED and one.key_held_by is None:
        return f"{said} · {_('key holder?')}"
    return said


def _spread(place: int, several: int, height: int) -> int:
    top = (height - several * STEP) // 2
    return top + place * STEP + (STEP - HIGH) // 2


def _path(middle: tuple[int, int], other: tuple[int, int]) -> str:
    """A curve from the side of one box to the facing side of the other."""
    left, right = sorted((middle, other))
    x1, y1 = left[0] + WIDTH + 1, left[1] + HIGH // 2
    x2, y2 = right[0] + 1, right[1] + HIGH // 2
    half = (x2 - x1) // 2
    return f"M{x1} {y1}C{x1 + half} {y1} {x2 - half} {y2} {x2} {y2}"


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
