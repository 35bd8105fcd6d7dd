"""Markdown tables, as docs/ is printed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def table(head: Iterable[str], rows: Iterable[Iterable[Any]], *, rule: Iterable[str] = ()) -> str:
    """`rule` says how the columns stand, `---` or `--:` for each; to the left where it is left out."""
    head = list(head)
    lines = [head, list(rule) or ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
