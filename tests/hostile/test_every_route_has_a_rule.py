"""Who may GET each route of the site: one reviewed table. A route that is not in it fails, and so does one that opens
to somebody else than it says."""

from __future__ import annotations

import itertools

import pytest

from commitments.models import Appointment, Assessment, Event, Evidence, Reading, Revision
from tests.depth import SHARE
from tests.hostile import hidden
from tests.hostile.places import routes

pytestmark = pytest.mark.battery("A1")

CAST = ("focal.kaz", "contributor.kaz", "coordinator.kaz", "focal.tjk", "coordinator.tjk", "reviewer", "editor",
        "partner", "observer", "nobody", "administrator", None)  # fmt: skip
NOBODY: frozenset[str | None] = frozenset()
EVERYBODY = frozenset(CAST)
SIGNED_IN = EVERYBODY - {None}
STATE = frozenset({"focal.kaz", "contributor.kaz", "coordinator.kaz"})
STATES = STATE | {"focal.tjk", "coordinator.tjk"}
UN = frozenset({"reviewer", "editor"})
OFFICERS = STATES | UN
RUNS = frozenset({"administrator"})
COORDINATORS = frozenset({"coordinator.kaz", "coordinator.tjk"})
DESK = OFFICERS | RUNS | {"partner"}

PUBLIC = ("plans/", "pillars/", "objectives/", "action-items/", "roadmap/", "member-states/", "partner-activities/",
          "cycles/", "published-updates/", "status-matrix/", "review-reports/", "reports/", "editions/",
          "signatures/", "reports/catalogue.jsonld")  # fmt: skip
PERSONAL = ("me/", "tokens/", "commitments/", "updates/", "revisions/", "events/", "evidence/", "assessments/",
            "agencies/", "appointments/", "readings/", "passages/", "passage-versions/", "seats/", "recommendations/",
            "remarks/", "report-files/", "contributions/")  # fmt: skip
# There is no report in this world: who reads and does what with one is in tests/api/reports/test_who_may.py.
OF_REPORTS = ("reports/<str:key>/", *(f"reports/<str:key>/{word}/" for word in (
    "draft", "submit", "return", "circulate", "clear", "close", "reopen", "issue", "correct", "sections", "figures",
    "preview")), "passages/<uuid:key>/", "passages/<uuid:key>/move/", "passages/<uuid:key>/restore/",
    "seats/<str:key>/", "recommendations/<uuid:key>/", "remarks/<uuid:key>/", "remarks/<uuid:key>/answer/",
    "editions/<str:key>/",
    "editions/<str:key>/snapshot/", "editions/<str:key>/drift/", "editions/<str:key>.<slug:extension>",
    "report-files/<uuid:key>/", "report-files/<uuid:key>/content/", "contributions/<str:key>/sign/",
    "signatures/<str:key>/")  # fmt: skip
