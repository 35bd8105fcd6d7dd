"""What a file must be to be kept as evidence: of the type that its name says, small when unpacked, and harmless.

Nothing of it is drawn, run or followed. Archives are unpacked piece by piece and never further than they may go, so
that what lies about its size costs nothing. What cannot be looked into (encrypted, damaged) is refused.
"""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import filetype
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_text
from commitments.errors import Invalid, Problem

MAX_BYTES = 10_000_000
# What the first bytes must say, by the ending of the name.
FILE_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
MAX_PARTS, MAX_UNPACKED = 2_000, 100_000_000  # of an archive: entries, and bytes in all of them
MAX_PIXELS = 50_000_000
MAX_OBJECTS = 20_000_000  # bytes of the packed objects of a PDF
PIECE = 65_536

_NAME = 255  # bytes, as file systems count
_TAIL = 65_557  # bytes from the end in which an archive says that it is one
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, ParseError),
    *(ValueError, LookupError, EOFError, RuntimeError),
)
_DAMAGED = _("This file is damaged or protected by a password, so it cannot be checked. Save it again without one.")
_TYPE = _("Only %(types)s, and the content must be what the name says.")
_MACRO = _("This file contains a macro or a script. Save it without.")
_WITHIN = _("This file contains other files. Remove them, or attach them by themselves.")
_OUTSIDE = _("This file draws on files elsewhere when it is opened. Remove these links and save it again.")
_LARGE = _("This file is far larger when it is unpacked than it looks. Save it anew, with smaller pictures.")
_TWO = _("This file is of two types at once. Save it anew.")


def refusal(rule: str, message: Any) -> Invalid:
    return Invalid(problems=[Problem("file", rule, message)])


def clean_name(name: Any) -> str:
    """The last part of a file's name, as text fit to show. Raises Invalid for one that hides how it ends."""
    text = clean_text("file", (name or "").rsplit("/", 1)[-1].rsplit("\\", 1)[-1], limit=200)
    if any(character in "\n\t" or unicodedata.category(character) == "Cf" for character in text):
        raise refusal("characters", _("The name of this file has characters that are not to be seen. Rename it."))
    if len(text.encode()) > _NAME:
        raise refusal("length", _("The name of this file is too long. Shorten it."))
    return text


def check(name: str, content: bytes) -> None:
    """Raises Invalid, saying why, where this content is not what the name says, or is not fit to be handed on."""
    kind = FILE_TYPES.get(name.rsplit(".", 1)[-1].lower())
    if kind is None or filetype.guess_mime(content) != kind:
        raise refusal("type", _TYPE % {"types": ", ".join(FILE_TYPES)})
    is_archive = kind.startswith("application/vnd.")
    if not is_archive and b"PK\x05\x06" in content[-_TAIL:]:
        raise refusal("type", _TWO)
    if kind != FILE_TYPES["pdf"] and b"%PDF-" in content[:1024]:
        raise refusal("type", _TWO)
    try:
        _CHECKS[kind](content)
    except _UNREADABLE:
        raise refusal("damaged", _DAMAGED) from None


# --- Pictures ------------------------------------------------------------------------------------


def _check_png(content: bytes) -> None:
    """Its parts one after another, the size first, and nothing behind the last."""
    place, name = 8, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, place)
        if place == 8:
            _check_pixels(*struct.unpack_from(">II", content, 16) if name == b"IHDR" else (0, 0))
        place += length + 12
    if place != len(content):
        raise refusal("type", _TWO)


_FILLED = re.compile(rb"\xff{2,}")  # as many as one likes stand before a marker


def _check_jpeg(content: bytes) -> None:
    """The size stands in the frame; what is before it is stepped over."""
    place = 2
    while True:
        if filled := _FILLED.match(content, place):
            place = filled.end() - 1
        marker, length = struct.unpack_from(">HH", content, place)
        if marker < 0xFFC0 or marker == 0xFFDA:
            raise ValueError("no frame")
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            return _check_pixels(*struct.unpack_from(">HH", content, place + 5))
        place += length + 2


