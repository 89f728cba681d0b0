"""A memo as DOCX, so that whoever hands it over can still put a word right."""

import io
import math
import unicodedata
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.papers.memo import Memo, Page, Section

TEXT, QUIET = RGBColor(31, 41, 55), RGBColor(100, 110, 124)
ACCENT, RAY, SHADE = "15497A", "F2A900", "F1F4F8"
FONT = "Calibri"
WIDTH, MARGIN = 21.0 - 2 * 2.2, 2.2  # centimetres
SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)  # of letters, in points
ROOM = 600.0  # points of a page for words, below the title
LETTER = 0.5  # the width of one, as a part of its size
LEADING = 1.33
BETWEEN = 14.0  # points around a heading
BEHIND = ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")  # Word wants a certain order


def docx(memo: Memo) -> bytes:
    paper = Document()
    _set_up(paper, memo)
    for number, page in enumerate(memo.pages):
        _write(paper, page, first=number == 0)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _set_up(paper: Paper, memo: Memo) -> None:
    facts = paper.core_properties
    facts.title, facts.author = _clean(memo.title), _clean(memo.cluster)
    facts.language, facts.comments = memo.language, ""
    facts.created = facts.modified = memo.at.replace(tzinfo=None)
    sheet = paper.sections[0]
    sheet.page_width, sheet.page_height = Cm(21.0), Cm(29.7)
    sheet.left_margin = sheet.right_margin = Cm(MARGIN)
    sheet.top_margin, sheet.bottom_margin = Cm(2.4), Cm(2.0)
    sheet.header_distance = sheet.footer_distance = Cm(1.1)
    _speak(paper, memo.language)
    head = sheet.header.paragraphs[0]
    head.style = paper.styles["Normal"]  # that of headers has stops of its own
    _tab(head)
    _say(head, f"{memo.cluster} · {memo.title}\t{memo.day}", 9, QUIET)
    _edge(head, "bottom", RAY)
    _number(sheet.footer.paragraphs[0], memo.number)


def _speak(paper: Paper, language: str) -> None:
    """The face of the letters, and the language in which Word checks the spelling."""
    normal = paper.styles["Normal"]
    normal.font.name = FONT
    normal.font.color.rgb = TEXT
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    normal.element.get_or_add_rPr().append(spoken)


def _write(paper: Paper, page: Page, *, first: bool) -> None:
    size, page = fitted(page)
    above = paper.add_paragraph()
    above.paragraph_format.page_break_before = None if first else True
    _space(above, 0, 2)
    _say(above, page.above.upper(), 9.5, RGBColor.from_string(ACCENT), bold=True)
    title = paper.add_paragraph(style="Heading 1")
    _space(title, 0, 2)
    _say(title, page.title, 18 if len(page.title) <= 60 else 15, TEXT, bold=True)
    author = paper.add_paragraph()
    _space(author, 0, 8)
    _say(author, page.put_by, 9.5, QUIET)
    for section in page.sections:
        _section(paper, section, size)
    _supporters(paper, page, size)


def _section(paper: Paper, section: Section, size: float) -> None:
    heading = paper.add_paragraph(style="Heading 2")
    _space(heading, 8, 2)
    _say(heading, section.heading, size + 1, RGBColor.from_string(ACCENT), bold=True)
    for part in _paragraphs(section.text):
        body = paper.add_paragraph()
        _space(body, 0, 3)
        _say(body, part, size, TEXT)


def _supporters(paper: Paper, page: Page, size: float) -> None:
    """In a box, so that nobody overlooks who stands behind it."""
    heading = paper.add_paragraph()
    _space(heading, 12, 0)
    heading.paragraph_format.keep_with_next = True
    _shade(heading)
    _edge(heading, "left", ACCENT)
    _say(heading, page.supported, size, RGBColor.from_string(ACCENT), bold=True)
    if not page.supporters:
        return
    names = paper.add_paragraph()
    _space(names, 0, 0)
    _shade(names)
    _edge(names, "left", ACCENT)
    _say(names, " · ".join(page.supporters), size, TEXT)


def fitted(page: Page) -> tuple[float, Page]:
    """The largest letters in which a topic keeps to its page; where even the smallest are too
    large because of many short lines, these run on."""
    for size in SIZES:
        if height(page, size) <= ROOM:
            return size, page
    joined = (Section(each.heading, " ".join(each.text.split())) for each in page.sections)
    flat = Page(
        page.above, page.title, page.put_by, tuple(joined), page.supported, page.supporters
    )
    return next((size for size in SIZES if height(flat, size) <= ROOM), SIZES[-1]), flat


def height(page: Page, size: float) -> float:
    texts = [part for each in page.sections for part in _paragraphs(each.text)]
    rows = sum(_rows(text, size) for text in (*texts, " · ".join(page.supporters)))
    headings = len(page.sections) + 1
    return rows * size * LEADING + headings * (BETWEEN + size * LEADING) + 3 * len(texts)


def _rows(text: str, size: float) -> int:
    across = WIDTH / 2.54 * 72 / (size * LETTER)
    return sum(max(1, math.ceil(len(line) / across)) for line in text.splitlines())


def _paragraphs(text: str) -> Sequence[str]:
    return [line.strip() for line in _clean(text).splitlines() if line.strip()]


def _clean(text: str) -> str:
    """Without signs that no XML may hold."""
    return "".join(
        sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")
    )


def _say(where: Paragraph, text: str, size: float, ink: RGBColor, *, bold: bool = False) -> Run:
    *columns, last = (_clean(column) for column in text.split("\t"))
    run = where.add_run()
    for column in columns:
        run.add_text(column)
        run.add_tab()
    run.add_text(last)
    _ink(run, size, ink, bold=bold)
    return run


def _ink(run: Run, size: float, ink: RGBColor, *, bold: bool = False) -> None:
    run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
    run.font.color.rgb = ink


def _space(paragraph: Paragraph, before: float, after: float) -> None:
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing = 1.08


def _tab(paragraph: Paragraph) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def _number(foot: Paragraph, words: str) -> None:
    """„2 / 5": fields, which Word counts itself."""
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, _, rest = words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    _say(foot, before, 9, QUIET)
    _field(foot, "PAGE")
    _say(foot, between, 9, QUIET)
    _field(foot, "NUMPAGES")
    _say(foot, after, 9, QUIET)


def _field(where: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = where.add_run("1")
    _ink(run, 9, QUIET)
    field.append(run._r)
    where._p.append(field)


def _edge(paragraph: Paragraph, side: str, colour: str) -> None:
    edges = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(edges, "w:shd", *BEHIND)


def _shade(paragraph: Paragraph) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    paragraph._p.get_or_add_pPr().insert_element_before(shade, *BEHIND)
