"""From values to HTML: what people typed is text, whatever it holds."""

from dataclasses import replace

import pytest

from inventory.law.bundle import Law
from inventory.models import LegalEntity
from inventory.reports.collect import collect
from inventory.reports.compose import compose
from inventory.reports.html import LONGEST, Unprintable, record_html
from inventory.reports.record import Record
from inventory.reports.rows import Live
from inventory.reports.texts import wording
from tests.records import AS_OF


@pytest.fixture
def base(french: LegalEntity, law: Law) -> Record:
    facts = collect(french, "gdpr", as_of=AS_OF, law=law, rows=Live(french.organisation))
    activity = facts.activities[0]
    purpose = replace(activity.purposes[0], text="HOSTILE")
    held = replace(activity, purposes=(purpose,))
    return compose(replace(facts, activities=(held,)), law=law, wording=wording("fr"))


def with_text(record: Record, text: str) -> Record:
    """The record with the purpose's text exchanged."""
    section = record.sections[0]
    items = tuple(
        replace(
            item,
            blocks=tuple(
                replace(block, line=tuple(replace(s, text=text) for s in block.line))
                if getattr(block, "line", None) and block.line[0].text == "HOSTILE"
                else block
                for block in item.blocks
            ),
        )
        for item in section.items
    )
    return replace(record, sections=(replace(section, items=items),))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("<img src='file:///etc/passwd'>", "&lt;img src=&#x27;file:///etc/passwd&#x27;&gt;"),
        ("{{ record }} {% load x %}", "{{ record }} {% load x %}"),
        ("a\x00\u202eb", "a[U+0000][U+202E]b"),
        ("&amp;", "&amp;amp;"),
    ],
)
def test_hostile_text_is_text(base: Record, text: str, shown: str) -> None:
    html = record_html(with_text(base, text), program="Grounds")
    assert shown in html
    assert "<script" not in html
    assert "<img" not in html


def test_what_people_typed_is_isolated_with_its_own_direction(base: Record) -> None:
    html = record_html(with_text(base, "מידע"), program="Grounds")
    assert '<bdi dir="rtl">מידע</bdi>' in html
    assert '<bdi dir="ltr">Recrutement</bdi>' in html


def test_a_text_too_long_for_paper_is_refused_by_name(base: Record) -> None:
    with pytest.raises(Unprintable) as refused:
        record_html(with_text(base, "x" * (LONGEST + 1)), program="Grounds")
    assert refused.value.path == "hr.recruit.gdpr.30.1.b"


def test_a_hebrew_record_runs_from_right_to_left(base: Record) -> None:
    assert '<html lang="fr" dir="ltr">' in record_html(base, program="Grounds")
    hebrew = replace(base, language="he", direction="rtl")
    assert '<html lang="he" dir="rtl">' in record_html(hebrew, program="Grounds")
