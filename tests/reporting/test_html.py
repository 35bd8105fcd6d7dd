"""The report as a page: to be read by anybody, with any screen, without a script, and without harm."""

from dataclasses import replace
from itertools import pairwise

import pytest
from defusedxml.ElementTree import fromstring

from reporting.charts import bars, coverage, heat, trends
from reporting.document import Bullets, Cell, Column, Document, Figure, Heading, Note, Paragraph, Quote, Table
from reporting.renderers import html, render
from reporting.renderers.spacing import bound
from tests.reporting.pictured import full_cycle
from tests.reporting.readers import Page, alternative_texts, table_texts
from tests.reporting.specimen import FIGURES, HOSTILE, SVG, specimen


@pytest.fixture(scope="module")
def document():
    return specimen()


@pytest.fixture(scope="module")
def page(document):
    return Page(render(document, "html"))


def page_of(*blocks, **changes):
    return Page(render(specimen(blocks=blocks, **changes), "html"))


def attributes(page: Page, wanted: str) -> list[dict]:
    return [attrs for tag, attrs in page.tags if tag == wanted]


def drawn(inside: str, figures: int = 1) -> Page:
    """A page with drawings that hold this."""
    svg = SVG.replace("</svg>", f"{inside}</svg>")
    blocks = [Figure(svg, "What is seen", "A figure", "figures", anchor=f"f{place}") for place in range(figures)]
    return page_of(FIGURES, *blocks)


def test_the_page_says_its_language_its_title_once_and_the_way_to_its_text(page, document):
    assert attributes(page, "html") == [{"lang": "en"}]
    assert len(attributes(page, "h1")) == 1
    assert {"class": "report-skip", "href": "#report-text"} in attributes(page, "a")
    assert attributes(page, "main") == [{"id": "report-text", "tabindex": "-1"}]


def test_nothing_on_the_page_needs_a_script_or_a_style_of_its_own(page):
    names = {name for _, attrs in page.tags for name in attrs}

    assert "script" not in [tag for tag, _ in page.tags]
    assert not {name for name in names if name == "style" or name.startswith("on")}


def test_no_text_becomes_an_element():
    page = page_of(*(Paragraph(text) for text in HOSTILE), Note(HOSTILE[5]), Bullets((HOSTILE[5],)), Quote(HOSTILE[5]))

    assert "script" not in [tag for tag, _ in page.tags]
    assert page.text.count("<script>alert(1)</script>") == 4


def test_headings_go_down_level_by_level(page):
    levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3", "h4", "h5"}]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_links_lead_somewhere(page):
    places = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    links = [attrs["href"] for attrs in attributes(page, "a")]

    assert len(places) == len(set(places))
    assert {link[1:] for link in links if link.startswith("#")} <= set(places)
    assert all(link.startswith(("#", "https://")) for link in links)


def test_a_numbered_paragraph_is_linked_to_by_its_number(page):
    numbers = [attrs for attrs in attributes(page, "a") if attrs.get("class") == "report-number"]

    assert numbers[0] == {"class": "report-number", "href": "#paragraph-1", "aria-label": "Paragraph 1."}
    assert len(numbers) == 4


def test_the_contents_stand_twice_beside_the_text_and_folded(page, document):
    links = [attrs["href"] for attrs in attributes(page, "a")]

    for heading in document.contents:
        assert links.count(f"#{heading.anchor}") >= 2
    assert len(attributes(page, "nav")) == 2
    assert len(attributes(page, "details")) == len(attributes(page, "summary")) == 1


def test_contents_are_lists_within_lists():
    headings = (Heading(1, "One"), Heading(2, "Two"), Heading(2, "Three"), Heading(1, "Four"))

    page = page_of(*headings, contents_depth=2)

    beside = page.tags[: [tag for tag, _ in page.tags].index("details")]
    assert [tag for tag, _ in beside if tag in {"ul", "li"}] == ["ul", "li", "ul", "li", "li", "li"]


def test_a_document_without_headings_has_no_list_of_contents():
    page = page_of(Paragraph("words"))

    assert attributes(page, "nav") == []
    assert not any(attrs.get("class") == "report-columns" for attrs in attributes(page, "div"))


def test_masthead_has_the_places_of_united_nations_documents():
    meta = (("Distribution", "General"), ("Session", "Eightieth session"), ("Plan", "The plan"))
    said = (
        "JPOA/2022/1",
        "Session: Eightieth",
        "Distribution: General",
        "3 March 2022",
        "Tashkent base",
        "The plan",
    )

    text = Page(render(specimen(meta=meta), "html")).text.partition("Skip to the text")[2]

    places = [text.find(words) for words in said]
    assert -1 not in places
    assert places == sorted(places)


def test_on_paper_a_heading_lies_across_with_the_wide_table_that_it_announces():
    columns, rows = (Column("a", "A"),), ((Cell("x"),),)

    page = page_of(
        Heading(1, "Narrow"), Table("T", columns, rows), Heading(1, "Wide"), Table("W", columns, rows, is_wide=True)
    )

    headings = [attrs.get("class") for attrs in attributes(page, "h2") if attrs["id"].startswith("section")]
    assert headings == [None, "report-wide"]


