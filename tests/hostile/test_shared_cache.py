"""A cache shared by everybody hands nobody an answer that was made for another (Zulip, March 2021)."""

from __future__ import annotations

import pytest

from tests.depth import some
from tests.hostile import hidden
from tests.hostile.canaries import readable
from tests.hostile.desk_places import pages
from tests.hostile.permissions import one_of_each
from tests.hostile.places import api_lists, report_files
from tests.hostile.shared_cache import SharedCache
from tests.hostile.visitors import Seen

pytestmark = [pytest.mark.battery("A9"), pytest.mark.same_on_every_engine]

VARY = {"cookie", "authorization", "accept-language"}
# Two officers, the public, and both languages, so that each follows the others.
TURNS = [("coordinator.kaz", "en"), ("", "en"), ("coordinator.tjk", "en"), ("", "ru"),
         ("token of coordinator.kaz", "en"), ("coordinator.kaz", "ru")]  # fmt: skip
SIGNS_OUT = "/accounts/logout/"
FOR_MACHINES = {"/healthz", "/readyz", "/metrics"}  # say the same to everybody, and ask nobody who they are
REDUCED = 35  # addresses
OPEN = "Zebrafinch"  # a word that everybody may read, until it is withdrawn


def wrong_headers(who: str, answer: Seen) -> str:
    """Made for somebody: kept by nobody. For all: by whoever tells apart what the answer depends on."""
    control = {word.strip() for word in answer.header("Cache-Control").split(",")}
    vary = {word.strip().lower() for word in answer.header("Vary").split(",")}
    if not vary >= VARY:
        return f"Vary: {answer.header('Vary')}"
    is_private = control >= {"private", "no-store"} and "public" not in control
    return f"Cache-Control: {answer.header('Cache-Control')}" if who and not is_private else ""


def test_nobody_is_handed_what_was_made_for_another(asker, tally):
    cache, wrong, handed = SharedCache(), [], 0
    everything = sorted(set(one_of_each(asker.things).values()) - {SIGNS_OUT} - FOR_MACHINES)
    asked = some(everything, REDUCED, "shared cache")
    for address in [*asked, *ALWAYS]:
        for who, language in TURNS:
            visitor = asker.visitors[who]
            passed = cache.get(visitor, address, language)
            if not passed.is_kept and (problem := wrong_headers(who, passed.seen)):
                wrong.append(f"{who or 'anybody'} {address}: {problem}")
            if passed.is_kept:
                handed += 1
                if passed.seen.body != visitor.see(address, **{"Accept-Language": language}).body:
                    wrong.append(f"{who or 'anybody'} ({language}) {address}: an answer that was made for another")
    tally(addresses=len(asked), answers=len(TURNS) * len(asked), handed_out=handed)

    assert wrong == []
    assert handed, "the cache never handed out what it kept: it tells nothing"


ALWAYS = ("/api/v1/plans/", "/api/v1/action-items/I.1.1/", "/api/v1/member-states/")  # kept for a minute by every cache


def test_what_a_state_withdraws_is_handed_out_no_longer(world, visit):
    hidden.releases(world)
    update = world.walk("published", "KAZ", "I.1.2", measures_taken=f"{OPEN} measures.")
    cache = SharedCache()
    of_the_site = [place for place in pages() if not place.startswith("/desk/")]
    places = [*report_files(), *of_the_site, "/", *(place for place in api_lists() if "?" not in place)]
    places += [f"/api/v1/{noun}/{update.key}/" for noun in ("published-updates", "updates")]

    def shown() -> list[str]:
        return [place for place in places if OPEN.encode() in readable(cache.get(visit(), place, "en").seen.body)]

    before = shown()
    assert {place.partition("?")[0].rpartition(".")[2] for place in before} >= {"html", "json", "docx"}
    assert f"/api/v1/published-updates/{update.key}/" in before
    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="Not any more.")

    assert shown() == []
