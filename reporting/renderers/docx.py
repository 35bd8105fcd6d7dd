"""The document as DOCX: real heading styles, repeating header rows, page numbers, editable."""

import io
import zipfile
from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Mm

from reporting.document import Block, Document
from reporting.renderers.docx_blocks import Writer
from reporting.renderers.docx_contents import add_contents
from reporting.renderers.docx_places import Places
from reporting.renderers.docx_settings import prepare as prepare_file
from reporting.renderers.docx_styles import SECTION_END, prepare
from reporting.renderers.docx_xml import add_field, add_rule, add_run
from reporting.renderers.layout import opening, runs
from reporting.renderers.masthead import front_page
from reporting.renderers.typesetting import Typesetter
from reporting.renderers.words import fingerprint_line, words

_SHORT, _LONG = Mm(210), Mm(297)
_MARGIN = {False: Mm(22.7), True: Mm(20)}


def render(document: Document) -> bytes:
    """Return the DOCX; raises RuntimeError when a figure's drawing cannot be set."""
    word = docx.Document()
    prepare(word, document.language)
    prepare_file(word, document.language)
    _set_page(word.sections[0], is_wide=False)
    _set_properties(word, document)
    places = Places(document)
    _add_title(word, document)
    first, rest = opening(document.pages)
    with Typesetter() as typesetter:
        writer = Writer(word, places, typesetter, document.date_on)
        _add_runs(word, writer, first)
        add_contents(word, document, places)
        if document.contents:
            writer.turn_page()
        _add_runs(word, writer, rest)
    _add_running_lines(word.sections[0], document)
    return _packed(word)


def _set_properties(word: WordDocument, document: Document) -> None:
    """Fill the file's metadata; its instants are the document's date, so that bytes stay equal."""
    properties = word.core_properties
    midnight = datetime.combine(document.date_on, time(), UTC)
    properties.title, properties.subject = document.title[:255], document.subtitle[:255]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = properties.last_printed = midnight
    properties.identifier = document.fingerprint
    properties.keywords = f"sha256:{document.fingerprint}"
    properties.language = document.language
    properties.revision = 1


def _add_title(word: WordDocument, document: Document) -> None:
    """Add symbol, distribution, session and title in the places that United Nations documents have for them."""
    front = front_page(document)
    word.add_paragraph(front.symbol, style="Symbol")
    for line in front.right:
        word.add_paragraph(line, style="Distribution")
    below = [word.add_paragraph(line, style="Session") for line in front.left]
    below.append(word.add_paragraph(document.title, style="Title"))
    add_rule(below[0]._p.get_or_add_pPr(), "top", "12")
    if document.subtitle:
        word.add_paragraph(document.subtitle, style="Subtitle")
    for name, value in front.lines:
        paragraph = word.add_paragraph(style="Masthead")
        add_run(paragraph._p, f"{name}: ", is_bold=True)
        add_run(paragraph._p, value)


def _add_runs(word: WordDocument, writer: Writer, blocks: tuple[Block, ...]) -> None:
    """Add blocks, turning the page where the orientation changes."""
    for run in runs(blocks):
        section = word.sections[-1]
        if (section.orientation == WD_ORIENT.LANDSCAPE) != run.is_wide:
            section = word.add_section(WD_SECTION.NEW_PAGE)
            # What ends a section is a paragraph; this one takes no room, and so no page of its own.
            word.element.body[-1].getprevious().style = word.styles[SECTION_END].style_id
        _set_page(section, is_wide=run.is_wide)
        for block in run.blocks:
            writer.add(block, run.width)


def _set_page(section: Section, *, is_wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if is_wide else (_SHORT, _LONG)
    section.left_margin = section.right_margin = _MARGIN[is_wide]
    section.top_margin = section.bottom_margin = Mm(23)


def _add_running_lines(section: Section, document: Document) -> None:
    """Fill header and footer of the first section; the others take them over. The first page has its masthead."""
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add_run(head._p, document.symbol or document.title)
    section.different_first_page_header_footer = True
    for footer in (section.footer, section.first_page_footer):
        _fill_footer(footer, document)


def _fill_footer(footer: Any, document: Document) -> None:
    foot = footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, _, rest = words()["page"].partition("%(number)s")
    between, _, after = rest.partition("%(total)s")
    add_run(foot._p, before)
    add_field(foot._p, "PAGE", "1")
    add_run(foot._p, between)
    add_field(foot._p, "NUMPAGES", "1")
    add_run(foot._p, after)
    footer.add_paragraph(fingerprint_line(document), style="Footer")


def _packed(word: WordDocument) -> bytes:
    """Return the file with a fixed time stamp on every member."""
    loose, packed = io.BytesIO(), io.BytesIO()
    word.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return packed.getvalue()
