"""Writes the blocks of a document into a Word document, one method for each kind."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from docx.document import Document as WordDocument
from docx.image.image import Image
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from reporting.document import (
    Block,
    Box,
    Bullets,
    Citation,
    Figure,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Reference,
    Table,
    Text,
    spans,
)
from reporting.renderers.docx_numbering import NUMBERED_PARAGRAPH, take_number_away
from reporting.renderers.docx_places import Places
from reporting.renderers.docx_tables import add_frame, add_table
from reporting.renderers.docx_xml import add_bookmark, add_field, add_link, add_reference, add_run, element, twips
from reporting.renderers.layout import PORTRAIT_WIDTH, fitted
from reporting.renderers.typesetting import RESOLUTION, Typesetter
from reporting.renderers.words import label, words

# Styles that leave no room above themselves, and the room that they have under a table, in points.
_CLOSE = frozenset({"Normal", NUMBERED_PARAGRAPH, "List Bullet", "Quote", "Source Line"})
_UNDER_TABLE = 9


class Writer:
    """Appends blocks; `places` knows the bookmark of each anchor, the typesetter draws pictures."""

    def __init__(self, word: WordDocument, places: Places, typesetter: Typesetter, date_on: date) -> None:
        self._word, self._places, self._names = word, places, places.names
        self._typesetter, self._date_on = typesetter, date_on
        self._style_ids = {style.name: style.style_id for style in word.styles}
        self._cell: Any = None
        self._bookmarks = 0
        self._is_after_table = self._is_new_page = False
        self._room = PORTRAIT_WIDTH
        self._kinds: dict[str, Callable[[Any], None]] = {
            Heading.kind: self._add_heading,
            Paragraph.kind: self._add_paragraph,
            Bullets.kind: self._add_bullets,
            Quote.kind: self._add_quote,
            Note.kind: self._add_note,
            Box.kind: self._add_box,
            Table.kind: self._add_table,
            Figure.kind: self._add_figure,
            PageBreak.kind: self._add_page_break,
        }

    def add(self, block: Block, room: float) -> None:
        """Append a block to a page whose text is `room` points wide."""
        self._room = room
        for part in fitted(block, room):
            self._kinds[part.kind](part)

    def turn_page(self) -> None:
        """Let the next block begin a page: no paragraph stands between for that alone."""
        self._is_new_page = True

    def _new(self, style: str, anchor: str = "") -> WordParagraph:
        """Append a paragraph; python-docx's own way reads the whole body again for each one."""
        p = element("w:p")
        properties = element("w:pPr", p)
        element("w:pStyle", properties, val=self._style_ids[style])
        if self._cell is None:
            self._part(properties, style)
            self._word.element.body[-1].addprevious(p)
        else:
            self._cell._tc.append(p)
        paragraph = WordParagraph(p, self._word._body)
        self._mark(paragraph, self._names.get(anchor, ""))
        return paragraph

    def _part(self, properties: Any, style: str) -> None:
        """Part a paragraph from what is before it: by the page's end, or by some room under a table."""
        if self._is_new_page:
            element("w:pageBreakBefore", properties)
        if self._is_after_table and style in _CLOSE:
            element("w:spacing", properties, before=twips(_UNDER_TABLE))
        self._is_after_table = self._is_new_page = False

    def _mark(self, paragraph: WordParagraph, name: str) -> None:
        """Make a paragraph a place that links lead to."""
        if name:
            self._bookmarks += 1
            add_bookmark(paragraph, name, self._bookmarks)

    def _add_label(self, paragraph: WordParagraph, block: Table | Figure | Box) -> None:
        """Append "Table 3. " and the like, the number a field: what is put in before it moves it on."""
        before, number, after = label(block).partition(block.number)
        add_run(paragraph._p, before, is_bold=True)
        start = len(paragraph._p)
        form = "* ARABIC" if block.anchor else "c"  # a further part of a table has the number of the first
        add_field(paragraph._p, f"SEQ {block.kind} \\{form}", number, is_bold=True)
        self._bookmarks += 1
        if block.anchor:
            add_bookmark(paragraph, self._places.number(block.anchor), self._bookmarks, start)
        add_run(paragraph._p, f"{after}. ", is_bold=True)

    def _add_text(self, paragraph: WordParagraph, text: Text, language: str = "") -> None:
        for part in spans(text):
            if isinstance(part, Reference) and (field := self._places.field(part)):
                add_reference(paragraph, self._names[part.anchor], field, part.text)
            elif isinstance(part, Reference):
                add_link(paragraph, f"#{part.anchor}", part.text, self._names)
            else:
                add_run(paragraph._p, part, language=language)

    def _add_sources(self, citations: tuple[Citation, ...]) -> None:
        if not citations:
            return
        paragraph = self._new("Source Line")
        before, _, after = words()["source"].partition("%(source)s")
        add_run(paragraph._p, before)
        for place, citation in enumerate(citations):
            add_run(paragraph._p, "; " if place else "")
            if citation.link:
                add_link(paragraph, citation.link, citation.text, self._names)
            else:
                add_run(paragraph._p, citation.text)
        add_run(paragraph._p, after)

    def _add_heading(self, block: Heading) -> None:
        paragraph = self._new(f"Heading {block.level}", block.anchor)
        if not block.number:
            take_number_away(paragraph._p.pPr)
        add_run(paragraph._p, block.text)

    def _add_paragraph(self, block: Paragraph) -> None:
        paragraph = self._new(NUMBERED_PARAGRAPH if block.number else "Normal", block.anchor)
        if block.lead:
            add_run(paragraph._p, f"{block.lead} ", is_bold=True)
        self._add_text(paragraph, block.text, block.language)
        paragraph.paragraph_format.keep_with_next = bool(block.citations) or None
        self._add_sources(block.citations)

    def _add_bullets(self, block: Bullets) -> None:
        for item in block.items:
            self._add_text(self._new("List Bullet"), item, block.language)
        self._add_sources(block.citations)

    def _add_quote(self, block: Quote) -> None:
        paragraph = self._new("Quote", block.anchor)
        add_run(paragraph._p, block.text, language=block.language)
        if block.source:
            self._add_sources((Citation(block.source),))

    def _add_note(self, block: Note) -> None:
        self._add_text(self._new("Small Print"), block.text, block.language)

    def _add_box(self, block: Box) -> None:
        if self._is_after_table or self._is_new_page:
            self._new("Small Print")  # or two frames would be one, and a frame cannot begin a page
        cell = add_frame(self._word, self._room, f"{label(block)}. {block.title}")
        title = cell.paragraphs[0]
        title.paragraph_format.keep_with_next = True
        self._mark(title, self._names[block.anchor])
        self._add_label(title, block)
        add_run(title._p, block.title, is_bold=True)
        self._cell = cell
        for inner in block.blocks:
            self._kinds[inner.kind](inner)
        self._cell = None
        self._is_after_table = True

    def _add_table(self, block: Table) -> None:
        paragraph = self._new("Caption", block.anchor)
        self._add_label(paragraph, block)
        add_run(paragraph._p, block.caption)
        add_table(self._word, block, self._room, self._names, f"{label(block)}. {block.caption}")
        self._is_after_table = True
        for note in block.notes:
            add_run(self._new("Small Print")._p, note)

    def _add_figure(self, block: Figure) -> None:
        """Add the drawing as a picture: Word readers before 2016 show no SVG."""
        data = {"svg": block.svg, "alt": block.alt}
        picture = self._typesetter.typeset("figure.typ", data, "png", self._date_on)
        image = Image.from_blob(picture)
        width = min(Pt(72 * image.px_width / RESOLUTION), Pt(self._room))
        shape = self._new("Figure").add_run().add_picture(io.BytesIO(picture), width=width)
        shape._inline.docPr.set("descr", block.alt)
        shape._inline.docPr.set("name", label(block))
        for side in "TBLR":
            shape._inline.set(f"dist{side}", "0")  # not every program takes nothing for none
        caption = self._new("Caption", block.anchor)
        caption.paragraph_format.keep_with_next = False
        self._add_label(caption, block)
        add_run(caption._p, block.caption)

    def _add_page_break(self, _: PageBreak) -> None:
        self.turn_page()
