"""Where each Member State stands on each item of a cycle, as the secretariat may see it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.mandates import Mandate
from commitments.models import Cycle, MemberState, Release, Update

Place = tuple[int, int]  # action item, Member State


class Standing(TextChoices):
    """Where one cell stands, for the secretariat. Drafts, what is submitted, and what a State keeps to itself are
    one and the same to it: not cleared."""

    CLEARED = "cleared", _("Cleared")
    ACCEPTED = "accepted", _("Accepted")
    PUBLISHED = "published", _("Published")
    IN_FORCE = "in_force", _("In force, nothing newer cleared")
    NOT_YET = "not_yet", _("Not cleared yet")
    NOT_CLEARED = "not_cleared", _("Not cleared")
    NOT_DUE = "not_due", _("Not due")


MEANING = {
    Standing.CLEARED: _("The State has cleared it: the secretariat reviews it."),
    Standing.ACCEPTED: _("The secretariat has accepted it: an editor publishes it."),
    Standing.PUBLISHED: _("Released to the readers that the State decided on."),
    Standing.IN_FORCE: _("What was published stays in force while the State revises it."),
    Standing.NOT_YET: _("The State has cleared nothing for the United Nations on this item so far."),
    Standing.NOT_CLEARED: _("The cycle is over, and the State has cleared nothing for the United Nations."),
    Standing.NOT_DUE: _("The item is addressed to the United Nations and organizations: States owe no update."),
}


def standings(cycle: Cycle, mandate: Mandate) -> dict[Place, tuple[Standing, str]]:
    """Where there are words that the secretariat may read, with their rating: what is in force, and above it what is
    cleared now. Two queries."""
    path = ("commitment__action_item_id", "commitment__member_state_id")
    released = Release.objects.visible_to(mandate).filter(cycle=cycle)
    found = {
        (item, state): (Standing.IN_FORCE, rating) for item, state, rating in released.values_list(*path, "rating")
    }
    cleared = Update.objects.visible_to(mandate).filter(cycle=cycle)
    for item, state, status, rating in cleared.values_list(*path, "status", "rating"):
        found[item, state] = (Standing(status), rating)
    return found


def standing_without_words(cycle: Cycle, state: MemberState) -> Standing:
    """Not yet, as long as the State could still clear something; then not."""
    over_at = max(state.end_of(cycle.closes_on), cycle.due_at(state))
    return Standing.NOT_YET if timezone.now() < over_at else Standing.NOT_CLEARED
