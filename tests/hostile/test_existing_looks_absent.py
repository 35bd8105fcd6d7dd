"""What exists and may not be seen answers as what never existed: by every method, on every route that takes a key, in
every body and parameter that names something. The same status, headers and bytes, after as many queries."""

from __future__ import annotations

import itertools
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Assessment, Commitment, Event, Evidence, Update
from tests.depth import SHARE, drawn, some
from tests.hostile import hidden
from tests.hostile.places import nouns
from tests.hostile.visitors import Seen, Visitor, seen

pytestmark = pytest.mark.battery("A5")

ABSENT_UID = "00000000-0000-4000-8000-000000000007"
BEYOND = ("coordinator.tjk", "focal.tjk", "partner", "administrator", "nobody", None)
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
BODIES: tuple[Any, ...] = ({}, {"reason": "x"}, {"audience": "public"}, {"results": "x"}, {"never": 1}, b"{", [1])
VERSIONS = (None, 0, 3)


def twin(visitor: Visitor, method: str, there: str, absent: str, body: Any, **options: Any) -> None:
    """Ask both; everything but the caller's own words must be the same."""
    answers = [asked(visitor, method, address, body, **options) for address in (there, absent)]

    first, second = (
        answer.without(*_words(address)) for (answer, _), address in zip(answers, (there, absent), strict=True)
    )
    assert first == second, (method, there, body, options)
    assert first.status in (400, 401, 403, 404, 405, 415, 422, 428, 302), (method, there, first)
    assert answers[0][1] == answers[1][1], ("queries", method, there, body, options)


def asked(visitor: Visitor, method: str, address: str, body: Any, **options: Any) -> tuple[Seen, int]:
    with CaptureQueriesContext(connection) as queries:
        answer = visitor.write(method, address, body, **options)
    return seen(answer), len(queries)


def _words(address: str) -> list[str]:
    """The key as it stands in the address, for answers that repeat it."""
    return [address, *[part for part in address.split("/") if ":" in part or "-" in part or part.isdecimal()]]


def secret_keys() -> dict[str, tuple[str, str]]:
    """For each noun of the API a key that is there, kept by Kazakhstan, and one that never was, of the same form."""
    update = Update.objects.get(commitment__member_state__iso_alpha3="KAZ", commitment__action_item__code="I.1.2")
    event = Event.objects.filter(update=update).order_by("pk").first()
    piece = Evidence.objects.filter(update=update, kind="file").order_by("pk").first()
    return {
        "updates": (update.key, "review-2028:KAZ:I.9.9"),
        "published-updates": (update.key, "review-2028:KAZ:I.9.9"),
        "revisions": (f"{update.key}:1", "review-2028:KAZ:I.9.9:1"),
        "commitments": ("KAZ:I.1.2", "KAZ:I.9.9"),
        "agencies": ("KAZ:interior", "KAZ:ulterior"),
        "events": (str(event.uid), ABSENT_UID),
        "evidence": (str(piece.uid), ABSENT_UID),
        "assessments": (str(Assessment.objects.get(revision__update=update).uid), ABSENT_UID),
        "appointments": (appointment_of("focal.kaz"), ABSENT_UID),
        "readings": (hidden.reading_of(update), ABSENT_UID),
        "tokens": ("a" * 15, "b" * 15),
        **hidden.keys_of_reports(ABSENT_UID),
    }


def appointment_of(name: str) -> str:
    from commitments.models import Appointment

    return str(Appointment.objects.get(person__email=f"{name}@example.org").uid)


@pytest.fixture
def kept(world) -> dict[str, tuple[str, str]]:
    return secret_keys()


def keyed_routes() -> list[tuple[str, str]]:
    """(noun, route) of each route of the API that takes the key of something that may be secret."""
    public = {"plans", "pillars", "objectives", "action-items", "roadmap", "member-states", "partner-activities",
              "cycles", "review-reports"}  # fmt: skip
    found = [(place.split("/")[3], place) for place, _noun, _actions in nouns() if "<" in place]
    return [(noun, place) for noun, place in found if noun not in public]


def at(place: str, key: str) -> str:
    return place.replace("<str:key>", key).replace("<uuid:key>", key).replace("<slug:extension>", "json")


