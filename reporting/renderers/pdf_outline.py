"""The bookmarks of a bound report, as objects of a PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporting.renderers.pdf_objects import string


@dataclass(frozen=True)
class Bookmark:
    """A heading of the document: its level, its words and its anchor."""

    level: int
    title: str
    anchor: str


class _Entry:
    def __init__(self, number: int, level: int, parent: "_Entry | None") -> None:
        self.number, self.level, self.parent = number, level, parent
        self.children: list[_Entry] = []


def outline(bookmarks: Sequence[Bookmark], places: dict[str, int], first: int) -> Iterator[tuple[int, bytes]]:
    """Yield each object and its number: the root has the first, the bookmarks follow. Only the highest are open."""
    root = last = _Entry(first, 0, None)
    entries: list[tuple[_Entry, _Entry]] = []
    for number, bookmark in enumerate(bookmarks, first + 1):
        while last.parent and last.level >= bookmark.level:
            last = last.parent
        last.children.append(entry := _Entry(number, bookmark.level, last))
        entries.append((entry, last))
        last = entry
    yield first, b"<</Type/Outlines%s/Count %d>>" % (_ends(root), len(root.children))
    for bookmark, (entry, parent) in zip(bookmarks, entries, strict=True):
        target = b"/Title%s/Dest %d 0 R" % (string(bookmark.title), places[bookmark.anchor])
        yield entry.number, b"<<%s%s%s>>" % (_kin(entry, parent), _closed(entry), target)


def _kin(entry: _Entry, parent: _Entry) -> bytes:
    siblings = parent.children
    place = siblings.index(entry)
    kin = b"/Parent %d 0 R" % parent.number
    if place:
        kin += b"/Prev %d 0 R" % siblings[place - 1].number
    if place + 1 < len(siblings):
        kin += b"/Next %d 0 R" % siblings[place + 1].number
    return kin


def _closed(entry: _Entry) -> bytes:
    return b"%s/Count -%d" % (_ends(entry), len(entry.children)) if entry.children else b""


def _ends(entry: _Entry) -> bytes:
    if not entry.children:
        return b""
    return b"/First %d 0 R/Last %d 0 R" % (entry.children[0].number, entry.children[-1].number)
