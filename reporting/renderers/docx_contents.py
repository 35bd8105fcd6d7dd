"""The list of contents of a Word document: a field, filled already, that Word fills again."""

from docx.document import Document as WordDocument

from reporting.document import Document
from reporting.renderers.docx_places import Places
from reporting.renderers.docx_xml import add_run, element
from reporting.renderers.words import words


def add_contents(word: WordDocument, document: Document, places: Places) -> None:
    """Add an entry for each heading that leads to it; Word adds the page numbers when it updates the field."""
    headings = document.contents
    if not headings:
        return
    word.add_paragraph(words()["contents"], style="Contents Title")
    entries = [word.add_paragraph(style=f"toc {heading.level}") for heading in headings]
    first = entries[0]._p
    element("w:fldChar", element("w:r", first), fldCharType="begin", dirty="true")
    code = element("w:instrText", element("w:r", first))
    code.text = f' TOC \\o "1-{document.contents_depth}" \\h \\z \\u '
    element("w:fldChar", element("w:r", first), fldCharType="separate")
    for entry, heading in zip(entries, headings, strict=True):
        link = element("w:hyperlink", entry._p, anchor=places.names[heading.anchor], history="1")
        if heading.number:
            add_run(link, heading.number)
            element("w:tab", element("w:r", link))
        add_run(link, heading.text)
    element("w:fldChar", element("w:r", entries[-1]._p), fldCharType="end")
