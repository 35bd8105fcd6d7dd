"""A worksheet as people use it: taken in a browser, filled in by another program, brought back."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments.models import ActionItem, Commitment, Cycle, Event, Update
from tests.builders import World

START = "/desk/worksheet/"
FIRST = 3  # the row of the first update: above it stand the names of the columns, hidden, and the headings


class Book:
    """A worksheet opened in another program."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet = self.book.worksheets[0]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def row(self, code: str) -> int:
        cells = self.sheet.iter_rows(min_row=FIRST, max_col=1)
        return next(row[0].row for row in cells if row[0].value == code)

    def cell(self, code: str, name: str) -> Any:
        return self.sheet.cell(self.row(code), self.columns[name])

    def write(self, code: str, **values: Any) -> Book:
        """Values as they are typed: what begins with = becomes a formula unless it is text."""
        for name, value in values.items():
            self.cell(code, name).value = value
        return self

    @property
    def codes(self) -> list[str]:
        return [row[0].value for row in self.sheet.iter_rows(min_row=FIRST, max_col=1) if row[0].value]

    @property
    def content(self) -> bytes:
        packed = io.BytesIO()
        self.book.save(packed)
        return packed.getvalue()

    def texts(self) -> str:
        """Every word of every sheet."""
        cells = (cell for sheet in self.book for row in sheet.iter_rows() for cell in row)
        return "\n".join(str(cell.value) for cell in cells if cell.value is not None)


def take(client: Client, of: str = "", language: str = "en", cycle: str = "review-2028") -> bytes:
    answer = client.get(f"{START}file/", {"cycle": cycle, "of": of, "language": language})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content


def bring(client: Client, content: bytes, name: str = "filled.xlsx") -> Any:
    """Upload it; the answer is the preview, or the first page with what is wrong."""
    return client.post(f"{START}upload/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def shown(answer: Any) -> str:
    """The words of a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def save(client: Client, preview: Any, *, leave_out: bool = False, **choices: str) -> Any:
    """Press "Save all of it" on this preview. `choices`: row_3="mine"."""
    sent = dict(re.findall(r'name="(seen-\d+)" value="(\d+)"', preview.content.decode()))
    sent |= {name.replace("row_", "choice-"): value for name, value in choices.items()}
    return client.post(address_of(preview), sent | ({"leave_out": "on"} if leave_out else {}), follow=True)


def address_of(preview: Any) -> str:
    return preview.redirect_chain[-1][0] if getattr(preview, "redirect_chain", None) else preview.request["PATH_INFO"]


def trace() -> tuple[int, list[tuple[int, int]]]:
    """What any write would leave behind."""
    return Event.objects.count(), list(Update.objects.order_by("pk").values_list("pk", "version"))


def grown(world: World, items: int) -> Cycle:
    """The next cycle, in which Kazakhstan owes this many updates more."""
    first = world.items["I.1.1"]
    for number in range(1, items + 1):
        item = ActionItem.objects.create(
            plan=world.plan, objective=first.objective, code=f"III.1.{number}", position=10 + number,
            text="To do more.", short_title=f"More {number}", addressee="national",
        )  # fmt: skip
        Commitment.objects.create(
            member_state=world.states["KAZ"], action_item=item, lead_agency=world.agencies["interior.kaz"]
        )
    names = ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on")
    days = {name: getattr(world.cycle, name) + dt.timedelta(days=1) for name in names}
    cycle = Cycle.schedule(by=world.who("editor"), plan=world.plan, slug="grown", title="Grown", **days)
    cycle.open(by=world.who("editor"))
    return cycle


@pytest.fixture
def focal(browser) -> Client:
    return browser("focal.kaz")


@pytest.fixture
def taken(focal) -> Book:
    """The worksheet of the focal point of Kazakhstan's ministry of the interior."""
    return Book(take(focal))