# Below /api/v1/. Details are those of Kazakhstan's update, cleared to the UN, with evidence, and its commitment.
API = {
    "": EVERYBODY,
    **dict.fromkeys(PUBLIC, EVERYBODY),
    **dict.fromkeys(PERSONAL, SIGNED_IN),
    "plans/<str:key>/": EVERYBODY, "pillars/<str:key>/": EVERYBODY, "objectives/<str:key>/": EVERYBODY,
    "action-items/<str:key>/": EVERYBODY, "member-states/<str:key>/": EVERYBODY, "cycles/<str:key>/": EVERYBODY,
    "roadmap/<str:key>/": NOBODY, "partner-activities/<str:key>/": NOBODY,  # there are none in this world
    "review-reports/<slug:key>/": EVERYBODY, "review-reports/<slug:key>.<slug:extension>": EVERYBODY,
    "tokens/<str:key>/": NOBODY, "published-updates/<str:key>/": NOBODY,
    "commitments/<str:key>/": STATE, "updates/<str:key>/": STATE | UN, "revisions/<str:key>/": STATE | UN,
    "events/<uuid:key>/": STATE, "evidence/<uuid:key>/": STATE | UN, "evidence/<uuid:key>/file/": STATE | UN,
    "assessments/<uuid:key>/": STATE | UN, "agencies/<str:key>/": STATE | UN | RUNS,
    "appointments/<uuid:key>/": STATE | UN | RUNS,
    "readings/<uuid:key>/": frozenset({"coordinator.kaz"}),
    # Nothing is read where something is done.
    **{f"updates/<str:key>/{move}/": NOBODY for move in ("submit", "return", "clear", "accept", "publish", "recall",
                                                         "withdraw", "revise")},
    "cycles/<str:key>/open/": NOBODY, "cycles/<str:key>/extend/": NOBODY, "cycles/<str:key>/move-dates/": NOBODY,
    "evidence/<uuid:key>/retire/": NOBODY, "assessments/<uuid:key>/reply/": NOBODY,
    "appointments/<uuid:key>/retire/": NOBODY,
    **dict.fromkeys(OF_REPORTS, NOBODY),
    "contributions/<str:key>/": STATE, "contributions/<str:key>.<slug:extension>": STATE,  # begun or not
}  # fmt: skip
PUBLIC_PLAN = ("plan", "pillar", "objective", "actionitem", "roadmapprovision", "memberstate", "partneractivity",
               "cycle")  # fmt: skip
# Below /admin/commitments/: who sees the list, the object above, and the form that adds one.
DESK_NOUNS = {
    **dict.fromkeys(PUBLIC_PLAN, (DESK, DESK, NOBODY)),
    "cycle": (DESK, DESK, frozenset({"editor"})),
    "roadmapprovision": (DESK, NOBODY, NOBODY),
    "partneractivity": (DESK, NOBODY, NOBODY),
    "update": (OFFICERS, STATE | UN, NOBODY),
    "revision": (OFFICERS, STATE | UN, NOBODY),
    "event": (OFFICERS, STATE, NOBODY),
    "assessment": (OFFICERS, STATE | UN, NOBODY),
    "commitment": (STATES, STATE, NOBODY),
    "agency": (OFFICERS | RUNS, STATE | UN | RUNS, frozenset({"coordinator.kaz", "coordinator.tjk"})),
    "appointment": (OFFICERS | RUNS, STATE | UN | RUNS, NOBODY),
    "invitation": (COORDINATORS | RUNS, NOBODY, COORDINATORS | RUNS),  # none was sent in this world
    "person": (OFFICERS | RUNS, STATE | UN | RUNS, NOBODY),
}
OTHER = {
    "healthz": EVERYBODY, "readyz": EVERYBODY, "metrics": NOBODY,  # whoever holds METRICS_TOKEN: tests/operations/
    "": EVERYBODY, "api/schema/": EVERYBODY, "api/docs/": EVERYBODY, "language/setlang/": NOBODY,
    "mail/address/<str:signed>/": NOBODY,
    "invitation/": NOBODY, "invitation/<str:secret>/": NOBODY,  # gone, to whoever has no letter
    "admin/": DESK, "admin/jsi18n/": DESK, "admin/autocomplete/": NOBODY, "admin/login/": NOBODY,
    "admin/logout/": NOBODY, "admin/password_change/": NOBODY, "admin/password_change/done/": DESK,
    "admin/r/<path:content_type_id>/<path:object_id>/": NOBODY, "admin/^(?P<app_label>commitments|reporting)/$": NOBODY,
    "admin/(?P<url>.*)$": NOBODY,
    "accounts/single-sign-on/": NOBODY, "accounts/single-sign-on/return/": NOBODY,  # not configured
    "accounts/email/": NOBODY, "accounts/login/": frozenset({None}), "accounts/logout/": SIGNED_IN,
    "accounts/inactive/": EVERYBODY, "accounts/signup/": frozenset({None}), "accounts/reauthenticate/": SIGNED_IN,
    "accounts/confirm-email/": EVERYBODY, "accounts/password/change/": SIGNED_IN, "accounts/password/set/": NOBODY,
    "accounts/password/reset/": EVERYBODY, "accounts/login/code/confirm/": NOBODY,
    "accounts/^confirm-email/(?P<key>[-:\\w]+)/$": EVERYBODY, "accounts/password/reset/key/done/": EVERYBODY,
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": EVERYBODY,
    "accounts/password/reset/done/": EVERYBODY, "accounts/2fa/": SIGNED_IN, "accounts/2fa/authenticate/": NOBODY,
    "accounts/2fa/reauthenticate/": NOBODY, "accounts/2fa/totp/activate/": NOBODY,
    "accounts/2fa/totp/deactivate/": NOBODY, "accounts/2fa/recovery-codes/": NOBODY,
    "accounts/2fa/recovery-codes/generate/": NOBODY, "accounts/2fa/recovery-codes/download/": NOBODY,
}  # fmt: skip

