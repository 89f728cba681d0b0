"""A memo keeps each topic to its page, whatever is written in it."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from bot.papers.memo import Memo, Page, Section
from bot.papers.memo_docx import ROOM, SIZES, docx, fitted, height
from tests.conftest import NOW

PAGE = Page(
    above="Lasers",
    title="Export licences",
    put_by="Put forward by Optics",
    sections=(Section("What is the matter", "It takes half a year."),),
    supported="Supported by 2 member organisations",
    supporters=("Optics", "Glass"),
)


def memo(*pages: Page) -> Memo:
    return Memo(
        title="What our field needs: Lasers",
        cluster="Cluster",
        day="1 Mar 2027",
        language="en-GB",
        number="Page {page} of {pages}",
        at=NOW,
        pages=pages,
    )


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_a_page_for_each_topic() -> None:
    content = docx(memo(PAGE, replace(PAGE, title="Another"), PAGE))
    assert part(content, "word/document.xml").count("<w:pageBreakBefore/>") == 2
    assert "Cluster · What our field needs: Lasers" in part(content, "word/header1.xml")
    footer = part(content, "word/footer1.xml")
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer
    assert 'w:val="en-GB"' in part(content, "word/styles.xml")


def written(issue: str, rest: str, supporters: int) -> Page:
    parts = (Section("What is the matter", issue), *(Section("More", rest) for _ in range(3)))
    names = tuple(f"Some organisation no. {n} of the cluster" for n in range(supporters))
    return replace(PAGE, sections=parts, supporters=names)


SENTENCE = "A long sentence of words. "


@pytest.mark.parametrize(
    ("page", "largest", "lines_kept"),
    [
        (written("One.\nTwo.", "Three.", 3), True, True),
        (written((SENTENCE * 40)[:1000], (SENTENCE * 24)[:600], 45), False, True),
        (written("a\n" * 500, "b\n" * 300, 5), False, False),
    ],
)
def test_letters_that_fit_the_page(page: Page, *, largest: bool, lines_kept: bool) -> None:
    size, kept = fitted(page)
    assert height(kept, size) <= ROOM
    assert (size == SIZES[0]) == largest
    assert (kept == page) == lines_kept


def test_signs_that_no_document_holds() -> None:
    odd = replace(PAGE, title="<b>&\x00\x0b", supporters=("A & B <c>\x1f",))
    text = [each.text for each in Document(io.BytesIO(docx(memo(odd)))).paragraphs]
    assert "<b>&" in text
    assert "A & B <c>" in text
