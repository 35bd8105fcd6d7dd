"""The preview: every row judged as the domain would judge it, all problems at once, and nothing written."""

from __future__ import annotations

import datetime as dt

import lxml.html
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.worksheets.conftest import START, Book, bring, grown, save, shown, take, trace

CHANGED = {"rating": "Limited progress", "results": "Something was done."}

# What is typed into a cell -> what is said of it, with its place.
CELLS = [
    ("results", "=1+1", "(Results): A formula stands here."),
    ("results", "#N/A", "(Results): An error of the spreadsheet stands here."),
    ("results", True, "(Results): A date, a sum or a yes/no of the spreadsheet stands here."),
    ("results", dt.date(2027, 1, 1), "(Results): A date, a sum or a yes/no of the spreadsheet stands here."),
    ("results", "Passport AB1234567 of a person", "(Results): Character 10 begins what looks like a passport"),
    ("results", "x" * 20_001, "(Results): At most 20000 characters; this has 20001."),
    ("rating", "Splendid", "(Rating): Choose one of the list: Not started, Limited progress,"),
    ("rating", "=A1", "(Rating): A formula stands here."),
    ("next_steps_on", "soon", "(Next steps by): A date as YYYY-MM-DD"),
    ("next_steps_on", dt.date(1999, 1, 1), "(Next steps by): A date as YYYY-MM-DD"),
    ("next_steps_on", 12.5, "(Next steps by): A date as YYYY-MM-DD"),
    ("original_language", "Latin", "(Language of this text): Choose one of the list: English,"),
]
# What is typed -> what the draft will hold.
READ = [
    ("results", "  spaced \n", "spaced"),
    ("results", 2027, "2027"),
    ("results", 0.1, "0.1"),
    ("rating", "limited  PROGRESS", "limited"),
    ("rating", "Ограниченный прогресс", "limited"),
    ("rating", "limited", "limited"),
    ("next_steps_on", dt.date(2027, 3, 31), dt.date(2027, 3, 31)),
    ("next_steps_on", "2027-03-31", dt.date(2027, 3, 31)),
    ("next_steps_on", "31.03.2027", dt.date(2027, 3, 31)),
    ("original_language", "Русский", "ru"),
]


def place(book: Book, code: str, name: str) -> str:
    cell = book.cell(code, name)
    return f"Row {cell.row}, column {cell.column_letter}"


@pytest.mark.parametrize(("name", "typed", "said"), CELLS)
def test_a_cell_that_cannot_be_taken_is_named_by_row_column_and_rule(focal, taken, name, typed, said):
    preview = bring(focal, taken.write("I.1.2", **{name: typed}).content)

    assert f"{place(taken, 'I.1.2', name)} {said}" in shown(preview)
    assert "1 row with a problem" in shown(preview)
    assert "Save all of it" not in shown(preview)


@pytest.mark.parametrize(("name", "typed", "kept"), READ)
def test_a_cell_is_read_as_its_writer_meant_it(world, focal, name, typed, kept):
    taken = Book(take(focal))

    save(focal, bring(focal, taken.write("I.1.2", **{name: typed}).content))

    assert getattr(world.update(), name) == kept


def test_all_problems_of_all_rows_are_told_at_once(focal, taken):
    taken.write("I.1.1", rating="Splendid", results="=1+1").write("I.1.2", next_steps_on="soon")

    words = shown(bring(focal, taken.content))

    assert all(
        place(taken, *where) in words
        for where in (("I.1.1", "rating"), ("I.1.1", "results"), ("I.1.2", "next_steps_on"))
    )


def test_a_preview_shows_the_change_word_by_word_and_writes_nothing(world, focal):
    world.walk("draft", results="Two courses were held.")
    book = Book(take(focal)).write("I.1.2", results="Three courses were held.")
    before = trace()

    page = bring(focal, book.content).content.decode()

    assert "[removed: Two][added: Three] courses were held." in lxml.html.fromstring(page).text_content()
    assert trace() == before


def test_an_emptied_cell_removes_the_answer_and_a_removed_column_nothing(world, focal):
    world.walk("draft", results="Two courses were held.", challenges="Many.")
    book = Book(take(focal)).write("I.1.2", results=None)
    book.sheet.delete_cols(book.columns["challenges"])

    page = bring(focal, book.content).content.decode()

    assert "[removed: Two courses were held.]" in lxml.html.fromstring(page).text_content()
    assert "Many." not in page


def _another_code(world, book):
    book.cell("I.1.2", "code").value = "II.1.1"


def _unknown_key(world, book):
    book.cell("I.1.2", "key").value = "review-2028:KAZ:IX.9.9"
    book.cell("I.1.2", "code").value = "IX.9.9"


def _another_state(world, book):
    book.cell("I.1.2", "key").value = "review-2028:TJK:I.1.2"


def _garbled_key(world, book):
    book.cell("I.1.2", "key").value = "nonsense"


def _no_key(world, book):
    book.cell("I.1.2", "key").value = None


def _no_version(world, book):
    book.cell("I.1.2", "version").value = None


