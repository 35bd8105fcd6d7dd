"""One press in the mail program and no message of the day comes any more: whoever presses, signed in or not."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from commitments.models import Choice, Notice
from commitments.telling.unsubscribing import address_for
from tests.domain.test_digests import MORNING, news, send  # noqa: F401 (a fixture)

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path_of(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


def press(address: str, **words: str):
    """As a mail program does: no cookie, no token."""
    return Client(enforce_csrf_checks=True).post(path_of(address), words or ONE_CLICK)


def test_the_message_of_the_day_carries_the_way_out_in_its_head_and_at_its_foot(news):  # noqa: F811
    send(MORNING)

    (letter,) = mail.outbox
    way_out = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert way_out == address_for(news.who("coordinator.kaz"))
    assert way_out in letter.body


def test_what_is_told_at_once_leads_to_the_choices_alone(world, django_capture_on_commit_callbacks):
    Choice.choose(by=world.who("coordinator.kaz"), hows={"waiting": "at_once"})

    with django_capture_on_commit_callbacks(execute=True):
        world.walk("submitted")

    headers = [letter.extra_headers for letter in mail.outbox]
    assert headers
    assert not any("List-Unsubscribe-Post" in one for one in headers)


def test_after_one_press_no_message_of_the_day_comes(news):  # noqa: F811
    answer = press(address_for(news.who("coordinator.kaz")))

    assert answer.status_code == 200
    assert send(MORNING) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"waiting": "none", "returned": "at_once", "decided": "none", "taken_back": "none"}),
        ({"returned": "digest", "waiting": "at_once"}, {"waiting": "at_once", "returned": "at_once"}),
        ({"returned": "none", "reminder": "digest"}, {"returned": "none", "reminder": "none"}),
    ],
)
def test_only_what_came_in_it_is_ended_and_returns_are_told_at_once(world, before, after):
    person = world.who("focal.kaz")
    Choice.choose(by=person, hows=before)

    press(address_for(person))
    press(address_for(person))

    assert Choice.of(person).items() >= after.items()


def test_following_the_link_changes_nothing_before_its_button_is_pressed(world, django_assert_num_queries):
    path = path_of(address_for(world.who("focal.kaz")))

    with django_assert_num_queries(0):
        page = Client().get(path)

    assert "<button" in page.content.decode()
    assert not Choice.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_made_by_nobody_cannot_be_told_from_a_real_one(world, method):
    real = path_of(address_for(world.who("focal.kaz")))
    false = real[:-6] + "AAAAA/"

    answers = [getattr(Client(), method)(path) for path in (real, false, "/mail/unsubscribe/x/")]

    told = [re.sub(r"csrfmiddlewaretoken.*|name=\"next\".*", "", one.content.decode()) for one in answers]
    assert [one.status_code for one in answers] == [200, 200, 200]
    assert len(set(told)) == 1
    assert Choice.objects.count() == (3 if method == "post" else 0)


def test_the_page_names_nobody_and_is_kept_by_nobody(world):
    person = world.who("focal.kaz")

    answer = press(address_for(person))

    assert person.email not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Notice.objects.filter(person=person).count() == 0