@pytest.mark.parametrize("reader", BEYOND)
def test_no_route_of_the_api_tells_by_any_method_that_a_key_exists(world, visit, kept, reader):
    visitor, asked_so_far = visit(reader), 0
    for (noun, place), method in drawn(itertools.product(keyed_routes(), METHODS), BEYOND.index(reader)):
        if reader == "administrator" and noun in ("agencies", "appointments"):
            continue  # whoever runs the system sees these
        there, absent = (at(place, key) for key in kept[noun])
        for body, version in (
            [(BODIES[0], 3), *((body, 0) for body in BODIES[1:])] if method in ("POST", "PATCH") else [({}, None)]
        ):
            twin(visitor, method, there, absent, body, version=version)
            asked_so_far += 1
    assert asked_so_far > 200 // SHARE


@pytest.mark.parametrize("reader", ["reviewer", "editor"])
def test_no_route_of_the_api_tells_the_secretariat_of_a_draft(world, visit, reader):
    hidden.write_drafts(world, "Hush")
    update = world.update("KAZ", "I.1.2")
    keys = {"updates": (update.key, "review-2028:KAZ:I.9.9"),
            "published-updates": (update.key, "review-2028:KAZ:I.9.9"),
            "revisions": (f"{update.key}:1", "review-2028:KAZ:I.9.9:1"),
            "commitments": ("KAZ:I.1.2", "KAZ:I.9.9"),
            "events": (str(Event.objects.filter(update=update).latest("pk").uid), ABSENT_UID),
            "evidence": (str(update.evidence.latest("pk").uid), ABSENT_UID)}  # fmt: skip
    visitor = visit(reader)
    routes = [(noun, place) for noun, place in keyed_routes() if noun in keys]
    for (noun, place), method in some(itertools.product(routes, METHODS), 30, reader):
        there, absent = (at(place, key) for key in keys[noun])
        for body, version in ((BODIES[0], 3), ({"reason": "x"}, 7), ({}, None)):
            twin(visitor, method, there, absent, body, version=version)


REFERENCES = [
    ("coordinator.tjk", "POST", "/api/v1/evidence/", "update", "updates", {"kind": "reference", "title": "x"}),
    ("focal.tjk", "POST", "/api/v1/evidence/", "update", "updates", {"kind": "link", "title": "x", "url": "http://a.b"}),
    ("partner", "POST", "/api/v1/evidence/", "update", "updates", {"kind": "reference", "title": "x"}),
    ("coordinator.tjk", "POST", "/api/v1/assessments/", "revision", "revisions", {"observations": "x"}),
    ("administrator", "POST", "/api/v1/assessments/", "revision", "revisions", {"observations": "x"}),
    ("coordinator.tjk", "PATCH", "/api/v1/commitments/TJK:I.1.2/", "lead_agency", "agencies", {}),
    ("focal.tjk", "PATCH", "/api/v1/commitments/TJK:I.1.2/", "lead_agency", "agencies", {}),
    ("coordinator.tjk", "POST", "/api/v1/appointments/", "agency", "agencies",
     {"email": "a@example.org", "full_name": "A", "role": "focal_point"}),
    ("focal.tjk", "POST", "/api/v1/appointments/", "agency", "agencies",
     {"email": "a@example.org", "full_name": "A", "role": "focal_point"}),
    *(("coordinator.tjk", "POST", f"/api/v1/{noun}/", field, kind, words) for noun, field, kind, words in (
          ("passages", "report", "reports", {"section": "summary", "text": "x"}),
          ("recommendations", "follows", "recommendations", {"report": hidden.REPORT, "outcome": "done"}),
          ("remarks", "report", "reports", {"paragraph": "1", "text": "x"}),
          ("report-files", "edition", "editions", {"format": "pdf"}))),
]  # fmt: skip


@pytest.mark.parametrize("row", REFERENCES, ids=lambda row: f"{row[0]}-{row[2]}-{row[3]}")
@pytest.mark.parametrize("version", VERSIONS)
def test_no_body_tells_that_what_it_names_exists(world, visit, kept, row, version):
    who, method, place, field, noun, rest = row
    there, absent = kept[noun]

    answers = [asked(visit(who), method, place, {**rest, field: key}, version=version) for key in (there, absent)]

    assert answers[0][0].without(there) == answers[1][0].without(absent)
    assert answers[0][0].status in (400, 403)
    assert answers[0][1] == answers[1][1]


