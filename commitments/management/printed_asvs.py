"""Prints docs/asvs.csv, the self-assessment against OWASP ASVS, as tables: totals, then a table for each chapter."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from commitments.management.printed import table

MET, PARTLY, NOT_MET, NOT_APPLICABLE = VERDICTS = ("met", "partly", "not met", "not applicable")
CHAPTERS = (
    "Encoding and sanitization", "Validation and business logic", "Web frontend", "API and web service",
    "File handling", "Authentication", "Session management", "Authorization", "Self-contained tokens",
    "OAuth and OIDC", "Cryptography", "Secure communication", "Configuration", "Data protection",
    "Secure coding and architecture", "Logging and error handling", "WebRTC",
)  # fmt: skip


class Row(NamedTuple):
    """One requirement: what it is about in a few words, and what is said of it."""

    id: str
    level: str
    matter: str
    verdict: str
    tests: str  # node ids, parted by spaces
    places: str  # files of this repository, parted by spaces
    words: str  # how; what is missing; or why it does not apply

    @property
    def chapter(self) -> int:
        return int(self.id.rpartition("-")[2].partition(".")[0])


def sheet() -> list[Row]:
    path = Path(settings.BASE_DIR) / "docs" / "asvs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file)]


def totals() -> str:
    """Verdicts by chapter and level."""
    rows = sheet()
    heads = [f"L{level} {verdict}" for level in "12" for verdict in VERDICTS]
    lines = [
        [f"V{chapter} {name}", *_counted([row for row in rows if row.chapter == chapter])]
        for chapter, name in enumerate(CHAPTERS, 1)
    ]
    lines.append(["**All**", *(count and f"**{count}**" for count in _counted(rows))])
    return table(["Chapter", *heads], lines, rule=["---"] + ["--:"] * len(heads))


def chapters() -> str:
    """Every requirement, with what shows it."""
    parts = []
    for chapter, rows in groupby(sheet(), key=lambda row: row.chapter):
        head = ["Id", "L", "Matter", "Verdict", "Shown by, or why"]
        lines = [[row.id, row.level, row.matter, f"**{row.verdict}**", _shown(row)] for row in rows]
        parts.append(f"### V{chapter} {CHAPTERS[chapter - 1]}\n\n{table(head, lines)}")
    return "\n\n".join(parts)


def _counted(rows: list[Row]) -> list[str]:
    found = Counter((row.level, row.verdict) for row in rows)
    return [str(found[level, verdict] or "") for level in "12" for verdict in VERDICTS]


def _shown(row: Row) -> str:
    named = ", ".join(f"`{one}`" for one in [*row.tests.split(), *row.places.split()])
    return "<br>".join(filter(None, [row.words, named]))
