"""No text becomes a formula: in no table and workbook that is handed out, in no program that opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from commitments.api import answers
from commitments.content import SECTIONS, clean_text
from reporting.document import Document
from reporting.kinds import KINDS
from reporting.models import Report
from reporting.queries import manuscript_of, national_facts, progress_facts, review_facts
from reporting.renderers import render
from reporting.renderers.guarding import guarded
from tests.depth import chance, drawn, rounds
from tests.desk.worksheets.conftest import Book, bring, save, shown, take
from tests.hostile import office
from tests.hostile.payloads import FORMULAS
from tests.hostile.places import nouns
from tests.hostile.sown import InTurn, sow
from tests.reporting.readers import table_texts

pytestmark = [pytest.mark.battery("C4"), pytest.mark.same_on_every_engine]
no_office = pytest.mark.skipif(office.OFFICE is None, reason="there is no LibreOffice on this machine")
READERS = ("coordinator.kaz", "editor", "administrator", None)
SCOPES = {"national": "state:KAZ", "state-note": "state:KAZ", "thematic": "pillar:I"}


def lists() -> list[str]:
    return [place for place, _noun, actions in nouns() if "<" not in place and "get" in actions]


def tables(visit) -> dict[str, tuple[bytes, list]]:
    """Each CSV of the API as each reader is given it, and beside it the same rows as JSON."""
    found = {}
    for reader in READERS:
        visitor = visit(reader)
        for place in lists():
            answer = visitor.get(f"{place}?format=csv&limit=200")
            if answer.status_code == 200:
                rows = visitor.get(f"{place}?limit=200").json()
                name = f"{reader}{place.replace('/', '-')}.csv"
                found[name] = answer.getvalue(), rows.get("results", []) if isinstance(rows, dict) else rows
    return found


def documents(world) -> Iterator[tuple[str, Document]]:
    """A document of every kind of report, of all that this world's people wrote."""
    now, coordinator = timezone.now(), world.who("coordinator.kaz")
    told = {name: review_facts(world.cycle.slug, "un", now=now) for name in KINDS}
    told["progress"] = progress_facts(world.cycle.slug, "un", now=now)
    told["national"] = national_facts(world.cycle.slug, "KAZ", now=now, person=coordinator)
    for name, facts in told.items():
        manuscript = manuscript_of(Report.objects.get())
        scope = SCOPES.get(name, "")
        yield name, KINDS[name].build(facts, manuscript, made_on=now.date(), language="en", scope=scope)


def worksheets(visit) -> dict[str, bytes]:
    found = {}
    for reader, of in (("coordinator.kaz", "KAZ"), ("focal.kaz", ""), ("focal.uzb", "")):
        answer = visit(reader).get(f"/desk/worksheet/file/?cycle=review-2028&of={of}&language=en")
        assert answer.status_code == 200
        found[f"worksheet-{reader}.xlsx"] = answer.content
    return found


@pytest.mark.parametrize("text", FORMULAS)
def test_both_tables_guard_alike_and_what_was_guarded_is_had_back_to_the_letter(text):
    cell = guarded(text)

    assert answers.cell(text) == cell
    assert office.unguarded(cell) == text
    assert guarded(cell) != cell if office.tempting(text.lstrip("'")) else True
    for part in re.split("[;\t\r\n]", cell):
        assert not office.tempting(part)


@pytest.fixture(params=range(rounds(1, 6)))
def sown(request, world):
    """A world in whose every field a payload stands; another in another turn."""
    sow(world, InTurn(FORMULAS, chance("formulas").randrange(len(FORMULAS)) + 31 * request.param))
    return world


def test_no_table_holds_a_formula_however_it_is_cut_and_every_text_is_there(sown, visit, tally):
    found = tables(visit)

    for name, (content, rows) in found.items():
        for delimiter in ",;\t":
            cells = [cell for row in office.cells_of_csv(content, delimiter) for cell in row]
            assert [cell for cell in cells if office.tempting(cell)] == [], name
        shown = office.cells_of_csv(content)
        for record, row in zip(rows, shown[1:], strict=True):
            for column, cell in zip(shown[0], row, strict=True):
                if isinstance(record[column], str):
                    assert office.unguarded(cell) == record[column], (name, column)
                    tally(cells=1, tempting=office.unguarded(cell) != cell)
    assert sum(any(text in content.decode() for text in FORMULAS) for content, _rows in found.values()) > 10


