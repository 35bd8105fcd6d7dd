"""What README.md tells of docs/trust.md: the batteries of the two promises, as they were last asked in full."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from django.conf import settings

from commitments.management.printed import table

STARRED = ("A1", "A2", "A8", "B1", "B3", "B4", "B6", "B8", "B9", "B10", "B13", "C1")
WHAT, ENGINE, TRIED, FAILED = 1, 2, 4, 5  # columns of docs/trust.md


def figures() -> str:
    """A line for each row that has been asked in full, with what was tried on either engine and what failed of it."""
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for line in (Path(settings.BASE_DIR) / "docs" / "trust.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in STARRED:
            rows[cells[0]].append(cells)
    return table(
        ["What was asked in full", "Tried", "Failed"],
        (
            [
                lines[0][WHAT],
                "; ".join(f"{line[ENGINE]}: {line[TRIED] or 'all'}" for line in lines),
                sum(int(line[FAILED]) for line in lines),
            ]
            for lines in (rows[row] for row in STARRED if row in rows)
        ),
        rule=["---", "---", "--:"],
    )
