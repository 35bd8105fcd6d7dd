"""Files that mean harm, made as they are asked for: (what it is, its name, a maker of its bytes)."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache, partial

import docx
import xlsxwriter

Maker = Callable[[], bytes]
Harmful = tuple[str, str, Maker]
TYPES = ("pdf", "png", "jpg", "jpeg", "docx", "xlsx", "odt")
SCRIPT = b"<script>alert(1)</script>"
PNG_SIGN = b"\x89PNG\r\n\x1a\n"
ODT = "application/vnd.oasis.opendocument.text"
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
RELATIONS = (
    '<Relationships xmlns="x"><Relationship Id="r9" Type="{0}" Target="http://127.0.0.1/x" TargetMode="External"/>'
    "</Relationships>"
)
# What is no file of any type that is taken, whatever it is called.
OTHERS = {
    "html": b"<!DOCTYPE html><html>" + SCRIPT, "svg": b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "script": b"alert(document.cookie)//",
    "program": b"MZ\x90\x00" + b"\0" * 100, "elf": b"\x7fELF\x02\x01\x01" + b"\0" * 60,
    "shell": b"#!/bin/sh\nid\n", "php": b"<?php system($_GET[0]); ?>", "gif": b"GIF89a\x01\x00\x01\x00\0\0\0;",
    "gif and script": b"GIF89a/*\x01\x00*/=1;alert(1)//", "rar": b"Rar!\x1a\x07\x00" + b"\0" * 40,
    "7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "gz": b"\x1f\x8b\x08" + b"\0" * 40, "rtf": rb"{\rtf1\object\objocx}",
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "nothing": b"", "one byte": b"%", "spaces": b" " * 300, "bmp": b"BM" + b"\0" * 60, "webp": b"RIFF\0\0\0\0WEBPVP8 ",
}  # fmt: skip


def pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<</Type/Catalog " + inside + b">>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def png(width: int = 1, height: int = 1, after: bytes = b"") -> bytes:
    def part(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG_SIGN + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0\0")) + part(b"IEND", b"") + after


def jpeg(width: int = 1, height: int = 1, before: bytes = b"") -> bytes:
    note = b"\xff\xfe" + struct.pack(">H", len(before) + 2) + before if before else b""
    frame = b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 10 + note + frame + b"\xff\xd9"


@cache
def document(kind: str) -> bytes:
    """One that is as it should be."""
    packed = io.BytesIO()
    if kind == "docx":
        docx.Document().save(packed)
    elif kind == "xlsx":
        xlsxwriter.Workbook(packed).close()
    else:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("mimetype", ODT)
            archive.writestr("content.xml", "<office:document-content/>", zipfile.ZIP_DEFLATED)
            archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>", zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def sound() -> dict[str, bytes]:
    """Files that are taken: the net must let these through."""
    return {"pdf": pdf(), "png": png(), "jpg": jpeg(), **{kind: document(kind) for kind in MAIN}}


def repacked(kind: str, parts: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The document with other parts, or more."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document(kind))) as old, zipfile.ZipFile(packed, "w", method) as new:
        for row in old.infolist():
            if row.filename not in parts:
                new.writestr(row, old.read(row.filename))
        for name, content in parts.items():
            new.writestr(name, content)
    return packed.getvalue()


def bomb(kind: str, megabytes: int, count: int = 1) -> bytes:
    """A thousandth of its size until it is unpacked."""
    packed = io.BytesIO(document(kind))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            with archive.open(f"word/media/{number}.bin", "w", force_zip64=True) as part:
                for _megabyte in range(megabytes):
                    part.write(b"\0" * 1_000_000)
    return packed.getvalue()


def lying(kind: str) -> bytes:
    """A part that says it is a thousandth of its size."""
    packed = repacked(kind, {"word/media/0.bin": b"\0" * 5_000_000})
    return packed.replace((5_000_000).to_bytes(4, "little"), (5_000).to_bytes(4, "little"))


def crowded(kind: str) -> bytes:
    return repacked(kind, {f"x/{number}": b"" for number in range(3_000)})


def twice(kind: str) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        packed = io.BytesIO(document(kind))
        with zipfile.ZipFile(packed, "a") as archive:
            archive.writestr(MAIN[kind], "<other/>")
    return packed.getvalue()


def linked(kind: str) -> bytes:
    row = zipfile.ZipInfo("word/link")
    row.create_system, row.external_attr = 3, 0o120777 << 16
    packed = io.BytesIO(document(kind))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(row, "/etc/passwd")
    return packed.getvalue()


def locked(kind: str) -> bytes:
    """Its parts say that they are encrypted, in their own heads and in the list of them."""
    content = bytearray(document(kind))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


def upon(kind: str) -> bytes:
    """Two names for the same packed bytes, as bombs have that do not nest."""
    content = bytearray(repacked(kind, {"x/1": b"1" * 40, "x/2": b"2" * 40}))
    first, second = (content.rfind(f"x/{number}".encode()) - 46 for number in (1, 2))
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    return bytes(content)


def archives(kind: str) -> Iterator[tuple[str, Maker]]:
    types = '<Types xmlns="x"><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    parts: dict[str, dict[str, bytes | str]] = {
        "macro": {"word/vbaProject.bin": b"x"}, "macro elsewhere": {"any/VBAPROJECT.BIN": b"x"},
        "macro by its type": {"[Content_Types].xml": types}, "controls": {"word/activeX/activeX1.xml": "<a/>"},
        "ribbon": {"customUI/customUI.xml": "<a/>"}, "old macro sheet": {"xl/macrosheets/sheet1.xml": "<a/>"},
        "basic": {"Basic/Standard/Module1.xml": "<a/>"}, "scripts": {"Scripts/python/x.py": "import os"},
        "object": {"word/embeddings/oleObject1.bin": b"x"},
        "whole document": {"word/embeddings/x.docx": document("docx")},
        "page inside": {"word/afchunk1.html": SCRIPT}, "archive inside": {"word/media/a.png": document("docx")},
        "program inside": {"word/media/a.png": b"MZ\x90\0"},
        "old office inside": {"word/media/a.png": b"\xd0\xcf\x11\xe0"},
        "pdf inside": {"word/media/a.png": pdf()}, "leading out": {"../../evil.sh": "id"},
        "from the root": {"/etc/cron.d/evil": "id"}, "leading out by windows": {"..\\..\\evil.bat": "id"},
        "template elsewhere": {"word/_rels/settings.xml.rels": RELATIONS.format("http://x/relationships/attachedTemplate")},
        "object elsewhere": {"word/_rels/x.rels": RELATIONS.format("http://x/relationships/oleObject")},
        "picture elsewhere": {"word/_rels/y.rels": RELATIONS.format("http://x/relationships/image")},
        "links in other letters": {"word/_rels/z.rels": RELATIONS.format("http://x/relationships/frame").encode("utf-16")},
        "entities": {"word/_rels/e.rels": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'},
        "long relations": {"word/_rels/l.rels": b" " * 3_000_000},
        "relations without an end": {"word/_rels/n.rels": b"<Relationship " * 74_000},
        "a sign in a name": {"word/_rels/s.rels": RELATIONS.replace("r9", "&gt; >").format("http://x/relationships/image")},
        "a link by name": {"word/_rels/t.rels": RELATIONS.replace("r9", "x/relationships/hyperlink").format("image")},
    }  # fmt: skip
    for what, added in parts.items():
        yield what, partial(repacked, kind, added)
    yield "odd packing", partial(repacked, kind, {"x/1": b"1" * 90_000}, method=zipfile.ZIP_LZMA)
    yield "bomb", partial(bomb, kind, 150)
    yield "many bombs", partial(bomb, kind, 30, 5)
    for maker in (lying, crowded, twice, linked, locked, upon):
        yield maker.__name__, partial(maker, kind)
    yield "picture before", lambda: b"GIF89a" + document(kind)
    yield "page behind", lambda: document(kind) + SCRIPT
    yield "cut", lambda: document(kind)[:-30]
    yield "half", lambda: document(kind)[: len(document(kind)) // 2]


def objects(inside: bytes, *, about: bytes = b"/Filter/FlateDecode", packed: bytes | None = None) -> bytes:
    """A PDF whose objects are packed."""
    stream = zlib.compress(inside) if packed is None else packed
    return pdf() + packed_object(stream, about)


def packed_object(stream: bytes, about: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"2 0 obj\n<</Type/ObjStm/N 1/First 4 " + about + b">>\nstream\n" + stream + b"\nendstream\nendobj\n"


def behind_others(*inside: bytes) -> bytes:
    """Behind streams that hold no objects, each ended as programs do."""
    drawn = b"5 0 obj\n<</Length 4>>\nstream\n0 0 m\nendstream\nendobj\n"
    return pdf() + b"".join(drawn + one for one in (b"", *inside)) + drawn


def to_the_last_byte() -> bytes:
    """Exactly as much as may be unpacked and a byte more, and then a bomb."""
    full = packed_object(zlib.compress(b" " * 19_000_000)), packed_object(b" " * 1_000_001, b"")
    return pdf() + b"".join(full) + packed_object(zlib.compress(b"\0" * 60_000_000))


PDFS: dict[str, Maker] = {
    **{name: partial(pdf, text) for name, text in {
        "script": b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>",
        "script spelled": b"/OpenAction<</S/J#61vaScript/#4aS(1)>>",
        "short script": b"/AA<</O<</JS 3 0 R>>>>", "launch": b"/OpenAction<</S/Launch/F(cmd.exe)>>",
        "file inside": b"/Names<</EmbeddedFiles 3 0 R>>", "file": b"/AF[<</Type/Filespec>>]",
        "portfolio": b"/Collection<<>>",
        "form": b"/AcroForm<</XFA 3 0 R>>", "sends": b"/OpenAction<</S/SubmitForm/F(http://x)>>",
        "imports": b"/OpenAction<</S/ImportData/F(x)>>", "film": b"/Annots[<</Subtype/RichMedia>>]",
        "leads away": b"/OpenAction<</S/GoToR/F(\\\\\\\\host\\\\share)>>", "locked": b"/Encrypt 3 0 R",
        "hidden as a stream": b"/T(>>stream\n)/OpenAction<</S/JavaScript/JS(1)>>",
    }.items()},
    "script packed": lambda: objects(b"1 0 <</S/JavaScript/JS(1)>>"),
    "launch packed": lambda: objects(b"1 0 <</S/Launch/F(x)>>"),
    "script packed by another way": lambda: objects(b"", about=b"/Filter/LZWDecode", packed=b"x"),
    "script packed twice": lambda: objects(b"", about=b"/Filter[/ASCIIHexDecode/FlateDecode]", packed=b"78"),
    "packed by turns": lambda: objects(b"x", about=b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>"),
    "packed badly": lambda: objects(b"", packed=b"no such thing"),
    "bomb": lambda: objects(b"\0" * 60_000_000), "bomb to the last byte": to_the_last_byte,
    "streams without an end": lambda: b"%PDF-1.4\n" + b"stream\n" * 1_400_000,
    "script between streams": lambda: behind_others(b"3 0 obj\n<</JS(1)>>\nendobj\n"),
    "script packed behind streams": lambda: behind_others(packed_object(zlib.compress(b"1 0 <</S/JavaScript/JS(1)>>"))),
    "archive behind": lambda: pdf() + document("docx"),
}  # fmt: skip
PICTURES: dict[tuple[str, str], Maker] = {
    ("png", "flood"): lambda: png(65_535, 65_535), ("png", "nothing to see"): lambda: png(0, 7),
    ("png", "page behind"): lambda: png(after=SCRIPT), ("png", "archive behind"): lambda: png(after=document("docx")),
    ("png", "cut"): lambda: png()[:-6], ("png", "sign alone"): lambda: PNG_SIGN,
    ("png", "pdf behind"): lambda: png(after=pdf()),
    ("png", "endless part"): lambda: PNG_SIGN + b"\xff\xff\xff\xffIHDR" + b"\0" * 20,
    ("jpg", "flood"): lambda: jpeg(60_000, 60_000), ("jpg", "nothing to see"): lambda: jpeg(0, 0),
    ("jpg", "archive behind"): lambda: jpeg() + document("docx"), ("jpg", "pdf within"): lambda: jpeg(before=pdf()),
    ("jpg", "no frame"): lambda: b"\xff\xd8\xff\xe0" + b"\0" * 20,
    ("jpg", "endless fill"): lambda: b"\xff\xd8" + b"\xff" * 9_900_000,
}  # fmt: skip
# The content is a sound PDF: these names are refused.
NAMES = (
    "law.exe", "law.pdf.exe", "law", ".pdf.html", "law.svg", "law.docm", "law.xlsm", "law.dotm", "law.php", "law.hta",
    "law.zip", "law.js", "law\u202efdp.exe", "law\u202e.pdf", "l\u200baw.pdf", "l\u2066aw.pdf",
    "law\u00ad.pdf", "law\ufeff.pdf",
    "law\x01.pdf", "law\x7f.pdf", "x" * 300 + ".pdf", "\u044f" * 190 + ".pdf",
    "law.pdf\u2028.exe", "law.pdf.", "law.p\u0434f",
)  # fmt: skip
# These are kept, as text: no part of them is ever a path or a header.
INERT_NAMES = ("law.pdf ", "../../law.pdf", "..\\..\\law.pdf", "/etc/law.pdf", "a;b.pdf", "a%00b.pdf",
               "con.pdf", "-rf.pdf", "a'b.pdf",
               "<img src=x onerror=alert(1)>.pdf", "=cmd|' ' A0.pdf", "\u0437\u0430\u043a\u043e\u043d.pdf")  # fmt: skip


def harmful() -> list[Harmful]:
    """All of them, cheap to list: each is made when it is wanted."""
    found: list[Harmful] = [
        (f"{what} as {kind}", f"law.{kind}", partial(bytes, content))
        for kind in TYPES
        for what, content in OTHERS.items()
    ]
    found += [(f"{kind} {what}", f"law.{kind}", maker) for kind in MAIN for what, maker in archives(kind)]
    found += [(f"pdf {what}", "law.pdf", maker) for what, maker in PDFS.items()]
    found += [(f"{kind} {what}", f"law.{kind}", maker) for (kind, what), maker in PICTURES.items()]
    found += [(f"named {ascii(name)[:40]}", name, pdf) for name in NAMES]
    found += [(f"{one} as {other}", f"law.{other}", partial(bytes, content)) for one, content in sound().items()
              for other in TYPES if other != one and {one, other} != {"jpg", "jpeg"}]  # fmt: skip
    return found
