"""The document as tables for machines: one CSV each in a ZIP, with datapackage.json that says what is in them.

UTF-8 without a byte order mark, as RFC 4180 and the Data Package say: a mark would become part of the first column's
name for whoever reads by the letter. For a spreadsheet there is the workbook.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable

from reporting.document import Document
from reporting.renderers.datapackage import descriptor
from reporting.renderers.guarding import guarded
from reporting.renderers.records import records

DESCRIPTOR = "datapackage.json"
_EARLIEST_YEAR = 1980  # that a ZIP can tell


def render(document: Document) -> bytes:
    """Return the ZIP: a CSV for each table, text.csv with the running text, datapackage.json."""
    members = [(record, _written(record.header, record.rows)) for record in records(document)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        package = json.dumps(descriptor(document, members), ensure_ascii=False, indent=2)
        _add(archive, DESCRIPTOR, package.encode(), document)
        for record, content in members:
            _add(archive, record.path, content, document)
    return packed.getvalue()


def _written(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, document: Document) -> None:
    """Add a file that bears the document's date, so that the same document makes the same archive."""
    day = document.date_on
    member = zipfile.ZipInfo(name, (max(day.year, _EARLIEST_YEAR), day.month, day.day, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    archive.writestr(member, content)
