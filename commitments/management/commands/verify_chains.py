"""Check the whole record: the chains of events and revisions, and what follows from them."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Event, Revision
from commitments.verification import broken_links, heads, lost_heads


class Command(BaseCommand):
    help = "Reads every event, revision, update and release; names what does not hold, and exits with 1 then."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write-heads", type=Path, metavar="FILE", help="keep the last hash of every chain")
        parser.add_argument("--compare-heads", type=Path, metavar="FILE", help="check what was kept on an earlier day")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(broken_links())
        if kept := options["compare_heads"]:
            found += lost_heads(kept.read_text(encoding="utf-8").splitlines())
        for broken in found:
            self.stdout.write(str(broken))
        if found:
            message = ngettext("%(count)d subject is broken.", "%(count)d subjects are broken.", len(found))
            raise CommandError(message % {"count": len(found)})
        counts = {"events": Event.objects.count(), "revisions": Revision.objects.count()}
        self.stdout.write(_("All %(events)d events and %(revisions)d revisions hold.") % counts)
        if file := options["write_heads"]:
            self._write_heads(file)

    def _write_heads(self, file: Path) -> None:
        """The digest betrays nothing of the record and may be given to all: it proves later what was kept."""
        text = "".join(f"{line}\n" for line in heads())
        file.write_text(text, encoding="utf-8")
        facts = {"file": file.name, "digest": sha256(text.encode()).hexdigest()}
        self.stdout.write(_("Kept: %(file)s, SHA-256 %(digest)s.") % facts)
