"""How long a page of the desk takes, and what it weighs: one reader at a time, so that only the page is timed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from math import ceil
from typing import Any

from benchmarks.load import ask, request

HEAD = "| Page | Who asks | Updates | p50 ms | p95 ms | KB packed |\n|---|---|---:|---:|---:|---:|"
# Name -> (who asks, where).
PAGES: dict[str, tuple[str, str]] = {
    "my work": ("focal_point", "/desk/"),
    "an update": ("coordinator", "/desk/updates/{update}/"),
    "to clear": ("coordinator", "/desk/clearing/"),
    "board": ("coordinator", "/desk/board/"),
    "matrix": ("editor", "/desk/matrix/"),
    "review": ("editor", "/desk/review/"),
}
WARM = 3


def lines(port: int, keys: dict[str, Any], rounds: int) -> Iterator[str]:
    """A line of the table for each page."""
    for name, (reader, where) in PAGES.items():
        path = where.format(update=keys["drafts"][0]["key"].replace(":", "/"))
        headers = {"Cookie": f"sessionid={keys['sessions'][reader]}", "Accept-Encoding": "gzip",
                   "Sec-Fetch-Site": "same-origin"}  # fmt: skip
        times, size = _times(port, request("GET", path, headers), 20 * rounds)
        middle, late = (1000 * times[ceil(share * len(times)) - 1] for share in (0.5, 0.95))
        who = reader.replace("_", " ")
        yield f"| {name} | {who} | {keys['updates']:,} | {middle:.0f} | {late:.0f} | {size / 1000:.1f} |"


def _times(port: int, page: bytes, count: int) -> tuple[list[float], int]:
    """Sorted, without the first ones, and how many bytes came."""
    times, head = [], b""
    for _ in range(WARM + count):
        before = time.perf_counter()
        head = ask(port, page)
        times.append(time.perf_counter() - before)
    length = head.lower().split(b"\r\ncontent-length: ", 1)[1].split(b"\r\n", 1)[0]
    return sorted(times[WARM:]), int(length)