def _check_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise ValueError("no picture")
    if width * height > MAX_PIXELS:
        raise refusal("size", _LARGE)


# --- Archives: DOCX, XLSX, ODT --------------------------------------------------------------------

_MAIN = {"docx": b"wordprocessingml.document.main+xml", "xlsx": b"spreadsheetml.sheet.main+xml"}
_FORBIDDEN = {
    "vbaproject": ("macro", _MACRO), "vbadata": ("macro", _MACRO), "macrosheets/": ("macro", _MACRO),
    "/basic/": ("macro", _MACRO), "/scripts/": ("macro", _MACRO), "/activex/": ("macro", _MACRO),
    "customui/": ("macro", _MACRO), "oleobject": ("embedded", _WITHIN), "/embeddings/": ("embedded", _WITHIN),
    "afchunk": ("embedded", _WITHIN), "externallinks/": ("external", _OUTSIDE),
}  # fmt: skip
# Files within the file, by their first bytes: archives, programs, old documents, PDF.
_FILES_WITHIN = (b"PK\x03\x04", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"%PDF-", b"Rar!", b"7z\xbc\xaf")


def _check_archive(content: bytes, kind: str) -> None:
    if not content.startswith(b"PK\x03\x04") or content[-22:-18] != b"PK\x05\x06":
        raise refusal("type", _TWO)  # something stands before it or behind
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        rows = archive.infolist()
        _check_rows(rows, archive)
        left = MAX_UNPACKED
        for row in rows:
            left -= _check_part(archive, row, left, kind)
        if kind in _MAIN and "[Content_Types].xml" not in archive.namelist():
            raise refusal("type", _TYPE % {"types": ", ".join(FILE_TYPES)})


def _check_rows(rows: list[zipfile.ZipInfo], archive: zipfile.ZipFile) -> None:
    """What the archive says of itself: how many parts, how large, by which names, none upon another."""
    if len(rows) > MAX_PARTS or sum(row.file_size for row in rows) > MAX_UNPACKED:
        raise refusal("size", _LARGE)
    if len({row.filename for row in rows}) != len(rows) or any(map(_is_odd, rows)):
        raise ValueError("names twice, encrypted or leading out")
    ordered = sorted(rows, key=lambda row: row.header_offset)
    following = [*(row.header_offset for row in ordered[1:]), archive.start_dir]
    if any(row.header_offset + row.compress_size >= after for row, after in zip(ordered, following, strict=True)):
        raise ValueError("one upon another")
    for row in rows:
        for piece, (rule, message) in _FORBIDDEN.items():
            if piece in f"/{row.filename}".casefold():
                raise refusal(rule, message)


def _is_odd(row: zipfile.ZipInfo) -> bool:
    is_link = (row.external_attr >> 16) & 0o170000 == 0o120000
    leads_out = row.orig_filename.startswith("/") or {"..", ""} & set(re.split(r"[/\\]", row.orig_filename.rstrip("/")))
    is_packed_oddly = row.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return bool(row.flag_bits & 1 or is_link or leads_out or "\0" in row.orig_filename or is_packed_oddly)


def _check_part(archive: zipfile.ZipFile, row: zipfile.ZipInfo, left: int, kind: str) -> int:
    """Unpack one part, keeping no more of it than is looked at. Returns how many bytes it was."""
    kept, size = b"", 0
    is_read = row.filename.endswith((".rels", "[Content_Types].xml", "manifest.xml"))
    with archive.open(row) as part:
        while piece := part.read(PIECE):
            size += len(piece)
            if size > left:
                raise refusal("size", _LARGE)
            if not kept or is_read:
                kept += piece
            if len(kept) > 16 * PIECE:
                raise refusal("size", _LARGE)
    if kept.startswith(_FILES_WITHIN):
        raise refusal("embedded", _WITHIN)
    if is_read:
        _check_said(row.filename, kept, kind)
    return size


