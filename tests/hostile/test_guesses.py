"""What a reader is told confirms no guess of what is kept from them: neither a hash, nor a receipt, nor a number."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from commitments.models.events import digest
from commitments.querysets.reported import RevisionQuerySet
from reporting.frozen import digest as digest_of_bytes
from reporting.frozen import freeze
from reporting.models import Contribution
from reporting.signing import manifest
from tests import tripwire
from tests.builders import World
from tests.depth import drawn, some
from tests.hostile.desk_places import pages
from tests.hostile.test_canaries import by_key, everything, sightings
from tests.hostile.visitors import Visitor
from tests.reporting.test_editions import issue

pytestmark = [pytest.mark.battery("A3"), pytest.mark.same_on_every_engine]
KEY = "review-2028:KAZ:I.1.2"
AMOUNT = "2 million tenge"
RECEIPT = "/desk/updates/review-2028/KAZ/I.1.2/receipts/2/"
Visit = Callable[..., Visitor]


@pytest.fixture
def withheld(world: World) -> World:
    words = {"resources_in_cash": AMOUNT, "withheld_sections": ["resources_in_cash"]}
    world.walk("published", "KAZ", "I.1.2", **words)
    return world


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_published_hash_confirms_no_guess_of_a_withheld_section(withheld: World, visit: Visit, is_withdrawn) -> None:
    """Not even to somebody who knows everything else that it covers, nor where only the hash still stands."""
    edition, update = issue(withheld), withheld.update()
    revision = update.current_revision
    if is_withdrawn:
        update.withdraw(by=withheld.who("coordinator.kaz"), version=update.version, reason="A mistake.")
    facts = visit().get(f"/api/v1/editions/{edition.key}/snapshot/").json()["facts"]

    known = [one["revision"] for one in facts["tombstones" if is_withdrawn else "updates"]]
    guessed = {name: value for name, value in revision.facts().items() if name != "salt"}

    assert guessed["content"]["resources_in_cash"] == AMOUNT and known == [revision.hash]
    assert digest(guessed) not in known


def test_a_revision_that_came_by_a_wrong_door_tells_neither_its_hash_nor_what_is_withheld(
    withheld: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if somebody had forgotten who reads revisions: the second of two doors stays shut."""
    monkeypatch.setattr(RevisionQuerySet, "visible_to", lambda self, person: self.all())
    told = visit("focal.tjk").get(f"/api/v1/revisions/{KEY}:1/").json()
    tripwire.seen.clear()  # which has seen as much

    assert told["measures_taken"]
    assert [told[name] for name in ("hash", "previous_hash", "made_by", "resources_in_cash")] == [None, None, None, ""]


BEYOND, UN = ["focal.tjk", "partner", "administrator"], ["reviewer", "editor"]


@pytest.mark.parametrize("reader", [*some(BEYOND, 1, "beyond"), *some(UN, 1, "the UN"), None])
def test_the_salt_is_shown_to_the_state_alone(withheld: World, visit: Visit, reader: str | None) -> None:
    issue(withheld)
    salts = withheld.update().current_revision.salt, json.loads(signed(withheld).manifest)["salt"]
    addresses = sorted({*drawn([*everything(withheld), *pages()]), *by_key(withheld), RECEIPT})

    assert all(len(salt) == 32 for salt in salts)
    assert sightings(visit(reader), addresses, *salts) == []


def test_the_state_finds_both_salts_where_it_checks(withheld: World, visit: Visit) -> None:
    statement, home = signed(withheld), visit("coordinator.kaz")

    words = home.get(RECEIPT).json()["words"]
    told = home.get("/api/v1/signatures/review-2028:KAZ/").json()

    assert words["salt"] == withheld.update().current_revision.salt
    assert digest(words) == withheld.update().current_revision.hash
    assert digest_of_bytes(told["manifest"].encode()) == told["receipt"] == statement.receipt


def signed(world: World) -> Any:
    words = {"text": "The State has done much.", "audience": "un", "explanation": "The rest is not ready."}
    coordinator = world.who("coordinator.kaz")
    one = Contribution.write(world.cycle, world.states["KAZ"], by=coordinator, version=0, **words)
    return one.sign(by=coordinator, version=1, manifest=manifest)


@pytest.mark.parametrize("is_kept", [False, True])
def test_no_receipt_tells_the_secretariat_whether_something_is_kept_inside(
    world: World, visit: Visit, is_kept: bool
) -> None:
    """The reviewer makes the manifest again from all that they may read: it fits in neither case."""
    world.walk("cleared", item="I.1.2")
    world.walk("published", item="II.1.1", audience="participants")
    if is_kept:
        world.walk("cleared", item="I.1.1", audience="state")
    salt = {"salt": json.loads(signed(world).manifest)["salt"]}

    told = visit("reviewer").get("/api/v1/signatures/review-2028:KAZ/").json()
    known = as_far_as_known(visit("reviewer"), told)

    assert told["manifest"] is None
    assert digest_of_bytes(freeze(known)) != told["receipt"]
    assert (digest_of_bytes(freeze(known | salt)) == told["receipt"]) is not is_kept, "the salt alone stands between"


def as_far_as_known(reviewer: Visitor, told: dict[str, Any]) -> dict[str, Any]:
    rows = reviewer.get("/api/v1/updates/?member_state=KAZ&cycle=review-2028").json()["results"]
    hashes = {one["update"]: one["hash"] for one in reviewer.get("/api/v1/revisions/").json()["results"]}
    lines = [
        {
            "item": one["action_item"],
            "status": one["status"],
            "revision": hashes[one["key"]],
            "audience": one["audience"],
        }
        for one in rows
    ]
    statement = {
        "audience": told["audience"],
        "explanation": digest_of_bytes(told["explanation"].encode()),
        "language": told["original_language"],
        "text": digest_of_bytes(told["text"].encode()),
        "translations": digest_of_bytes(freeze(told["translations"])),
    }
    updates = sorted(lines, key=lambda line: line["item"])
    return {"cycle": "review-2028", "member_state": "KAZ", "statement": statement, "updates": updates}


@pytest.mark.parametrize("reader", ["partner", "focal.tjk", "coordinator.uzb", "observer", "administrator"])
def test_nobody_beyond_the_un_counts_how_often_a_text_was_sent_back_inside(
    world: World, visit: Visit, reader: str
) -> None:
    update, focal, coordinator = world.walk("submitted"), world.who("focal.kaz"), world.who("coordinator.kaz")
    for _turn in range(2):
        update.return_(by=coordinator, version=update.version, reason="Not yet.")
        update.submit(by=focal, version=update.version)
    update.clear(by=coordinator, version=update.version, audience="public")
    for move in (update.accept, update.publish):
        move(by=world.who("editor"), version=update.version)
    visitor = visit(reader)

    assert visitor.get(f"/api/v1/published-updates/{KEY}/").json()["measures_taken"]
    assert visitor.get(f"/api/v1/revisions/?update={KEY}").json()["results"] == []
    assert {visitor.get(f"/api/v1/revisions/{KEY}:{number}/").status_code for number in (1, 2, 3, 4)} == {404}
    assert visit("editor").get(f"/api/v1/revisions/{KEY}:3/").status_code == 200
