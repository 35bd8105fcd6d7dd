"""The plan, the States and the people of the benchmark: invented, neutral, and as many as are asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from commitments.models import (
    ActionItem,
    Adoption,
    Agency,
    Appointment,
    Commitment,
    Cycle,
    MemberState,
    Objective,
    Person,
    Pillar,
    Plan,
    Planned,
)
from commitments.workflow import Role

ITEMS = 190
PILLARS = ("I", "II", "III", "IV")
OBJECTIVES_A_PILLAR = 5
CYCLES = 4
AGENCIES = ("interior", "justice", "health")


@dataclass
class Cast:
    """What the updates hang on. The last cycle is open."""

    plan: Plan
    items: list[ActionItem]
    states: list[MemberState]
    cycles: list[Cycle]
    commitments: list[Commitment]
    people: dict[str, Person]


def build_cast(states: int, today: dt.date) -> Cast:
    plan = Plan.objects.create(
        slug="plan", title="Plan of action", adopted_on=today, adopted_in="The capital", source="generated"
    )
    members = _build_states(plan, states)
    items = _build_items(plan)
    agencies = _build_agencies(members)
    return Cast(
        plan=plan,
        items=items,
        states=members,
        cycles=_build_cycles(plan, today),
        commitments=_build_commitments(members, items, agencies),
        people=_build_people(members[len(members) // 2], agencies, today),
    )


def _build_states(plan: Plan, count: int) -> list[MemberState]:
    """States with made-up codes, so that none of them is anybody's."""
    letters = [f"{chr(65 + number // 26)}{chr(65 + number % 26)}" for number in range(count)]
    states = MemberState.objects.bulk_create(
        MemberState(
            iso_alpha2=pair,
            iso_alpha3=f"{pair}X",
            m49=f"{number:03d}",
            name=f"State {number:03d}",
            formal_name=f"The State numbered {number:03d}",
            capital=f"Capital {number:03d}",
            time_zone="Asia/Tashkent",
            official_languages=["en"],
        )
        for number, pair in enumerate(letters, 1)
    )
    adopted = Adoption.Role.ADOPTED
    Adoption.objects.bulk_create(Adoption(plan=plan, member_state=one, role=adopted) for one in states)
    return states


def _build_items(plan: Plan) -> list[ActionItem]:
    objectives = []
    for place, code in enumerate(PILLARS, 1):
        pillar = Pillar.objects.create(plan=plan, code=code, position=place, title=f"Pillar {code}")
        for number in range(1, OBJECTIVES_A_PILLAR + 1):
            objective = Objective(plan=plan, pillar=pillar, code=f"{code}.{number}", position=number)
            objective.title = f"Objective {objective.code} of the plan, in about as many words as a real one has"
            objective.save()
            objectives.append(objective)
    items = []
    for position in range(ITEMS):
        objective = objectives[position * len(objectives) // ITEMS]
        number = sum(item.objective_id == objective.pk for item in items) + 1
        code = f"{objective.code}.{number}"
        items.append(
            ActionItem(
                plan=plan,
                objective=objective,
                code=code,
                position=position + 1,
                text=f"To take the action that is numbered {code} in this plan, together with those concerned.",
                short_title=f"Take the action numbered {code}",
                addressee="joint" if position % 4 == 0 else "national",
            )
        )
    return ActionItem.objects.bulk_create(items)


def _build_agencies(states: list[MemberState]) -> dict[tuple[int, str], Agency]:
    agencies = Agency.objects.bulk_create(
        Agency(member_state=state, slug=slug, name=f"Ministry of {slug}", kind=slug)
        for state in states
        for slug in AGENCIES
    )
    return {(agency.member_state_id, agency.slug): agency for agency in agencies}


def _build_commitments(
    states: list[MemberState], items: list[ActionItem], agencies: dict[tuple[int, str], Agency]
) -> list[Commitment]:
    """Each agency leads a third of the items; every fifth commitment has a second agency that contributes."""
    commitments = Commitment.objects.bulk_create(
        (
            Commitment(
                member_state=state,
                action_item=item,
                lead_agency=agencies[state.pk, AGENCIES[place % len(AGENCIES)]],
            )
            for state in states
            for place, item in enumerate(items)
        ),
        batch_size=2000,
    )
    words = "The measures planned for this action."
    plans = (Planned(commitment=one, planned_measures=words) for one in commitments)
    Planned.objects.bulk_create(plans, batch_size=2000)
    through = Commitment.contributing_agencies.through
    through.objects.bulk_create(
        (
            through(commitment=one, agency=agencies[one.member_state_id, AGENCIES[(place + 1) % len(AGENCIES)]])
            for place, one in enumerate(commitments)
            if place % 5 == 0
        ),
        batch_size=2000,
    )
    return commitments


def _build_cycles(plan: Plan, today: dt.date) -> list[Cycle]:
    """Three that are over and one that is open for another year."""
    year = dt.timedelta(days=365)
    cycles = []
    for number in range(CYCLES):
        opens_on = today - 10 * dt.timedelta(days=1) - (CYCLES - 1 - number) * 2 * year
        cycles.append(
            Cycle.objects.create(
                slug=f"review-{number + 1}",
                plan=plan,
                title=f"Review {number + 1}",
                opens_on=opens_on,
                submissions_due_on=opens_on + year,
                clearances_due_on=opens_on + year * 1.2,
                closes_on=opens_on + year * 1.4,
                opened_at=dt.datetime.combine(opens_on, dt.time(), dt.UTC),
            )
        )
    return cycles


def _build_people(home: MemberState, agencies: dict[tuple[int, str], Agency], today: dt.date) -> dict[str, Person]:
    """A focal point and a coordinator of one State in the middle of the list, and the secretariat's editor."""
    roles = {
        "focal_point": (Role.FOCAL_POINT, {"agency": agencies[home.pk, AGENCIES[0]]}),
        "coordinator": (Role.COORDINATOR, {"member_state": home}),
        "editor": (Role.EDITOR, {}),
    }
    people = {}
    for name, (role, scope) in roles.items():
        people[name] = Person.objects.create(email=f"{name}@benchmark.invalid", full_name=f"The {name}")
        starts_on = today - dt.timedelta(days=400)
        Appointment.appoint(people[name], role, by=None, starts_on=starts_on, **scope)
    return people