def _check_said(name: str, kept: bytes, kind: str) -> None:
    """What the archive says of its parts: of which type they are, and what is fetched when it is opened."""
    if b"\0" in kept or b"<!DOCTYPE" in kept.upper() or b"encryption-data" in kept:
        raise ValueError("not as such files are written")
    if b"macroenabled" in kept.lower():
        raise refusal("macro", _MACRO)
    if name == "[Content_Types].xml" and _MAIN.get(kind, b"") not in kept:
        raise refusal("type", _TYPE % {"types": ", ".join(FILE_TYPES)})
    if name.endswith(".rels") and any(map(_is_fetched, fromstring(kept, forbid_dtd=True).iter())):
        raise refusal("external", _OUTSIDE)


def _is_fetched(element: Any) -> bool:
    """Whether this leads out of the file to something that is no link to click on."""
    said = {name.rpartition("}")[2].lower(): value.lower() for name, value in element.attrib.items()}
    return said.get("targetmode") == "external" and not said.get("type", "").endswith("relationships/hyperlink")


# --- PDF ------------------------------------------------------------------------------------------

_FILTERS = re.compile(rb"/\w+Decode\b|/Crypt\b")
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
_ENDS = rb"(?![A-Za-z0-9])"
_DOES = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|XFA|SubmitForm|ImportData|GoToR|GoToE|Rendition)" + _ENDS)
_HOLDS = re.compile(rb"/(?:EmbeddedFiles?|Filespec|Collection)" + _ENDS)
_LOCKED = re.compile(rb"/Encrypt" + _ENDS)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
# Long enough never to stand in packed words by chance: looked for everywhere, wherever a stream is said to begin.
_ANYWHERE = re.compile(rb"/(?:JavaScript|Launch|RichMedia|SubmitForm|ImportData|EmbeddedFile)" + _ENDS)


def _check_pdf(content: bytes) -> None:
    """What it would do when it is opened stands in names, plainly, spelled in signs, or among packed objects."""
    if _ANYWHERE.search(_plain(content)):
        raise refusal("macro", _MACRO)
    for text in _texts_of_pdf(content):
        plain = _plain(text)
        if _LOCKED.search(plain):
            raise refusal("damaged", _DAMAGED)
        if _DOES.search(plain):
            raise refusal("macro", _MACRO)
        if _HOLDS.search(plain):
            raise refusal("embedded", _WITHIN)


def _plain(text: bytes) -> bytes:
    """With the signs that are spelled by number."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)


def _texts_of_pdf(content: bytes) -> Iterator[bytes]:
    """What is written between the streams, and in those that hold objects: packed in one way, that is known."""
    end, left = 0, MAX_OBJECTS
    for found in _STREAM.finditer(content):
        if found.start() < end:
            continue
        head = content[end : found.start()]
        yield head
        about = _plain(head[-4096:]).rpartition(b" obj")[2]
        end = content.find(b"endstream", found.end())
        if end < 0:
            raise ValueError("a stream without an end")
        if b"/ObjStm" in about:
            objects = _unpacked(content[found.end() : end], about, left)
            left -= len(objects)
            yield objects
    yield content[end:]


def _unpacked(packed: bytes, about: bytes, left: int) -> bytes:
    if b"/Filter" not in about:
        return _no_more_than(left, packed)
    if len(_FILTERS.findall(about)) != 1 or b"/FlateDecode" not in about or b"/Predictor" in about:
        raise ValueError("packed in a way that is not looked into")
    return _no_more_than(left, zlib.decompressobj().decompress(packed, left + 1))


def _no_more_than(left: int, text: bytes) -> bytes:
    if len(text) > left:
        raise refusal("size", _LARGE)
    return text


_CHECKS: dict[str, Callable[[bytes], None]] = {
    FILE_TYPES["pdf"]: _check_pdf,
    FILE_TYPES["png"]: _check_png,
    FILE_TYPES["jpg"]: _check_jpeg,
    **{FILE_TYPES[kind]: partial(_check_archive, kind=kind) for kind in ("docx", "xlsx", "odt")},
}
