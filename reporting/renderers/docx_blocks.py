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
from reporting.renderers.docx_tables import add_frame, add_table
from reporting.renderers.docx_xml import add_bookmark, add_link, add_run, element
from reporting.renderers.layout import PORTRAIT_WIDTH, fitted
from reporting.renderers.typesetting import RESOLUTION, typeset
from reporting.renderers.words import label, words


class Writer:
    """Appends blocks; `names` gives the bookmark name of each anchor."""

    def __init__(self, word: WordDocument, names: dict[str, str], date_on: date) -> None:
        self._word, self._names, self._date_on = word, names, date_on
        self._style_ids = {style.name: style.style_id for style in word.styles}
        self._cell: Any = None
        self._bookmarks = 0
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

    def _new(self, style: str, anchor: str = "") -> WordParagraph:
        """Append a paragraph; python-docx's own way reads the whole body again for each one."""
        p = element("w:p")
        element("w:pStyle", element("w:pPr", p), val=self._style_ids[style])
        if self._cell is None:
            self._word.element.body[-1].addprevious(p)
        else:
            self._cell._tc.append(p)
        paragraph = WordParagraph(p, self._word._body)
        if anchor:
            self._bookmarks += 1
            add_bookmark(paragraph, self._names[anchor], self._bookmarks)
        return paragraph

    def _add_text(self, paragraph: WordParagraph, text: Text, language: str = "") -> None:
        for part in spans(text):
            if isinstance(part, Reference):
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
        cell = add_frame(self._word, self._room)
        title = cell.paragraphs[0]
        title.paragraph_format.keep_with_next = True
        self._bookmarks += 1
        add_bookmark(title, self._names[block.anchor], self._bookmarks)
        add_run(title._p, f"{label(block)}. {block.title}", is_bold=True)
        self._cell = cell
        for inner in block.blocks:
            self._kinds[inner.kind](inner)
        self._cell = None
        self._new("Small Print")

    def _add_table(self, block: Table) -> None:
        title = f"{label(block)}. {block.caption}"
        add_run(self._new("Caption", block.anchor)._p, title)
        add_table(self._word, block, self._room, self._names, title)
        for note in block.notes:
            add_run(self._new("Small Print")._p, note)
        if not block.notes:
            self._new("Small Print")

    def _add_figure(self, block: Figure) -> None:
        """Add the drawing as a picture: Word readers before 2016 show no SVG."""
        picture = typeset("figure.typ", {"svg": block.svg, "alt": block.alt}, "png", self._date_on)
        image = Image.from_blob(picture)
        width = min(Pt(72 * image.px_width / RESOLUTION), Pt(self._room))
        shape = self._word.add_picture(io.BytesIO(picture), width=width)
        properties = shape._inline.docPr
        properties.set("descr", block.alt)
        properties.set("name", label(block))
        self._word.paragraphs[-1].paragraph_format.keep_with_next = True
        add_run(self._new("Caption", block.anchor)._p, f"{label(block)}. {block.caption}")

    def _add_page_break(self, _: PageBreak) -> None:
        self._word.add_page_break()
