"""The way out of the message of the day that each of them carries: a signed address, which asks for no sign-in."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from commitments.models import Choice, Person
from commitments.notifications import address

_SIGNER = Signer(salt="no-message-of-the-day")


def address_for(person: Person) -> str:
    """Where this person has no more of them. It opens and tells nothing else."""
    return address("unsubscribe", _SIGNER.sign(str(person.uid)))


def end_digests(signed: str) -> None:
    """Whoever this address was made for has no message of the day any more. An address made by nobody does nothing, and
    whoever tries one learns nothing."""
    try:
        uid = _SIGNER.unsign(signed)
    except BadSignature:
        return
    for person in Person.objects.filter(uid=uid):
        Choice.without_digest(by=person)
