"""Focal points and agencies: invited with a letter, retired with word of their drafts; nothing given to oneself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from commitments.models import Agency, Appointment, Commitment, Event, Invitation, Person
from commitments.workflow import Role
from tests.builders import person
from tests.desk.coordination.conftest import PEOPLE, text_of

INVITE = f"{PEOPLE}KAZ/invite/"


def invitation(**words) -> dict[str, object]:
    return {"email": "new@example.org", "full_name": "newcomer", "language": "en", "agency": "justice"} | words


def appointment(world, who: str) -> Appointment:
    return Appointment.objects.get(person=world.who(who))


def everybody() -> tuple[int, int]:
    return Person.objects.count(), Invitation.objects.count()


def test_a_coordinator_invites_a_focal_point_who_is_shown_as_invited(world, browser):
    answer = browser("coordinator.kaz").post(INVITE, invitation(is_deputy="on"), follow=True)

    made = Invitation.objects.get(email="new@example.org")
    assert (made.role, made.agency, made.is_deputy) == (Role.FOCAL_POINT, world.agencies["justice.kaz"], True)
    assert made.invited_by == world.who("coordinator.kaz")
    assert "newcomer deputy new@example.org Ministry of Justice · sent" in text_of(answer)
    assert "open until" in text_of(answer)


def test_who_is_awaited_is_not_asked_for_again(world, browser):
    health = Agency.add(world.states["KAZ"], by=world.who("coordinator.kaz"), name="Ministry of Health")
    Commitment.objects.filter(pk=world.update("KAZ").commitment_id).update(lead_agency=health)
    asked = text_of(browser("coordinator.kaz").get(PEOPLE))
    browser("coordinator.kaz").post(INVITE, invitation(agency=health.slug))

    told = text_of(browser("coordinator.kaz").get(PEOPLE))

    assert "Invite somebody for Ministry of Health" in asked
    assert "Invite somebody for" not in told
    assert "Ministry of Health: newcomer was invited on" in told


def test_a_dead_invitation_leads_on_whoever_opens_it(world, browser):
    place = "/invitation/long-since-used/"

    assert Client().get(place, follow=True).status_code == 410
    assert "Sign in" in text_of(Client().get(place, follow=True)).rpartition("no longer good")[2]
    assert "Sign in" not in text_of(browser("partner").get(place, follow=True))


REFUSED = [
    ("themselves", {"email": "coordinator.kaz@example.org"}, 403),
    ("themselves, in other letters", {"email": "Coordinator.KAZ@example.org"}, 403),
    ("no agency", {"agency": ""}, 400),
    ("another State's agency", {"agency": "interior.tjk"}, 400),
    ("no address", {"email": "x"}, 400),
    ("no name", {"full_name": " "}, 400),
    ("an end before the beginning", {"starts_on": "2030-02-01", "ends_on": "2030-01-01"}, 400),
    ("no date", {"starts_on": "soon"}, 400),
]


@pytest.mark.parametrize(("words", "status"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_leaves_nobody_behind_and_gives_back_what_was_typed(world, browser, mailoutbox, words, status):
    before = everybody()

    answer = browser("coordinator.kaz").post(INVITE, invitation(**({"full_name": "Kept name"} | words)))

    assert (answer.status_code, everybody(), mailoutbox) == (status, before, [])
    assert "There is a problem" in text_of(answer)
    assert "Kept name" in answer.content.decode() or words.get("full_name")


@pytest.mark.parametrize("role", ["coordinator", "editor", "reviewer", "partner", "observer"])
def test_no_other_role_can_be_given_to_anybody(world, browser, role):
    sent = invitation(role=role, member_state="KAZ", is_superuser="on", is_staff="on")

    browser("coordinator.kaz").post(INVITE, sent)

    assert Invitation.objects.get(email="new@example.org").role == "focal_point"


def test_a_coordinator_who_runs_the_system_too_gives_only_focal_points_here(world, browser):
    Person.objects.filter(email="coordinator.kaz@example.org").update(is_superuser=True)

    own = browser("coordinator.kaz").post(INVITE, invitation(email="coordinator.kaz@example.org"))
    browser("coordinator.kaz").post(INVITE, invitation(role="coordinator"))

    assert own.status_code == 403
    assert Invitation.objects.get(email="new@example.org").role == "focal_point"


def test_a_focal_point_is_retired_with_a_reason_and_the_drafts_stay(world, browser):
    world.walk("draft")
    place = f"{PEOPLE}appointments/{appointment(world, 'focal.kaz').uid}/retire/"

    asked = text_of(browser("coordinator.kaz").get(place))
    answer = browser("coordinator.kaz").post(place, {"reason": "Moved on."})

    assert "Ministry of Interior has 3 open drafts." in asked
    assert "Nobody else speaks for this agency: nobody could submit them." in asked
    assert answer.status_code == 302
    assert Appointment.objects.live().filter(person=world.who("focal.kaz")).count() == 0
    assert world.update().measures_taken != ""
    assert Event.objects.get(move="retire").reason == "Moved on."


def test_a_deputy_who_goes_on_with_the_drafts_is_named(world, browser):
    person(world, "deputy.kaz", "focal_point", agency=world.agencies["interior.kaz"], is_deputy=True)
    place = f"{PEOPLE}appointments/{appointment(world, 'focal.kaz').uid}/retire/"

    assert "They go on in the hands of deputy.kaz." in text_of(browser("coordinator.kaz").get(place))


RETIREMENTS = [({"reason": ""}, "Give a reason."), ({"reason": "Kept", "on": "soon"}, "Kept"),
               ({"reason": "Kept", "on": "2001-01-01"}, "It cannot end before it starts.")]  # fmt: skip


@pytest.mark.parametrize(("words", "told"), RETIREMENTS)
def test_a_retirement_that_is_refused_changes_nothing(world, browser, words, told):
    place = f"{PEOPLE}appointments/{appointment(world, 'focal.kaz').uid}/retire/"

    answer = browser("coordinator.kaz").post(place, words)

    assert answer.status_code == 400
    assert told in text_of(answer)
    assert appointment(world, "focal.kaz").ends_on is None


@pytest.mark.parametrize("who", ["coordinator.kaz", "focal.tjk", "coordinator.tjk", "editor", "partner"])
def test_nobody_else_s_appointment_can_be_ended_here(world, browser, who):
    place = f"{PEOPLE}appointments/{appointment(world, who).uid}/retire/"

    answers = [browser("coordinator.kaz").get(place), browser("coordinator.kaz").post(place, {"reason": "x"})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert appointment(world, who).ends_on is None


def test_the_page_tells_who_is_in_office_who_is_coming_and_who_has_gone(world, browser):
    today, justice = timezone.now().date(), world.agencies["justice.kaz"]
    coordinator = world.who("coordinator.kaz")
    appointment(world, "contributor.kaz").retire(by=coordinator, reason="x")
    person(world, "later", today=today + dt.timedelta(days=40))
    Appointment.appoint(
        world.who("later"), "focal_point", by=coordinator, agency=justice, starts_on=today + dt.timedelta(days=30)
    )

    found = browser("coordinator.kaz").get(PEOPLE).context["officers"]

    posts = {post.agency.slug: ([str(row.person) for row in post.holders], [str(row.person) for row in post.coming])
             for post in found.posts}  # fmt: skip
    assert posts == {"interior": (["focal.kaz"], []), "justice": ([], ["later"])}
    assert [str(row.person) for row in found.former] == ["contributor.kaz"]
    assert [str(row.person) for row in found.coordinators] == ["coordinator.kaz"]


def test_an_agency_that_leads_and_has_nobody_is_a_vacancy_to_be_filled(world, browser):
    appointment(world, "focal.kaz").retire(by=world.who("coordinator.kaz"), reason="x")

    answer = browser("coordinator.kaz").get(PEOPLE)

    assert [post.agency.slug for post in answer.context["officers"].missed] == ["interior"]
    assert "1 agency leads action items and has no focal point" in text_of(answer)


def test_the_last_sign_in_is_shown(world, browser):
    Person.objects.filter(email="focal.kaz@example.org").update(last_login=dt.datetime(2026, 3, 4, tzinfo=dt.UTC))

    assert "last signed in 4 March 2026" in text_of(browser("coordinator.kaz").get(PEOPLE))


# --- Agencies ------------------------------------------------------------------------------------


def test_an_agency_is_added_renamed_and_retired(world, browser):
    coordinator, place = browser("coordinator.kaz"), f"{PEOPLE}KAZ/agencies/"
    coordinator.post(f"{place}add/", {"name": "Customs committee"})
    coordinator.post(f"{place}customs-committee/rename/", {"name": "State revenue committee"})
    coordinator.post(f"{place}customs-committee/retire/", {"reason": "Merged."})

    made = Agency.objects.get(slug="customs-committee")

    assert (made.member_state, made.name) == (world.states["KAZ"], "State revenue committee")
    assert made.retired_on == timezone.now().date()
    assert coordinator.get(f"{place}customs-committee/rename/").status_code == 404


@pytest.mark.parametrize(
    ("place", "words", "told"),
    [
        ("add/", {"name": " "}, "required"),
        ("interior/rename/", {"name": ""}, "required"),
        ("justice/retire/", {"reason": ""}, "Give a reason."),
        ("interior/retire/", {"reason": "Kept words"}, "It leads 4 action items."),
    ],
)
def test_an_agency_refused_says_why(world, browser, place, words, told):
    answer = browser("coordinator.kaz").post(f"{PEOPLE}KAZ/agencies/{place}", words)

    assert answer.status_code == 400
    assert told in text_of(answer)
    assert not Agency.objects.exclude(retired_on=None).exists()