@pytest.mark.parametrize("listed", [True, False])
def test_no_list_of_agencies_tells_that_another_state_has_one(world, visit, kept, listed):
    bodies = [{"contributing_agencies": ["TJK:justice", key] if listed else [key]} for key in kept["agencies"]]

    answers = [visit("coordinator.tjk").write("PATCH", "/api/v1/commitments/TJK:I.1.2/", body, version=0)
               for body in bodies]  # fmt: skip

    assert seen(answers[0]) == seen(answers[1])
    assert answers[0].status_code == 400


NAMED_IN_QUERIES = [
    ("events", "update", "updates"), ("events", "subject", "updates"), ("evidence", "update", "updates"),
    ("revisions", "update", "updates"), ("assessments", "update", "updates"), ("assessments", "revision", "revisions"),
    ("updates", "agency", "agencies"), ("commitments", "agency", "agencies"),
    *((noun, "report", "reports") for noun in ("passages", "passage-versions", "seats", "recommendations", "remarks",
                                               "editions", "report-files")),
    ("passage-versions", "passage", "passages"),
]  # fmt: skip


@pytest.mark.parametrize("reader", ["coordinator.tjk", "partner", "nobody"])
def test_no_parameter_tells_that_what_it_names_exists(world, visit, kept, reader):
    visitor = visit(reader)
    for noun, name, kind in NAMED_IN_QUERIES:
        for extra in ("", "&count=true", "&format=csv", "&limit=1"):
            there, absent = (visitor.see(f"/api/v1/{noun}/?{name}={key}{extra}") for key in kept[kind])
            assert there == absent, (noun, name, extra)


def admin_pairs() -> dict[str, tuple[str, str]]:
    update = Update.objects.get(commitment__member_state__iso_alpha3="KAZ", commitment__action_item__code="I.1.2")
    piece = Evidence.objects.filter(update=update, kind="file").order_by("pk").first()
    event, assessment = Event.objects.filter(update=update).latest("pk"), Assessment.objects.latest("pk")
    return {
        "update": ("review-2028/KAZ/I.1.2", "review-2028/KAZ/I.9.9"),
        "revision": ("review-2028/KAZ/I.1.2/1", "review-2028/KAZ/I.9.9/1"),
        "commitment": ("KAZ/I.1.2", "KAZ/I.9.9"),
        "agency": ("KAZ/interior", "KAZ/ulterior"),
        "event": (str(event.uid), ABSENT_UID),
        "assessment": (str(assessment.uid), ABSENT_UID),
        "appointment": (appointment_of("focal.kaz"), ABSENT_UID),
        "person": (str(update.last_edited_by.uid), ABSENT_UID),
        "evidence": (str(piece.uid), ABSENT_UID),
    }


ADMIN_PAGES = {
    "update": ("change/", "delete/", "history/", "", "move/clear/", "move/publish/", "move/never/", "do/assess/",
               "do/never/", "translation/ru/", "translation/xx/"),
    "revision": ("change/", "delete/", "history/", ""),
    "commitment": ("change/", "delete/", "do/change/", "do/never/"),
    "agency": ("change/", "do/rename/", "do/retire/"),
    "event": ("change/", "delete/"),
    "assessment": ("change/", "do/reply/"),
    "appointment": ("change/", "do/retire/"),
    "person": ("change/", "do/change/", "do/reset-second-factor/"),
}  # fmt: skip
RUNS_PEOPLE = {"agency", "appointment", "person"}  # an administrator sees these


@pytest.mark.parametrize("reader", ["coordinator.tjk", "focal.tjk", "partner", "administrator", "nobody"])
def test_no_page_of_the_desk_tells_by_any_method_that_a_key_exists(world, visit, kept, reader):
    visitor, pairs = visit(reader), admin_pairs()
    for model, pages in ADMIN_PAGES.items():
        if reader == "administrator" and model in RUNS_PEOPLE:
            continue
        for page, method in itertools.product(pages, ("GET", "POST", "PUT")):
            places = [f"/admin/commitments/{model}/{key}/" for key in pairs[model]]
            answers = [page_asked(visitor, method, place + page) for place in places]
            first, second = (one.without(place, quote(place)) for (one, _), place in zip(answers, places, strict=True))
            assert first == second, (method, places[0], page)
            assert first.status != 200
            assert answers[0][1] == answers[1][1], ("queries", method, places[0], page)
    files = [visitor.see(f"/admin/commitments/update/evidence/{key}/").without(key) for key in pairs["evidence"]]
    assert files[0] == files[1]