def test_no_workbook_and_no_package_holds_a_formula_and_every_text_is_there(sown, visit, tally):
    for name, document in documents(sown):
        book = office.cells_of_book(render(document, "xlsx"))
        assert [cell for cell in book if cell.data_type == "f"] == [], name
        texts = {cell.value for cell in book if isinstance(cell.value, str)}
        told = {text for table in document.tables for row in table_texts(table) for text in row if text}
        assert told - texts <= _figures(document), name
        for content in office.csv_files(render(document, "csv")):
            cells = [cell for delimiter in ",;\t" for row in office.cells_of_csv(content, delimiter) for cell in row]
            assert [cell for cell in cells if office.tempting(cell)] == [], name
        tally(cells=len(texts), tempting=sum(map(office.tempting, texts)))
    for name, content in worksheets(visit).items():
        cells = office.cells_of_book(content)
        assert [cell for cell in cells if cell.data_type == "f"] == [], name
        tally(cells=len(cells), tempting=sum(office.tempting(str(cell.value)) for cell in cells))


def _figures(document: Document) -> set[str]:
    """Texts of cells that a workbook holds as numbers."""
    return {cell.text for table in document.tables for row in (*table.rows, table.footer) if row for cell in row
            if cell.value is not None}  # fmt: skip


@no_office
def test_libreoffice_finds_no_formula_and_the_same_text_after_recalculating(sown, visit, tmp_path, tally):
    reports = {f"{name}.xlsx": document for name, document in documents(sown)}
    books = {name: render(reports[name], "xlsx") for name in list(reports)[: rounds(1, 9)]}
    books |= dict(list(worksheets(visit).items())[: rounds(1, 9)])
    lists = {name: content for name, (content, _rows) in tables(visit).items()}
    lists = {name: lists[name] for name in drawn(sorted(lists))}

    again = office.recalculated(tmp_path / "books", books)
    for name, content in books.items():
        before, after = office.cells_of_book(content), office.cells_of_book(again[name.removesuffix(".xlsx")])
        assert [cell.value for cell in after if cell.data_type == "f"] == []
        assert _texts(after) == _texts(before), name
        tally(recalculated=len(after))
    for way, infilter in (("commas", office.COMMAS), ("semicolons", office.SEMICOLONS)):
        opened = office.recalculated(tmp_path / way, lists, infilter)
        assert len(opened) == len(lists)
        for name, content in opened.items():
            cells = office.cells_of_book(content)
            assert [cell.value for cell in cells if cell.data_type == "f"] == [], (way, name)
            tally(recalculated=len(cells))


def _texts(cells: list[Any]) -> list[tuple[str, str]]:
    return sorted((cell.coordinate, cell.value) for cell in cells if isinstance(cell.value, str) and cell.value)


@pytest.mark.parametrize("way", ["as it was taken", pytest.param("saved by LibreOffice", marks=no_office)])
def test_a_worksheet_with_payloads_comes_back_as_it_went_however_often(sown, visit, tmp_path, way, tally):
    focal, place = visit("focal.kaz"), ("KAZ", "I.1.2")

    for turn in range(rounds(1, 3)):
        book = Book(take(focal))
        before = {name: getattr(sown.update(*place), name) for name in SECTIONS}
        assert {name: book.cell(place[1], name).value for name in SECTIONS} == before
        assert "there is nothing to save" in shown(bring(focal, _saved(book, way, tmp_path / f"same{turn}")))
        typed = dict(zip(SECTIONS, InTurn(FORMULAS, 17 * turn + len(way)), strict=False))
        for name, text in typed.items():
            cell = book.cell(place[1], name)
            cell.value, cell.data_type = text, "s"  # as a cell of text takes it
        save(focal, bring(focal, _saved(book, way, tmp_path / f"filled{turn}")))
        assert {name: getattr(sown.update(*place), name) for name in SECTIONS} == {
            name: clean_text(name, text) for name, text in typed.items()
        }
        tally(cells=2 * len(SECTIONS))


def _saved(book: Book, way: str, folder: Path) -> bytes:
    again = office.recalculated(folder, {"a.xlsx": book.content}) if "Libre" in way else {"a": book.content}
    return again["a"]
