"""The formats a document can be had in. A renderer turns a Document into the bytes of a file.

The typesetter's process imports this package many times for one report: what it has no need of is imported later.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporting.document import Document


@dataclass(frozen=True)
class Renderer:
    """One format. Its module is loaded at first use: none of them costs those who do not ask."""

    name: str
    media_type: str
    extension: str
    is_heavy: bool = False  # seconds and hundreds of megabytes for a report of a full cycle

    def render(self, document: Document) -> bytes:
        """Return the whole file, its fixed words in the document's language.

        The same document gives the same bytes. Raises RuntimeError when the typesetter refuses.
        """
        from django.utils import translation  # noqa: PLC0415

        module = import_module(f"reporting.renderers.{self.name}")
        with translation.override(document.language):
            content: bytes = module.render(document)
        return content


_OFFICE = "application/vnd.openxmlformats-officedocument"

RENDERERS: dict[str, Renderer] = {
    renderer.name: renderer
    for renderer in (
        Renderer("html", "text/html; charset=utf-8", "html"),
        Renderer("docx", f"{_OFFICE}.wordprocessingml.document", "docx", is_heavy=True),
        Renderer("pdf", "application/pdf", "pdf", is_heavy=True),
        Renderer("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "xlsx", is_heavy=True),
        Renderer("json", "application/json", "json"),
        # A package of one CSV for each table.
        Renderer("csv", "application/zip", "zip"),
    )
}


def render(document: Document, name: str) -> bytes:
    """Return the document as a file of the named format; raises ValueError for an unknown name."""
    if name not in RENDERERS:
        raise ValueError(f"Unknown format {name!r}: choose one of {', '.join(RENDERERS)}.")
    return RENDERERS[name].render(document)