def page_asked(visitor: Visitor, method: str, address: str) -> tuple[Seen, int]:
    form = {"version": "3", "reason": "x", "audience": "public", "press": "save", "results": "x", "reply": "x"}
    with CaptureQueriesContext(connection) as queries:
        answer = visitor.post(address, form) if method == "POST" else visitor.generic(method, address)
    return seen(answer), len(queries)


@pytest.mark.parametrize("who", ["coordinator.tjk", "reviewer", "editor"])
def test_a_bulk_action_does_not_tell_that_a_row_exists(world, visit, who):
    hidden.write_drafts(world, "Hush")
    update, action = world.update("KAZ", "I.1.2"), "clear" if who == "coordinator.tjk" else "accept"
    for extra in ({}, {"confirmed": "1", "audience": "public"}, {"select_across": "1"}):
        form = {"action": action, **extra}
        answers = [visit(who).post("/admin/commitments/update/", form | {"_selected_action": pk, f"version-{pk}": "7"})
                   for pk in (str(update.pk), "987654321")]  # fmt: skip
        assert seen(answers[0]) == seen(answers[1])
        assert world.update("KAZ", "I.1.2").status == "submitted"


def test_a_form_of_the_desk_offers_no_choice_of_another_state_and_refuses_both_alike(world, visit, kept):
    visitor = visit("coordinator.tjk")
    own = Commitment.objects.get(member_state__iso_alpha3="TJK", action_item__code="I.1.2")
    place, foreign = "/admin/commitments/commitment/TJK/I.1.2/do/change/", world.agencies["interior.kaz"]
    form = {"version": own.version, "reason": ""}

    page = visitor.see(place).body.decode()
    answers = [seen(visitor.post(place, form | {"lead_agency": pk})).without(f'value="{pk}"')
               for pk in (foreign.pk, 987654321)]  # fmt: skip

    assert "Kazakhstan" not in page and "KAZ" not in page
    assert answers[0] == answers[1]
    own.refresh_from_db()
    assert own.lead_agency == world.agencies["interior.tjk"]


@pytest.mark.parametrize("who", ["coordinator.tjk", "focal.tjk", "partner", "administrator", "reviewer", "nobody"])
def test_the_autocomplete_of_the_desk_knows_no_more_than_its_lists(world, visit, who):
    hidden.write_drafts(world, "Hush")
    fields = [("update", "commitment"), ("commitment", "action_item"), ("revision", "update"), ("event", "update"),
              ("assessment", "revision"), ("update", "current_revision"), ("appointment", "person")]  # fmt: skip

    for (model, field), term in itertools.product(fields, ("", "I.1", "KAZ", "Hush", "%", "\x00")):
        query = {"app_label": "commitments", "model_name": model, "field_name": field, "term": term}
        answer = visit(who).get("/admin/autocomplete/", query)
        assert answer.status_code in (200, 302, 403), (model, field, answer.status_code)
        assert b"KAZ" not in answer.content or (who in ("administrator", "reviewer") and model == "appointment")
        assert b"Hush" not in answer.content


def test_somebody_elses_idempotency_key_opens_nothing(world, visit):
    world.walk("submitted")
    place, key = "/api/v1/updates/review-2028:KAZ:I.1.2/clear/", {"Idempotency-Key": "one-and-the-same"}
    body = {"audience": "un"}

    first = visit("coordinator.kaz").write("POST", place, body, version=2, **key)
    others = {who: visit(who).write("POST", place, body, version=2, **key)
              for who in ("coordinator.tjk", "partner", "administrator")}  # fmt: skip

    assert first.status_code == 200
    assert {who: one.status_code for who, one in others.items()} == dict.fromkeys(others, 404)
    assert not any("Idempotency-Replayed" in one.headers for one in others.values())
