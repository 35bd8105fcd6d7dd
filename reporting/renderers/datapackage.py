"""What a package of CSV files holds, as the Data Package standard (specs.frictionlessdata.io, version 1) says it.

No licence is named: who issues a report decides on it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext

from reporting.document import Document, Kind, Table
from reporting.renderers.records import TONES, Field, Record, plain_number
from reporting.renderers.words import masthead, titled


def descriptor(document: Document, members: Iterable[tuple[Record, bytes]]) -> dict[str, Any]:
    """Return datapackage.json for records and the bytes of their files; titles are in the document's language."""
    return {
        "profile": "tabular-data-package",
        "name": f"jpoa-report-{document.fingerprint[:12]}",
        "id": f"sha256:{document.fingerprint}",
        "title": document.title,
        "description": _description(document),
        "created": datetime.combine(document.date_on, time(), UTC).isoformat().replace("+00:00", "Z"),
        "languages": [document.language],
        "fingerprint": document.fingerprint,
        **({"symbol": document.symbol} if document.symbol else {}),
        "resources": [_resource(record, content) for record, content in members],
    }


def _description(document: Document) -> str:
    lines = [document.subtitle, *(f"{name}: {value}" for name, value in masthead(document))]
    guard = gettext(
        "Where a text, a line of it, or what follows a semicolon or a tab begins with =, +, - or @, an apostrophe "
        "stands before it, so that no spreadsheet takes it for a formula. Columns ending in _code hold codes that "
        "are the same in every language."
    )
    return "\n".join([line for line in lines if line] + [guard])


def _resource(record: Record, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": record.name,
        "path": record.path,
        **(_of_table(record.table) if record.table else {"title": gettext("Text")}),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(field) for field in record.fields],
            **({"primaryKey": list(record.key)} if record.key else {}),
            "missingValues": list(record.missing),
        },
    }


def _of_table(table: Table) -> dict[str, Any]:
    """Return what stands above and below the table: its caption, its notes, and the totals of its columns."""
    notes = {"description": "\n".join(table.notes)} if table.notes else {}
    cells = zip(table.columns, table.footer, strict=False)
    totals = {
        column.key: plain_number(cell.value) if cell.value is not None else cell.text
        for column, cell in cells
        if cell.text
    }
    return {"title": titled(table), **notes, **({"totals": totals} if totals else {})}


def _field(field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {"name": field.name, "type": field.type, "title": field.title or field.name}
    if field.kind is Kind.PERCENT:
        made["description"] = gettext("In per cent.")
    if field.part == "code":
        made["constraints"] = {"enum": list(TONES)}
    if field.part == "link":
        made["format"] = "uri"
    return made
