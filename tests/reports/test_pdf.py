"""The bytes: tagged PDF/A-3u by structure, nothing fetched, the same for the same facts."""

import io
import os
import pickle
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdf
import pytest

from inventory.law.bundle import Law
from inventory.models import LegalEntity
from inventory.reports.collect import collect
from inventory.reports.compose import compose
from inventory.reports.facts import RecordFacts
from inventory.reports.html import record_html
from inventory.reports.pdf import Refusing, record_pdf
from inventory.reports.record import Record
from inventory.reports.rows import Live
from inventory.reports.texts import wording
from tests.records import AS_OF

XMP = "{http://www.aiim.org/pdfa/ns/id/}"
AGAIN = """
import pickle, sys, django
django.setup()
from inventory.reports.html import record_html
from inventory.reports.pdf import record_pdf
record = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(record_pdf(record, record_html(record, program="Grounds")))
"""


@pytest.fixture
def facts(french: LegalEntity, law: Law) -> RecordFacts:
    return collect(french, "gdpr", as_of=AS_OF, law=law, rows=Live(french.organisation))


@pytest.fixture
def record(facts: RecordFacts, law: Law) -> Record:
    twice = tuple(replace(facts.activities[0], name=f"Recrutement {n}") for n in (1, 2))
    return compose(replace(facts, activities=twice), law=law, wording=wording("fr"))


@pytest.fixture
def content(record: Record) -> bytes:
    return rendered(record)


@cache
def rendered(record: Record) -> bytes:
    return record_pdf(record, record_html(record, program="Grounds"))


def words(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_it_claims_pdf_a_3u_and_has_what_that_demands(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        with pdf.open_metadata() as metadata:
            assert (metadata[f"{XMP}part"], metadata[f"{XMP}conformance"]) == ("3", "U")
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert pdf.Root.MarkInfo.Marked is True
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.Lang == "fr"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert "/Encrypt" not in pdf.trailer
        assert "/ID" in pdf.trailer
        assert str(pdf.docinfo["/Title"]).endswith("Maré France SAS")
        assert "/JavaScript" not in pdf.Root.get("/Names", {})


def test_its_fonts_are_embedded_and_can_be_read_out(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert "Noto-Sans" in str(font.BaseFont)
            assert "/ToUnicode" in font
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_its_bookmarks_name_each_activity(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        titles = [str(entry.title) for entry in outline.root]
    assert titles[-2:] == ["1. Recrutement 1", "2. Recrutement 2"]


def test_its_structure_has_headings_in_order_and_heads_of_rows(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kinds = structure(pdf.Root.StructTreeRoot)
    headings = [kind for kind in kinds if re.fullmatch(r"H\d", kind)]
    assert headings == ["H1", "H2", "H2", "H2"]
    assert kinds.count("Table") == 1 + 2 * 2
    assert "TH" in kinds


def test_each_page_says_which_it_is_and_whose(content: bytes) -> None:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Page {number} sur {len(pages)}" in text
        assert "Registre au 24 novembre 2026." in text
        assert "article 30(1) du RGPD" in text
        assert "Maré France SAS" in text


def test_all_that_the_record_says_can_be_read_out_of_it(record: Record, content: bytes) -> None:
    shown = re.sub(r"\W+", "", words(content))
    for said in texts(record):
        assert re.sub(r"\W+", "", said) in shown, said


def test_it_carries_neither_findings_nor_verdicts(content: bytes) -> None:
    text = words(content).casefold()
    verdicts = ("breach", "attention", "violation", "non conforme", "constat", "manquement")
    assert [word for word in verdicts if word in text] == []


def test_the_same_record_has_the_same_bytes_in_another_process(
    record: Record, content: bytes
) -> None:
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", AGAIN],
            input=pickle.dumps(record),
            capture_output=True,
            check=True,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "DJANGO_SETTINGS_MODULE": "inventory.settings",
            },
        )
        assert done.stdout == content


def test_another_fact_has_other_bytes(facts: RecordFacts, law: Law, record: Record) -> None:
    assert facts.hash != replace(facts, activities=()).hash
    one, other = (record_html(r, program="Grounds") for r in (record, replace(record, title="X")))
    assert record_pdf(record, one) != record_pdf(record, other)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://127.0.0.1/x", "https://example.org/x", "data:,x"]
)
def test_it_fetches_nothing(url: str, record: Record) -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        Refusing().fetch(url)
    html = record_html(record, program="Grounds")
    asking = html.replace("<nav>", f"<nav style=\"background: url('{url}')\"><img src='{url}'>")
    assert b"passwd" not in record_pdf(record, asking)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "record.pdf"
    file.write_bytes(content)
    checked = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_a_hebrew_record_is_hebrew(facts: RecordFacts, law: Law) -> None:
    content = rendered(compose(facts, law=law, wording=wording("he")))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.Lang == "he"
        fonts = {str(f.BaseFont) for page in pdf.pages for f in page.Resources.Font.values()}
    assert any("Hebrew" in font for font in fonts)


def structure(root: pikepdf.Object) -> list[str]:
    """The kinds of all structure elements, in the order of reading."""
    found: list[str] = []
    waiting = [root.K]
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, pikepdf.Array):
            waiting[:0] = list(element)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(str(element.S).removeprefix("/"))
            waiting[:0] = [element.K] if "/K" in element else []
    return found


def texts(value: object) -> list[str]:
    """Every text of the front and of the sections."""
    if isinstance(value, Record):
        return texts((value.front, value.sections))
    if isinstance(value, tuple):
        return [text for part in value for text in texts(part)]
    if hasattr(value, "text"):
        return [value.text]
    slots = getattr(type(value), "__slots__", ())
    return [text for name in slots if name != "code" for text in texts(getattr(value, name))]
