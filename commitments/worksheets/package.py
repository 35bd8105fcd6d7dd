"""The file as it comes back: opened only if it is a small, whole and harmless workbook.

A workbook is an archive of XML. It is read part by part as it unpacks, so that what lies about its size, nests or
refers elsewhere is refused before it costs anything. Nothing in it is run, reckoned or followed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError  # types alone: what parses is defusedxml

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Problem
from commitments.uploads import MAX_BYTES

MAX_PARTS = 300
MAX_UNPACKED = 40_000_000  # bytes: many times what a full worksheet of a State takes
MAX_ELEMENTS = 250_000  # 2,000 rows of 25 cells whose texts stand apart take 202,000
PIECE = 1_000_000
_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MANIFEST = "[Content_Types].xml"
_WORKBOOK = "spreadsheetml.sheet.main+xml"
# Parts that would do something, or lead out of the file, each with why it is refused.
_MACRO = _("This file contains a macro. Save it as an ordinary workbook (.xlsx) without macros.")
_OUTSIDE = _("This file draws on other files. Copy the words as plain text into a worksheet that you take here.")
_EMBEDDED = _("This file contains other files or controls. Remove them and save it again.")
_FORBIDDEN: dict[str, tuple[str, Any]] = {
    "vbaproject": ("macro", _MACRO),
    "/macrosheets/": ("macro", _MACRO),
    "/externallinks/": ("external", _OUTSIDE),
    "/querytables/": ("external", _OUTSIDE),
    "xl/connections": ("external", _OUTSIDE),
    "/embeddings/": ("embedded", _EMBEDDED),
    "/activex/": ("embedded", _EMBEDDED),
}
_NOT_A_WORKBOOK = _(
    "This is not a spreadsheet of the kind .xlsx. Save it as “Excel workbook (.xlsx)” and choose it again."
)
# What unpacking and parsing raise at bytes that are no archive or no XML.
_UNREADABLE = (
    *(ParseError, DefusedXmlException, zipfile.BadZipFile, zlib.error),
    *(ValueError, LookupError, EOFError, RuntimeError),
)
_DAMAGED = _("This file is damaged and cannot be read. Save it again, or take the worksheet anew.")


def refusal(rule: str, message: Any) -> Invalid:
    return Invalid(problems=[Problem("file", rule, message)])


class _InPieces:
    """A part as the parser takes it in: it begins a long name or value anew with each piece, so these are large."""

    def __init__(self, part: IO[bytes]) -> None:
        self.part = part

    def read(self, _size: int) -> bytes:
        return self.part.read(PIECE)


class Package:
    """The parts of one workbook. Raises Invalid, saying why, for anything that is not one."""

    def __init__(self, content: bytes) -> None:
        _check_kind(content)
        self.elements = 0
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OverflowError):
            raise refusal("damaged", _DAMAGED) from None
        self.parts = {one.filename: one for one in self.archive.infolist()}
        self._check_size()
        self._check_parts()
        self._check_manifest()

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def elements_of(self, name: str) -> Iterator[tuple[str, Element]]:
        """("start" or "end", element) in document order, names without their namespaces."""
        if name not in self.parts:
            raise refusal("damaged", _DAMAGED)
        try:
            with self.archive.open(name) as part:
                for event, element in iterparse(_InPieces(part), events=("start", "end"), forbid_dtd=True):
                    if event == "start":
                        self._count()
                        element.tag = element.tag.rpartition("}")[2]
                    yield event, element
        except _UNREADABLE:
            raise refusal("damaged", _DAMAGED) from None

    def _count(self) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise refusal("size", _("This file holds far more than a worksheet does. Take the worksheet anew."))

    def _check_size(self) -> None:
        rows = self.archive.infolist()
        if len(rows) > MAX_PARTS or sum(row.file_size for row in rows) > MAX_UNPACKED:
            raise refusal("size", _("This file holds far more than a worksheet does. Take the worksheet anew."))
        if len(self.parts) != len(rows):
            raise refusal("damaged", _DAMAGED)
        for row in rows:
            if row.flag_bits & 1 or row.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise refusal("damaged", _DAMAGED)

    def _check_parts(self) -> None:
        for name in self.parts:
            for piece, (rule, message) in _FORBIDDEN.items():
                if piece in f"/{name}".casefold():
                    raise refusal(rule, message)

    def _check_manifest(self) -> None:
        """The manifest has to name a workbook, and no workbook with macros."""
        if _MANIFEST not in self.parts:
            raise refusal("type", _NOT_A_WORKBOOK)
        kinds = [element.get("ContentType", "") for event, element in self.elements_of(_MANIFEST) if event == "start"]
        if any("macroenabled" in kind.casefold() for kind in kinds):
            raise refusal("macro", _MACRO)
        if not any(kind.endswith(_WORKBOOK) for kind in kinds):
            raise refusal("type", _NOT_A_WORKBOOK)


def _check_kind(content: bytes) -> None:
    if not content:
        raise refusal("size", _("This file is empty."))
    if len(content) > MAX_BYTES:
        raise refusal("size", _("At most %(limit)d MB.") % {"limit": MAX_BYTES // 1_000_000})
    if content.startswith(_OLD_OR_ENCRYPTED):
        message = _("This file is protected by a password, or of an older kind. Save it as .xlsx without a password.")
        raise refusal("type", message)
    if not content.startswith(b"PK\x03\x04"):
        raise refusal("type", _NOT_A_WORKBOOK)
