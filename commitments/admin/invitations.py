"""Invitations: a role held out to an address, sent again or taken back until it is taken up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commitments.admin.base import DeskAdmin
from commitments.admin.verbs import Verb
from commitments.mandates import Mandate
from commitments.models import Invitation
from commitments.screens.appointing import InvitationForm
from commitments.screens.forms import DeskForm
from commitments.screens.inviting import is_pending


class PressForm(DeskForm):
    """Nothing to fill in."""


def _may_invite(mandate: Mandate, invitation: Any) -> bool:
    """Offered; `Invitation` itself decides, and refuses what was offered in vain."""
    is_wanted = invitation is None or is_pending(invitation)
    return is_wanted and (mandate.is_administrator or bool(mandate.coordinated_state_ids))


@admin.register(Invitation)
class InvitationAdmin(DeskAdmin):
    nouns = _("Invitations")
    key_lookups = ("uid",)
    list_display = ("full_name", "email", "role", "place", "sent_at", "expires_at", "stage")
    search_fields = ("full_name", "email", "agency__name")
    ordering = ("-sent_at", "uid")
    fields = ("full_name", "email", "role", "place", "is_deputy", "starts_on", "ends_on", "sent_at", "expires_at",
              "stage")  # fmt: skip
    readonly_fields = ("place", "stage")
    adding = Verb("invite", _("Invite and appoint"), InvitationForm, Invitation.send, _may_invite, _("Invited."))
    verbs = (
        Verb("send-again", _("Send again"), PressForm, Invitation.send_again, _may_invite, _("It was sent again."),
             _("A new letter goes out. The link sent before opens nothing any more.")),
        Verb("withdraw", _("Take back"), PressForm, Invitation.withdraw, _may_invite, _("It was taken back.")),
    )  # fmt: skip

    def may_view(self, mandate: Mandate) -> bool:
        return mandate.is_administrator or bool(mandate.coordinated_state_ids)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("member_state", "agency__member_state", "partner")

    @admin.display(description=_("for"))
    def place(self, row: Invitation) -> str:
        return str(row.agency or row.member_state or row.partner or _("the secretariat"))

    @admin.display(description=_("stage"))
    def stage(self, row: Invitation) -> str:
        return str(row.get_state_display())
