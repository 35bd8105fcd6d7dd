"""The document as one accessible HTML page that needs no script and obeys a strict Content-Security-Policy.

The frame is a Django template. Blocks are written by `format_html`, which escapes whatever is put into it: a report of
880 updates has twenty thousand of them, and a template for each takes three times as long.
"""

from functools import cache
from pathlib import Path

from django.template import Engine
from django.template.context import Context
from django.templatetags.static import static

from reporting.document import Document, Heading
from reporting.renderers.html_blocks import BlockWriter, link
from reporting.renderers.html_elements import element, joined
from reporting.renderers.masthead import front_page
from reporting.renderers.words import fingerprint_line, words

STYLESHEET = "reporting/report.css"
_APP = Path(__file__).resolve().parents[1]


def render(document: Document, *, standalone: bool = True) -> bytes:
    """Return the page as UTF-8.

    A standalone page carries its stylesheet within, to be saved and sent; otherwise it links to
    the static file, as a Content-Security-Policy without inline styles demands.
    Raises ValueError for a figure whose drawing is none.
    """
    writer = BlockWriter(document)
    context = {
        "document": document,
        "contents": _outline(document.contents),
        "front": front_page(document),
        "words": words(),
        "fingerprint_line": fingerprint_line(document),
        "css": stylesheet() if standalone else "",
        "css_address": "" if standalone else static(STYLESHEET),
        "blocks": joined((writer.write(block) for block in document.pages), "\n"),
    }
    return _engine().get_template("page.html").render(Context(context)).encode()


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(_APP / "templates" / "reporting" / "document")], autoescape=True)


@cache
def stylesheet() -> str:
    """The CSS that a standalone page carries, to the letter: its hash may stand in a Content-Security-Policy."""
    return (_APP / "static" / STYLESHEET).read_text(encoding="utf-8")


def _outline(headings: tuple[Heading, ...]) -> str:
    """Return the list of contents, a list within a list for each deeper level."""
    if not headings:
        return ""
    level = headings[0].level
    starts = [place for place, heading in enumerate(headings) if heading.level == level]
    entries = []
    for start, end in zip(starts, [*starts[1:], len(headings)], strict=True):
        heading = headings[start]
        title = f"{heading.number} {heading.text}".strip()
        entries.append(element("li", link(f"#{heading.anchor}", title), _outline(headings[start + 1 : end])))
    return element("ul", *entries)
