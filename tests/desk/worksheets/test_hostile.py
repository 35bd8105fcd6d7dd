"""Files that are no worksheet, or mean harm: refused with a word, quickly, and nothing of them is run."""

from __future__ import annotations

import io
import zipfile

import pytest
from xlsxwriter import Workbook

from commitments.errors import Invalid
from commitments.worksheets.reading import read
from tests.desk.worksheets.conftest import Book, bring, shown, take, trace

pytestmark = pytest.mark.same_on_every_engine

SHEET = "xl/worksheets/sheet1.xml"
BOMB = (
    b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><worksheet>&c;</worksheet>"""
)
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>"""


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """The same file with other parts; None takes one away."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return packed.getvalue()


def manifest(content: bytes, old: bytes, new: bytes) -> bytes:
    name = "[Content_Types].xml"
    return repacked(content, **{name: zipfile.ZipFile(io.BytesIO(content)).read(name).replace(old, new)})


def foreign() -> bytes:
    packed = io.BytesIO()
    with Workbook(packed) as workbook:
        workbook.add_worksheet().write_row(0, 0, ["Name", "Amount"])
    return packed.getvalue()


def without_hidden(content: bytes) -> bytes:
    book = Book(content)
    book.sheet.delete_cols(book.columns["key"], 3)
    return book.content


def lying(content: bytes) -> bytes:
    """A part that says it is a thousandth of its size."""
    packed = repacked(content, **{SHEET: b"<worksheet>" + b"<row/>" * 10_000 + b"</worksheet>"})
    archive = zipfile.ZipFile(io.BytesIO(packed))
    size = archive.getinfo(SHEET).file_size
    return packed.replace(size.to_bytes(4, "little"), (size // 1000).to_bytes(4, "little"))


FILES = [
    (lambda own: b"", "This file is empty."),
    (lambda own: b"code,results\nI.1.2,Done\n", "This is not a spreadsheet of the kind .xlsx."),
    (lambda own: b"%PDF-1.7", "This is not a spreadsheet of the kind .xlsx."),
    (
        lambda own: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "This file is protected by a password, or of an older",
    ),
    (lambda own: b"PK\x03\x04 and nothing more", "This file is damaged and cannot be read."),
    (lambda own: own[: len(own) // 2], "This file is damaged and cannot be read."),
    (lambda own: b"PK\x03\x04" + b"\0" * 10_000_001, "At most 10 MB."),
    (lambda own: repacked(own, **{"[Content_Types].xml": None}), "This is not a spreadsheet of the kind .xlsx."),
    (
        lambda own: repacked(own, **{SHEET: b"<worksheet>" + b" " * 40_000_000 + b"</worksheet>"}),
        "far more than a worksheet",
    ),
    (
        lambda own: repacked(own, **{SHEET: b"<worksheet>" + b"<cols/>" * 700_000 + b"</worksheet>"}),
        "far more than a worksheet",
    ),
    (lambda own: repacked(own, **{f"more/{n}.xml": b"<a/>" for n in range(400)}), "far more than a worksheet"),
    (lying, "This file is damaged and cannot be read."),
    (lambda own: repacked(own, **{SHEET: BOMB}), "This file is damaged and cannot be read."),
    (lambda own: repacked(own, **{SHEET: OUTSIDE}), "This file is damaged and cannot be read."),
    (lambda own: repacked(own, **{"xl/sharedStrings.xml": BOMB}), "This file is damaged and cannot be read."),
    (lambda own: repacked(own, **{"xl/vbaProject.bin": b"macro"}), "This file contains a macro."),
    (lambda own: manifest(own, b"spreadsheetml.sheet.main", b"macroEnabled.sheet.main"), "This file contains a macro."),
    (lambda own: repacked(own, **{"xl/macrosheets/sheet1.xml": b"<a/>"}), "This file contains a macro."),
    (lambda own: repacked(own, **{"xl/externalLinks/externalLink1.xml": b"<a/>"}), "This file draws on other files."),
    (
        lambda own: repacked(own, **{"xl/embeddings/oleObject1.bin": b"x"}),
        "This file contains other files or controls.",
    ),
    (lambda own: foreign(), "This workbook is not a worksheet taken here."),
    (without_hidden, "The hidden columns that say which update each row is have been lost."),
]


@pytest.mark.parametrize(
    ("make", "said"), FILES, ids=[said[:30] + str(number) for number, (_make, said) in enumerate(FILES)]
)
def test_what_is_no_harmless_worksheet_is_refused_and_says_why(focal, make, said):
    before = trace()

    answer = bring(focal, make(take(focal)))

    assert answer.status_code == 400
    assert said in shown(answer)
    assert trace() == before


def test_a_file_that_is_called_something_else_is_known_by_its_content(focal, taken):
    assert "4 rows as they were" in shown(bring(focal, taken.content, "worksheet.pdf"))


def test_no_file_at_all_is_asked_for(focal):
    answer = focal.post("/desk/worksheet/upload/")

    assert (answer.status_code, "Choose a file." in shown(answer)) == (400, True)


def test_a_sheet_of_too_many_rows_is_refused(taken):
    for number in range(3, 2_010):
        taken.sheet.cell(number, 1).value = "I.1.1"

    with pytest.raises(Invalid) as refused:
        read(taken.content)

    assert refused.value.problems[0].rule == "size"


def test_a_row_at_the_far_end_of_the_sheet_costs_nothing_and_columns_beyond_the_limit_are_not_read(taken):
    taken.sheet.cell(1_048_576, 1).value = "far away"
    taken.sheet.cell(3, 16_000).value = "=1+1"

    grid = read(taken.content)

    assert [number for number, _cells in grid.rows] == [3, 4, 5, 6, 1_048_576]
    assert max(place for _number, cells in grid.rows for place in cells) <= 200


def test_words_of_a_file_are_shown_as_words(focal, taken):
    page = bring(focal, taken.write("I.1.2", results="<script>alert(1)</script>").content, "<b>.xlsx").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>.xlsx" not in page


@pytest.mark.parametrize("escaped", ["_x0000_", "_xD83D_", "\u202eI.1.2", "I.1.2" * 40])
def test_odd_signs_in_a_code_are_answered_as_any_other_code(focal, taken, escaped):
    taken.write("I.1.2", results="Mine.").cell("I.1.2", "code").value = escaped

    answer = bring(focal, taken.content)

    assert answer.status_code == 200
    assert "rows and their hidden columns have come apart" in shown(answer)


def test_odd_signs_in_a_text_are_refused_with_their_place(focal, taken):
    words = shown(bring(focal, taken.write("I.1.2", results="ab_x0000_").content))

    assert "(Results): Character 3 cannot be kept (U+0000)." in words


def test_a_preview_of_very_long_texts_stays_a_page(world, focal, taken):
    for code in taken.codes:
        taken.write(code, **{name: f"{name} " * 1_500 for name in ("measures_taken", "results", "challenges")})

    page = bring(focal, taken.content).content

    assert len(page) < 150_000
    assert b"more characters]" in page
