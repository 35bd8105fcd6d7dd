"""A file in its place in a bound report: its objects renumbered, its tags made those of a part of the whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reporting.renderers.pdf_objects import Objects, reference, references, renumbered

# What holds a file together: left out, and written anew for the whole.
_FRAME = re.compile(rb"<</Type/(?:Catalog|Outlines|StructTreeRoot|Metadata)\b|<</Parent [^(]*/Title|<</Title\b")
_HEADING = re.compile(rb"(?<=^<</Type/StructElem/S/H)\d\b")
_CELL = re.compile(rb"<</Type/StructElem/S/T[HD]\b")
_CELL_NAME = re.compile(rb"\((U\d+x\d+y\d+)\)")
_KEY = re.compile(rb"(?<=/StructParent)(s?) (\d+)")


@dataclass(frozen=True)
class Bound:
    """Its objects' numbers stand `by` higher, its keys of the structure tree `key` higher.

    By `shift` levels its headings stand lower than they are tagged.
    """

    file: Objects
    shift: int
    place: int
    by: int
    key: int

    def objects(self) -> Iterator[tuple[int, bytes]]:
        """Each object and its number in the whole, but not what holds the file together."""
        for number in range(1, self.file.count + 1):
            body = self.file[number]
            if not _FRAME.match(body):
                yield number + self.by, self._retagged(renumbered(body, self.by))

    @property
    def pages(self) -> list[int]:
        return [number + self.by for number in self.file.pages]

    def resources(self, number: int) -> bytes:
        """The dictionary of what a page draws with, of this number in the whole."""
        return renumbered(self.file[number - self.by], self.by)

    @cached_property
    def tree(self) -> bytes:
        return self.file[reference(self.file.catalog, b"StructTreeRoot")]

    @cached_property
    def document(self) -> int:
        """The number of the element that holds all others."""
        return references(self.tree[self.tree.index(b"/K[") :])[0] + self.by

    @property
    def keys(self) -> list[tuple[int, int]]:
        """Each key of the structure tree, and the number of what it leads to."""
        found = re.search(rb"/Nums\[([^\]]*)\]", self.tree)
        pairs = re.findall(rb"(\d+) (\d+) 0 R", found[1]) if found else []
        return [(int(key) + self.key, int(number) + self.by) for key, number in pairs]

    @property
    def names(self) -> list[tuple[bytes, int]]:
        """The names of header cells, different in each part, and the numbers of their elements."""
        found = re.findall(_CELL_NAME.pattern + rb"(\d+) 0 R", self.tree)
        return [(self._renamed(name), int(number) + self.by) for name, number in found]

    def _retagged(self, body: bytes) -> bytes:
        if _CELL.match(body):
            return _CELL_NAME.sub(lambda found: b"(%s)" % self._renamed(found[1]), body)
        if self.shift and _HEADING.search(body):
            return _HEADING.sub(lambda found: b"%d" % (int(found[0]) + self.shift), body)
        if body.startswith((b"<</Type/Page/", b"<</Type/Annot")):
            return _KEY.sub(lambda found: b"%s %d" % (found[1], int(found[2]) + self.key), body, count=1)
        return body

    def _renamed(self, name: bytes) -> bytes:
        return b"P%05d%s" % (self.place, name)


def in_place(files: Sequence[tuple[Objects, int]]) -> list[Bound]:
    """Files with the shift of their headings, one after the other."""
    bound: list[Bound] = []
    by = key = 0
    for place, (file, shift) in enumerate(files):
        bound.append(Bound(file, shift, place, by, key))
        by += file.count
        key = max([key, *(one + 1 for one, _ in bound[-1].keys)])
    return bound
