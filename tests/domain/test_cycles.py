"""Opening a cycle, what it carries forward, and who may run it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from commitments.errors import Invalid, WrongStatus
from commitments.models import ActionItem, Commitment, Cycle, Event, MemberState, Update
from tests.domain.attempts import attempt, edit, problems, report

DAYS = ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on")


def planned(world, slug: str = "next", *, opens_in: int = 0) -> Cycle:
    """A cycle that nobody has opened, reporting from `opens_in` days after today."""
    first = timezone.now().date() + dt.timedelta(days=opens_in)
    days = dict(zip(DAYS, (first + dt.timedelta(days=10 * n) for n in range(4)), strict=True))
    return Cycle.objects.create(slug=slug, plan=world.plan, title=slug, **days)


def scheduled(world, by, **changed) -> Cycle:
    """The next cycle as an editor puts it in the calendar."""
    first = timezone.now().date() + dt.timedelta(days=400)
    days = {name: first + dt.timedelta(days=10 * n) for n, name in enumerate(DAYS)}
    return Cycle.schedule(
        **{"by": by, "plan": world.plan, "slug": "review-2030", "title": "Review 2030", **days, **changed}
    )


def draft_of(cycle: Cycle, state: str = "KAZ", item: str = "I.1.2") -> Update:
    return cycle.updates.get(commitment__member_state__iso_alpha3=state, commitment__action_item__code=item)


def test_opening_makes_one_draft_for_every_commitment_of_the_plan(world):
    cycle = planned(world)

    created = cycle.open(by=world.who("editor"))

    assert created == Commitment.objects.count() == 12
    assert set(cycle.updates.values_list("commitment", flat=True)) == set(
        Commitment.objects.values_list("pk", flat=True)
    )
    assert set(cycle.updates.values_list("status", "version", "to_be_reconfirmed", "rating")) == {
        ("draft", 0, False, "")
    }


def test_a_cycle_that_is_over_is_opened_once_its_dates_are_moved(world):
    cycle, editor = planned(world, opens_in=-40), world.who("editor")

    with pytest.raises(WrongStatus):
        cycle.open(by=editor)
    cycle.move_dates(by=editor, closes_on=timezone.now().date() + dt.timedelta(days=1))

    assert cycle.open(by=editor) == 12


def test_opening_is_recorded(world):
    cycle = planned(world)

    cycle.open(by=world.who("editor"))

    event = Event.objects.get(subject="cycle:next")
    assert (event.move, event.by_name, event.changes) == ("open", "editor", {"drafts": 12})
    assert cycle.opened_at is not None


def test_a_cycle_is_opened_once(world):
    cycle = planned(world)
    known_before = Cycle.objects.get(pk=cycle.pk)
    cycle.open(by=world.who("editor"))

    with pytest.raises(WrongStatus):
        known_before.open(by=world.who("editor"))

    assert cycle.updates.count() == 12


def test_a_full_plan_for_five_states_opens_in_few_questions(world, django_assert_max_num_queries):
    first = ActionItem.objects.get(code="I.1.1")
    ActionItem.objects.bulk_create(
        ActionItem(
            plan=world.plan, objective=first.objective, code=f"I.1.{n}", position=n, text="x", addressee="national"
        )
        for n in range(100, 272)
    )
    for n in (1, 2):
        MemberState.objects.create(iso_alpha2=f"X{n}", iso_alpha3=f"XX{n}", m49=f"00{n}", name=f"State {n}")
    have = set(Commitment.objects.values_list("member_state", "action_item"))
    Commitment.objects.bulk_create(
        Commitment(member_state=state, action_item=item)
        for state in MemberState.objects.all()
        for item in ActionItem.objects.all()
        if (state.pk, item.pk) not in have
    )
    cycle, editor = planned(world), world.who("editor")

    with django_assert_max_num_queries(60):
        created = cycle.open(by=editor)

    assert created == 176 * 5


def test_what_was_last_released_is_carried_forward_to_be_reconfirmed(world):
    content = {
        "results": "Courts use it.",
        "next_steps_on": "2027-01-31",
        "original_language": "ru",
        "translations": {"en": {"results": "Courts use it."}},
        "withheld_sections": ["challenges"],
    }
    published = world.walk("published", **content)
    cycle = planned(world)
    cycle.open(by=world.who("editor"))

    draft = draft_of(cycle)

    assert draft.content == published.release.revision.content
    assert (draft.withheld_sections, draft.to_be_reconfirmed) == (["challenges"], True)
    assert (draft.audience, draft.current_revision, draft.last_edited_by) == ("un", None, None)
    assert draft.stale_translations() == []


@pytest.mark.parametrize("status", ["draft", "submitted", "cleared", "accepted"])
def test_what_is_not_released_is_not_carried(world, status):
    world.walk(status)
    cycle = planned(world)

    cycle.open(by=world.who("editor"))

    assert (draft_of(cycle).measures_taken, draft_of(cycle).to_be_reconfirmed) == ("", False)


def test_what_was_withdrawn_is_not_carried(world):
    update = world.walk("published")
    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="A word was wrong.")
    cycle = planned(world)

    cycle.open(by=world.who("editor"))

    assert draft_of(cycle).measures_taken == ""


def test_of_a_revised_update_the_released_words_are_carried_and_not_the_new_ones(world):
    update = world.walk("published", results="Old words.")
    update.revise(by=world.who("coordinator.kaz"), version=update.version)
    edit(update, world.who("focal.kaz"), results="New words.")
    cycle = planned(world)

    cycle.open(by=world.who("editor"))

    assert draft_of(cycle).results == "Old words."


def test_it_is_the_latest_cycle_that_is_carried(world):
    world.walk("published", results="First cycle.")
    first, world.cycle = world.cycle, planned(world, "second")
    world.cycle.open(by=world.who("editor"))
    carried = edit(world.update(), world.who("focal.kaz"), to_be_reconfirmed=False)
    assert carried.results == "First cycle."
    world.walk("published", results="Second cycle.")

    third = planned(world, "third", opens_in=5)
    third.open(by=world.who("editor"))

    assert draft_of(third).results == "Second cycle."
    assert first.updates.filter(release__isnull=False).count() == 1


def test_a_later_cycle_is_not_carried_back_into_an_earlier_one(world):
    world.walk("published", results="What happened later.")
    past = planned(world, "past", opens_in=-2000)

    past.open(by=None)

    assert draft_of(past).results == ""


def test_carried_text_is_not_submitted_until_somebody_reconfirms_it(world):
    world.walk("published")
    world.cycle = planned(world)
    world.cycle.open(by=world.who("editor"))
    update, focal = world.update(), world.who("focal.kaz")
    before = problems(lambda: update.submit(by=focal, version=0))

    edit(update, focal, to_be_reconfirmed=False)
    update.submit(by=focal, version=1)

    assert before == [("to_be_reconfirmed", "reconfirm")]
    assert update.events.order_by("sequence").first().changes == {"to_be_reconfirmed": False}


def test_rewriting_carried_text_alone_does_not_reconfirm_it(world):
    world.walk("published")
    world.cycle = planned(world)
    world.cycle.open(by=world.who("editor"))

    update = report(world.update(), world.who("focal.kaz"), results="Everything new.")

    assert [problem.rule for problem in update.missing()] == ["reconfirm"]


def test_what_was_reconfirmed_cannot_be_marked_as_carried_again(world):
    update = edit(world.update(), world.who("focal.kaz"), to_be_reconfirmed=True)

    assert (update.to_be_reconfirmed, update.version) == (False, 0)


RUN = {
    "open": lambda world, by: planned(world).open(by=by),
    "extend": lambda world, by: world.cycle.extend(
        world.states["KAZ"], by=by, ends_on=timezone.now().date() + dt.timedelta(days=60), reason="Elections."
    ),
    "schedule": scheduled,
    "move_dates": lambda world, by: world.cycle.move_dates(by=by, adopted_on="2028-07-01", reason="As assumed."),
}


@pytest.mark.parametrize("run", RUN)
def test_secretariat_editors_alone_run_cycles(world, run):
    verdicts = {name: attempt(lambda name=name: RUN[run](world, world.who(name))) for name in world.emails}

    assert {name for name, verdict in verdicts.items() if verdict == "made"} == {"editor"}
    assert set(verdicts.values()) == {"made", "Forbidden"}


def test_what_was_not_opened_cannot_be_extended(world):
    with pytest.raises(WrongStatus):
        planned(world).extend(world.states["KAZ"], by=None, ends_on=dt.date(2099, 1, 1), reason="Elections.")


def test_dates_are_moved_on_the_record(world):
    world.cycle.move_dates(
        by=world.who("editor"), adopted_on=dt.date(2028, 7, 1), adoption_is_assumed=False, reason="Adopted."
    )

    event = Event.objects.filter(subject="cycle:review-2028").order_by("sequence").last()
    assert (event.move, event.reason) == ("move_dates", "Adopted.")
    assert event.changes == {"adopted_on": "2028-07-01", "adoption_is_assumed": False}
    assert Cycle.objects.get(pk=world.cycle.pk).adopted_on == dt.date(2028, 7, 1)


@pytest.mark.parametrize(
    ("dates", "problem"),
    [
        ({"closes_on": "2020-01-01"}, ("closes_on", "order")),
        ({"opens_on": "2099-01-01"}, ("submissions_due_on", "order")),
        ({"submissions_due_on": None}, ("submissions_due_on", "required")),
        ({"opens_on": dt.date.min}, ("opens_on", "date")),
        ({"closes_on": dt.date.max}, ("closes_on", "date")),
        ({"closes_on": "tomorrow"}, ("closes_on", "date")),
        ({"adoption_is_assumed": "yes"}, ("adoption_is_assumed", "flag")),
        ({"slug": "other"}, ("slug", "unknown")),
        ({"opened_at": None}, ("opened_at", "unknown")),
    ],
)
def test_dates_that_cannot_be_are_refused(world, dates, problem):
    before = Cycle.objects.filter(pk=world.cycle.pk).values().get()

    assert problems(lambda: world.cycle.move_dates(by=world.who("editor"), **dates)) == [problem]
    assert Cycle.objects.filter(pk=world.cycle.pk).values().get() == before


def test_dates_are_judged_beside_those_in_force_and_not_those_read_earlier(world):
    read_earlier = Cycle.objects.get(pk=world.cycle.pk)
    closes_on = world.cycle.closes_on
    world.cycle.move_dates(by=None, closes_on=world.cycle.clearances_due_on)

    with pytest.raises(Invalid):
        read_earlier.move_dates(by=None, clearances_due_on=closes_on)


def test_the_next_cycle_is_put_in_the_calendar_and_opened_later(world):
    cycle = scheduled(world, world.who("editor"))

    event = Event.objects.get(subject="cycle:review-2030")
    assert (event.move, event.changes["opens_on"]) == ("schedule", cycle.opens_on.isoformat())
    assert cycle.adoption_is_assumed and cycle.adopted_on is None
    assert not cycle.updates.exists()
    assert cycle.open(by=world.who("editor")) == 12


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"slug": "Review 2030"}, ("slug", "slug")),
        ({"slug": "review-2028"}, ("slug", "taken")),
        ({"title": " "}, ("title", "required")),
        ({"closes_on": None}, ("closes_on", "required")),
        ({"closes_on": dt.date(2026, 1, 1)}, ("closes_on", "order")),
        ({"ends_on": dt.date(2026, 1, 1)}, ("ends_on", "unknown")),
    ],
)
def test_a_cycle_that_cannot_be_is_refused(world, changed, problem):
    assert problems(lambda: scheduled(world, world.who("editor"), **changed)) == [problem]
    assert Cycle.objects.count() == 1
