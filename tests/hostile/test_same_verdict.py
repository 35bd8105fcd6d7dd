"""C2: what is odd is refused or comes back to the letter (composed, NFC), and both engines say the same: each is held
to one reviewed table of every place that takes a value and every value."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from tests.depth import SHARE, drawn, rounds
from tests.hostile import odd

pytestmark = pytest.mark.battery("C2")
# No place keeps these, whatever it is for; a text is kept or composed, never something else, but for these.
NEVER = [name for name, value in odd.VALUES.items() if isinstance(value, odd.Raw | float) or type(value) is int]
NEVER += ["NUL", "surrogate", "a million marks", "25000 letters", "[[]]", "[null]", "[NUL]", "{NUL: {}}", "{a: 1}"]
TIDIED = {"CRLF", "spaces around", "nothing to see", "private use", "empty", "null", "true", "a date", "line", "tab"}


@pytest.fixture
def kept() -> None:
    """A world with something in every list, and something open to be written in most."""


def test_what_the_table_says_is_what_was_decided():
    for place, verdicts in odd.reviewed().items():
        assert not set(verdicts) & set(NEVER), place
        assert not set(verdicts) - set(odd.VALUES), place
        changed = {value for value, verdict in verdicts.items() if verdict == odd.CHANGED}
        assert changed <= TIDIED, (place, changed)


def test_every_value_in_every_field_of_every_body_is_refused_or_kept(world, kept, visit, settings, tally):
    settings.ACCOUNT_RATE_LIMITS = False
    visitors: dict[str, Any] = {}
    known, wrong, fields = odd.reviewed(), {}, list(odd.fields(world))
    cases = drawn([(field, value) for field in fields for value in odd.VALUES])
    for field, value in cases:
        visitor = visitors.get(field.who) or visitors.setdefault(field.who, visit(field.who))
        with transaction.atomic():
            answer = visitor.write(field.method, field.place, field.content(value), version=field.version)
            transaction.set_rollback(True)
        assert answer.status_code < 500, (field.label, value)
        shown = answer.json().get(field.name, ...) if answer.status_code < 300 else ...
        verdict = odd.verdict(answer.status_code, odd.VALUES[value], shown)
        if verdict != known.get(field.label, {}).get(value, odd.REFUSED):
            wrong[field.label, value] = verdict

    tally(verdicts=len(cases))
    assert not wrong
    assert len(cases) > 4000 // SHARE


def test_every_value_in_every_parameter_is_refused_or_asked_for(world, kept, visit, tally):
    visitor, known, wrong = visit("coordinator.kaz"), odd.reviewed(), {}
    cases = drawn([(place, name, value) for place, name in odd.parameters() for value in odd.ADDRESSED])
    cases = cases[:: rounds(4, 1)]
    for place, name, value in cases:
        status = visitor.get(f"{place}?{name}={odd.encoded(odd.TEXTS[value])}").status_code
        assert status in (200, 400, 404), (place, name, value)
        verdict, label = odd.TAKEN if status == 200 else odd.REFUSED, f"GET {place.removeprefix('/api/v1/')} {name}"
        if verdict != known.get(label, {}).get(value, odd.REFUSED):
            wrong[label, value] = verdict

    tally(verdicts=len(cases))
    assert not wrong


@pytest.mark.parametrize("place", ["/api/v1/readings/", "/desk/readings/"])
def test_the_last_day_and_the_first_can_be_asked_for(world, kept, visit, place):
    visitor = visit("coordinator.kaz")
    for query in ("until=9999-12-31", "since=9999-12-31", "until=0001-01-01", "since=0001-01-01"):
        assert visitor.get(f"{place}?{query}").status_code == 200, query


def test_a_parameter_that_is_given_twice_is_refused(world, kept, visit, tally):
    visitor = visit("coordinator.kaz")
    for place, name in drawn(odd.parameters()):
        assert visitor.get(f"{place}?{name}=1&{name}=1").status_code == 400, (place, name)
        tally(verdicts=1)
