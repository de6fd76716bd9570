"""The drawing of a lineage: every dataset a box, every derivation a line, mirrored in Hebrew."""

from itertools import pairwise

import pytest
from django.utils.translation import override

from inventory.law.vocabulary import LineageKind
from inventory.models import Dataset, Lineage
from inventory.web.drawing import draw_lineage

HERE = Dataset(name="CRM contacts")


def line(kind: LineageKind, *, to: str = "Statistics", key: str | None = None) -> Lineage:
    return Lineage(dataset=Dataset(name=to), source=HERE, kind=kind, key_held_by=key)


def test_every_derivation_is_a_box_and_a_line() -> None:
    into = [Lineage(dataset=HERE, source=Dataset(name="Shop"), kind=LineageKind.COPIED)]
    drawn = draw_lineage(HERE, into, [line(LineageKind.AGGREGATED)])
    assert [node["name"] for node in drawn["nodes"]] == ["CRM contacts", "Shop", "Statistics"]
    assert [one["stops"] for one in drawn["lines"]] == [False, True]
    assert drawn["twin"][0] == {"source": "Shop", "how": "copied", "target": "CRM contacts"}


@pytest.mark.parametrize(
    ("key", "said"), [(None, "pseudonymised · key holder?"), ("Security", "pseudonymised")]
)
def test_an_open_question_stands_in_the_box(key: str | None, said: str) -> None:
    drawn = draw_lineage(HERE, [], [line(LineageKind.PSEUDONYMISED, key=key)])
    assert drawn["nodes"][1]["detail"] == said


def test_it_is_mirrored_from_right_to_left() -> None:
    with override("he"):
        drawn = draw_lineage(HERE, [], [line(LineageKind.COPIED)])
    here, there = drawn["nodes"]
    assert there["x"] < here["x"]


def test_boxes_of_one_side_do_not_overlap() -> None:
    drawn = draw_lineage(HERE, [], [line(LineageKind.COPIED, to=f"T{i}") for i in range(5)])
    tops = sorted(node["y"] for node in drawn["nodes"][1:])
    assert all(b - a >= drawn["nodes"][1]["height"] for a, b in pairwise(tops))
    assert tops[0] >= 0
    assert tops[-1] + drawn["nodes"][1]["height"] <= drawn["height"]