def test_tables_hold_the_cells(page, document):
    assert page.tables == [[[bound(text) for text in row] for row in table_texts(table)] for table in document.tables]


def test_tables_are_named_headed_and_scrolled_by_the_keyboard(page, document):
    frames = [attrs for attrs in attributes(page, "div") if attrs.get("class") == "report-frame"]
    names = [f"{table.anchor}-caption" for table in document.tables]

    assert [attrs["aria-labelledby"] for attrs in frames] == names
    assert {(attrs["role"], attrs["tabindex"]) for attrs in frames} == {("region", "0")}
    assert [attrs["aria-labelledby"] for attrs in attributes(page, "table")] == names
    assert all(attrs.get("scope") in {"col", "row"} for attrs in attributes(page, "th"))


def test_a_row_is_named_by_its_first_cell_with_words():
    columns = (Column("a", "A"), Column("b", "B"))

    page = page_of(Table("T", columns, ((Cell("x"), Cell("y")),), (Cell(""), Cell("Total"))))

    assert [tag for tag, attrs in page.tags if tag == "td" or attrs.get("scope") == "row"] == ["th", "td", "td", "th"]


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("Слова", language="ru"),
        Bullets(("Слова",), language="ru"),
        Quote("Слова", language="ru"),
        Note("Слова", language="ru"),
        Table("T", (Column("a", "A"),), ((Cell("Слова", language="ru"),),)),
        Table("T", (Column("a", "A"),), (), (Cell("Слова", language="ru"),)),
    ],
    ids=lambda block: block.kind,
)
@pytest.mark.parametrize(("language", "marked"), [("en", ["ru"]), ("ru", [])])
def test_words_in_another_language_than_the_page_say_so(block, language, marked):
    page = page_of(block, language=language)

    assert [attrs["lang"] for tag, attrs in page.tags if "lang" in attrs and tag != "html"] == marked


def test_a_drawing_is_an_image_with_its_words_and_leads_to_its_table(page, document):
    (svg,) = attributes(page, "svg")

    assert [svg["aria-label"]] == alternative_texts(document)
    assert svg["role"] == "img"
    assert "Table 2 shows the same in numbers." in page.text
    assert {"href": "#figures"} in attributes(page, "a")


def test_words_in_a_drawing_are_words_of_the_page():
    page = drawn('<g font-size="9"><text x="1" y="2">12 &lt;b&gt; <tspan>of 60</tspan> due</text></g>')

    assert "12 <b> of 60 due" in page.text
    assert {"font-size": "9"} in attributes(page, "g")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p>x</p></foreignObject>",
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<image href="https://example.org/x.png"/>',
        "<style>rect{fill:red}</style>",
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
        '<set attributeName="onclick"/>',
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(inside):
    with pytest.raises(ValueError, match="A drawing holds no"):
        drawn(inside)


@pytest.mark.parametrize(
    "svg",
    [
        "<svg",
        "words",
        "<p/>",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
    ],
)
def test_a_drawing_that_is_no_svg_is_refused(svg):
    with pytest.raises(ValueError, match="its drawing is no SVG"):
        page_of(FIGURES, Figure(svg, "x", "x", "figures"))


@pytest.mark.parametrize(
    "attribute",
    ['onload="alert(1)"', 'style="fill:red"', 'fill="url(https://example.org/x)"', 'clip-path="url(http://e.org#a)"'],
)
def test_attributes_that_do_not_draw_are_left_out(attribute):
    assert {"width": "1"} in attributes(drawn(f'<rect width="1" {attribute}/>'), "rect")


def test_two_drawings_with_the_same_names_inside_do_not_mix():
    page = drawn('<defs><pattern id="dots"/></defs><rect fill="url(#dots)"/>', figures=2)

    assert [attrs["id"] for attrs in attributes(page, "pattern")] == ["f0-dots", "f1-dots"]
    assert [attrs["fill"] for attrs in attributes(page, "rect") if len(attrs) == 1] == [
        "url(#f0-dots)",
        "url(#f1-dots)",
    ]


def test_the_page_for_the_site_links_to_its_stylesheet_instead_of_carrying_it(document):
    page = Page(html.render(document, standalone=False))

    assert "style" not in [tag for tag, _ in page.tags]
    assert next(attrs["href"] for attrs in attributes(page, "link")).endswith("report.css")


def test_line_feeds_are_line_breaks():
    document = Document("T", specimen().date_on, (Paragraph("one\ntwo <b>"),))

    assert "one<br>two &lt;b&gt;" in render(document, "html").decode()


def test_the_charts_of_reports_come_through_whole():
    facts = full_cycle()
    drawn = [make(facts, table="figures", anchor=make.__name__) for make in (bars, coverage, heat, trends)]
    drawn = [replace(figure, chart=None) for figure in drawn]

    page = page_of(FIGURES, *drawn)

    for figure in drawn:
        source = fromstring(figure.svg)
        names = {name.lower() for node in source.iter() for name in node.attrib}
        assert names <= {name for _, attrs in page.tags for name in attrs}
        assert all(word in page.text for word in "".join(source.itertext()).split())