# The public site: everybody, to whatever this world has. There are no themes in it, and a language is only chosen.
SITE = {
    **dict.fromkeys(("plan/", "plan/pillars/<str:code>/", "plan/objectives/<str:code>/", "plan/themes/",
                     "plan/items/<str:code>/", "plan/roadmap/", "plan/history/", "states/", "states/<str:code>/",
                     "matrix/", "partners/", "reports/", "downloads/", "about/", "methodology/", "accessibility/",
                     "robots.txt", "sitemap.xml"), EVERYBODY),
    "plan/themes/<str:slug>/": NOBODY, "in/<str:language>/": NOBODY,
}  # fmt: skip

ONE = "desk/reports/<slug:slug>/"
# There is no report in this world: who opens the pages of one is in tests/desk/reports/test_who_sees_what.py.
OF_A_REPORT = ("", "steps/<slug:name>/", "masthead/", "files/", "sections/<slug:section>/",
               "sections/<slug:section>/seat/", "sections/<slug:section>/leave/", "sections/<slug:section>/passages/",
               "passages/<uuid:uid>/", "passages/<uuid:uid>/move/", "passages/<uuid:uid>/retire/",
               "passages/<uuid:uid>/restore/", "passages/<uuid:uid>/versions/", "recommendations/",
               "recommendations/<uuid:uid>/", "recommendations/<uuid:uid>/retire/",
               "recommendations/<uuid:uid>/follow-up/", "draft/", "draft/comment/", "draft/remarks/",
               "draft/remarks/<uuid:uid>/", "figures/", "preview/")  # fmt: skip
