"""Where the anchors of a document are in a Word file, and which of its numbers Word counts itself."""

from reporting.blocks import parts
from reporting.document import Box, Document, Figure, Heading, Paragraph, Reference, Table

# Numbers in parentheses are left as they are: the document refers to "(a)" as "a".
_DEEPEST = 3


class Places:
    """A bookmark for each anchor, and one for each number of a caption.

    Word allows 40 letters, digits and _ in a bookmark's name.
    """

    def __init__(self, document: Document) -> None:
        anchors = (getattr(part, "anchor", "") for part in parts(document.blocks))
        self.names = {anchor: f"anchor_{number}" for number, anchor in enumerate(dict.fromkeys(anchors)) if anchor}
        self._counted = dict(field for block in document.blocks if (field := self._field(block)))

    def _field(self, block: object) -> tuple[tuple[str, str], str] | None:
        """Return anchor and number of what Word numbers, and the field that shows this number."""
        number = getattr(block, "number", "")
        if not number or (isinstance(block, Heading) and block.level > _DEEPEST):
            return None
        if isinstance(block, Heading | Paragraph):
            return (block.anchor, number.rstrip(".")), f"REF {self.names[block.anchor]} \\n"
        if isinstance(block, Table | Figure | Box):
            return (block.anchor, number), f"REF {self.number(block.anchor)}"
        return None

    def number(self, anchor: str) -> str:
        """Return the name of the bookmark around the number in a caption."""
        return f"{self.names[anchor]}_number"

    def field(self, reference: Reference) -> str:
        """Return the field that shows what a reference shows, "" where that is no number of Word's own."""
        return self._counted.get((reference.anchor, reference.text), "")
