"""Write the review report of a cycle to a file."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commitments.errors import NotVisible
from reporting.quoting import quoted
from reporting.renderers import RENDERERS
from reporting.reports import AUDIENCES, LANGUAGES, ReportRequest


class Command(BaseCommand):
    help = "Write the review report of a cycle as HTML, DOCX, PDF, XLSX or JSON, and print its fingerprint."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cycle", required=True, help="the cycle's slug, such as baseline-2022")
        parser.add_argument("--format", required=True, choices=list(RENDERERS))
        parser.add_argument("--audience", default=AUDIENCES[0], choices=AUDIENCES)
        parser.add_argument("--language", default=LANGUAGES[0], choices=LANGUAGES)
        parser.add_argument("--date", type=_date, help="the day it bears (YYYY-MM-DD); else that of the latest release")
        parser.add_argument("--output", help="a file, or - for standard output; else a file in this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        request = ReportRequest(options["cycle"], options["audience"], options["language"])
        renderer = RENDERERS[options["format"]]
        try:
            document = request.document(options["date"])
        except NotVisible:
            raise CommandError(f"There is no cycle {quoted(request.cycle)}.") from None
        content = renderer.render(document)
        if options["output"] == "-":
            sys.stdout.buffer.write(content)
            return
        path = Path(options["output"] or request.file_name(renderer.extension))
        path.write_bytes(content)
        self.stdout.write(f"{path}: {len(content)} bytes, fingerprint {document.fingerprint}")


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a date as YYYY-MM-DD") from None
