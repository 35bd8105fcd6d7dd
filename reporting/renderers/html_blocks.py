"""Every block of a document as HTML: one method for each kind."""

from reporting.document import (
    Block,
    Box,
    Bullets,
    Citation,
    Document,
    Figure,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Text,
    spans,
)
from reporting.renderers.html_drawing import drawing
from reporting.renderers.html_elements import element, joined, lines
from reporting.renderers.html_tables import TableWriter
from reporting.renderers.layout import runs
from reporting.renderers.words import label, words


def link(address: str, text: str) -> str:
    """Return a link; the Document has seen to it that the address is an anchor of its own or http(s)."""
    return element("a", lines(text), href=address)


class BlockWriter:
    """Writes the blocks of one document: words in another language than the document's say which it is."""

    def __init__(self, document: Document) -> None:
        self._language = document.language
        self._words = words()
        self._tables = {table.anchor: table for table in document.tables}
        across = (run.blocks for run in runs(document.pages) if run.is_wide)
        self._across = {block.anchor for blocks in across for block in blocks if isinstance(block, Heading)}
        self._table_writer = TableWriter(self._foreign)
        self._before_source, _, self._after_source = self._words["source"].partition("%(source)s")

    def write(self, block: Block) -> str:
        """Return the block as an element."""
        written: str = getattr(self, f"_{block.kind}")(block)
        return written

    def _foreign(self, language: str) -> str | None:
        return language if language and language != self._language else None

    def _heading(self, heading: Heading) -> str:
        """A page has one h1, its title: headings of level 1 are h2. On paper one lies across with its wide table."""
        text = f"{heading.number} {heading.text}".strip()
        across = "report-wide" if heading.anchor in self._across else None
        return element(f"h{heading.level + 1}", lines(text), id=heading.anchor, css=across)

    def _paragraph(self, paragraph: Paragraph) -> str:
        """A numbered paragraph can be linked to by its number."""
        contents = []
        if paragraph.number:
            contents += [self._number(paragraph), " "]
        if paragraph.lead:
            contents += [element("strong", lines(paragraph.lead)), " "]
        text = self._text(paragraph.text)
        language = self._foreign(paragraph.language)
        contents.append(element("span", text, lang=language) if language else text)
        contents.append(self._citations(paragraph.citations))
        css = "report-numbered" if paragraph.number else None
        return element("p", *contents, id=paragraph.anchor or None, css=css)

    def _number(self, paragraph: Paragraph) -> str:
        name = self._words["paragraph"] % {"number": paragraph.number}
        number = f"{paragraph.number}."
        return element("a", number, css="report-number", href=f"#{paragraph.anchor}", aria_label=name)

    def _text(self, text: Text) -> str:
        if isinstance(text, str):
            return lines(text)
        return joined(lines(s) if isinstance(s, str) else link(f"#{s.anchor}", s.text) for s in spans(text))

    def _citations(self, citations: tuple[Citation, ...]) -> str:
        if not citations:
            return ""
        each = joined((link(one.link, one.text) if one.link else one.text for one in citations), "; ")
        return joined((" ", element("span", self._before_source, each, self._after_source, css="report-source")))

    def _bullets(self, bullets: Bullets) -> str:
        entries = (element("li", self._text(item)) for item in bullets.items)
        listed = element("ul", *entries, lang=self._foreign(bullets.language)) if bullets.items else ""
        return joined((listed, element("p", self._citations(bullets.citations)) if bullets.citations else ""))

    def _quote(self, quote: Quote) -> str:
        said = element("blockquote", element("p", lines(quote.text)), lang=self._foreign(quote.language))
        source = (self._before_source, lines(quote.source), self._after_source)
        where = element("figcaption", *source, css="report-source") if quote.source else ""
        return element("figure", said, where, css="report-quote", id=quote.anchor or None)

    def _note(self, note: Note) -> str:
        return element("p", self._text(note.text), css="report-note", lang=self._foreign(note.language))

    def _box(self, box: Box) -> str:
        title_id = f"{box.anchor}-title"
        title = element("p", f"{label(box)}. {box.title}", css="report-box-title", id=title_id)
        inner = joined((self.write(block) for block in box.blocks), "\n")
        return element("section", title, inner, css="report-box", id=box.anchor, aria_labelledby=title_id)

    def _table(self, table: Table) -> str:
        return self._table_writer.write(table)

    def _figure(self, figure: Figure) -> str:
        """The drawing can be scrolled where a screen is too narrow for it, also by the keyboard."""
        caption = f"{label(figure)}. {figure.caption}"
        drawn = element("div", drawing(figure), css="report-drawing", tabindex="0", role="region", aria_label=caption)
        table = label(self._tables[figure.table])
        numbers = link(f"#{figure.table}", self._words["in_numbers"] % {"table": table})
        below = element("figcaption", caption, " ", element("span", numbers, css="report-source"))
        return element("figure", drawn, below, css="report-figure", id=figure.anchor)

    def _page_break(self, _block: PageBreak) -> str:
        return element("div", css="report-page-break")
