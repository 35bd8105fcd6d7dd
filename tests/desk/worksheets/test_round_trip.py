"""What leaves in a worksheet comes back as it was, to the letter, whichever program it went through."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commitments.content import MAX_TEXT, SECTIONS, Rating, clean_text
from commitments.errors import Invalid
from commitments.worksheets.columns import WRITTEN, fits
from commitments.worksheets.reading import read
from commitments.worksheets.rows import rows_of
from commitments.worksheets.taking import Sheet, Taken
from commitments.worksheets.writing import write
from tests.desk.worksheets.conftest import bring, shown, take, trace

pytestmark = pytest.mark.same_on_every_engine

OFFICE = shutil.which("soffice")
NOBODY_WROTE = dict.fromkeys(WRITTEN, "") | {"original_language": "en"}
ODD = [
    *("=1+1", "+7 701 000", "-minus", "@name", "\t=tab", "'apostrophe", "''two", '="x"&A1', "{=A1}", "#N/A"),
    *("1.50", "007", "1E5", "2025-01-01", "31.12.2025", "TRUE", "50%", "http://example.org/a b", "end \\"),
    *("line\nline\n\n  indented\ttab", '«кавычки» & <b> "x" ]]>', "Ўзбекистон, Қазақстан, Ҷумҳурии, Türkmenistan"),
    *(
        "👩‍👩‍👧 🇰🇿",
        "\u200bzero\u200d",
        "\ufeffmark",
        "a\xa0b",
        "one\u2028two\u0085three",
        "_x0041_",
        "_x000D_",
        "x005F_",
    ),
    *("_x005F_x0041_", "x" * MAX_TEXT, "яё\n" * 6000 + "я", "😀" * MAX_TEXT, "0", "-", "=", "None"),
]


def kept(text: str) -> str:
    try:
        return clean_text("results", text)
    except Invalid:
        return ""


def taken(values: dict[str, str], number: int = 1) -> Taken:
    return Taken(
        f"review-2028:KAZ:I.1.{number}", 7, f"I.1.{number}", "Short", "To do.", "Ministry", NOBODY_WROTE | values
    )


def returned(content: bytes) -> list[dict[str, str]]:
    rows = rows_of(read(content))
    assert [row.faults for row in rows] == [{}] * len(rows)
    assert {row.version for row in rows} <= {7}
    return [row.values for row in rows]


def packed(*rows: Taken) -> bytes:
    return write(Sheet("Review 2028", "Kazakhstan", [], list(rows)))


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map(kept).filter(fits)
values = st.fixed_dictionaries(
    dict.fromkeys(SECTIONS, texts)
    | {
        "rating": st.sampled_from(["", *Rating.values]),
        "next_steps_on": st.one_of(st.just(""), st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)).map(str)),
    }
)


@settings(max_examples=30, deadline=None)
@given(st.lists(values, min_size=1, max_size=3))
@example([dict.fromkeys(SECTIONS, kept(text)) for text in ODD if fits(kept(text)) and len(text) < 9000])
def test_every_text_date_and_answer_comes_back_as_it_left(rows):
    left = [NOBODY_WROTE | row for row in rows]

    came = returned(packed(*(taken(row, number) for number, row in enumerate(left, 1))))

    assert came == left


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:12]))
def test_odd_text_comes_back_as_it_left_or_is_said_to_stay_behind(text):
    came = returned(packed(taken({"results": kept(text)})))[0]

    assert came.get("results", kept(text)) == kept(text)
    assert ("results" in came) == (text not in ("_x005F_x0041_", "😀" * MAX_TEXT))


@pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice on this machine")
def test_nothing_is_lost_on_the_way_through_libreoffice(tmp_path: Path):
    left = [{"results": kept(text), "rating": "limited", "next_steps_on": "2027-03-31"} for text in ODD]
    source = tmp_path / "taken.xlsx"
    source.write_bytes(packed(*(taken(row, number) for number, row in enumerate(left, 1))))

    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        tmp_path / "out",
        source,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    came = returned((tmp_path / "out" / "taken.xlsx").read_bytes())

    assert [{name: row.get(name, one[name]) for name in one} for row, one in zip(came, left, strict=True)] == left
    assert {row["original_language"] for row in came} == {"en"}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_worksheet_brought_back_untouched_changes_nothing_in_either_language(world, focal, language):
    world.walk("draft", item="I.1.1", results="=1+1\nи ещё", next_steps_on="2027-03-31", trend="forward")
    world.walk("draft", item="I.1.2")
    before = trace()

    preview = bring(focal, take(focal, language=language))

    assert "0 rows changed" in shown(preview)
    assert "4 rows as they were" in shown(preview)
    assert "there is nothing to save" in shown(preview)
    assert trace() == before
