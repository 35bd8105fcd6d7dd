"""Words of their own that stand in what is not released, and who may read them. Every answer to every visitor of these
tests is searched for them, whatever the test is about, and inside the files too."""

from __future__ import annotations

import gzip
import io
import zipfile
from functools import lru_cache
from typing import Any

import pypdf

MARK = "Zqxhush"  # as far as the UN and no further
INSIDE = "Zqxinside"  # what the State keeps to itself
AGENCY = "Zqxagency"  # drafts of one agency
# Besides the State's own officers.
READERS = {MARK: {"reviewer", "editor"}, INSIDE: set(), AGENCY: set()}
NOT_HOME = {AGENCY: {"contributor.kaz"}}
sighted: list[str] = []


def may_read(mark: str, who: str | None) -> bool:
    is_home = (who or "").endswith(".kaz") and who not in NOT_HOME.get(mark, ())
    return is_home or who in READERS[mark]


def sweep(who: str | None, asked: str, response: Any) -> None:
    """Note each mark that this answer shows to somebody who may not read it. What they said themselves is no secret."""
    closed_to = [mark for mark in READERS if not may_read(mark, who) and mark.lower() not in asked.lower()]
    if not closed_to:
        return
    if response.streaming:
        body = b"".join(response.streaming_content)
        response.streaming_content = [body]
    else:
        body = response.content
    shown = readable(body) + repr(response.headers).encode()
    sighted.extend(f"{who} reads {mark}: {asked[:200]}" for mark in marks_in(shown) if mark in closed_to)


def marks_in(shown: bytes) -> list[str]:
    low = shown.lower()
    return [mark for mark in READERS if mark.lower().encode() in low] if b"zqx" in low else []


def readable(body: bytes) -> bytes:
    """The bytes, and what is inside them where they are a container."""
    if body.startswith((b"PK", b"\x1f\x8b")) or (body.startswith(b"%PDF") and b"/Catalog" in body):
        return body + _inside(body)
    return body


@lru_cache(maxsize=64)
def _inside(body: bytes) -> bytes:
    if body.startswith(b"\x1f\x8b"):
        return gzip.decompress(body)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as container:
            return b"".join(container.read(name) for name in container.namelist())
    reader = pypdf.PdfReader(io.BytesIO(body))
    return "".join(page.extract_text() for page in reader.pages).encode() + repr(reader.metadata).encode()
