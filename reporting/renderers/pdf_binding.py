"""Parts of a long report bound into one PDF: one structure tree, one list of bookmarks, links from part to part.

The front opens the report and holds, after its own pages, an empty sheet with head and foot for each page of the
parts, so that every page knows its number and how many there are. The sheet is drawn over the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from pikepdf import Array, Dictionary, Name, NameTree, Object, ObjectStreamMode, OutlineItem, Pdf, String

from reporting.renderers.pdf_tags import Tags

# What a part writes in place of a link to an anchor, which may lie in another part.
_ANCHOR = "anchor:"


@dataclass(frozen=True)
class Bookmark:
    """A heading of the document: its level, its words and its anchor."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True)
class Piece:
    """A file that the typesetter made, its headings tagged `shift` levels higher than they stand in the whole.

    Only its bytes are kept: opened and taken apart, it is many times as big.
    """

    content: bytes
    shift: int
    are_wide: list[bool]  # of each page, whether it is wider than high
    pages_of_names: dict[str, int]  # the page of each named heading, from 0

    def opened(self) -> Pdf:
        return Pdf.open(BytesIO(self.content))


def piece_of(content: bytes, shift: int = 0) -> Piece:
    """Read what others need to know of a file."""
    with Pdf.open(BytesIO(content)) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        names = {name: numbers[place[0].objgen] for name, place in _places(file).items()}
        return Piece(content, shift, [bool(page.mediabox[2] > page.mediabox[3]) for page in file.pages], names)


class Binder:
    """Binds parts into the file of the front.

    `homes` names for each anchor the heading under which it stands, which a link to it leads to. What stands under
    none stands on the first page, under the title.
    """

    def __init__(
        self,
        front: Piece,
        parts: Sequence[Piece],
        bookmarks: Sequence[Bookmark],
        homes: Mapping[str, str],
        title: str,
    ) -> None:
        self._whole, self._parts = front.opened(), parts
        self._bookmarks, self._homes = bookmarks, homes
        self._titles = {bookmark.anchor: bookmark.title for bookmark in bookmarks} | {"": title}
        self._places = _places(self._whole)
        self._own = len(front.are_wide) - sum(len(part.are_wide) for part in parts)
        self._top = Array([self._whole.pages[0].obj, Name.XYZ, None, None, None])
        self._tags = Tags(self._whole)

    def bind(self) -> bytes:
        """Return the whole file, the same bytes whenever it is bound."""
        sheets = [sheet.as_form_xobject() for sheet in self._whole.pages[self._own :]]
        del self._whole.pages[self._own :]
        for number, part in enumerate(self._parts, 1):
            self._add(part.opened(), part.shift, f"P{number:05}")
        self._draw(sheets)
        for page in self._whole.pages:
            for annotation in page.get("/Annots", []):
                self._link(annotation)
        self._write_bookmarks()
        self._write_names()
        self._tags.write()
        out = BytesIO()
        # Objects compressed together: less than half the bytes.
        self._whole.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return out.getvalue()

    def _add(self, part: Pdf, shift: int, label: str) -> None:
        """Add its pages first: what is copied after them and leads to them finds them in the whole."""
        self._tags.make_room(part, shift, label)
        self._whole.pages.extend(part.pages)
        self._tags.add(part)
        for name, place in _places(part).items():
            self._places[name] = cast(Array, self._whole.copy_foreign(place))

    def _draw(self, sheets: Sequence[Object]) -> None:
        """Let each page draw its sheet when it has drawn itself."""
        drawing = self._whole.make_stream(b"/Sheet Do")
        for page, sheet in zip(self._whole.pages[self._own :], sheets, strict=True):
            page.add_resource(sheet, Name.XObject, Name.Sheet)
            page.contents_add(drawing)

    def _link(self, annotation: Object) -> None:
        address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
        if not address.startswith(_ANCHOR):
            return
        home = self._homes.get(address.removeprefix(_ANCHOR), "")
        del annotation.A
        annotation.Dest = self._places[home] if home else self._top
        annotation.Contents = String(self._titles[home])

    def _write_bookmarks(self) -> None:
        """Write the bookmarks anew; only the highest are open."""
        with self._whole.open_outline() as outline:
            outline.root.clear()
            levels = [(0, outline.root)]
            for bookmark in self._bookmarks:
                while levels[-1][0] >= bookmark.level:
                    levels.pop()
                item = OutlineItem(bookmark.title, self._places[bookmark.anchor])
                item.is_closed = True
                levels[-1][1].append(item)
                levels.append((bookmark.level, item.children))

    def _write_names(self) -> None:
        names = NameTree.new(self._whole)
        names.update(self._places)
        self._whole.Root.Names = Dictionary(Dests=names.obj)


def _places(file: Pdf) -> dict[str, Array]:
    """Where each named heading stands."""
    names = file.Root.get("/Names")
    return {str(name): cast(Array, place) for name, place in NameTree(names.Dests).items()} if names else {}
