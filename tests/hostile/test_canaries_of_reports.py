"""What a report, a statement or a file of a report holds goes to those it is for, and stays with them no longer than
they may read it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from commitments.models import Appointment
from reporting.background import ask_for_file, make_file
from reporting.facts import ReviewFacts
from reporting.issuing import begin, take_step
from reporting.kinds import KINDS
from reporting.manuscript import Manuscript
from reporting.models import Contribution, Passage, Report
from reporting.queries import progress_facts, review_facts
from reporting.renderers import render
from reporting.signing import manifest
from tests.builders import World
from tests.depth import FULL
from tests.hostile import hidden
from tests.hostile.canaries import MARK, marks_in, readable
from tests.hostile.desk_places import HOLES, pages
from tests.hostile.places import api_details, api_lists, report_files
from tests.hostile.test_canaries import sightings
from tests.hostile.visitors import Visitor

pytestmark = pytest.mark.battery("A3")
FORMATS = ("html", "json", "docx", "xlsx", "csv")
OF_ALL_STATES = {"regional": "", "state-note": "state:KAZ", "thematic": "pillar:I"}  # kind: scope
BEYOND = ("coordinator.tjk", "partner", None)


@pytest.fixture
def kept() -> str:
    """Asked for by who needs a world with something to hide."""
    return MARK


def places_of(report: Report, files: tuple[str, ...] = ()) -> list[str]:
    """Wherever a report is read, and in whichever form."""
    statement, editions = ["review-2028:KAZ"], [f"{report.slug}:{number}" for number in (1, 2)]
    keys = {"reports": [report.slug], "editions": editions, "signatures": statement, "contributions": statement,
            "report-files": [*files]}  # fmt: skip
    usual = HOLES["reports/<slug:slug>"][0].partition("/")[2]
    own = [place.replace(usual, report.slug) for place in pages(files) if "/reports/" in place or "states/" in place]
    forms = [f"/api/v1/editions/{report.slug}:1.{name}" for name in FORMATS]
    plain = [place for place in api_lists() if "?" not in place]
    return [*plain, *api_details(keys), *own, *forms, *report_files()]


def note_on_kazakhstan(world: World) -> Report:
    """With a marked passage, before the State that is asked to check it."""
    editor = world.who("editor")
    report = begin("state-note", world.cycle, by=editor, member_state=world.states["KAZ"])
    take_step(report, "draft", by=editor, version=report.version)
    Passage.add(report, "measures", by=editor, text=f"{MARK} passage.", title=f"{MARK} title")
    take_step(report, "submit", by=editor, version=report.version)
    until = {"comments_due_on": world.cycle.closes_on}
    take_step(report, "circulate", by=world.who("reviewer"), version=report.version, **until)
    return report


@pytest.mark.parametrize("reader", BEYOND)
def test_a_note_on_one_state_is_checked_by_that_state_alone(world, visit, reader):
    report = note_on_kazakhstan(world)

    assert sightings(visit(reader), places_of(report)) == []
    assert sightings(visit("coordinator.kaz"), [f"/api/v1/editions/{report.slug}:1.html"])


@pytest.mark.parametrize("reader", [*BEYOND, "editor"])
def test_a_statement_taken_back_is_read_by_nobody_beyond_the_state(world, visit, reader):
    coordinator, kazakhstan = world.who("coordinator.kaz"), world.states["KAZ"]
    hidden.releases(world)
    for mark, audience in ((MARK, "public"), ("Open", "state")):
        words = {"text": f"{mark} statement.", "explanation": f"{mark} explanation.", "audience": audience}
        written = Contribution.objects.filter(member_state=kazakhstan).first()
        version = written.version if written else 0
        statement = Contribution.write(world.cycle, kazakhstan, by=coordinator, version=version, **words)
        if audience == "public":
            statement.sign(by=coordinator, version=statement.version, manifest=manifest)
            assert sightings(visit("coordinator.kaz"), ["/api/v1/signatures/review-2028:KAZ/"])
    statement.sign(by=coordinator, version=statement.version, manifest=manifest)

    assert sightings(visit(reader), places_of(begin("regional", world.cycle, by=world.who("editor")))) == []


@pytest.mark.parametrize("name", ["editor", "coordinator.kaz"])
def test_a_file_goes_when_its_asker_may_no_longer_see_what_it_is_of(world, visit, name):
    report = note_on_kazakhstan(world)
    edition = None if name == "editor" else report.editions.get()
    file = ask_for_file(report, "html", "en", by=world.who(name), edition=edition)
    make_file.call(str(file.uid))
    visitor, places = visit(name), [f"/api/v1/report-files/{file.uid}/content/", f"/desk/reports/files/{file.uid}/"]
    assert len(sightings(visitor, places)) >= 1

    yesterday = timezone.now().date()
    Appointment.objects.get(person=world.who(name)).retire(by=world.who("administrator"), reason="x", on=yesterday)

    assert sightings(visitor, [*places, *places_of(report, (str(file.uid),))]) == []
    assert statuses(visitor, places) == [404, 404]


def statuses(visitor: Visitor, places: list[str]) -> list[int]:
    return [visitor.get(place).status_code for place in places]


@pytest.mark.same_on_every_engine
@pytest.mark.parametrize("kind", OF_ALL_STATES)
def test_no_file_of_any_kind_holds_what_was_released_to_fewer_than_it_is_for(world, kept, kind):
    now, shown = timezone.now(), {}
    for audience, language in (("public", "en"), ("participants", "ru"), ("un", "en")):
        facts = review_facts(world.cycle.slug, audience, now=now)
        shown |= {(audience, name): marks for name, marks in marks_of(kind, facts, language, OF_ALL_STATES[kind])}

    assert [place for place, marks in shown.items() if marks and place[0] != "un"] == []
    assert [place for place, marks in shown.items() if MARK in marks]


@pytest.mark.same_on_every_engine
def test_a_progress_brief_tells_figures_and_nobody_s_words(world, kept):
    facts = progress_facts(world.cycle.slug, "un", now=timezone.now())

    assert [found for found in marks_of("progress", facts, "en", "") if found[1]] == []


def marks_of(kind: str, facts: ReviewFacts, language: str, scope: str) -> list[tuple[str, list[str]]]:
    """By form, which marks a file of this kind shows."""
    made_on = timezone.now().date()
    document = KINDS[kind].build(facts, Manuscript(), made_on=made_on, language=language, scope=scope)
    forms = (*FORMATS, "pdf") if FULL else FORMATS
    return [(name, marks_in(readable(render(document, name)))) for name in forms]
