"""Files as LibreOffice opens, recalculates and saves them again, where this machine has it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# How a file of commas is opened: where lists are parted by commas, and where they are parted by semicolons.
COMMAS, SEMICOLONS = "CSV:44,34,76,1,,1033", "CSV:59,34,76,1,,1049"
BEGINS = r"(?:[^\S\r\n\t]|['\x22])*[=+\-@＝＋－＠﹦﹢﹣﹫]"
_GUARD = re.compile(f"(?:^|(?<=[;\t\r\n]))'(?={BEGINS})|^'(?=[\t\r])")


def unguarded(cell: str) -> str:
    """The text as it is kept, from a cell of a CSV."""
    return _GUARD.sub("", cell)


def tempting(cell: str) -> bool:
    return re.match("\\s*[=+\\-@＝＋－＠﹦﹢﹣﹫]", cell) is not None


def cells_of_csv(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter))


def csv_files(content: bytes) -> Iterator[bytes]:
    """A CSV, or each of a package of them."""
    if not content.startswith(b"PK"):
        yield content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (archive.read(name) for name in archive.namelist() if name.endswith(".csv"))


def cells_of_book(content: bytes) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def recalculated(folder: Path, files: dict[str, bytes], infilter: str = "") -> dict[str, bytes]:
    """Each file as LibreOffice saves it, by its name without an extension."""
    came, went = folder / "came", folder / "went"
    came.mkdir(parents=True)
    for name, content in files.items():
        (came / name).write_bytes(content)
    asked = [OFFICE, f"-env:UserInstallation=file://{folder.parent}/profile", "--headless", "--convert-to", "xlsx"]
    asked += [f"--infilter={infilter}"] if infilter else []
    subprocess.run([*asked, "--outdir", went, *came.iterdir()], check=True, capture_output=True, timeout=300)
    return {path.stem: path.read_bytes() for path in went.iterdir()}
