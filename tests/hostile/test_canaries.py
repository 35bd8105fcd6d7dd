"""A word of its own stands in every field that is not released. No answer, file, mail or log shows it to those who may
not read it, in whatever form; and it does show to those who may, or the net would be empty."""

from __future__ import annotations

import logging

import pytest
from django.core import mail

from commitments.models import Agency, Event
from tests.depth import FULL, drawn
from tests.hostile import hidden
from tests.hostile.canaries import AGENCY, MARK, readable
from tests.hostile.desk_places import pages
from tests.hostile.places import admin_pages, api_details, api_lists, report_files
from tests.hostile.test_two_worlds import admin_keys, api_keys
from tests.hostile.visitors import Visitor

pytestmark = pytest.mark.battery("A3")

BEYOND = ("focal.tjk", "coordinator.tjk", "partner", "observer", "nobody", "administrator", None)


@pytest.fixture
def kept() -> str:
    """Asked for by who needs a world with something to hide."""
    return MARK


def everything(world) -> list[str]:
    pdf = [f"/api/v1/review-reports/review-2028.pdf?audience={audience}" for audience in ("public", "participants")]
    of_admin = [place for place in admin_pages(admin_keys()) if "?" not in place or place.endswith("?all=")]
    files = [f"/admin/commitments/update/evidence/{one.uid}/" for one in hidden.evidence_of_kazakhstan()]
    lists = [place for place in api_lists() if "?" not in place or "fields=" in place or place.endswith("?format=csv")]
    return [*lists, *api_details(api_keys(world)), *of_admin, *report_files(), *pdf, *files, "/",
            "/api/v1/", "/api/schema/", "/api/docs/"]  # fmt: skip


def by_key(world) -> list[str]:
    """Every list of the API, and every thing under its own key: asked in every run, though not by each."""
    return [*(place for place in api_lists() if "?" not in place), *api_details(api_keys(world))]


def sightings(visitor: Visitor, addresses: list[str], *marks: str) -> list[str]:
    """Addresses whose answer shows one of the marks, in its body, its headers or inside the file."""
    found = []
    for address in addresses:
        answer = visitor.see(address)
        shown = readable(answer.body) + repr(answer.headers).encode()
        if any(mark.casefold().encode() in shown.lower() for mark in marks or [MARK]):
            found.append(address)
    return found


@pytest.mark.parametrize("reader", BEYOND)
def test_no_word_that_is_not_released_reaches_those_beyond_the_un(world, visit, kept, reader):
    turn, keyed = BEYOND.index(reader), by_key(world)
    addresses = {*drawn(everything(world), turn), *(keyed if FULL else keyed[turn % 2 :: 2])}

    assert sightings(visit(reader), sorted(addresses)) == []


@pytest.mark.parametrize("reader", ["reviewer", "editor"])
@pytest.mark.parametrize("stays", [False, True], ids=["in drafts", "in the State"])
def test_no_word_of_a_draft_or_of_the_state_reaches_the_secretariat(world, visit, reader, stays):
    hidden.releases(world)
    hidden.write_drafts(world, MARK)
    if stays:
        hidden.keep_in_the_state(world, MARK)

    assert sightings(visit(reader), sorted({*drawn(everything(world)), *by_key(world)})) == []


def test_no_word_of_an_agency_s_drafts_reaches_another_agency_of_the_state(world, visit):
    third = Agency.add(world.states["KAZ"], by=world.who("coordinator.kaz"), name="Third")
    world.update("KAZ", "I.1.2").commitment.contributing_agencies.add(third)
    hidden.releases(world)
    hidden.draft_of_an_agency(world, AGENCY)

    assert sightings(visit("contributor.kaz"), by_key(world), AGENCY) == []


def test_no_word_that_a_state_took_out_before_it_cleared_reaches_the_secretariat(world, visit):
    hidden.releases(world)
    hidden.write_drafts(world, MARK)
    hidden.keep_in_the_state(world, MARK)
    hidden.clear_in_other_words(world)

    at_the_desk = [place for place in pages() if "review-2028/KAZ/I.1.2/" in place]

    assert sightings(visit("editor"), [*by_key(world), *at_the_desk]) == []
    assert sightings(visit("coordinator.kaz"), ["/api/v1/revisions/review-2028:KAZ:I.1.2:1/"])
    assert visit("editor").get("/desk/review/review-2028/KAZ/I.1.2/").status_code == 200


def test_no_word_that_a_state_took_back_stays_with_the_secretariat(world, visit):
    hidden.releases(world)
    hidden.write_drafts(world, MARK)
    hidden.take_back(world)

    assert sightings(visit("editor"), by_key(world)) == []
    assert "review-2028:KAZ:I.1.2" not in visit("editor").get("/desk/notices/").content.decode()


def test_the_secretariat_publishes_no_further_than_the_state_decided(world, visit):
    update = world.walk("accepted", "KAZ", "I.1.2", audience="participants", measures_taken=f"{MARK} measures.")
    place, version = f"/api/v1/updates/{update.key}/publish/", update.version

    refused = visit("editor").write("POST", place, {"audience": "public"}, version=version)

    assert (refused.status_code, world.update("KAZ").status) == (400, "accepted")
    assert sightings(visit(None), by_key(world)) == []


def test_whoever_wrote_it_does_not_clear_it(world, visit):
    update, coordinator = world.walk("draft", "KAZ", "I.1.2"), world.who("coordinator.kaz")
    update.edit(by=coordinator, version=update.version, values={"results": f"{MARK} results."})
    update.submit(by=world.who("focal.kaz"), version=update.version)

    place, version = f"/api/v1/updates/{update.key}/clear/", update.version
    refused = visit("coordinator.kaz").write("POST", place, {"audience": "public"}, version=version)

    assert (refused.status_code, world.update("KAZ").status) == (403, "submitted")


