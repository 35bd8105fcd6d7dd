"""A PDF as the typesetter writes it, taken apart into its objects: each plain, none compressed with others.

Whatever else a PDF may be is not read here: the typesetter's version is pinned, and a test reads what it writes.
"""

import re
from collections.abc import Callable
from functools import cached_property

_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_SIGNS = re.compile(rb"\\.|[()]|(\d+) 0 R\b", re.DOTALL)
_STREAM = b">>\nstream\n"
_ENTRY = 20  # bytes of an entry of the table of places


class Objects:
    """The objects of one file by their numbers, from 1 to `count`."""

    def __init__(self, content: bytes) -> None:
        place = int(content[content.rindex(b"startxref") :].split()[1])
        head = content[place : place + 40].split(b"\n")
        if head[0] != b"xref":
            raise RuntimeError("The typesetter wrote a PDF of another form.")
        first = place + len(head[0]) + len(head[1]) + 2
        self.count = int(head[1].split()[1]) - 1
        self._content = content
        entries = (content[first + _ENTRY * number :][:10] for number in range(1, self.count + 1))
        self._places = [0, *map(int, entries), place]
        self.trailer = content[first + _ENTRY * (self.count + 1) :]

    @property
    def opening(self) -> bytes:
        """What stands before the first object: the version, and a sign that the file is no text."""
        return self._content[: self._places[1]]

    def __getitem__(self, number: int) -> bytes:
        whole = self._content[self._places[number] : self._places[number + 1]]
        return whole[whole.index(b"\n") + 1 : whole.rindex(b"\nendobj")]

    @cached_property
    def catalog(self) -> bytes:
        return self[reference(self.trailer, b"Root")]

    @cached_property
    def pages(self) -> list[int]:
        """The numbers of the pages in order; the typesetter keeps them in one list."""
        kids = re.search(rb"/Kids\[([^\]]*)\]", self[reference(self.catalog, b"Pages")])
        return references(kids[1]) if kids else []

    @cached_property
    def destinations(self) -> dict[str, int]:
        """Where each named heading stands: its name, and the number of the object that says so."""
        names = re.findall(rb"\(([^()]*)\)(\d+) 0 R", self.catalog[self.catalog.rfind(b"/Dests") :])
        return {name.decode(): int(number) for name, number in names}

    @property
    def sizes(self) -> list[tuple[float, float]]:
        """Width and height of each page in points."""
        boxes = (re.search(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", self[page]) for page in self.pages)
        return [(float(box[1]), float(box[2])) for box in boxes if box]

    def pages_of_names(self) -> dict[str, int]:
        """The page of each named heading, from 0."""
        places = {page: place for place, page in enumerate(self.pages)}
        return {name: places[references(self[number])[0]] for name, number in self.destinations.items()}


def reference(text: bytes, key: bytes) -> int:
    """The number of the object that a dictionary names under a key."""
    found = re.search(rb"/%s (\d+) 0 R" % key, text)
    if not found:
        raise RuntimeError(f"The typesetter wrote a PDF without {key.decode()}.")
    return int(found[1])


def references(text: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(text)]


def renumbered(body: bytes, by: int) -> bytes:
    """An object whose references are so much higher; what stands in strings and streams is left alone."""
    head, stream, rest = body.partition(_STREAM)
    if b"(" in head:
        return _outside_strings(head, lambda number: b"%d 0 R" % (number + by)) + stream + rest
    return _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + by), head) + stream + rest


def _outside_strings(text: bytes, change: Callable[[int], bytes]) -> bytes:
    depth = 0

    def turn(found: re.Match[bytes]) -> bytes:
        nonlocal depth
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        return change(int(found[1])) if found[1] and not depth else found[0]

    return _SIGNS.sub(turn, text)


def string(text: str) -> bytes:
    """A text as a PDF string."""
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"