AN_UPDATE = "desk/updates/<slug:cycle>/<str:state>/<str:code>/"
A_REVIEW = "desk/review/<slug:cycle>/<str:state>/<str:code>/"
DESK_ROUTES = {
    # The update is accepted, for the UN; more in tests/desk/work/, worksheets/ and secretariat/.
    "desk/": SIGNED_IN - {"partner"},  # whose desk begins at desk/partner/
    "desk/reconfirm/": NOBODY, AN_UPDATE: STATE | UN, f"{AN_UPDATE}present/": STATE,
    f"{AN_UPDATE}receipts/<int:number>/": STATE,
    f"{AN_UPDATE}receipt/<int:number>/": STATE | UN, "desk/evidence/<uuid:uid>/": STATE | UN,
    **{f"{AN_UPDATE}{place}": NOBODY for place in (
        "save/", "moves/<slug:name>/", "evidence/", "evidence/<uuid:uid>/retire/", "translation/<slug:language>/",
        "observations/<uuid:uid>/reply/")},
    "desk/worksheet/": STATES,
    **{f"desk/worksheet/{place}": NOBODY for place in (
        "file/", "upload/", "brought/<slug:token>/", "brought/<slug:token>/forget/")},
    **dict.fromkeys(("desk/matrix/", "desk/review/", "desk/review/questions/", "desk/batches/", A_REVIEW), UN),
    **dict.fromkeys(("desk/review/batch/", f"{A_REVIEW}observe/", f"{A_REVIEW}moves/<slug:name>/",
                     "desk/batches/<uuid:uid>/", "desk/batches/<uuid:uid>/progress/", "desk/batches/<uuid:uid>/start/",
                     "desk/batches/<uuid:uid>/drop/", "desk/cycles/<slug:slug>/<slug:name>/"), NOBODY),
    "desk/cycles/": OFFICERS, "desk/cycles/<slug:slug>/": OFFICERS, "desk/plan-cycle/": frozenset({"editor"}),
    # Search, changes, the profile and partners; what each shows to whom is in tests/desk/everyone/ and partners/.
    **dict.fromkeys(("desk/search/", "desk/changes/", "desk/profile/", "desk/profile/address/",
                     "desk/partner/", "desk/partner/requests/",
                     "desk/partner/overlaps/"), SIGNED_IN),
    **dict.fromkeys(("desk/released/<slug:cycle>/<str:state>/<str:code>/", "desk/profile/sessions/end/",
                     "desk/profile/sessions/<slug:name>/end/", "desk/profile/tokens/new/",
                     "desk/profile/tokens/<slug:key>/end/", "desk/partner/activities/<slug:slug>/",
                     "desk/partner/activities/<slug:slug>/end/"), NOBODY),
    "desk/partner/activities/add/": frozenset({"partner"}),
    # Of notices, reminders and calendars; whose they are is in tests/desk/notices/.
    "desk/notices/": SIGNED_IN, "desk/notices/choices/": SIGNED_IN, "desk/notices/read/": NOBODY,
    "desk/notices/<uuid:uid>/": NOBODY, "desk/calendar/": SIGNED_IN, "desk/calendar/renew/": NOBODY,
    "desk/calendar/revoke/": NOBODY, "calendar/public.ics": EVERYBODY, "calendar/<str:secret>.ics": NOBODY,
    "mail/unsubscribe/<str:signed>/": EVERYBODY,  # the same page for all, whatever the address
    **dict.fromkeys(("desk/reminders/", "desk/reminders/log/", "desk/reminders/sign-ins/"),
                    UN | {"coordinator.kaz", "coordinator.tjk"}),
    "desk/reminders/send/": NOBODY,
    # The coordinator's; nothing waits for clearance in this world. More in tests/desk/coordination/.
    **dict.fromkeys(("desk/board/", "desk/clearing/", "desk/assignments/", "desk/people/",
                     "desk/readings/"),
                    frozenset({"coordinator.kaz", "coordinator.tjk"})),
    **dict.fromkeys(("desk/assignments/<str:state>/<str:code>/", "desk/assignments/<str:state>/<str:code>/planned/",
                     "desk/people/<str:state>/invite/",
                     "desk/people/<str:state>/agencies/add/"), frozenset({"coordinator.kaz"})),
    **dict.fromkeys(("desk/clearing/together/<slug:name>/", "desk/clearing/<slug:cycle>/<str:state>/<str:code>/",
                     "desk/clearing/<slug:cycle>/<str:state>/<str:code>/<slug:name>/", "desk/assignments/assign/",
                     "desk/people/appointments/<uuid:uid>/retire/", "desk/people/invitations/<uuid:uid>/again/",
                     "desk/people/invitations/<uuid:uid>/withdraw/",
                     "desk/people/<str:state>/agencies/<slug:slug>/rename/",
                     "desk/people/<str:state>/agencies/<slug:slug>/retire/"), NOBODY),
    "desk/reports/": SIGNED_IN, "desk/reports/begin/": frozenset({"editor"}),
    "desk/reports/files/<uuid:uid>/": NOBODY, "desk/reports/files/<uuid:uid>/progress/": NOBODY,
    **{f"{ONE}{place}": NOBODY for place in OF_A_REPORT},
    "desk/contributions/<slug:cycle>/<str:state>/": STATE, "desk/contributions/<slug:cycle>/<str:state>/sign/": NOBODY,
    "desk/contributions/<slug:cycle>/<str:state>/files/<slug:language>.<slug:file_format>": STATE,
}  # fmt: skip
# Below /admin/reporting/, as DESK_NOUNS.
REPORT_NOUNS = {
    "report": (DESK, NOBODY, NOBODY),
    "edition": (DESK, NOBODY, NOBODY),
    "remark": (OFFICERS, NOBODY, NOBODY),
    "recommendation": (UN, NOBODY, NOBODY),
    "passage": (UN, NOBODY, frozenset({"editor"})),
}