def _twice(world, book):
    for name, column in book.columns.items():
        book.sheet.cell(20, column).value = book.cell("I.1.2", name).value


def _submitted(world, book):
    world.walk("submitted", item="I.1.2")


def _reassigned(world, book):
    commitment = world.update().commitment
    agency = world.agencies["justice.kaz"]
    commitment.change(by=world.who("coordinator.kaz"), version=commitment.version, lead_agency=agency)


ROWS = [
    (_another_code, "This row says II.1.1, but was taken as I.1.2"),
    (_unknown_key, "There is no action item IX.9.9."),
    (_another_state, "This action item is not yours to report on in this cycle."),
    (_reassigned, "This action item is not yours to report on in this cycle."),
    (_garbled_key, "The hidden cell that says which update this row is has been changed."),
    (_no_key, "This row was not in the worksheet as it was taken"),
    (_no_version, "The hidden cell that says which version was taken is empty."),
    (_twice, "This action item stands in the file more than once."),
    (_submitted, "It is no draft any more (now: Submitted), so it cannot be changed."),
]


@pytest.mark.parametrize(("spoil", "said"), ROWS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_row_that_cannot_be_taken_says_why(world, focal, taken, spoil, said):
    row = taken.row("I.1.2")
    taken.write("I.1.2", **CHANGED)
    spoil(world, taken)

    assert f"Row {row} : {said}" in shown(bring(focal, taken.content)).replace(f"Row {row}: ", f"Row {row} : ")


def test_after_the_window_every_changed_row_says_that_it_is_closed(browser, taken):
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=33)):
        words = shown(bring(browser("focal.kaz"), taken.write("I.1.2", **CHANGED).content))

    assert "The reporting window is closed." in words
    assert "3 rows as they were" in words


def test_a_row_left_as_it_was_is_no_problem_when_it_is_no_draft_any_more(world, focal, taken):
    world.walk("submitted", item="I.1.1")

    words = shown(bring(focal, taken.write("I.1.2", **CHANGED).content))

    assert "1 row changed" in words
    assert "0 rows with a problem" in words


def test_moved_and_foreign_columns_other_sheets_and_deleted_rows_are_borne_with(focal, taken):
    taken.write("I.1.2", **CHANGED)
    sheet = taken.sheet
    sheet.delete_rows(taken.row("II.1.1"))
    sheet.insert_cols(1)
    sheet.cell(2, 1).value = "My own notes"
    sheet.cell(3, 1).value = "ask the ministry"
    taken.book.create_sheet("Mine", 0).cell(1, 1).value = "=1+1"

    words = shown(bring(focal, taken.content))

    assert "1 row changed" in words
    assert "2 rows as they were" in words
    assert "were not read: My own notes" in words


def test_headings_in_words_are_enough_when_the_row_of_names_is_gone(focal, taken):
    taken.write("I.1.2", **CHANGED).sheet.delete_rows(1)

    assert "1 row changed" in shown(bring(focal, taken.content))


def test_a_worksheet_of_another_state_tells_nothing_of_that_state(world, browser):
    world.walk("draft", "TJK", "I.1.2", results="Canary of Tajikistan.")
    book = Book(take(browser("focal.tjk"))).write("I.1.2", results="Mine.")

    words = shown(bring(browser("focal.kaz"), book.content))

    assert "Canary" not in words
    assert words.count("This action item is not yours to report on in this cycle.") == 2 * 4
    assert "Save all of it" not in words


def test_nobody_else_finds_a_preview(focal, browser, taken):
    address = bring(focal, taken.write("I.1.2", results="Canary.").content).redirect_chain[-1][0]

    for who in ("focal.tjk", "contributor.kaz", "coordinator.kaz", "administrator"):
        answer = browser(who).get(address)
        assert (answer.status_code, answer["Location"]) == (302, START)
    assert "Canary." in focal.get(address).content.decode()


def test_a_preview_is_kept_for_an_hour_and_can_be_given_up(focal, browser, taken):
    address = bring(focal, taken.write("I.1.2", **CHANGED).content).redirect_chain[-1][0]

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=61)):
        late = browser("focal.kaz").get(address, follow=True)  # signed in again: the session has ended too
    focal.post(f"{address}forget/")

    assert "this one is gone. Nothing of it was saved" in shown(late)
    assert focal.get(address).status_code == 302


def test_176_rows_are_previewed_in_as_many_queries_as_four(world, browser):
    cycle = grown(world, 172)
    coordinator = browser("coordinator.kaz")

    def asked(slug: str) -> int:
        book = Book(take(coordinator, cycle=slug))
        for code in book.codes:
            book.write(code, **CHANGED)
        address = bring(coordinator, book.content).redirect_chain[-1][0]
        with CaptureQueriesContext(connection) as queries:
            page = coordinator.get(address)
        said.append(f"{len(book.codes)} rows changed" in shown(page))
        return len(queries)

    said: list[bool] = []
    few, many = asked("review-2028"), asked(cycle.slug)

    assert said == [True, True]
    assert few == many <= 12
