"""Opens files again with other libraries than those that wrote them, and tells what is in them."""

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

import docx
import openpyxl
import pypdf

from reporting.blocks import parts
from reporting.document import Document, Figure, Table, plain

_VOID = {"meta", "link", "img", "col", "br", "hr"}
_UNSEEN = re.compile("[\\s\u00ad\u200b\u2010-]+")


def squeezed(text: str) -> str:
    """Return text without what line breaking adds or takes away: spaces and hyphens."""
    return _UNSEEN.sub("", text)


def all_words(document: Document) -> list[str]:
    """Return every text that a reader of any page must find, sentence by sentence.

    A number in a table is left out: a workbook holds its value instead.
    """
    words = [document.title, document.subtitle, document.symbol, *(text for line in document.meta for text in line)]
    for part in parts(document.pages):
        if getattr(part, "value", None) is not None:
            continue
        for name in ("text", "lead", "title", "caption", "label", "source"):
            words.append(plain(getattr(part, name, "")))
        words += [plain(item) for item in getattr(part, "items", ())]
        words += getattr(part, "notes", ())
    return [sentence for text in words for sentence in re.split(r"(?<=\. )", text) if sentence]


def table_texts(table: Table) -> list[list[str]]:
    """Return the rows of a table as texts, header and totals included."""
    rows = [[column.label for column in table.columns]]
    rows += [[cell.text for cell in row] for row in (*table.rows, table.footer) if row]
    return rows


class Page(HTMLParser):
    """A page's visible text, its tables, and every tag with its attributes."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.text, self.tags, self.tables, self._open = "", [], [], []
        self.feed(content.decode())
        assert not self._open

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.text += data
        if "td" in self._open or ("th" in self._open):
            self.tables[-1][-1][-1] += data


def open_docx(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def open_xlsx(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def open_pdf(content: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(content))


def open_csv(content: bytes) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    """Return datapackage.json, and the rows of every CSV by the name of its file."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    files = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    package = json.loads(files.pop("datapackage.json"))
    return package, {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in files.items()}


def text_of(name: str, content: bytes) -> str:
    """Return all text that a file shows, in the format of that name."""
    if name == "html":
        return Page(content).text
    if name == "docx":
        word = open_docx(content)
        elements = [word.element, *(section.footer._element for section in word.sections)]
        return "".join(node.text or "" for each in elements for node in each.iter("{*}t"))
    if name == "pdf":
        return "".join(page.extract_text() for page in open_pdf(content).pages)
    if name == "xlsx":
        cells = (cell for sheet in open_xlsx(content) for row in sheet.iter_rows() for cell in row)
        return "\n".join(str(cell.value) for cell in cells if cell.value is not None)
    if name == "csv":
        package, tables = open_csv(content)
        values = (value for rows in tables.values() for row in rows for value in row.values())
        return "\n".join([json.dumps(package, ensure_ascii=False), *values])
    return content.decode()


def alternative_texts(document: Document) -> list[str]:
    return [block.alt for block in document.blocks if isinstance(block, Figure)]
