"""A small plan, two States and a fixed cast of people. A status is reached by walking there, never set."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from commitments.models import (
    ActionItem,
    Agency,
    Appointment,
    Commitment,
    Cycle,
    MemberState,
    Objective,
    Partner,
    Person,
    Pillar,
    Plan,
    Update,
)
from commitments.workflow import Role, Status

REPORTED = {
    "rating": "limited",
    "trend": "forward",
    "adopted": "yes",
    "applied": "partly",
    "measures_taken": "A law was passed and two courses were held.",
}
STATES = {
    "KAZ": ("KZ", "398", "Kazakhstan", "Asia/Almaty"),
    "TJK": ("TJ", "762", "Tajikistan", "Asia/Dushanbe"),
    "UZB": ("UZ", "860", "Uzbekistan", "Asia/Tashkent"),
}
ITEMS = {"I.1.1": "joint", "I.1.2": "national", "II.1.1": "national", "II.1.2": "partner"}


@dataclass
class World:
    """Everything a test may need, by name. People are fetched afresh by `who`, as a request would."""

    plan: Plan
    cycle: Cycle
    states: dict[str, MemberState]
    items: dict[str, ActionItem]
    agencies: dict[str, Agency]
    emails: dict[str, str] = field(default_factory=dict)

    def who(self, name: str) -> Person:
        return Person.objects.get(email=self.emails[name])

    def update(self, state: str = "KAZ", item: str = "I.1.2") -> Update:
        rows = Update.objects.select_related("cycle", "commitment__member_state", "commitment__action_item")
        return rows.get(
            cycle=self.cycle, commitment__member_state__iso_alpha3=state, commitment__action_item__code=item
        )

    def walk(
        self, to: str, state: str = "KAZ", item: str = "I.1.2", *, audience: str = "public", **content: Any
    ) -> Update:
        """Take a draft to `to` by the moves that real people would make."""
        update = self.update(state, item)
        focal, coordinator = self.who(f"focal.{state.lower()}"), self.who(f"coordinator.{state.lower()}")
        editor = self.who("editor")
        steps = {
            Status.DRAFT: lambda: update.edit(by=focal, version=update.version, values={**REPORTED, **content}),
            Status.SUBMITTED: lambda: update.submit(by=focal, version=update.version),
            Status.CLEARED: lambda: update.clear(by=coordinator, version=update.version, audience=audience),
            Status.ACCEPTED: lambda: update.accept(by=editor, version=update.version),
            Status.PUBLISHED: lambda: update.publish(by=editor, version=update.version),
        }
        for status, step in steps.items():
            step()
            if status == to:
                return update
        raise ValueError(to)


def build_world(today: dt.date | None = None, addressees: dict[str, str] = ITEMS) -> World:
    """One open cycle, three States, four items or those named, a person for every role; two agencies on joint items."""
    today = today or timezone.now().date()
    plan = Plan.objects.create(
        slug="jpoa-2022",
        title="Joint Plan of Action",
        adopted_on=dt.date(2022, 3, 3),
        adopted_in="Tashkent",
        source="x",
    )
    items = _build_items(plan, addressees)
    states, agencies = {}, {}
    for iso, (alpha2, m49, name, zone) in STATES.items():
        states[iso] = MemberState.objects.create(
            iso_alpha2=alpha2, iso_alpha3=iso, m49=m49, name=name, formal_name=name, capital=name, time_zone=zone,
            official_languages=["ru"],
        )  # fmt: skip
        for slug in ("interior", "justice"):
            agencies[f"{slug}.{iso.lower()}"] = Agency.objects.create(
                member_state=states[iso], slug=slug, name=f"Ministry of {slug.title()}", kind=slug
            )
        for item in items.values():
            commitment = Commitment.objects.create(
                member_state=states[iso], action_item=item, lead_agency=agencies[f"interior.{iso.lower()}"]
            )
            if item.addressee == "joint":
                commitment.contributing_agencies.add(agencies[f"justice.{iso.lower()}"])
    cycle = Cycle.objects.create(
        slug="review-2028",
        plan=plan,
        title="Review 2028",
        opens_on=today - dt.timedelta(days=10),
        submissions_due_on=today + dt.timedelta(days=30),
        clearances_due_on=today + dt.timedelta(days=40),
        closes_on=today + dt.timedelta(days=50),
    )
    world = World(plan, cycle, states, items, agencies)
    _build_people(world, today)
    cycle.open(by=world.who("editor"))
    return world


def person(world: World, name: str, role: str | None = None, *, today: dt.date | None = None, **scope: Any) -> Person:
    """A person in the cast under `name`, appointed to `role` ten days ago unless that is None."""
    starts_on = (today or timezone.now().date()) - dt.timedelta(days=10)
    someone = Person.objects.create_user(f"{name}@example.org", "correct horse battery", full_name=name)
    world.emails[name] = someone.email
    if role:
        Appointment.appoint(someone, role, by=None, starts_on=starts_on, **scope)
    return someone


def _build_items(plan: Plan, addressees: dict[str, str]) -> dict[str, ActionItem]:
    items = {}
    for position, (code, addressee) in enumerate(addressees.items(), 1):
        pillar_code, number, _ = code.split(".")
        pillar, _ = Pillar.objects.get_or_create(
            plan=plan, code=pillar_code, defaults={"position": position, "title": f"Pillar {pillar_code}"}
        )
        objective, _ = Objective.objects.get_or_create(
            plan=plan,
            code=f"{pillar_code}.{number}",
            defaults={"pillar": pillar, "position": position, "title": f"Objective {pillar_code}.{number}"},
        )
        items[code] = ActionItem.objects.create(
            plan=plan, objective=objective, code=code, position=position, text=f"To do {code}.",
            short_title=f"Do {code}", addressee=addressee,
        )  # fmt: skip
    return items


def _build_people(world: World, today: dt.date) -> None:
    for iso, state in world.states.items():
        lower = iso.lower()
        person(world, f"focal.{lower}", Role.FOCAL_POINT, agency=world.agencies[f"interior.{lower}"], today=today)
        person(world, f"contributor.{lower}", Role.FOCAL_POINT, agency=world.agencies[f"justice.{lower}"], today=today)
        person(world, f"coordinator.{lower}", Role.COORDINATOR, member_state=state, today=today)
    person(world, "reviewer", Role.REVIEWER, today=today)
    person(world, "editor", Role.EDITOR, today=today)
    partner = Partner.objects.create(slug="helper", name="A helping organization", kind="other")
    person(world, "partner", Role.PARTNER, partner=partner, today=today)
    person(world, "observer", Role.OBSERVER, today=today)
    person(world, "nobody")
    administrator = Person.objects.create_superuser(
        "administrator@example.org", "correct horse battery", full_name="administrator"
    )
    world.emails["administrator"] = administrator.email
