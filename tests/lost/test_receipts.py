"""A State holds its receipts against the record with a program of thirty lines, and with nothing of ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.depth import chance, rounds
from tests.desk.conftest import browser  # noqa: F401

PROGRAM = Path(__file__).resolve().parents[2] / "commitments" / "static" / "desk" / "check_receipt.py"
KEY = "review-2028:KAZ:I.1.2"
ADDRESS = "/desk/updates/review-2028/KAZ/I.1.2/"
SUBMITTED, CLEARED, LAST = 2, 3, 5


@pytest.fixture
def history(world):
    """Words in two scripts with a date and evidence, from draft to publication."""
    world.walk("published", results="Өзбекстан, 😀 “so”", next_steps_on="2027-01-31", withheld_sections=["challenges"])
    return world


@pytest.fixture
def given(history, browser, tmp_path) -> Callable[..., Path]:  # noqa: F811
    """The file of one move, as a person downloads it."""

    def download(number: int, who: str = "focal.kaz", place: str = ADDRESS) -> Path:
        answer = browser(who).get(f"{place}receipts/{number}/")
        file = tmp_path / answer["Content-Disposition"].split('"')[1]
        file.write_bytes(answer.content)
        return file

    return download


@pytest.fixture
def exported(history, browser, tmp_path) -> Callable[[], list[Path]]:  # noqa: F811
    """The State's own events, exported later: in pages, as the API gives them."""

    def export() -> list[Path]:
        place, files = f"/api/v1/events/?update={KEY}&limit=2", []
        while place:
            answer = browser("focal.kaz").get(place).json()
            files.append(tmp_path / f"events-{len(files)}.json")
            files[-1].write_text(json.dumps(answer))
            place = answer["next"]
        return files

    return export


def check(*files: Path) -> tuple[int, str]:
    """Beside nothing else: no path to our code, no settings."""
    command = [sys.executable, "-I", "-S", PROGRAM, *files]
    told = subprocess.run(command, env={}, capture_output=True, text=True, check=False)
    return told.returncode, told.stdout + told.stderr


def test_it_is_short_and_stands_alone():
    assert len(PROGRAM.read_text().splitlines()) <= 30


def test_the_receipt_page_gives_the_files_and_the_program(history, browser):  # noqa: F811
    page = browser("coordinator.kaz").get(f"{ADDRESS}receipt/1/").content.decode()

    for number in (SUBMITTED, CLEARED):
        assert f'href="{ADDRESS}receipts/{number}/"' in page
    assert "check_receipt.py" in page


@pytest.mark.battery("B11")
@pytest.mark.parametrize("number", [1, SUBMITTED, CLEARED, LAST])
def test_an_honest_receipt_holds(given, exported, number):
    assert check(given(number))[0] == 0
    code, told = check(given(number), *exported())

    assert (code, told.split(",")[0]) == (0, f"Holds: update:{KEY} {number}")


def test_a_receipt_of_before_there_was_a_salt_holds(world, given, monkeypatch):
    monkeypatch.setattr("secrets.token_hex", lambda size: "")
    world.walk("submitted", "KAZ", "I.1.1")

    receipt = given(SUBMITTED, place=ADDRESS.replace("I.1.2", "I.1.1"))

    assert "salt" not in json.loads(receipt.read_text())["words"]
    assert check(receipt)[0] == 0


@pytest.mark.parametrize("who", ["focal.tjk", "reviewer", "editor", "administrator", "partner"])
def test_nobody_beyond_the_state_takes_it(history, browser, who):  # noqa: F811
    assert browser(who).get(f"{ADDRESS}receipts/{CLEARED}/").status_code == 404


def test_a_number_that_never_was_is_absent(history, browser):  # noqa: F811
    assert browser("focal.kaz").get(f"{ADDRESS}receipts/{LAST + 1}/").status_code == 404


@pytest.mark.battery("B11")
def test_a_receipt_that_was_written_into_is_refused(given, tmp_path, tally):
    """One letter or figure anywhere in it, in the facts, the words or the hash."""
    honest, draw, forged = given(CLEARED).read_text(), chance("receipts"), tmp_path / "forged.json"
    number = rounds(20, 500)
    for _ in range(number):
        facts = json.loads(honest)
        changed = forge(facts, draw)
        forged.write_text(json.dumps(facts))
        assert check(forged)[0] == 1, changed
    tally(forged_receipts=number)


def forge(receipt: dict[str, Any], draw: Any) -> str:
    """Changes one text of it."""
    texts = [
        (part, name)
        for part in (receipt["facts"], receipt["words"], receipt["words"]["content"])
        for name, value in part.items()
        if isinstance(value, str)
    ]
    part, name = draw.choice([*texts, (receipt, "hash")])
    place = draw.randrange(len(part[name]) + 1)
    letter = "y" if part[name][place : place + 1] == "x" else "x"
    part[name] = part[name][:place] + letter + part[name][place + 1 :]
    return f"{name}: {part[name]}"


@pytest.mark.battery("B11")
@pytest.mark.parametrize("tamper", ["gone", "altered", "cut short", "reordered"])
def test_a_record_that_was_tampered_with_is_told(given, exported, tamper):
    receipt, files = given(CLEARED), exported()
    rows = [row for file in files for row in json.loads(file.read_text())["results"]]
    by_number = {row["sequence"]: row for row in rows}
    if tamper == "gone":
        del by_number[2]
    elif tamper == "altered":
        by_number[CLEARED]["hash"] = by_number[CLEARED + 1]["previous_hash"] = "0" * 64
    elif tamper == "cut short":
        by_number = {number: row for number, row in by_number.items() if number < CLEARED}
    else:
        by_number[1]["sequence"], by_number[2]["sequence"] = 2, 1
    files[0].write_text(json.dumps({"results": list(by_number.values())}))

    code, told = check(receipt, files[0])

    assert code == 1
    assert told.startswith(("The record does not hold", "Event "))
