"""B1 through the form of the desk: of two who save at once nobody loses a word, in the record or on the page."""

from __future__ import annotations

from functools import partial

import pytest

from tests.depth import rounds
from tests.lost.asking import at_once
from tests.lost.browsers import Browser
from tests.lost.conftest import Place
from tests.lost.test_races import events_of, results_of

pytestmark = pytest.mark.django_db


def browsers(place: Place, update: dict[str, str]) -> list[Browser]:
    sessions = place.facts["sessions"]
    return [Browser(place.served.port, sessions[update[part]]) for part in ("focal", "coordinator")]


def address_of(update: dict[str, str]) -> str:
    return f"/desk/updates/{update['key'].replace(':', '/')}/"


@pytest.mark.battery("B1")
def test_of_two_browsers_in_one_field_one_saves_and_the_other_is_shown_both_texts(place: Place, tally) -> None:
    update, told = place.updates.pop(), []
    pair, address, number = browsers(place, update), address_of(update), rounds(6, 250)

    for turn in range(number):
        forms = [one.read(address) for one in pair]
        texts = [f"Text {turn} of the {name} browser" for name in ("first", "second")]
        pressed = [
            partial(one.press_save, address, form, results=text)
            for one, form, text in zip(pair, forms, texts, strict=True)
        ]
        answers = at_once(pressed)
        assert sorted(status for status, _page in answers) == [302, 412]
        saved = next(text for text, (status, _page) in zip(texts, answers, strict=True) if status == 302)
        page = next(page for status, page in answers if status == 412)
        assert all(text in page for text in texts)
        told.append(saved)

    written = [changes["results"] for *_, changes in events_of(place, update["key"])]
    assert written == told
    assert results_of(place, update["key"]) == told[-1]
    tally(rounds=number, writes=2 * number)


@pytest.mark.battery("B1")
def test_of_two_browsers_in_two_fields_both_save(place: Place, tally) -> None:
    update = place.updates.pop()
    pair, address, number = browsers(place, update), address_of(update), rounds(6, 250)

    for turn in range(number):
        forms = [one.read(address) for one in pair]
        pressed = [
            partial(one.press_save, address, form, **{name: f"Text {turn}"})
            for one, form, name in zip(pair, forms, ("results", "challenges"), strict=True)
        ]
        assert [status for status, _page in at_once(pressed)] == [302, 302]

    events = [changes for *_, changes in events_of(place, update["key"])]
    for name in ("results", "challenges"):
        assert [changes[name] for changes in events if name in changes] == [f"Text {turn}" for turn in range(number)]
    assert all(len(changes) == 1 for changes in events)
    tally(rounds=number, writes=2 * number)
