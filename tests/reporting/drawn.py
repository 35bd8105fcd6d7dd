"""Reads pictures again: words with the room they take, areas with their colours, pixels of what the typesetter drew."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from reporting.charts.lettering import width
from reporting.document import Figure

NAMES = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Words:
    """Words of a picture, where they stand, and how far they reach."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    fill: str

    def meets(self, other: Words) -> bool:
        return min(self.right, other.right) > max(self.left, other.left) and min(self.bottom, other.bottom) > max(
            self.top, other.top
        )


def root(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg)


@lru_cache(100)
def all_words(figure: Figure) -> list[Words]:
    return [_words(node) for node in root(figure).iter(f"{NAMES}text")]


def texts(figure: Figure) -> list[str]:
    return [words.text for words in all_words(figure)]


@lru_cache(100)
def areas(figure: Figure) -> list[tuple[float, float, float, float, str]]:
    """(left, top, width, height, fill) of every rectangle that is seen, in the order of drawing."""
    seen = [node for node in root(figure) if node.tag == f"{NAMES}rect"]
    return [(*(float(node.get(name, 0)) for name in ("x", "y", "width", "height")), node.get("fill")) for node in seen]


def ground(figure: Figure, words: Words) -> str:
    """The colour that words stand on; a pattern lies over the colour beneath it."""
    x, y = (words.left + words.right) / 2, (words.top + words.bottom) / 2
    under = [
        fill for left, top, wide, high, fill in areas(figure) if left <= x <= left + wide and top <= y <= top + high
    ]
    return [fill for fill in under if fill.startswith("#")][-1]


def _words(node: ElementTree.Element) -> Words:
    size, is_bold = float(node.get("font-size")), node.get("font-weight") == "bold"
    runs = [(node.text or "", is_bold)]
    for part in node:
        runs += [(part.text or "", True), (part.tail or "", is_bold)]
    room = sum(width(text, size, is_bold=bold) for text, bold in runs)
    x, y = float(node.get("x")), float(node.get("y"))
    left = {"start": x, "middle": x - room / 2, "end": x - room}[node.get("text-anchor", "start")]
    # Capitals and figures are two thirds of the size high, and letters hang a fifth below the line.
    text = "".join(text for text, _bold in runs)
    return Words(text, left, left + room, y - size * 0.68, y + size * 0.2, node.get("fill"))


def pixels(png: bytes) -> list[bytes]:
    """The rows of a picture of 8-bit red, green, blue and alpha."""
    wide, high, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) == (8, 6)
    flat = zlib.decompress(b"".join(content for name, content in _chunks(png) if name == b"IDAT"))
    rows: list[bytes] = [bytes(4 * wide)]
    for place in range(high):
        start = place * (4 * wide + 1)
        rows.append(_unfiltered(flat[start], flat[start + 1 : start + 1 + 4 * wide], rows[-1]))
    return rows[1:]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += length + 12


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    row = bytearray(line)
    for place, byte in enumerate(line):
        left = row[place - 4] if place > 3 else 0
        corner = above[place - 4] if place > 3 else 0
        guess = (0, left, above[place], (left + above[place]) // 2, _nearest(left, above[place], corner))[kind]
        row[place] = (byte + guess) % 256
    return bytes(row)


def _nearest(left: int, up: int, corner: int) -> int:
    return min((left, up, corner), key=lambda one: abs(left + up - corner - one))
