"""Two worlds that differ only in what a reader may not know look the same to that reader, to the byte.

Hundreds of questions are asked in the one world, the secret rows are written, and the same questions are asked again.
Nobody says what a leak looks like: any difference is one. In the second kind of test the secret rows come first and
what everybody may read after them, so that numbers that count, cursors and orderings show through if they can.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable

import pytest
from django.db import transaction

from commitments.models import Appointment, Assessment, Event
from tests.builders import World
from tests.depth import FULL, SHARE, drawn
from tests.hostile import hidden
from tests.hostile.places import admin_pages, api_details, api_lists, report_files
from tests.hostile.visitors import Seen, Visitor

pytestmark = pytest.mark.battery("A2")

BEYOND = ("focal.tjk", "coordinator.tjk", "partner", "nobody", "administrator", None)
# What is drawn is asked by all of them (test_drawn_worlds.py); every address one by one by these, in full by all.
SECRETARIAT = ("reviewer", "editor")[: 2 if FULL else 1]
WITH_A_DESK = ("focal.tjk", "administrator", "coordinator.tjk", "partner")[: 4 if FULL else 2]
REPORT_READERS = (None, "coordinator.tjk", "partner")[: 3 if FULL else 1]
OWN_TRACE = "/api/v1/readings/"  # grows by what its own reader asks: two worlds of it are in test_readings.py
CODES = ("I.1.1", "I.1.2", "II.1.1", "II.1.2", "I.9.9")


def api_keys(world: World) -> dict[str, list[str]]:
    """Keys of what is there, of what will be written, and of what never was."""
    updates = [f"review-2028:{state}:{code}" for state in ("KAZ", "TJK") for code in CODES]
    absent = str(uuid.UUID(int=7))
    return {
        "updates": updates,
        "published-updates": updates,
        "revisions": [f"{key}:{number}" for key in updates for number in (1, 2, 3)],
        "commitments": [f"{state}:{code}" for state in ("KAZ", "TJK") for code in CODES],
        "agencies": ["KAZ:interior", "KAZ:hush-agency", "TJK:interior"],
        "cycles": ["review-2028"],
        "review-reports": ["review-2028"],
        "action-items": ["I.1.2"],
        "member-states": ["KAZ"],
        "reports": [hidden.REPORT, "review-2028-regional-un"],
        "editions": [f"{hidden.REPORT}:1", f"{hidden.REPORT}:2"],
        "seats": [f"{hidden.REPORT}:summary"],
        "contributions": ["review-2028:KAZ", "review-2028:TJK"],
        "signatures": ["review-2028:KAZ"],
        "events": [*_uids(Event), absent],
        "evidence": [*(str(one.uid) for one in hidden.evidence_of_kazakhstan()), absent],
        "assessments": [*_uids(Assessment), absent],
        "appointments": [*_uids(Appointment), absent],
    }


def _uids(model: type) -> list[str]:
    return [str(uid) for uid in model.objects.order_by("pk").values_list("uid", flat=True)][-40:]


def admin_keys() -> dict[str, list[str]]:
    updates = [f"review-2028/KAZ/{code}" for code in CODES]
    return {
        "update": updates,
        "revision": [f"{key}/{number}" for key in updates for number in (1, 2)],
        "commitment": [f"KAZ/{code}" for code in CODES],
        "cycle": ["review-2028"],
        "agency": ["KAZ/interior", "KAZ/hush-agency"],
        "event": _uids(Event)[-8:],
        "assessment": [*_uids(Assessment), str(uuid.UUID(int=7))],
        "person": [str(uuid.UUID(int=7))],
    }


def answers(visitor: Visitor, addresses: list[str]) -> dict[str, Seen]:
    return {address: visitor.see(address) for address in drawn(addresses) if not address.startswith(OWN_TRACE)}


def differences(before: dict[str, Seen], after: dict[str, Seen]) -> list[tuple[str, Seen, Seen]]:
    return [(address, before[address], after[address]) for address in before if before[address] != after[address]]


@pytest.mark.parametrize("reader", BEYOND)
def test_nobody_beyond_the_un_notices_what_is_not_released_to_them(world, visit, reader):
    hidden.releases(world)
    visitor, addresses = visit(reader), [*api_lists(), *api_details(api_keys(world)), "/", "/api/v1/", "/api/schema/"]
    before = answers(visitor, addresses)

    hidden.hide_all(world)
    if reader != "administrator":
        hidden.change_people(world, "Hush")

    assert differences(before, answers(visitor, addresses)) == []
    assert len(addresses) > 250
    assert sum(one.status == 200 for one in before.values()) > 80 // SHARE


@pytest.mark.parametrize("reader", SECRETARIAT)
def test_the_secretariat_does_not_notice_drafts_and_what_stays_in_the_state(world, visit, reader):
    hidden.releases(world)
    visitor = visit(reader)
    addresses = [*api_lists(), *api_details(api_keys(world)), *admin_pages(admin_keys()), *report_files()]
    before = answers(visitor, addresses)

    hidden.write_drafts(world, "Hush")
    in_drafts = answers(visitor, addresses)
    hidden.keep_in_the_state(world, "Hush")

    assert differences(before, in_drafts) == []
    assert differences(before, answers(visitor, addresses)) == []
    assert sum(one.status == 200 for one in before.values()) > 250 // SHARE


@pytest.mark.parametrize("reader", WITH_A_DESK)
def test_no_page_of_the_desk_changes_for_those_who_may_not_know(world, visit, reader):
    hidden.releases(world)
    visitor, addresses = visit(reader), admin_pages(admin_keys())
    before = answers(visitor, addresses)

    hidden.hide_all(world)
    if reader != "administrator":
        hidden.change_people(world, "Hush")

    assert differences(before, answers(visitor, addresses)) == []
    assert len(addresses) > 300


@pytest.mark.parametrize("reader", REPORT_READERS)
def test_no_report_changes_for_those_who_may_not_know(world, visit, reader):
    hidden.releases(world)
    visitor, addresses = visit(reader), [*report_files(), "/api/v1/review-reports/review-2028.pdf"]
    before = {address: visitor.see(address) for address in addresses}

    hidden.hide_all(world)

    assert differences(before, {address: visitor.see(address) for address in addresses}) == []
    assert before[addresses[0]].status == before[addresses[-1]].status == 200


@pytest.mark.parametrize("reader", ["focal.tjk", "reviewer", None])
def test_nobody_beyond_the_state_notices_which_evidence_a_draft_retires(world, visit, reader):
    hidden.releases(world)
    visitor = visit(reader)
    keys = [str(one.uid) for one in hidden.evidence_of_kazakhstan()]
    addresses = [
        "/api/v1/evidence/?is_retired=true",
        "/api/v1/evidence/?is_retired=false",
        *api_details({"evidence": keys}),
    ]
    before = {address: visitor.see(address) for address in addresses}
    read = [one for one in before.values() if one.status == 200]

    hidden.revise(world, "II.1.1", "Hush")

    assert differences(before, {address: visitor.see(address) for address in addresses}) == []
    assert len(read) > 3


def test_a_known_etag_stays_known_whatever_is_written_in_secret(world, visit):
    hidden.releases(world)
    visitor, places = visit(), ["/api/v1/published-updates/", "/api/v1/status-matrix/", *report_files()[:2]]
    tags = {place: visitor.get(place)["ETag"] for place in places}

    hidden.hide_all(world)

    again = {place: visitor.get(place, headers={"If-None-Match": tag}) for place, tag in tags.items()}
    assert {place: (one.status_code, one["ETag"]) for place, one in again.items()} == {
        place: (304, tag) for place, tag in tags.items()
    }


class _Undone(Exception):
    pass


def seen_in_a_world(
    monkeypatch: pytest.MonkeyPatch, visitor: Visitor, addresses: Callable[[], list[str]], *steps: Callable[[], None]
) -> dict[str, Seen]:
    """The steps are made, the questions asked, and all is undone. The last step draws the same random names
    and salts in every world."""
    found: dict[str, Seen] = {}
    try:
        with transaction.atomic():
            for step in steps[:-1]:
                step()
            with monkeypatch.context() as patch:
                names, salts = random.Random(1), random.Random(2)
                patch.setattr("os.urandom", names.randbytes)
                patch.setattr("secrets.token_hex", lambda length: salts.randbytes(length).hex())
                steps[-1]()
            found = answers(visitor, addresses())
            raise _Undone
    except _Undone:
        return found


@pytest.mark.parametrize("reader", ["coordinator.tjk", "observer", None, "editor"])
def test_what_everybody_may_read_does_not_tell_what_was_written_before_it(world, visit, monkeypatch, reader):
    visitor = visit(reader)
    visitor.see("/api/v1/me/")

    def addresses() -> list[str]:
        listed = [place for place in api_lists() if "appointment" not in place]
        keys = {name: keys for name, keys in api_keys(world).items() if name not in ("events", "assessments")}
        keys["evidence"] = [str(one.uid) for one in hidden.evidence_of_kazakhstan() if "Open" in one.title]
        return [*listed, *api_details(keys), *report_files()]

    def ask(*steps: Callable[[], None]) -> dict[str, Seen]:
        return seen_in_a_world(monkeypatch, visitor, addresses, *steps, lambda: hidden.releases(world))

    without = ask()
    beside = ask(lambda: hidden.write_drafts(world, "Hush"))

    assert differences(without, beside) == []
    assert sum(one.status == 200 for one in without.values()) > 80 // SHARE
