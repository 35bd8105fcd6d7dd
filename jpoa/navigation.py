"""The main menu of the desk: one line for each page, and for whom it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from commitments.mandates import Mandate
from commitments.models import Notice
from commitments.querysets import mandate_of


@dataclass(frozen=True)
class Entry:
    """A page of the menu, named by its route; what begins as it does, or as `beside`, belongs to it."""

    label: Any
    route: str
    is_for: Callable[[Mandate], bool]
    beside: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return reverse(self.route)

    def holds(self, path: str) -> bool:
        is_home = self.route == "desk"  # every page of the desk begins as its home does
        return path.startswith(self.beside or ()) or (
            path == self.address if is_home else path.startswith(self.address)
        )


def _coordinates(mandate: Mandate) -> bool:
    return bool(mandate.coordinated_state_ids)


ENTRIES: tuple[Entry, ...] = (
    Entry(_("My work"), "desk", lambda mandate: mandate.is_officer, ("/desk/updates/",)),
    Entry(_("Worksheet"), "desk-worksheet", lambda mandate: bool(mandate.state_ids)),
    Entry(_("Matrix"), "desk-matrix", lambda mandate: mandate.is_secretariat),
    Entry(_("Review"), "desk-review", lambda mandate: mandate.is_secretariat, ("/desk/batches/",)),
    Entry(_("Cycles"), "desk-cycles", lambda mandate: mandate.is_officer, ("/desk/plan-cycle/",)),
    Entry(_("Board"), "desk-board", _coordinates),
    Entry(_("To clear"), "desk-clearing", _coordinates),
    Entry(_("Assignments"), "desk-assignments", _coordinates),
    Entry(_("People"), "desk-people", _coordinates),
    Entry(_("Readers"), "desk-readings", _coordinates),
    Entry(_("Reports"), "desk-reports", lambda mandate: True, ("/desk/contributions/",)),
    Entry(_("Reminders"), "desk-reminders", lambda mandate: mandate.reminds),
    Entry(_("Recent changes"), "desk-changes", lambda mandate: bool(mandate.roles)),
    Entry(_("Partner support"), "desk-partner", lambda mandate: bool(mandate.roles)),
    Entry(_("Records"), "admin:index", lambda mandate: mandate.is_officer or mandate.is_administrator),
)


def menu(request: HttpRequest) -> dict[str, Any]:
    """For templates: the lines open to whoever asks, and which is the page itself. Reckoned where they are used."""
    return {
        "menu": SimpleLazyObject(lambda: _lines(request)),
        "unread": SimpleLazyObject(lambda: _unread(request)),
        "single_sign_on": settings.SINGLE_SIGN_ON.get("name", ""),
    }


def _unread(request: HttpRequest) -> int:
    """How many notices wait to be read; more than 99 are as good as 100."""
    return len(Notice.objects.visible_to(request.user).unread().order_by()[:100].values_list("pk"))


def _lines(request: HttpRequest) -> list[tuple[Any, str, bool]]:
    mandate = mandate_of(request.user)
    return [(one.label, one.address, one.holds(request.path)) for one in ENTRIES if one.is_for(mandate)]
