"""Files made in the background, over HTTP: asked for, watched, fetched; never with words withdrawn since."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.core.files.storage import default_storage

from reporting import background
from reporting.models import ReportFile
from tests.api.reports.conftest import SLUG, at_stage, issue, step
from tests.reporting.readers import text_of
from tests.reporting.reports import EARLY

pytestmark = pytest.mark.same_on_every_engine

SECRET = "A secret court sits on Tuesdays."
ASKED = {"edition": f"{SLUG}:2", "format": "docx", "language": "ru"}


@pytest.fixture
def edition(world):
    world.walk("published", results=SECRET)
    return issue(world)


def work() -> None:
    """What a worker would do now."""
    for file in ReportFile.objects.filter(status=ReportFile.Status.WAITING):
        background.make_file.func(str(file.uid))


def test_a_file_is_asked_for_watched_and_fetched(call, edition):
    partner = call("partner")
    asked = partner.write("post", "report-files/", ASKED)
    waiting = partner.get(asked["Location"]).json()
    early = partner.get(f"{asked['Location']}content/")

    work()
    ready = partner.get(asked["Location"]).json()
    status, content = partner.download(ready["links"]["content"])

    assert (asked.status_code, waiting["status"], waiting["progress"]) == (202, "waiting", 0)
    assert (early.status_code, early.json()["current_status"], early.json()["progress"]) == (409, "waiting", 0)
    assert (ready["status"], ready["progress"], ready["edition"]) == ("ready", 100, f"{SLUG}:2")
    assert (status, sha256(content).hexdigest()) == (200, ready["sha256"])
    assert SECRET in text_of("docx", content)


def test_a_file_is_sent_as_an_attachment_that_runs_nothing(call, edition):
    place = call("partner").write("post", "report-files/", ASKED | {"format": "html"})["Location"]
    work()

    answer = call("partner").get(f"{place}content/")

    assert answer.getvalue()
    assert answer["Content-Disposition"] == f'attachment; filename="{SLUG}-2-ru.html"'
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'; frame-ancestors 'none'",
    )
    assert "no-store" in answer["Cache-Control"]


def test_what_a_state_has_withdrawn_since_is_served_to_nobody(world, call, edition):
    partner = call("partner")
    place = partner.write("post", "report-files/", ASKED)["Location"]
    work()
    kept = ReportFile.objects.get().content.name
    update = world.update()
    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="A mistake.")

    refused = partner.get(f"{place}content/")
    gone = not default_storage.exists(kept)
    work()
    _status, content = partner.download(f"{place}content/")

    assert (refused.status_code, refused.json()["current_status"]) == (409, "waiting")
    assert gone
    assert SECRET not in text_of("docx", content)


def test_a_file_that_is_lost_is_made_again(call, edition):
    place = call("partner").write("post", "report-files/", ASKED)["Location"]
    work()
    file = ReportFile.objects.get()
    default_storage.delete(file.content.name)

    lost = call("partner").get(f"{place}content/")
    work()

    assert lost.status_code == 409
    assert call("partner").download(f"{place}content/")[0] == 200


def test_a_file_that_could_not_be_made_says_so(call, edition):
    place = call("partner").write("post", "report-files/", ASKED)["Location"]
    ReportFile.objects.get().fail("The typesetter refused.")

    answer = call("partner").get(f"{place}content/")

    assert (answer.status_code, answer.json()["detail"]) == (409, "The typesetter refused.")
    assert answer.json()["current_status"] == "failed"


def test_whoever_asked_fetches_it_and_nobody_else(call, edition):
    place = call("coordinator.kaz").write("post", "report-files/", ASKED)["Location"]
    work()

    for who in ("focal.kaz", "editor", "administrator", "partner"):
        statuses = [call(who).get(address).status_code for address in (place, f"{place}content/")]
        assert (statuses, call(who).get("report-files/").json()["results"]) == ([404, 404], [])
    assert call().get(place).status_code == 401


def test_who_lost_sight_of_a_draft_lost_its_file_too(world, call):
    report = at_stage(world, "circulated")
    place = call("coordinator.kaz").write("post", "report-files/", ASKED | {"edition": f"{SLUG}:1"})["Location"]
    work()
    before = call("coordinator.kaz").download(f"{place}content/")[0]
    step(world, report, "close", "editor", reason=EARLY)

    assert before == 200
    assert call("coordinator.kaz").get(f"{place}content/").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("editor", 202), ("reviewer", 202), ("coordinator.kaz", 400), ("partner", 400), ("administrator", 400),
     (None, 401)],
)  # fmt: skip
def test_a_report_as_it_stands_is_for_the_secretariat(world, call, who, status):
    at_stage(world, "issued")

    answer = call(who).write("post", "report-files/", {"report": SLUG, "format": "html"})

    assert answer.status_code == status


def test_asked_for_twice_while_it_is_made_it_is_made_once(call, edition):
    first, second = (call("partner").write("post", "report-files/", ASKED).json() for _ in range(2))

    assert first["uid"] == second["uid"]
    assert ReportFile.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"format": "odt"}, "format"), ({"format": ["pdf"]}, "format"), ({"format": {}}, "format"),
        ({"format": None}, "format"), ({"language": "fr"}, "language"), ({"language": 7}, "language"),
        ({"edition": "never:1"}, "edition"),
        ({"edition": f"{SLUG}:x"}, "edition"), ({"edition": 7}, "edition"), ({"edition": None}, "edition"),
        ({"report": SLUG}, "edition"), ({"by": "editor"}, "by"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_made_is_refused_by_name(call, edition, body, field):
    answer = call("editor").write("post", "report-files/", ASKED | body)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert not ReportFile.objects.exists()


def test_an_edition_that_is_not_yours_to_see_is_asked_for_like_one_that_never_was(world, call):
    at_stage(world, "circulated")

    answers = [call("partner").write("post", "report-files/", ASKED | {"edition": f"{SLUG}:{number}"})
               for number in (1, 7)]  # fmt: skip

    assert answers[0].status_code == 400
    assert answers[0].content == answers[1].content