@pytest.mark.same_on_every_engine
def test_the_net_catches_what_is_there(world, visit, kept):
    addresses = [place for place in everything(world) if "review-reports" not in place][:: 1 if FULL else 3]

    seen_by_state, seen_by_un = (set(sightings(visit(who), addresses)) for who in ("coordinator.kaz", "editor"))

    assert len(seen_by_state) > (40 if FULL else 12)
    assert len(seen_by_un) > (25 if FULL else 8)
    kinds = ("/api/v1/updates/", "/api/v1/events/", "/api/v1/evidence/", "/api/v1/assessments/", "/admin/commitments/")
    assert all(any(place.startswith(kind) for place in seen_by_state) for kind in kinds)


@pytest.mark.same_on_every_engine
def test_a_report_for_the_un_shows_what_one_for_everybody_does_not(world, visit, kept):
    files = [f"/api/v1/review-reports/review-2028.{name}" for name in ("html", "json", "docx", "xlsx", "pdf")]

    assert len(sightings(visit("editor"), [f"{place}?audience=un" for place in files])) == len(files)
    assert sightings(visit("editor"), files) == []


@pytest.mark.parametrize("reader", ["focal.tjk", "partner", None])
def test_what_a_release_withholds_and_evidence_for_narrower_readers_show_in_no_form(world, visit, reader):
    words = {name: f"{MARK} {name}." for name in ("challenges", "next_steps")}
    translations = {"ru": {name: f"{MARK} {name}." for name in words}}
    withheld = {"withheld_sections": [*words], "next_steps_on": "2031-03-07", "translations": translations}
    focal, draft = world.who("focal.kaz"), world.update("KAZ", "I.1.2")
    for attach in (hidden.file_of(MARK, "state"), hidden.link_of(MARK, "un")):
        draft.edit(by=focal, version=draft.version, attach=attach)
    released = world.walk("published", "KAZ", "I.1.2", **words, **withheld).current_revision
    told_too = ("2031-03-07", released.hash, "focal.kaz")  # a hash betrays what it is of to whoever guesses
    addresses = sorted({*drawn(everything(world)), *by_key(world)})

    assert sightings(visit(reader), addresses, MARK, *told_too) == []
    assert sightings(visit("editor"), ["/api/v1/updates/review-2028:KAZ:I.1.2/"])
    drafted = [place for place in addresses if "/api/v1/updates/" in place]
    assert sightings(visit("editor"), drafted, "focal.kaz") == []
    assert sightings(visit("coordinator.kaz"), drafted, "focal.kaz")
    assert visit("editor").get("/api/v1/updates/review-2028:KAZ:I.1.2/").json()["last_edited_at"] is None
    assert not reader or not is_found(visit(reader), "challenges")
    assert is_found(visit("editor"), "challenges") and is_found(visit("coordinator.kaz"), "challenges")


def is_found(visitor: Visitor, section: str) -> bool:
    """A marked word of this section, by the search of the desk."""
    return b"KAZ/I.1.2" in visitor.get(f"/desk/search/?q={MARK}+{section}").content


def test_no_mail_holds_a_word_of_a_state_and_none_goes_to_who_may_not_know(
    world, visit, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        hidden.write_drafts(world, MARK)
        hidden.keep_in_the_state(world, MARK)
    about_drafts = [address for letter in mail.outbox for address in letter.to]
    with django_capture_on_commit_callbacks(execute=True):
        world.walk("published", "KAZ", "II.1.1", measures_taken=f"{MARK} measures.")

    told = {address for letter in mail.outbox for address in letter.to}
    assert not [letter.subject for letter in mail.outbox if MARK in letter.subject + letter.body + repr(letter.to)]
    assert about_drafts and {address.split("@")[0].split(".")[-1] for address in about_drafts} == {"kaz"}
    assert not [address for address in told if "tjk" in address or "uzb" in address or "partner" in address]


def test_no_log_holds_a_word_a_password_or_a_token(world, visit, caplog):
    caplog.set_level(logging.DEBUG)
    password, place = f"{MARK} battery", "/api/v1/updates/review-2028:KAZ:I.1.2/"
    focal = visit("focal.kaz")

    focal.write("PATCH", place, {"results": f"{MARK} results"}, version=0)
    focal.write("PATCH", place, {"results": f"{MARK} stale"}, version=0)
    focal.write("PATCH", place, {"results": f"{MARK}\x00", "never": MARK}, version=1)
    focal.write("POST", f"{place}submit/", b'{"reason": "' + MARK.encode())
    focal.post("/admin/commitments/update/review-2028/KAZ/I.1.2/change/", {"results": MARK, "version": 0})
    visit().write("POST", "/api/v1/tokens/", {"email": "focal.kaz@example.org", "password": password})
    visit().post("/accounts/login/", {"login": "focal.kaz@example.org", "password": password})
    visit().get("/api/v1/me/", headers={"Authorization": f"Token {MARK}"})
    visit().get("/accounts/login/", HTTP_COOKIE=f"sessionid={MARK}")

    assert caplog.records
    queries = [record for record in caplog.records if record.name.startswith("django.db")]
    kept = [record.getMessage() for record in caplog.records if record not in queries]
    assert [line for line in kept if MARK.casefold() in line.casefold()] == []


def test_events_keep_what_was_written_and_only_the_state_reads_it(world, visit):
    hidden.write_drafts(world, MARK)
    written = Event.objects.filter(changes__icontains=MARK).count()

    assert written > 3
    assert MARK.encode() in visit("coordinator.kaz").see("/api/v1/events/?limit=200").body
