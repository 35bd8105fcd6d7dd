"""The partner that leads an activity names those that implement, fund or support it with them: each once, in public."""

from __future__ import annotations

import pytest

from commitments.errors import Invalid
from commitments.models import Event, Partner
from tests.desk.partners.conftest import HOME, activity, sent

NEW = {"kind": "workshop", "title": "A new one", "summary": "What is done.", "action_items": "I.1.2", "version": "0",
       "partner": "helper"}  # fmt: skip


def parts(one) -> dict[str, str]:
    return dict(one.participations.values_list("partner__slug", "role"))


@pytest.fixture
def third(partners) -> Partner:
    return Partner.objects.create(slug="third", name="A third organization", kind="donor")


@pytest.fixture
def other(partners) -> Partner:
    return Partner.objects.get(pk__in=partners.who("other").mandate.partner_ids)


def test_partners_are_named_with_a_new_activity(partners, browser, other, third):
    browser("partner").post(f"{HOME}activities/add/", NEW | {"implementing": [other.slug], "funding": [third.slug]})

    [made] = other.activities.all()
    assert parts(made) == {"helper": "lead", other.slug: "implementing", "third": "funding"}
    [event] = Event.objects.filter(subject=f"activity:{made.slug}")
    assert (event.changes["implementing"], event.changes["funding"]) == ([other.slug], ["third"])


def test_a_part_is_changed_and_ended_in_the_form_and_the_rest_stays(partners, browser, other, third):
    one = activity(partners, funding=[other, third])
    client, place = browser("partner"), f"{HOME}activities/{one.slug}/"
    form = client.get(place).context["form"]

    client.post(place, sent(partners, form, funding=[], supporting=["third"]))

    assert parts(one) == {"helper": "lead", "third": "supporting"}
    event = Event.objects.filter(subject=f"activity:{one.slug}").order_by("sequence").last()
    assert event.changes == {"funding": [], "supporting": ["third"]}


def test_nothing_is_recorded_where_nothing_has_changed(partners, other):
    one = activity(partners, funding=[other])

    one.change(by=partners.who("partner"), version=0, funding=[other])

    assert one.version == 0


@pytest.mark.parametrize("role", ["implementing", "supporting"])
def test_a_partner_has_one_part(partners, other, role):
    helper, one = Partner.objects.get(slug="helper"), activity(partners, funding=[other])

    for twice in (helper, other):
        with pytest.raises(Invalid) as refusal:
            one.change(by=partners.who("partner"), version=0, **{role: [twice]})
        assert refusal.value.problems[0].field == role

    assert parts(one) == {"helper": "lead", other.slug: "funding"}


def test_a_partner_named_twice_is_told_beside_the_field(partners, browser, other):
    words = {"implementing": [other.slug], "funding": [other.slug]}
    answer = browser("partner").post(f"{HOME}activities/add/", NEW | words)

    assert answer.status_code == 400
    assert "each partner is named once" in answer.content.decode()
    assert not other.activities.exists()


def test_who_is_named_finds_it_among_its_own_and_does_not_write_in_it(partners, browser, other):
    one = activity(partners, supporting=[other])
    client = browser("other")

    mine, page = client.get(HOME).content.decode(), client.get(f"{HOME}activities/{one.slug}/")

    assert (one.title in mine, page.context["is_led"]) == (True, False)


def test_a_partner_s_desk_begins_with_its_activities(partners, browser):
    assert browser("partner").get("/desk/")["Location"] == HOME
