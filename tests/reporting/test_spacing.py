"""What is read together stands together on pages, and dates are written as each language writes them."""

from __future__ import annotations

import datetime as dt

import pytest

from reporting.document import Cell, Column, Kind, Paragraph, Table
from reporting.renderers import render
from reporting.renderers.layout import column_widths
from reporting.renderers.spacing import bound
from reporting.renderers.words import long_date
from tests.reporting.readers import text_of
from tests.reporting.specimen import specimen

BOUND = (
    ("12.5 % of 40", "12.5~% of 40"),
    ("12,5 % из 40", "12,5~% из 40"),
    ("on 5 December 2026", "on 5~December 2026"),
    ("5 декабря 2026 года", "5~декабря 2026~года"),
    ("в 2026 году и в 2021 г.", "в 2026~году и в 2021~г."),
    ("No. 5 and № 5", "No.~5 and №~5"),
    ("срок — март", "срок~— март"),
    ("5 mayors, 3 маятника, 40 people", "5 mayors, 3 маятника, 40 people"),
)
DATES = (
    ("en", "5 December 2026"),
    ("ru", "5 декабря 2026 года"),
)


@pytest.mark.parametrize(("text", "expected"), BOUND)
def test_no_line_ends_within_what_is_read_together(text, expected):
    assert bound(text).replace("\u00a0", "~") == expected


@pytest.mark.parametrize("name", ["html", "docx", "pdf"])
def test_pages_bind_what_is_read_together_and_machines_get_the_text_to_the_letter(name):
    document = specimen(blocks=(Paragraph("It is 12.5 % now."),))

    assert "It is 12.5\u00a0% now." in text_of(name, render(document, name))
    for machine in ("json", "csv", "xlsx"):
        assert "It is 12.5 % now." in text_of(machine, render(document, machine))


@pytest.mark.parametrize(("language", "expected"), DATES)
def test_a_date_is_written_in_full(language, expected):
    assert long_date(dt.date(2026, 12, 5), language) == expected


def test_a_code_takes_what_it_needs_and_leaves_the_rest_to_words():
    columns = (Column("code", "Code", 2, Kind.CODE), Column("title", "Title", 2), Column("due", "Due", 1, Kind.NUMBER))
    table = Table("Items", columns, ((Cell("IV.SPRR.17"), Cell("A title"), Cell("5", value=5)),))

    code, title, due = column_widths(table, 400)

    assert code < 60
    assert title == pytest.approx(2 * due)
    assert code + title + due == pytest.approx(400)
