"""Demonstration accounts: one for every role. Only where the settings say so; no words are put in a State's mouth."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from commitments.models import Agency, Appointment, Commitment, MemberState, Partner, Person
from commitments.workflow import Role

PASSWORD = "demonstration-only"  # noqa: S105 (printed at every start; refused outside a demonstration)
# Which agency leads which objective in the demonstration; all others are led by the interior ministry.
LEADS = {
    "mfa": ("I.1", "I.2", "III.1", "III.2", "III.3"),
    "justice": ("I.5", "I.6", "II.1", "IV.1", "IV.2", "IV.3"),
    "security": ("II.3", "II.5", "II.6", "II.7"),
}
AGENCIES = ("interior", "mfa", "justice", "security")


@transaction.atomic
def load_demonstration() -> list[tuple[str, str]]:
    """Create what is missing. Answers (e-mail, what it is) of every account, in the order of the workflow."""
    if not settings.DEMONSTRATION:
        raise CommandError("Demonstration accounts exist only where DEMONSTRATION is set.")
    accounts = []
    for state in MemberState.objects.order_by("name"):
        code = state.iso_alpha3.lower()
        coordinator = _account(f"coordinator.{code}", f"National coordinator, {state.name}")
        accounts.append(_appoint(coordinator, Role.COORDINATOR, member_state=state))
        for slug in AGENCIES:
            agency = Agency.objects.get(member_state=state, slug=slug)
            focal_point = _account(f"{slug}.{code}", f"Focal point, {agency.name}, {state.name}")
            accounts.append(_appoint(focal_point, Role.FOCAL_POINT, agency=agency))
        _assign(state, coordinator)
    accounts.append(_appoint(_account("reviewer", "Reviewer, secretariat"), Role.REVIEWER))
    accounts.append(_appoint(_account("editor", "Editor, secretariat"), Role.EDITOR))
    partner = Partner.objects.get(slug="unodc")
    accounts.append(_appoint(_account("partner", f"Partner, {partner.name}"), Role.PARTNER, partner=partner))
    accounts.append(_appoint(_account("observer", "Observer"), Role.OBSERVER))
    administrator = _account("administrator", "Administrator", is_superuser=True)
    return [*accounts, (administrator.email, str(administrator))]


def _account(name: str, full_name: str, **fields: Any) -> Person:
    email = f"{name}@demo.invalid"
    found = Person.objects.filter(email=email).first()
    return found or Person.objects.create_user(email, PASSWORD, full_name=f"{full_name} (demonstration)", **fields)


def _appoint(person: Person, role: str, **scope: Any) -> tuple[str, str]:
    if not person.appointments.exists():
        Appointment.appoint(person, role, by=None, **scope)
    return person.email, str(person)


def _assign(state: MemberState, coordinator: Person) -> None:
    agencies = {agency.slug: agency for agency in Agency.objects.filter(member_state=state, slug__in=AGENCIES)}
    lead = {objective: agencies[slug] for slug, objectives in LEADS.items() for objective in objectives}
    unassigned = Commitment.objects.filter(member_state=state, version=0).select_related("action_item__objective")
    for commitment in unassigned.order_by("pk"):
        commitment.change(
            by=coordinator,
            version=0,
            lead_agency=lead.get(commitment.action_item.objective.code, agencies["interior"]),
            reason="Demonstration",
        )
