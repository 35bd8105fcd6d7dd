"""Names of a workbook's sheets, and where in it an anchor of the document leads."""

import re

from reporting.document import Document
from reporting.renderers.words import label, words
from reporting.renderers.xlsx_rows import text_rows

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31


class Places:
    """The sheets of one workbook: the cover, one for each table in its order, the running text and its `rows`."""

    def __init__(self, document: Document) -> None:
        self._taken = {"history"}  # a name that spreadsheets keep to themselves
        self.cover = self._name(words()["contents"])
        self.text = self._name(words()["text"])
        self.sheets = [self._name(table.sheet, label(table)) for table in document.tables]
        self._places = {
            table.anchor: self.sheet(name) for table, name in zip(document.tables, self.sheets, strict=True)
        }
        self.rows = tuple(text_rows(document))
        for row, line in enumerate(self.rows, 2):
            if line.anchor:
                self._places[line.anchor] = self.sheet(self.text, f"B{row}")

    @staticmethod
    def sheet(name: str, cell: str = "A1") -> str:
        """Return a link to a cell of a sheet."""
        quoted = name.replace("'", "''")
        return f"internal:'{quoted}'!{cell}"

    def of(self, link: str) -> str:
        """Return where a link of the document leads in the workbook; "" where it leads out of it."""
        return self._places.get(link[1:], "") if link.startswith("#") else ""

    def _name(self, wished: str, otherwise: str = "") -> str:
        """Return a name that a workbook allows, each once: at most 31 characters and none of []:*?/\\."""
        allowed = _allowed(wished) or otherwise
        name, count = _allowed(allowed[:_LONGEST]), 1
        while name.lower() in self._taken:
            count += 1
            ending = f" ({count})"
            name = allowed[: _LONGEST - len(ending)] + ending
        self._taken.add(name.lower())
        return name


def _allowed(name: str) -> str:
    return _FORBIDDEN.sub(" ", name).replace("\n", " ").strip(" '")
