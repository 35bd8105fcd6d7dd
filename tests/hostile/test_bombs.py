"""C8: what is meant to take the server down is refused, or bounded in rows and in questions to the database."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.api.pages import MAX_LIMIT
from commitments.errors import Invalid
from commitments.worksheets.reading import read
from reporting.models import ReportFile
from tests.depth import FULL, drawn, some
from tests.hostile import hidden, odd
from tests.hostile.desk_places import pages
from tests.hostile.places import nouns

pytestmark = [pytest.mark.battery("C8"), pytest.mark.same_on_every_engine]
MOST_QUESTIONS, SECONDS = 60, 2.0
MANY = 100_000


@pytest.fixture
def kept() -> None:
    """A world with something in every list."""


@contextmanager
def bounded(what: object) -> Iterator[None]:
    """Few questions to the database, however much is asked; in full, soon."""
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        yield
    assert len(asked) <= MOST_QUESTIONS, (what, len(asked))
    assert not FULL or time.perf_counter() - began < SECONDS, what


def lists() -> list[str]:
    return [place for place, _noun, actions in nouns() if "<" not in place and actions.get("get") == "list"]


LIMITS = ("0", "-1", "201", "1000", "1000000", "9" * 400, "1e3", "2 00", "٢٠", "200.0", "0x10", "")


def test_no_page_is_longer_than_its_most(world, kept, visit, tally):
    visitor = visit("coordinator.kaz")
    for place, limit in [(place, limit) for place in lists() for limit in LIMITS]:
        assert visitor.get(f"{place}?limit={limit}").status_code == 400, (place, limit)
        tally(bombs=1)
    for place in drawn(lists()):
        with bounded(place):
            answer = visitor.get(f"{place}?limit={MAX_LIMIT}&count=true")
        assert len(answer.json()["results"]) <= MAX_LIMIT
        tally(bombs=1)


PATTERNS = (
    "(a+)+$" * 150,
    "%" * 1000,
    "_" * 1000,
    "a " * 500,
    "\\" * 1000,
    "a%" * 400,
    ".*" * 400,
    "é́" * 300,
    "(" * 900,
)


def queries() -> list[str]:
    """Every list searched and sorted at once, asked for columns without end, and from a place that was made up."""
    found = []
    for place, noun, actions in nouns():
        if "<" in place or actions.get("get") != "list":
            continue
        own = [*(noun.filterset.base_filters if noun.filterset else ()), *noun.extra_parameters]
        for order in noun.orderings:
            found += [f"{place}?ordering=-{order}&{name}={odd.encoded(text)}" for name in own for text in PATTERNS]
        found += [
            f"{place}?fields={','.join([noun.shape.names[0]] * 100)}",
            f"{place}?fields={'x,' * 499}",
            f"{place}?cursor={'A' * 1000}",
            f"{place}?{'&'.join(f'a{number}=1' for number in range(900))}",
            f"{place}?{'&'.join(['limit=1'] * 900)}",
            *(f"{place}?{name}={'KAZ,' * (MANY // 4)}" for name in own),
        ]
    return found


def test_no_question_costs_more_than_a_page(world, kept, visit, tally):
    visitor = visit("editor")
    for query in drawn(queries()):
        with bounded(query[:80]):
            assert visitor.get(query).status_code in (200, 400, 404), query[:80]
        tally(bombs=1)


def bodies(world: Any) -> dict[str, tuple[str, str, str, bytes, int]]:
    """{what: (who, method, place, body, version)}"""
    own = "/api/v1/updates/review-2028:UZB:I.1.2/"
    many = [f"KAZ:{number}" for number in range(MANY)]
    nested: Any = {}
    for _depth in range(900):
        nested = {"ru": nested}
    contents = {
        "sections": (own, {"withheld_sections": many}),
        "languages": (own, {"translations": {name: {} for name in many}}),
        "texts": (own, {"translations": {"ru": dict.fromkeys(many, "x")}}),
        "names": (own, dict.fromkeys(many, 1)), "deep": (own, {"translations": nested}),
        "long": (own, {"results": "a" * 2_400_000}), "longer": (own, {"results": "a" * 2_600_000}),
        "marks": (own, {"results": "a" + "\u0301" * 400_000}),
        "agencies": ("/api/v1/commitments/UZB:I.1.2/", {"contributing_agencies": many}),
        "digits": (own, {"next_steps_on": "9" * MANY}),
    }  # fmt: skip
    who = {"agencies": "coordinator.uzb"}
    return {
        name: (who.get(name, "focal.uzb"), "PATCH", place, json.dumps(content).encode(), 0)
        for name, (place, content) in contents.items()
    } | {
        "cites": ("editor", "POST", "/api/v1/passages/", json.dumps({"report": hidden.REPORT, "section": "summary",
                  "text": "x", "cites": many}).encode(), 0),
        "items": ("editor", "POST", "/api/v1/recommendations/",
                  json.dumps({"report": hidden.REPORT, "text": "x", "items": many}).encode(), 0),
        "last name twice": ("focal.uzb", "PATCH", own, _last_name_twice(), 0),
        "braces": ("focal.uzb", "PATCH", own, b'{"a":' * MANY, 0),
        "brackets": ("focal.uzb", "PATCH", own, b"[" * MANY, 0),
    }  # fmt: skip


def _last_name_twice() -> bytes:
    names = [*range(MANY), MANY - 1]
    return b"{" + b",".join(b'"%d":1' % name for name in names) + b"}"


def test_no_body_costs_more_than_its_refusal(world, kept, visit, tally):
    for name, (who, method, place, body, version) in bodies(world).items():
        with bounded(name):
            assert visit(who).write(method, place, body, version=version).status_code in (400, 413), name
        tally(bombs=1)


PART = b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n'
FILE = b'--x\r\nContent-Disposition: form-data; name="a%d"; filename="a"\r\n\r\n1\r\n'
FORMS = ("/accounts/login/", "/desk/worksheet/upload/", "/api/v1/evidence/", "/admin/commitments/update/",
         "/desk/updates/review-2028/UZB/I.1.2/")  # fmt: skip


@pytest.mark.parametrize("place", FORMS)
def test_no_form_of_many_parts_is_read_to_its_end(world, kept, visit, tally, place):
    visitor = visit("focal.uzb")
    pairs = "&".join(f"a{number}=1" for number in range(5000)).encode()
    for content_type, body in (
        ("multipart/form-data; boundary=x", b"".join(PART % number for number in range(MANY)) + b"--x--"),
        ("multipart/form-data; boundary=x", b"".join(FILE % number for number in range(200)) + b"--x--"),
        ("multipart/form-data; boundary=x", b"--x\r\n" * MANY),
        ("application/x-www-form-urlencoded", pairs),
        ("application/x-www-form-urlencoded", b"a=" + b"1" * 3_000_000),
    ):
        with bounded(place):
            answer = visitor.generic("POST", place, body, content_type, HTTP_IF_MATCH='"0"')
        assert answer.status_code in (400, 404, 405, 413, 415), (place, content_type, answer.status_code)
        tally(bombs=1)


def workbook(sheet: bytes = b"<worksheet/>", **parts: bytes) -> bytes:
    """An archive that looks like a workbook, with this sheet in it."""
    of_sheets = b'<workbook xmlns:r="r"><sheets><sheet name="a" r:id="1"/></sheets></workbook>'
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = b'<Types><Override ContentType="' + kind + b'"/></Types>'
    links = (b'<Relationships><Relationship Id="1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
             b'<Relationship Id="2" Type="x/sharedStrings" Target="sharedStrings"/></Relationships>')  # fmt: skip
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {"[Content_Types].xml": types, "_rels/.rels": b"<a/>", "xl/workbook.xml": of_sheets,
                           "xl/_rels/workbook.xml.rels": links, "xl/worksheets/sheet1.xml": sheet,
                           **{name.replace("__", "/"): part for name, part in parts.items()}}.items():  # fmt: skip
            archive.writestr(name, part)
    return content.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "a gigabyte of nothing": lambda: workbook(xl__big=b"\0" * 60_000_000),
    "rows": lambda: workbook(b"<worksheet><sheetData>" + b"<row/>" * MANY * 2 + b"</sheetData></worksheet>"),
    "cells": lambda: workbook(b"<worksheet><sheetData><row>" + b"<c/>" * MANY * 7 + b"</row></sheetData></worksheet>"),
    "deep": lambda: workbook(b"<a>" * MANY),
    "laughs": lambda: workbook(b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'),
    "parts": lambda: workbook(**{f"xl__{number}": b"" for number in range(2000)}),
    "strings": lambda: workbook(xl__sharedStrings=b"<sst>" + b"<si><t>a</t></si>" * MANY * 3 + b"</sst>"),
    "an archive in an archive": lambda: workbook(xl__worksheets__sheet2=workbook(xl__big=b"\0" * 30_000_000)),
    "no end": lambda: workbook()[:-30],
    "rows of cells": lambda: workbook(sheet(row("key", "code", "version") + row("x") * 3_000)),
    "one string in many cells": lambda: workbook(
        sheet(b'<row r="1">' + b'<c t="s"><v>0</v></c>' * 200 + b"</row>", 50), xl__sharedStrings=strings(b"a" * 30_000)
    ),
    "a string longer than a cell": lambda: workbook(
        sheet(b'<row><c t="s"><v>0</v></c></row>'), xl__sharedStrings=strings(b"a" * 20_000_000)
    ),
    "headings": lambda: workbook(sheet(row("key", "code", "version", *map(str, range(190))), 2_500)),
    "a long value": lambda: workbook(b'<worksheet a="' + b"a" * 30_000_000 + b'"/>'),
}
TOO_LARGE = ("rows of cells", "one string in many cells", "a string longer than a cell", "headings", "cells")


def row(*texts: str) -> bytes:
    cells = (b'<c t="inlineStr"><is><t>' + text.encode() + b"</t></is></c>" for text in texts)
    return b"<row>" + b"".join(cells) + b"</row>"


def sheet(rows: bytes, times: int = 1) -> bytes:
    return b"<worksheet><sheetData>" + rows * times + b"</sheetData></worksheet>"


def strings(text: bytes) -> bytes:
    return b"<sst><si><t>" + text + b"</t></si></sst>"


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_what_a_worksheet_may_hold_is_counted_as_it_is_read(kind):
    with pytest.raises(Invalid) as refused:
        read(BOMBS[kind]())

    assert [one.rule for one in refused.value.problems] == ["size"]


@pytest.mark.parametrize("kind", some(BOMBS, 5, "worksheets"))
def test_no_worksheet_unfolds_in_the_server(world, kept, visit, tally, kind):
    file = SimpleUploadedFile("a.xlsx", BOMBS[kind]())
    with bounded(kind):
        answer = visit("focal.uzb").post("/desk/worksheet/upload/", {"file": file})
    assert answer.status_code in (400, 413, 422), kind
    tally(bombs=1)


def test_a_file_that_is_asked_for_again_and_again_is_made_once(world, kept, visit, tally):
    editor, before = visit("editor"), ReportFile.objects.count()
    for number in range(20):
        body = {"report": hidden.REPORT, "format": "pdf", "language": "en"}
        answer = editor.write("POST", "/api/v1/report-files/", body, **{"Idempotency-Key": str(number)})
        assert answer.status_code == 202
        tally(bombs=1)

    assert ReportFile.objects.count() == before + 1


ADDRESSES = (
    "/" + "a" * MANY,
    "/" + "a/" * 5000,
    "/api/v1/" + "updates/" * 2000,
    "/plan/" + "%2e%2e/" * 2000,
    "/api/v1/updates/" + "a:" * 5000,
)


def test_no_long_address_or_header_costs_anything(world, kept, visit, tally):
    visitor = visit()
    for address in ADDRESSES:
        with bounded(address[:40]):
            assert visitor.get(address).status_code in (301, 400, 404), address[:40]
        tally(bombs=1)
    for name in ("Accept", "Accept-Language", "If-None-Match", "Authorization", "Cookie", "X-Request-ID", "Range"):
        for value in ("a," * 4000, "a;q=0." + "1" * 8000, ";" * 8000):
            with bounded(name):
                assert visitor.get("/api/v1/plans/", headers={name: value}).status_code < 500
            tally(bombs=1)


def test_no_page_asks_more_of_the_database_than_some_dozens_of_questions(world, kept, visit, tally):
    """Pages for everybody, by an address with nothing to remember them by."""
    for page in drawn([one for one in pages() if not one.startswith("/desk/")]):
        with bounded(page):
            assert visit().get(page).status_code in (200, 302, 400, 404, 405, 410), page
        tally(bombs=1)
