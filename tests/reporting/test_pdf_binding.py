"""A long report set in parts and bound: to its reader it is the same as one set in one piece."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest

from reporting.document import Box, Citation, Document, Heading, Paragraph, Reference, Table
from reporting.renderers import pdf, render
from reporting.renderers.pdf_parts import parted
from tests.reporting.readers import all_words, alternative_texts, open_pdf, squeezed, text_of
from tests.reporting.specimen import BLOCKS, SENTENCE, specimen
from tests.reporting.test_pdf import bookmarks, elements

TRICKY = "Item (12 0 R) of 7 0 R \\ and ((one) /Dest 9 0 R"
CHAPTERS = tuple(
    block
    for number in range(1, 7)
    for block in (
        Heading(1, f"Chapter {number}", f"chapter-{number}", is_numbered=True),
        Paragraph(SENTENCE * 20, is_numbered=True),
        Heading(2, f"Section {number} {TRICKY}", is_numbered=True),
        Paragraph(
            ("As chapter ", Reference(f"chapter-{7 - number}"), " says; paragraph ", Reference("paragraph-1"), "."),
            is_numbered=True,
            citations=(Citation("the law", "https://law.example/a?b=(2)"),),
        ),
        Heading(3, f"Point {number}", is_numbered=True),
        Paragraph(SENTENCE * 30, is_numbered=True),
    )
)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "parted", partial(parted, room=4000))


@pytest.fixture(scope="module")
def kept() -> dict[str, bytes]:
    return {}


@pytest.fixture
def chapters() -> Document:
    return specimen(blocks=(*CHAPTERS, *BLOCKS))


@pytest.fixture
def content(kept: dict[str, bytes], chapters: Document) -> bytes:
    if "content" not in kept:
        kept["content"] = render(chapters, "pdf")
    return kept["content"]


@pytest.fixture
def opened(content: bytes) -> pypdf.PdfReader:
    return open_pdf(content)


def tree_of(opened: pypdf.PdfReader) -> Any:
    return opened.trailer["/Root"]["/StructTreeRoot"]


def leaves(tree: Any, name: str) -> list[tuple[Any, Any]]:
    """The pairs of a number tree or a name tree, in order."""
    flat = list(tree.get(name, []))
    below = [pair for kid in tree.get("/Kids", []) for pair in leaves(kid.get_object(), name)]
    return list(zip(flat[::2], flat[1::2], strict=True)) + below


def links_inside(opened: pypdf.PdfReader) -> list[str]:
    """The words that are read out for each link that leads to a place of the document."""
    annotations = [annotation.get_object() for page in opened.pages for annotation in page.get("/Annots", [])]
    return [str(one["/Contents"]) for one in annotations if "/Dest" in one]


def test_it_is_made_of_parts(chapters):
    assert len(pdf.parted(chapters.pages)) > 5


def test_every_word_stands_in_it(chapters, content):
    shown = squeezed(text_of("pdf", content))

    assert [word for word in all_words(chapters) if squeezed(word) not in shown] == []


def test_it_reads_without_a_fault_for_a_strict_reader(content, opened):
    strict = pypdf.PdfReader(opened.stream, strict=True)

    assert len(strict.pages) == len(opened.pages)
    assert strict.trailer["/Root"]["/Pages"]["/Count"] == len(opened.pages)
    assert b"<xmpTPg:NPages>%d<" % len(opened.pages) in strict.trailer["/Root"]["/Metadata"].get_data()


def test_it_says_that_it_is_tagged_and_conforms_to_pdf_ua(chapters, opened):
    root = opened.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert opened.metadata.title == chapters.title
    assert chapters.fingerprint in opened.metadata["/Keywords"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_every_page_tells_its_number_and_how_many_there_are(opened):
    for number, page in enumerate(opened.pages, 1):
        assert f"Page {number} of {len(opened.pages)}" in page.extract_text()
        assert page.extract_text().count("JPOA/2022/1") == 1


def test_head_and_foot_are_no_content_for_who_has_it_read_aloud(opened):
    drawn = opened.pages[-1]["/Resources"]["/XObject"]["/Sheet"].get_data()

    assert drawn.count(b"/Artifact") >= 2
    assert b"/MCID" not in drawn


def test_sheets_have_the_size_of_their_pages(opened):
    shapes = Counter()
    for page in opened.pages[2:]:
        sheet = page.get("/Resources").get("/XObject", {}).get("/Sheet")
        if sheet:
            shapes[page.mediabox.width > page.mediabox.height] += 1
            assert [round(edge) for edge in sheet["/BBox"]] == [round(edge) for edge in page.mediabox]

    assert shapes[True]
    assert shapes[False]


def test_bookmarks_are_the_headings_and_lead_to_their_pages(chapters, opened):
    headings = [block for block in chapters.blocks if isinstance(block, Heading)]

    found = list(bookmarks(opened.outline))

    assert found == [(one.level, f"{one.number} {one.text}".strip()) for one in headings]
    for number in range(1, 7):
        page = opened.get_destination_page_number(opened.named_destinations[f"chapter-{number}"])
        assert f"Chapter {number}\n" in f"{opened.pages[page].extract_text()}\n"


def test_contents_name_the_pages_where_the_headings_stand(opened):
    text = "".join(page.extract_text() for page in opened.pages[:3])
    listed = dict(re.findall(r"Chapter (\d)[ .\xa0\u2060]+(\d+)", text))

    assert len(listed) == 6
    for chapter, page in listed.items():
        assert f"Chapter {chapter}\n" in f"{opened.pages[int(page) - 1].extract_text()}\n"


def test_lines_of_the_contents_are_tagged_as_such(chapters, content):
    tagged = list(elements(content))

    listed = [element["/K"][0]["/S"] for element in tagged if element["/S"] == "/TOCI"]

    assert [element["/S"] for element in tagged].count("/TOC") == 1
    assert listed == ["/Link"] * len(chapters.contents)


def test_links_lead_from_part_to_part(opened):
    chapters = [words for words in links_inside(opened) if "Chapter" in words]

    # From the contents and from another chapter; what leads to paragraph 1 leads to the chapter in which it stands.
    assert Counter(chapters) == {"I. Chapter 1": 2 + 7} | {
        f"{roman}. Chapter {number}": 2 for number, roman in enumerate(("II", "III", "IV", "V", "VI"), 2)
    }


def test_a_link_to_what_opens_the_document_leads_to_its_first_page():
    opening = Box("Summary", (Paragraph("What matters most."),), anchor="summary")
    last = (Heading(1, "Last"), Paragraph(("As said in the ", Reference("summary", "summary"), ".")))

    opened = open_pdf(render(specimen(blocks=(opening, *CHAPTERS, *last), contents_depth=1), "pdf"))

    links = [annotation.get_object() for annotation in opened.pages[-1]["/Annots"]]
    assert [link["/Dest"][0].get_object() for link in links] == [opened.pages[0]]
    assert [link["/Contents"] for link in links] == [specimen().title]


def test_no_link_leads_to_an_address_that_is_none(opened):
    annotations = [annotation.get_object() for page in opened.pages for annotation in page.get("/Annots", [])]

    addresses = {str(annotation["/A"]["/URI"]) for annotation in annotations if "/A" in annotation}

    assert addresses == {"https://law.example/a?b=(2)", "https://example.org/a?b=1"}
    assert [annotation for annotation in annotations if "anchor:" in str(annotation)] == []


def test_tags_name_what_the_blocks_are(chapters, content):
    tags = Counter(element["/S"] for element in elements(content))
    levels = Counter(block.level for block in chapters.blocks if isinstance(block, Heading))
    tables = [block for part in pdf.parted(chapters.pages) for block in part.blocks if isinstance(block, Table)]

    assert {level: tags[f"/H{level}"] for level in levels} == dict(levels)
    assert tags["/Document"] == 1
    assert tags["/Part"] > 5
    assert tags["/Table"] == len(tables)
    assert tags["/TH"] == sum(len(table.columns) for table in tables)
    assert tags["/TR"] == sum(1 + len(table.rows) + bool(table.footer) for table in tables)
    alternatives = [one["/Alt"] for one in elements(content) if one["/S"] == "/Figure" and "/Alt" in one]
    assert alternatives == alternative_texts(chapters)


def test_every_element_knows_what_holds_it(content):
    for element in elements(content):
        kids = element.get("/K", [])
        inside = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
        assert all(kid["/P"] == element for kid in inside if isinstance(kid, dict) and "/S" in kid)


def test_header_cells_have_names_of_their_own_and_cells_refer_to_them(content, opened):
    named = leaves(tree_of(opened)["/IDTree"], "/Names")
    heads = [element["/ID"] for element in elements(content) if element["/S"] == "/TH"]
    referred = {
        name
        for element in elements(content)
        if element["/S"] == "/TD"
        for attributes in element["/A"]
        for name in attributes.get("/Headers", [])
    }

    assert len(set(heads)) == len(heads)
    assert [name for name, _ in named] == sorted(heads)
    assert all(element.get_object()["/ID"] == name for name, element in named)
    assert referred <= set(heads)


def test_every_page_and_link_finds_its_tags(opened):
    keys = dict(leaves(tree_of(opened)["/ParentTree"], "/Nums"))

    assert all(one < other for one, other in pairwise(keys))
    for page in opened.pages:
        held = keys[page["/StructParents"]].get_object()
        assert all(element.get_object()["/Pg"] == page for element in held)
        for annotation in page.get("/Annots", []):
            assert keys[annotation.get_object()["/StructParent"]].get_object()["/S"] == "/Link"


def test_same_document_gives_the_same_bytes(content):
    assert render(specimen(blocks=(*CHAPTERS, *BLOCKS)), "pdf") == content


def test_a_document_without_contents_or_headings_is_bound_too():
    document = specimen(blocks=tuple(Paragraph(SENTENCE * 20) for _ in range(9)), contents_depth=0)

    opened = open_pdf(render(document, "pdf"))

    assert opened.outline == []
    assert len(opened.pages) > 1


def test_bookmarks_and_links_have_the_words_of_their_headings_in_any_letters():
    titles = ["Chapter", "Глава (1)", "\\ ) ("]
    headings = tuple(
        block
        for number, title in enumerate(titles)
        for block in (Heading(1, title, f"at-{number}"), Paragraph((SENTENCE * 30, Reference(f"at-{number}", title))))
    )

    opened = open_pdf(render(specimen(blocks=headings, contents_depth=0), "pdf"))

    assert [title for _, title in bookmarks(opened.outline)] == titles
    assert links_inside(opened) == titles


def test_another_process_gives_the_same_bytes(content):
    code = "import django; django.setup(); import sys; from functools import partial; "
    code += "from reporting.renderers import pdf, render; from reporting.renderers.pdf_parts import parted; "
    code += "from tests.reporting.test_pdf_binding import BLOCKS, CHAPTERS, specimen; "
    code += "pdf.parted = partial(parted, room=4000); "
    code += "sys.stdout.buffer.write(render(specimen(blocks=(*CHAPTERS, *BLOCKS)), 'pdf'))"

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=Path(__file__).parents[2])

    assert done.stdout == content
