"""Check the whole record: the chains of events and revisions, and what follows from them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Event, Revision
from commitments.verification import broken_links


class Command(BaseCommand):
    help = "Reads every event, revision, update and release; names what does not hold, and exits with 1 then."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for broken, found in enumerate(broken_links(), 1):  # noqa: B007
            self.stdout.write(str(found))
        if broken:
            message = ngettext("%(count)d subject is broken.", "%(count)d subjects are broken.", broken)
            raise CommandError(message % {"count": broken})
        counts = {"events": Event.objects.count(), "revisions": Revision.objects.count()}
        self.stdout.write(_("All %(events)d events and %(revisions)d revisions hold.") % counts)