def rules() -> dict[str, frozenset[str | None]]:
    table = {f"api/v1/{place}": who for place, who in API.items()} | OTHER | SITE | DESK_ROUTES
    nouns = [("commitments", DESK_NOUNS), ("reporting", REPORT_NOUNS)]
    for app, (noun, (listed, single, adds)) in ((app, row) for app, rows in nouns for row in rows.items()):
        place = f"admin/{app}/{noun}/"
        table |= {place: listed, f"{place}add/": adds, f"{place}<path:object_id>/change/": single}
        table |= {f"{place}<path:object_id>/{page}": NOBODY for page in ("", "history/", "delete/")}
        table[f"{place}<path:object_id>/do/<slug:name>/"] = NOBODY
    return table | {
        "admin/commitments/update/evidence/<uuid:uid>/": STATE | UN,
        "admin/commitments/update/<path:object_id>/move/<slug:name>/": NOBODY,
        "admin/commitments/update/<path:object_id>/translation/<slug:language>/": NOBODY,
    }


def test_every_route_of_the_site_is_in_the_reviewed_table_and_no_other():
    assert {place for place, _view in routes()} == set(rules())


@pytest.fixture
def cleared(world, visit):
    """Kazakhstan's update, cleared to the UN, with a file and an assessment of what it was before."""
    hidden.write_drafts(world, "Hush")
    update, coordinator, editor = world.update("KAZ", "I.1.2"), world.who("coordinator.kaz"), world.who("editor")
    update.return_(by=coordinator, version=update.version, reason="x")
    update.edit(by=world.who("focal.kaz"), version=update.version, attach=hidden.file_of("Fact"))
    update.submit(by=world.who("focal.kaz"), version=update.version)
    update.clear(by=coordinator, version=update.version, audience="un")
    update.accept(by=editor, version=update.version, observations="Noted.")
    visit("focal.kaz").see("/desk/updates/review-2028/KAZ/I.1.2/")  # and stands in the log of who read it
    return update


def addresses(world, update) -> dict[str, str]:
    """Each route with a key in it, of what is Kazakhstan's where it is anybody's."""
    revision = Revision.objects.filter(update=update).latest("number")
    piece, assessment = Evidence.objects.filter(title="Fact file").get(), Assessment.objects.get()
    event = Event.objects.filter(update=update, move="edit").earliest("pk")
    appointment = Appointment.objects.get(person=world.who("focal.kaz"))
    single = {"plans": "jpoa-2022", "pillars": "I", "objectives": "I.1", "action-items": "I.1.2", "roadmap": "A.I.1",
              "member-states": "KAZ", "partner-activities": "x", "cycles": "review-2028", "tokens": "a" * 15,
              "review-reports": "review-2028", "published-updates": update.key, "updates": update.key,
              "commitments": "KAZ:I.1.2", "revisions": f"{update.key}:{revision.number}", "events": event.uid,
              "evidence": piece.uid, "assessments": assessment.uid, "agencies": "KAZ:interior",
              "appointments": appointment.uid, "readings": Reading.objects.earliest("pk").uid,
              "contributions": "review-2028:KAZ"}  # fmt: skip
    objects = {"plan": "jpoa-2022", "pillar": world.items["I.1.2"].objective.pillar_id, "cycle": "review-2028",
               "objective": world.items["I.1.2"].objective_id, "actionitem": world.items["I.1.2"].pk,
               "roadmapprovision": 7, "partneractivity": "x", "memberstate": world.states["KAZ"].pk,
               "update": "review-2028/KAZ/I.1.2", "revision": f"review-2028/KAZ/I.1.2/{revision.number}",
               "event": event.uid, "assessment": assessment.uid, "commitment": "KAZ/I.1.2", "agency": "KAZ/interior",
               "appointment": appointment.uid, "person": appointment.person.uid}  # fmt: skip
    return {place: _filled(place, single, objects, piece.uid) for place in rules()}


