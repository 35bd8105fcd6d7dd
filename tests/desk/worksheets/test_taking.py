"""What a worksheet holds, for whom, and how it looks to whoever fills it in."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl.utils import get_column_letter

from commitments.content import Rating
from commitments.models import Cycle
from tests.builders import World
from tests.desk.worksheets.conftest import START, Book, grown, shown, take

CANARY = "Unreleased words that nobody else may read."
KEYS = {"KAZ": "I.1.1 I.1.2 II.1.1 II.1.2".split()}

# who, what they choose -> the items of Kazakhstan in their worksheet
SCOPES = [
    ("focal.kaz", "", KEYS["KAZ"]),
    ("focal.kaz", "KAZ:interior", KEYS["KAZ"]),
    ("contributor.kaz", "", ["I.1.1"]),
    ("coordinator.kaz", "", KEYS["KAZ"]),
    ("coordinator.kaz", "KAZ", KEYS["KAZ"]),
    ("coordinator.kaz", "KAZ:justice", ["I.1.1"]),
]
# Nothing of this kind is offered to them, so it is refused before anything is looked up.
NOT_OFFERED = [
    ("focal.kaz", "KAZ"),
    ("focal.kaz", "KAZ:justice"),
    ("focal.kaz", "TJK"),
    ("coordinator.kaz", "TJK:interior"),
]
# Who serves no State finds no such page.
OUTSIDERS = ("editor", "reviewer", "partner", "observer", "administrator", "nobody")


@pytest.mark.parametrize(("who", "of", "codes"), SCOPES)
def test_everybody_takes_the_drafts_that_they_may_edit(browser, who, of, codes):
    assert Book(take(browser(who), of)).codes == codes


@pytest.mark.parametrize(("who", "of"), NOT_OFFERED)
def test_nobody_takes_what_is_not_theirs(browser, who, of):
    answer = browser(who).get(f"{START}file/", {"cycle": "review-2028", "of": of, "language": "en"})

    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("place", ["", "file/?cycle=review-2028&language=en"])
def test_who_serves_no_state_finds_no_worksheet(browser, who, place):
    assert browser(who).get(START + place).status_code == 404


def test_whoever_is_not_signed_in_signs_in_first(browser, world):
    assert "/accounts/login/" in browser(None).get(START)["Location"]


@pytest.mark.parametrize("who", ["focal.tjk", "contributor.kaz", "coordinator.uzb"])
def test_unreleased_words_never_stand_in_somebody_else_s_worksheet(world, browser, who):
    world.walk("draft", "KAZ", "I.1.2", results=CANARY)
    world.walk("submitted", "KAZ", "II.1.1", results=CANARY)

    assert CANARY not in Book(take(browser(who))).texts()
    assert CANARY in Book(take(browser("focal.kaz"))).texts()


def test_what_is_no_draft_any_more_is_not_in_the_worksheet(world, focal):
    world.walk("submitted", item="I.1.2")

    assert Book(take(focal)).codes == ["I.1.1", "II.1.1", "II.1.2"]


def test_the_cycle_that_is_offered_first_is_one_in_which_there_is_still_time(browser, world):
    first, last = world.cycle.opens_on + dt.timedelta(days=1), world.cycle.closes_on
    days = {"opens_on": first, "submissions_due_on": first, "clearances_due_on": last, "closes_on": last}
    Cycle.objects.create(slug="late", plan=world.plan, title="Late", **days).open(by=world.who("editor"))

    page = browser("focal.kaz").get(START).content.decode()

    assert page.index('value="late"') < page.index('value="review-2028" selected')


def test_after_the_window_there_is_nothing_to_take_and_the_page_says_why(browser, world):
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=33)):
        answer = browser("focal.kaz").get(f"{START}file/", {"cycle": "review-2028", "of": "", "language": "en"})

    assert answer.status_code == 400
    assert "the reporting window is closed" in shown(answer)


def test_what_others_released_in_an_earlier_cycle_and_what_is_withheld_stand_in_the_second_sheet_of_their_own(
    world: World, browser
):
    world.walk("published", "KAZ", "I.1.2", results="Released words of Kazakhstan.")
    world.walk("published", "TJK", "I.1.2", results="Released words of Tajikistan.")
    grown(world, 0)

    book = Book(take(browser("focal.kaz"), cycle="grown"))
    last = [cell.value for row in book.book["Last cycle"].iter_rows() for cell in row]

    assert "Released words of Kazakhstan." in last
    assert "Released words of Tajikistan." not in book.texts()
    assert book.cell("I.1.2", "results").value == "Released words of Kazakhstan."
    assert book.cell("I.1.2", "to_be_reconfirmed").value == "To be confirmed"


def test_text_is_open_and_quoted_and_everything_else_is_locked_without_a_password(world, focal):
    world.walk("draft", item="I.1.2", results="=1+1")

    book = Book(take(focal))

    result = book.cell("I.1.2", "results")
    assert (result.value, result.data_type, result.number_format, result.quotePrefix) == ("=1+1", "s", "@", True)
    assert not result.protection.locked
    assert all(
        book.cell("I.1.2", name).protection.locked for name in ("code", "adopted_text", "key", "version", "marks")
    )
    assert book.sheet.protection.sheet
    assert not book.sheet.protection.password


def test_dates_are_dates_answers_are_in_words_and_what_is_unanswered_is_empty(world, focal):
    world.walk("draft", item="I.1.2", next_steps_on="2027-03-31")

    book = Book(take(focal))

    assert book.cell("I.1.2", "next_steps_on").value.date() == dt.date(2027, 3, 31)
    names = ("rating", "challenges", "original_language")
    assert [book.cell("I.1.2", name).value for name in names] == ["Limited progress", None, "English"]


def test_headings_carry_the_guidance_and_choices_have_lists(taken):
    rating = taken.sheet.cell(2, taken.columns["rating"])
    lists = {str(rule.sqref): rule for rule in taken.sheet.data_validations.dataValidation}
    column = rating.column_letter

    assert "It is not compared with other States." in rating.comment.text
    place = lists[f"{column}3:{column}6"].formula1.replace("$", "").replace("'", "").partition("!")[2]
    assert [row[0].value for row in taken.book["Guidance"][place]] == [str(one.label) for one in Rating]
    assert "Do not write personal data of individuals" in taken.texts()


def test_columns_that_only_machines_read_are_hidden_and_the_headings_stay_in_sight(taken):
    hidden = [name for name, column in taken.columns.items() if taken.sheet.cell(1, column).column_letter in {
        letter for letter, width in taken.sheet.column_dimensions.items() for letter in _span(width) if width.hidden
    }]  # fmt: skip

    assert hidden == ["key", "version", "marks"]
    assert taken.sheet.freeze_panes == "C3"
    assert taken.sheet.row_dimensions[1].hidden


def _span(width) -> list[str]:
    return [get_column_letter(number) for number in range(width.min, width.max + 1)]


def test_a_worksheet_in_russian_has_its_headings_and_choices_in_russian(world, focal):
    world.walk("draft", item="I.1.2")

    book = Book(take(focal, language="ru"))

    assert book.sheet.cell(2, book.columns["results"]).value == "Результаты"
    assert book.cell("I.1.2", "rating").value == "Ограниченный прогресс"


def test_a_text_that_no_cell_can_hold_is_said_to_stay_behind(world, focal):
    world.walk("draft", item="I.1.2", results="😀" * 20_000)

    cell = Book(take(focal)).cell("I.1.2", "results")

    assert cell.value.startswith("This text cannot stand in a spreadsheet")
    assert cell.protection.locked


def test_176_rows_are_read_in_as_many_queries_as_four(world, browser):
    cycle = grown(world, 172)
    coordinator = browser("coordinator.kaz")

    def asked(slug: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            book = take(coordinator, cycle=slug)
        sizes.append(len(Book(book).codes))
        return len(queries)

    sizes: list[int] = []
    few, many = asked("review-2028"), asked(cycle.slug)

    assert sizes == [4, 176]
    assert few == many <= 15
