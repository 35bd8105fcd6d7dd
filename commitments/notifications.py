"""Messages about moves, sent after the commit. They name the item and the move, never the State's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.workflow import MOVES

PHRASES: dict[str, Callable[[], str]] = {
    "submit": lambda: _("%(item)s awaits your clearance"),
    "return": lambda: _("%(item)s has been returned"),
    "clear": lambda: _("%(item)s awaits your review"),
    "accept": lambda: _("%(item)s has been accepted"),
    "publish": lambda: _("%(item)s has been published"),
    "recall": lambda: _("%(item)s has been recalled"),
    "withdraw": lambda: _("%(item)s has been withdrawn from readers"),
    "refuse_file": lambda: _("%(item)s: a file that you added was refused by the check, and is removed"),
    "revise": lambda: _("%(item)s is being revised"),
}


@dataclass(frozen=True)
class Letter:
    """A message as one person reads it."""

    subject: str
    body: str
    unsubscribe: str = ""  # where one press has no more of them; without it, the page where everything is chosen


Writer = Callable[[], Letter]  # called in the recipient's language


def phrase_of(move: str, item: Any) -> str:
    """What has happened to an action item, in a line, in the reader's language."""
    return PHRASES[move]() % {"item": item.titled}


def phrase_of_a_batch(change: Mapping[str, Any]) -> str:
    """What became of rows that were moved together, in the reader's language: the move, and how many of each."""
    label = next(move.label for move in MOVES if move.name == change["move"])
    done, refused = change.get("done", 0), change.get("refused", 0)
    message = ngettext("%(move)s: %(count)d update done.", "%(move)s: %(count)d updates done.", done)
    sentences = [message % {"move": label, "count": done}]
    if refused:
        sentences.append(ngettext("%(count)d was refused.", "%(count)d were refused.", refused) % {"count": refused})
    return " ".join(sentences)


def letter_of_a_move(move: str, item: Any, key: str) -> Writer:
    """One move, told at once."""
    context = {"key": key, "notices": address("desk-notices"), "choices": address("desk-notice-choices")}
    return lambda: Letter(phrase_of(move, item), _mail("move", context))


def letter_of_an_invitation(invitation: Any, link: str) -> Letter:
    """What is held out, by whom, and the way to take it; in the language that the inviter chose."""
    place = invitation.agency or invitation.member_state or invitation.partner
    role = f"{invitation.get_role_display()}{': ' if place else ''}{place or ''}"
    context = {"by": invitation.invited_by, "role": role, "link": link, "until": invitation.expires_at}
    return Letter(_("You are invited to JPoA Tracker"), _mail("invitation", context))


def letter_of_an_address(kind: str, link: str) -> Letter:
    """Of a change of address: asked for (with the link), impossible, or made."""
    return Letter(_("Your address in JPoA Tracker"), _mail(kind, {"link": link}))


def address(route: str, *parts: Any) -> str:
    """A page of the desk, as it stands in a message."""
    return f"{settings.PUBLIC_URL}{reverse(route, args=parts)}"


def takes_mail(person: Any) -> bool:
    """Whether mail can reach this person: not once suspended, and never at a reserved address (RFC 2606)."""
    return person.is_active and not person.email.endswith(".invalid")


def mail_later(person: Any, writer: Writer) -> None:
    """After the commit, write to a person in their language. A mail that fails does not undo what it tells of."""

    def send() -> None:  # not a partial: Django logs a failure by the function's name, which a partial has not
        mail_now([(person, writer)])

    if takes_mail(person):
        transaction.on_commit(send, robust=True)


def mail_now(letters: Sequence[tuple[Any, Writer]]) -> int:
    """Send each letter in its recipient's language, all over one connection. Returns how many were sent."""
    messages = [message_to(person, writer) for person, writer in letters if takes_mail(person)]
    return get_connection().send_messages(messages) or 0 if messages else 0


def message_to(person: Any, writer: Writer) -> EmailMessage:
    """The message, with the way to have no more of them where programs look for it (RFC 2369, RFC 8058)."""
    with translation.override(language_of(person)):
        letter = writer()
        way_out = letter.unsubscribe or address("desk-notice-choices")
        headers = {"List-Unsubscribe": f"<{way_out}>", "Auto-Submitted": "auto-generated"}
        if letter.unsubscribe:
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return EmailMessage(letter.subject, letter.body, None, [person.email], headers=headers)


def language_of(person: Any) -> str:
    """The person's own, where the site speaks it."""
    return person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _mail(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"commitments/mail/{name}.txt", context).strip() + "\n"