def _filled(place: str, single: dict, objects: dict, evidence: object) -> str:
    noun = place.split("/")[2] if place.count("/") > 2 else ""
    key, object_id = str(single.get(noun, "x")), str(objects.get(noun, "x"))
    fillings = {"cycles/<slug:slug>": "cycles/review-2028", "<slug:token>": "never",
                "<int:number>": objects["revision"].rsplit("/")[-1],
                "pillars/<str:code>": "pillars/I", "objectives/<str:code>": "objectives/I.1",
                "plan/items/<str:code>": "plan/items/I.1.2", "states/<str:code>": "states/KAZ",
                "in/<str:language>": "in/ru", "<str:slug>": "never",
                "<slug:cycle>": "review-2028", "<str:state>": "KAZ", "<slug:file_format>": "json",
                "<slug:slug>": "review-2028-regional-public", "<str:code>": "I.1.2",
                "<slug:section>": "summary", "<slug:language>.": "en.",
                "<str:key>": key, "<uuid:key>": key, "<slug:key>": key, "<slug:extension>": "json",
                "<path:object_id>": object_id, "<uuid:uid>": str(evidence), "<slug:name>": "never",
                "<slug:language>": "xx", "<str:secret>": "never", "<str:signed>": "never",
                "<path:content_type_id>": "1",
                "^(?P<app_label>commitments|reporting)/$": "reporting/",
                "(?P<url>.*)$": "never/", "^confirm-email/(?P<key>[-:\\w]+)/$": "confirm-email/x/",
                "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-x/"}  # fmt: skip
    for hole, filling in fillings.items():
        place = place.replace(hole, filling)
    return f"/{place}"


@pytest.mark.same_on_every_engine
@pytest.mark.parametrize("who", CAST)
def test_every_route_opens_to_those_in_the_table_and_to_nobody_else(world, visit, cleared, who):
    """What opens to nobody is asked by one of the cast each; by all of them with BATTERY=full."""
    visitor, table, where = visit(who), rules(), addresses(world, cleared)
    closed = [place for place, readers in table.items() if not readers][CAST.index(who) % SHARE :: SHARE]
    asked = [place for place, readers in table.items() if readers and place != "accounts/logout/"] + closed
    found = {place: visitor.see(where[place]).status for place in asked}

    assert [(place, status) for place, status in found.items() if (status == 200) != (who in table[place])] == []
    assert set(found.values()) <= {200, 301, 302, 400, 401, 403, 404, 405, 410}


def test_every_page_answers_one_who_may_open_it(world, visit, cleared):
    """On every engine; that it answers nobody else is the same on all."""
    somebody = {place: next(one for one in CAST if one in who) for place, who in rules().items() if who}
    visitors, where = {one: visit(one) for one in set(somebody.values())}, addresses(world, cleared)
    somebody.pop("accounts/logout/")

    assert [place for place, one in somebody.items() if visitors[one].see(where[place]).status != 200] == []


def test_the_table_lets_some_in_and_keeps_some_out():
    cells = [(who in allowed) for allowed, who in itertools.product(rules().values(), CAST)]

    assert len(cells) > 1800
    assert 0.15 < sum(cells) / len(cells) < 0.6
