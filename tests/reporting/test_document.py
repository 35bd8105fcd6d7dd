"""The neutral document: what it refuses, how it numbers, and the fingerprint it carries."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest

from reporting.document import (
    Cell,
    Citation,
    Column,
    Document,
    Heading,
    Paragraph,
    Reference,
    Table,
    canonical_json,
    fingerprint,
    web_link,
)
from tests.reporting.specimen import CONTROL_CLEANED, specimen


def document(*blocks, **changes):
    return Document(**{"title": "A title", "date_on": date(2022, 3, 3), "blocks": blocks, **changes})


def test_fingerprint_is_the_hash_of_the_canonical_json():
    made = specimen()

    assert fingerprint(made) == made.fingerprint == hashlib.sha256(canonical_json(made)).hexdigest()


def test_same_content_has_the_same_fingerprint_and_one_other_word_another():
    assert specimen().fingerprint == specimen().fingerprint
    assert specimen().fingerprint != specimen(subtitle="Another").fingerprint


def test_making_a_document_of_its_own_blocks_changes_nothing():
    made = specimen()

    assert specimen(blocks=made.blocks) == made


def test_canonical_json_is_sorted_without_spaces_and_in_plain_letters():
    text = canonical_json(document(Paragraph("ғ ҷ ž"), subtitle="Zero")).decode()

    assert text == json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert "ғ ҷ ž" in text


def test_empty_members_are_left_out_and_a_zero_stays():
    row = (Cell("0", value=0), Cell("0.50", value=Decimal("0.50")))
    data = json.loads(canonical_json(document(Table("Figures", (Column("a", "A"), Column("b", "B")), (row,)))))

    assert data["blocks"][0]["rows"] == [[{"text": "0", "value": 0}, {"text": "0.50", "value": "0.50"}]]
    assert "subtitle" not in data


@pytest.mark.parametrize("value", [1.5, True])
def test_a_cell_refuses_what_is_no_exact_number(value):
    with pytest.raises(TypeError, match="an int or a Decimal"):
        Cell("x", value=value)


def test_control_characters_and_half_characters_are_taken_out():
    made = document(Paragraph("bell\x07 null\x00 escape\x1b half\ud800 end"), title="A\x00 title\r\nin two lines")

    assert made.blocks[0].text == CONTROL_CLEANED
    assert made.title == "A title\nin two lines"


def test_headings_paragraphs_and_tables_are_numbered_each_in_its_way():
    made = document(
        Heading(1, "One", is_numbered=True),
        Paragraph("first", is_numbered=True),
        Heading(2, "Under one", is_numbered=True),
        Heading(3, "Deeper", is_numbered=True),
        Heading(4, "Deepest", is_numbered=True),
        Paragraph("not numbered"),
        Heading(1, "Without a number"),
        Heading(1, "Two", is_numbered=True),
        Heading(2, "Under two", is_numbered=True),
        Paragraph("second", is_numbered=True),
    )

    assert [getattr(block, "number", "") for block in made.blocks] == [
        *("I.", "1", "A.", "1.", "(a)", "", "", "II.", "A.", "2")
    ]


def test_a_reference_shows_the_number_of_what_it_leads_to():
    made = document(
        Paragraph(("see table ", Reference("figures"))), Table("F", (Column("a", "A"),), (), anchor="figures")
    )

    assert made.blocks[0].text == ("see table ", Reference("figures", "1"))


TABLE = Table("T", (Column("a", "A"),), ((Cell("x", link="#nowhere"),),))


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        ((Heading(2, "Too deep"),), "level 2"),
        ((Heading(1, "One"), Heading(3, "Skips")), "level 3"),
        ((Heading(1, "One", "same"), Heading(1, "Two", "same")), "same"),
        ((Heading(1, "One", "not an anchor"),), "not an anchor"),
        ((TABLE,), "#nowhere"),
        ((Paragraph("x", citations=(Citation("y", "javascript:alert(1)"),)),), "javascript"),
        ((Paragraph((Reference("nowhere"),)),), "nowhere"),
        ((Paragraph("x", language="not-a-code"),), "not-a-code"),
    ],
)
def test_a_document_that_could_not_be_followed_is_refused(blocks, message):
    with pytest.raises(ValueError, match=message):
        document(*blocks)


@pytest.mark.parametrize("change", [{"title": " "}, {"language": "english"}, {"language": "RU"}])
def test_a_document_has_a_title_and_a_language(change):
    with pytest.raises(ValueError, match=r"title|Language"):
        document(**change)


def test_a_table_refuses_a_row_of_another_length():
    with pytest.raises(ValueError, match="one cell for each column"):
        Table("T", (Column("a", "A"),), ((Cell("x"), Cell("y")),))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://example.org/\nX", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_only_web_addresses_become_links(address, expected):
    assert web_link(address) == expected
