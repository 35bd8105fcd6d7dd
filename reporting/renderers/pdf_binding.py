"""Parts of a long report bound into one PDF: one structure tree, one list of bookmarks, links from part to part.

The front opens the report and holds, after its own pages, an empty sheet with head and foot for each page of the
parts, so that every page knows its number and how many there are. The sheet is drawn over the page.
"""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

from reporting.renderers.pdf_bound import Bound, in_place
from reporting.renderers.pdf_objects import Objects, reference, string
from reporting.renderers.pdf_outline import Bookmark, outline

_ANCHOR_LINK = re.compile(rb"/A<</Type/Action/S/URI/URI\(anchor:([\w.-]+)\)>>")
_LINK_WORDS = re.compile(rb"/Contents\(anchor:[\w.-]+\)")
_LEAF = b"<</Limits[%s %s]/%s[%s]>>"


class Binder:
    """Binds a front and parts, each with the shift of its headings.

    `homes` names for each anchor the heading under which it stands, which a link to it leads to. What stands under
    none stands on the first page, under the title.
    """

    def __init__(
        self,
        front: Objects,
        parts: Sequence[tuple[Objects, int]],
        bookmarks: Sequence[Bookmark],
        homes: Mapping[str, str],
        title: str,
    ) -> None:
        self._front, *self._parts = self._bound = in_place([(front, 0), *parts])
        self._bookmarks, self._homes = bookmarks, homes
        self._titles = {bookmark.anchor: bookmark.title for bookmark in bookmarks} | {"": title}
        self._places = {name: at + one.by for one in self._bound for name, at in one.file.destinations.items()}
        pages = [page for part in self._parts for page in part.pages]
        self._own = front.pages[: len(front.pages) - len(pages)]
        self._sheets = dict(zip(front.pages[len(self._own) :], pages, strict=True))
        self._drawn = {page: reference(front[sheet], b"Contents") for sheet, page in self._sheets.items()}
        self._drawings = {reference(front[sheet], b"Contents"): front[sheet] for sheet in self._sheets}
        self._free = self._bound[-1].by + self._bound[-1].file.count
        self._draw, self._pages = self._reserve(), self._reserve()
        self._out = BytesIO()
        self._written: dict[int, int] = {}

    def bind(self) -> bytes:
        """Return the whole file."""
        self._out.write(self._front.file.opening)
        for bound in self._bound:
            for number, body in bound.objects():
                if number not in self._sheets:
                    self._write(number, self._changed(bound, number, body))
        self._write(self._draw, b"<</Length 9>>\nstream\n/Sheet Do\nendstream")
        self._write_frame()
        self._write_trailer()
        return self._out.getvalue()

    def _reserve(self) -> int:
        self._free += 1
        return self._free

    def _write(self, number: int, body: bytes) -> None:
        self._written[number] = self._out.tell()
        self._out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _changed(self, bound: Bound, number: int, body: bytes) -> bytes:
        if number in self._drawn:
            return self._with_sheet(bound, body, self._drawn[number])
        if number in self._drawings:
            return _as_drawing(body, self._drawings[number])
        if number == bound.document:
            return self._as_part(bound, body)
        if body.startswith(b"<</Type/Annot"):
            return self._linked(body)
        if body.startswith(b"<</Type/Pages/"):
            own = self._own if bound is self._front else bound.pages
            return b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % (self._pages, len(own), _list(own))
        return body

    def _with_sheet(self, bound: Bound, body: bytes, drawing: int) -> bytes:
        """A page that draws its sheet when it has drawn itself."""
        needs = bound.resources(reference(body, b"Resources"))
        needs = needs.removesuffix(b">>") + b"/XObject<</Sheet %d 0 R>>>>" % drawing
        body = re.sub(rb"/Resources \d+ 0 R", lambda _: b"/Resources" + needs, body)
        return re.sub(rb"/Contents (\d+ 0 R)", rb"/Contents[\1 %d 0 R]" % self._draw, body)

    def _as_part(self, bound: Bound, body: bytes) -> bytes:
        """The front's document holds the parts; what is the document in a part becomes an element of it."""
        if bound is self._front:
            return body.removesuffix(b"]>>") + b" %s]>>" % _list([part.document for part in self._parts])
        return re.sub(rb"/S/Document/P \d+ 0 R", b"/S/Part/P %d 0 R" % self._front.document, body)

    def _linked(self, body: bytes) -> bytes:
        found = _ANCHOR_LINK.search(body)
        if not found:
            return body
        home = self._homes.get(found[1].decode(), "")
        place = b"%d 0 R" % self._places[home] if home else b"[%d 0 R/XYZ null null null]" % self._own[0]
        words = string(self._titles[home])
        body = _ANCHOR_LINK.sub(lambda _: b"/Dest" + (b" " if home else b"") + place, body)
        return _LINK_WORDS.sub(lambda _: b"/Contents" + words, body)

    def _write_frame(self) -> None:
        """What holds the whole together, in the places of what held the front together."""
        front = self._front.file
        catalog, metadata = reference(front.trailer, b"Root"), reference(front.catalog, b"Metadata")
        total = len(self._own) + len(self._sheets)
        roots = [reference(bound.file.catalog, b"Pages") + bound.by for bound in self._bound]
        self._write(self._pages, b"<</Type/Pages/Count %d/Kids[%s]>>" % (total, _list(roots)))
        first = self._free + 1
        for number, body in outline(self._bookmarks, self._places, first):
            self._write(number, body)
            self._free = number
        self._write_tree(reference(front.catalog, b"StructTreeRoot"))
        self._write(metadata, _metadata(front[metadata], total))
        self._write(reference(front.trailer, b"Info"), front[reference(front.trailer, b"Info")])
        whole = re.sub(rb"/Outlines \d+ 0 R|/Names<<.*?>>>>", b"", front.catalog)
        whole = re.sub(rb"/Pages \d+ 0 R", b"/Pages %d 0 R" % self._pages, whole)
        names = b"".join(b"(%s)%d 0 R" % (name.encode(), self._places[name]) for name in sorted(self._places))
        frame = b"/Outlines %d 0 R/Names<</Dests<</Names[%s]>>>>>>" % (first, names)
        self._write(catalog, whole.removesuffix(b">>") + frame)

    def _write_tree(self, root: int) -> None:
        kids: list[list[int]] = [[], []]
        for bound in self._bound:
            keys = [(b"%d" % key, b"%d %d 0 R" % (key, number)) for key, number in bound.keys]
            names = [(b"(%s)" % name, b"(%s)%d 0 R" % (name, number)) for name, number in bound.names]
            for kind, label, leaves in ((0, b"Nums", keys), (1, b"Names", names)):
                if leaves:
                    kids[kind].append(number := self._reserve())
                    members = b" ".join(text for _, text in leaves)
                    self._write(number, _LEAF % (leaves[0][0], leaves[-1][0], label, members))
        body = self._front.tree[: self._front.tree.index(b"/K[")]
        body += b"/K[%d 0 R]/ParentTree<</Kids[%s]>>" % (self._front.document, _list(kids[0]))
        self._write(root, body + (b"/IDTree<</Kids[%s]>>" % _list(kids[1]) if kids[1] else b"") + b">>")

    def _write_trailer(self) -> None:
        place = self._out.tell()
        self._out.write(b"xref\n0 %d\n0000000000 65535 f\r\n" % (self._free + 1))
        for number in range(1, self._free + 1):
            known = number in self._written
            self._out.write(b"%010d 00000 n\r\n" % self._written[number] if known else b"0000000000 65535 f\r\n")
        trailer = re.sub(rb"/Size \d+", b"/Size %d" % (self._free + 1), self._front.file.trailer)
        self._out.write(trailer[: trailer.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF" % place)


def _as_drawing(body: bytes, sheet: bytes) -> bytes:
    """What a sheet shows, as a drawing that other pages can show."""
    box = re.search(rb"/MediaBox(\[[^\]]*\])", sheet)
    size = box[1] if box else b"[]"
    frame = b"<</Type/XObject/Subtype/Form/BBox%s/Resources %d 0 R" % (size, reference(sheet, b"Resources"))
    return frame + body.removeprefix(b"<<")


def _metadata(body: bytes, pages: int) -> bytes:
    """The front's metadata with the number of all pages."""
    text = body[body.index(b"\nstream\n") + 8 : body.rindex(b"\nendstream")]
    text = re.sub(rb"(?<=NPages>)\d+", b"%d" % pages, text)
    return b"<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%s\nendstream" % (len(text), text)


def _list(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
