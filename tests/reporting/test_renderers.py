"""Every format, opened again: the same words, cells, figures and fingerprint, and no harm done."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from reporting.document import Box, Bullets, Cell, Column, Figure, Note, Paragraph, Quote, Table, Tone
from reporting.renderers import RENDERERS, render
from reporting.renderers.spacing import bound
from tests.reporting.readers import (
    Page,
    all_words,
    alternative_texts,
    open_docx,
    open_pdf,
    open_xlsx,
    squeezed,
    table_texts,
    text_of,
)
from tests.reporting.specimen import BLOCKS, FIGURES, LETTERS, specimen

pytestmark = pytest.mark.same_on_every_engine

FORMATS = tuple(RENDERERS)
LANGUAGES = ("en", "ru", "kk", "ky", "tg", "tk", "uz")


@pytest.fixture(scope="module")
def document():
    return specimen()


@pytest.fixture(scope="module")
def files(document):
    return {name: render(document, name) for name in FORMATS}


def test_an_unknown_format_is_refused_with_the_known_ones(document):
    with pytest.raises(ValueError, match="html, docx, pdf, xlsx, json, csv"):
        render(document, "odt")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_the_fingerprint(document, files, name):
    assert document.fingerprint in squeezed(text_of(name, files[name]))


@pytest.mark.parametrize("name", FORMATS)
def test_same_document_gives_the_same_bytes(files, name):
    assert render(specimen(), name) == files[name]


@pytest.mark.parametrize("name", ["html", "docx", "pdf", "xlsx"])
def test_every_word_stands_in_every_format(document, files, name):
    shown = squeezed(text_of(name, files[name]))

    assert [word for word in all_words(document) if squeezed(word) not in shown] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMATS)
def test_every_language_renders_with_all_letters(language, name):
    content = render(specimen(language=language, title=f"Title {LETTERS}", blocks=BLOCKS), name)

    assert squeezed(LETTERS) in squeezed(text_of(name, content))


def test_json_lets_anyone_check_the_fingerprint(files):
    data = json.loads(files["json"])
    written = json.dumps(data["document"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert hashlib.sha256(written.encode()).hexdigest() == data["fingerprint"]


def test_metadata_carry_the_fingerprint_and_the_date(document, files):
    word, sheet, pdf = open_docx(files["docx"]), open_xlsx(files["xlsx"]), open_pdf(files["pdf"])

    assert word.core_properties.identifier == document.fingerprint
    assert document.fingerprint in word.core_properties.keywords
    assert document.fingerprint in sheet.properties.keywords
    assert document.fingerprint in pdf.metadata["/Keywords"]
    assert ("meta", {"name": "fingerprint", "content": document.fingerprint}) in Page(files["html"]).tags
    dates = {word.core_properties.created, sheet.properties.created, pdf.metadata.creation_date}
    assert {moment.date() for moment in dates} == {document.date_on}


def test_docx_tables_hold_the_cells_and_repeat_their_headers(document, files):
    tables = [table for table in open_docx(files["docx"]).tables if len(table.columns) > 1]

    assert [[[cell.text for cell in row.cells] for row in table.rows] for table in tables] == [
        [[bound(text) for text in row] for row in table_texts(table)] for table in document.tables
    ]
    assert all(table.rows[0]._tr.xpath("w:trPr/w:tblHeader") for table in tables)


def test_docx_has_real_headings_landscape_pages_and_its_language(files):
    word = open_docx(files["docx"])
    headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name.startswith("Heading")]

    assert headings[:2] == ["Introduction", "Adopted wording"]
    assert [section.orientation for section in word.sections] == [0, 1, 0]
    assert word.styles.element.xpath("//w:rPrDefault//w:lang/@w:val") == ["en-GB"]
    assert word.element.xpath("//wp:docPr/@descr") == alternative_texts(specimen())


def test_docx_links_lead_to_bookmarks(files):
    body = open_docx(files["docx"]).element
    bookmarks = body.xpath("//w:bookmarkStart/@w:name")

    assert len(bookmarks) == len(set(bookmarks))
    assert set(body.xpath("//w:hyperlink/@w:anchor")) <= set(bookmarks)


def test_pdf_is_tagged_titled_and_bookmarked(document, files):
    pdf = open_pdf(files["pdf"])
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert pdf.metadata.title == document.title
    assert pdf.outline[0].title == "I. Introduction"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_pdf_spells_out_signs_that_its_font_lacks():
    text = text_of("pdf", render(specimen(blocks=(Paragraph("smile 😀 and 中文 end"),)), "pdf"))

    assert squeezed("smile [U+1F600] and [U+4E2D][U+6587] end") in squeezed(text)


@pytest.mark.parametrize("name", FORMATS)
def test_parts_without_text_are_no_obstacle(name):
    table = Table("", (Column("a", ""), Column("b", "B")), (), notes=("no rows",))
    cells = Table("T", table.columns, ((Cell(""), Cell("", Tone.AWAITING)),))
    blocks = (Paragraph("", lead="lead"), Bullets(()), Bullets(("",)), Quote(""), Note(""), Box("", ()), table, cells)

    assert "lead" in text_of(name, render(specimen(blocks=blocks, subtitle="", symbol="", meta=()), name))


def test_documents_and_renderers_do_without_the_database():
    modules = ["reporting.document", *(f"reporting.renderers.{name}" for name in FORMATS)]
    code = (
        f"import sys, {', '.join(modules)}; sys.exit({{'django.db.models', 'commitments'}} & set(sys.modules) != set())"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0


def test_a_failing_typesetter_says_why():
    broken = specimen(blocks=(FIGURES, Figure("<svg", "not a drawing", "Broken", "figures")))

    with pytest.raises(RuntimeError, match="typesetter failed"):
        render(broken, "pdf")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_evaluated_or_read_from_the_machine(files, name):
    text = text_of(name, files[name])

    assert "root:" not in text
    assert squeezed("{{ settings.SECRET_KEY }} {% debug %}") in squeezed(text)
