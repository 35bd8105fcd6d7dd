"""The structure tree of a bound report: the parts' own trees become elements of the front's one document."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Page, Pdf, String


class Tags:
    """The tree of the file into which parts are bound."""

    def __init__(self, whole: Pdf) -> None:
        self._whole, self._tree = whole, whole.Root.StructTreeRoot
        self._keys, self._cells, self._free_key = NumberTree.new(whole), NameTree.new(whole), 0
        self._document = self._tree.K[0]
        self._take_marks(self._tree)
        self._tag_contents()

    def make_room(self, part: Pdf, shift: int, label: str) -> None:
        """Change the tags of a part, before its pages are copied, so that they fit in among the others.

        Headings are tagged as they stand in the whole, names of header cells carry the part's label, and the keys by
        which pages and links find their elements follow those that are taken.
        """
        for element in _elements(part):
            _retag(element, shift, label)
        for page in part.pages:
            _shift_keys(page, self._free_key)

    def add(self, part: Pdf) -> None:
        """Add the tree of a part whose pages have been copied: what is its document becomes a part of the whole."""
        tree = self._whole.copy_foreign(part.Root.StructTreeRoot)
        self._take_marks(tree)
        tree.K[0].S, tree.K[0].P = Name.Part, self._document
        self._document.K.append(tree.K[0])

    def write(self) -> None:
        """Write how pages and links find their elements, and cells those that head them."""
        self._tree.ParentTree, self._tree.ParentTreeNextKey = self._keys.obj, self._free_key
        if self._cells:
            self._tree.IDTree = self._cells.obj

    def _take_marks(self, tree: Object) -> None:
        keys = {self._free_key + key: held for key, held in NumberTree(tree.ParentTree).items()}
        self._keys.update(keys)
        self._free_key = max(keys, default=self._free_key - 1) + 1
        if "/IDTree" in tree:
            self._cells.update({str(cell.ID): cell for cell in NameTree(tree.IDTree).values()})

    def _tag_contents(self) -> None:
        """Tag the lines of the contents, the only links of the front that stand in no paragraph."""
        elements = list(self._document.K)
        places = [place for place, element in enumerate(elements) if element.get("/S") == Name.Link]
        if not places:
            return
        contents = self._element(Name.TOC, self._document)
        for place in places:
            line, link = self._element(Name.TOCI, contents), elements[place]
            link.P = line
            line.K.append(link)
            contents.K.append(line)
        self._document.K = Array([*elements[: places[0]], contents, *elements[places[-1] + 1 :]])

    def _element(self, tag: Name, parent: Object) -> Object:
        return self._whole.make_indirect(Dictionary(Type=Name.StructElem, S=tag, P=parent, K=Array()))


def _elements(file: Pdf) -> Iterator[Object]:
    for one in file.objects:
        if isinstance(one, Dictionary) and one.get("/Type") == Name.StructElem:
            yield one


def _retag(element: Object, shift: int, label: str) -> None:
    tag = str(element.S)
    if shift and tag[:2] == "/H" and tag[2:].isdigit():
        element.S = Name(f"/H{int(tag[2:]) + shift}")
    elif tag == "/TH":
        element.ID = String(f"{label}{element.ID}")
    if tag in {"/TH", "/TD"}:
        for attributes in element.A:
            if "/Headers" in attributes:
                attributes.Headers = Array(String(f"{label}{header}") for header in attributes.Headers)


def _shift_keys(page: Page, by: int) -> None:
    if "/StructParents" in page:
        page.StructParents += by
    for annotation in page.get("/Annots", []):
        annotation.StructParent += by
