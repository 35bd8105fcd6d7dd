"""Files made in the background: a queue that survives, progress, a letter, and nothing served that was withdrawn."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commitments.errors import Invalid, NotVisible
from reporting import background
from reporting.background import ask_for_file, content_of, is_current, queue_lost
from reporting.models import Passage, Report, ReportFile
from reporting.renderers import RENDERERS
from tests.reporting.test_editions import SECRET, issue, withdraw
from tests.reporting.test_taken_back import sign


@pytest.fixture(autouse=True)
def the_worker_keeps_the_connection_of_the_test(monkeypatch):
    """It closes what is old between tasks; a test's transaction lives in that connection."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.configure_signals", lambda self: None)


@pytest.fixture
def edition(world):
    world.walk("published", item="I.1.2", results=SECRET, audience="public")
    return issue(world)


def ask(world, edition, file_format="json", by="editor", language="en"):
    return ask_for_file(edition.report, file_format, language, by=world.who(by), edition=edition)


def work():
    call_command("work", once=True)


@pytest.mark.parametrize("file_format", RENDERERS)
def test_a_file_is_queued_and_made_by_the_worker(world, edition, file_format):
    file = ask(world, edition, file_format)
    assert (file.status, file.progress) == ("waiting", 0)

    work()

    file.refresh_from_db()
    assert (file.status, file.progress, len(file.sha256)) == ("ready", 100, 64)
    assert file.content.name.endswith(RENDERERS[file_format].extension)
    assert is_current(file)


@pytest.mark.parametrize(("file_format", "language", "field"), [("odt", "en", "format"), ("pdf", "xx", "language")])
def test_what_cannot_be_made_is_named(world, edition, file_format, language, field):
    with pytest.raises(Invalid) as refusal:
        ask(world, edition, file_format, language=language)

    assert [problem.field for problem in refusal.value.problems] == [field]
    assert not ReportFile.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("name", ["coordinator.tjk", "partner", "nobody"])
def test_what_is_not_theirs_to_read_is_not_queued(world, edition, name):
    with pytest.raises(NotVisible):
        ask_for_file(edition.report, "json", "en", by=world.who(name))

    assert not ReportFile.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_whoever_asked_is_told_and_no_word_is_in_the_letter(world, edition):
    mail.outbox.clear()
    ask(world, edition)

    work()

    (letter,) = mail.outbox
    assert letter.to == ["editor@example.org"]
    assert letter.subject == "Your file is ready: Regional review report, Review 2028"
    assert SECRET not in letter.body


def test_nobody_fills_the_queue(world, edition, monkeypatch):
    monkeypatch.setattr(background, "MOST_WAITING", 2)
    ask(world, edition)
    ask(world, edition, "csv")

    with pytest.raises(Invalid):
        ask(world, edition, "html")
    ask(world, edition, by="coordinator.tjk")
    work()

    assert ask(world, edition, "html").status == "waiting"


def test_a_file_is_let_go_after_a_week_from_the_disk_too(world, edition):
    file = ask(world, edition)
    work()
    file.refresh_from_db()
    place = Path(file.content.path)
    assert place.exists()

    with time_machine.travel(timezone.now() + dt.timedelta(days=6), tick=False):
        assert background.let_go() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=8), tick=False):
        assert background.let_go() == 1

    assert not place.exists()
    assert not ReportFile.objects.exists()


def test_progress_is_told_on_the_way(world, edition, monkeypatch):
    told = []
    plain = ReportFile.tell
    monkeypatch.setattr(ReportFile, "tell", lambda self, progress: (told.append(progress), plain(self, progress))[1])
    ask(world, edition)

    work()

    assert told == sorted(told)
    assert len(told) >= 3


def test_what_fails_says_so_and_the_queue_goes_on(world, edition, monkeypatch):
    broken, fine = ask(world, edition), ask(world, edition, "csv")
    plain = background._make

    def make(file):
        if file.pk == broken.pk:
            raise RuntimeError("no ink")
        plain(file)

    monkeypatch.setattr(background, "_make", make)

    work()

    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.status, fine.status) == ("failed", "ready")
    assert "no ink" not in broken.message


def test_what_a_dead_worker_had_begun_is_made_again(world, edition):
    file = ask(world, edition)
    DBTaskResult.objects.all().delete()  # the task went with the worker that had claimed it
    file.tell(25)
    work()
    file.refresh_from_db()
    assert file.status == "begun", "within a minute it may still be alive"

    with time_machine.travel(timezone.now() + dt.timedelta(seconds=61), tick=False):
        assert queue_lost() == 1
        work()

    file.refresh_from_db()
    assert file.status == "ready"


@pytest.mark.parametrize("of_edition", [True, False], ids=["of an edition", "of the report as it stands"])
def test_a_file_of_withdrawn_words_is_not_current_and_is_made_anew_without_them(world, edition, of_edition):
    file = ask_for_file(edition.report, "json", "en", by=world.who("editor"), edition=edition if of_edition else None)
    work()
    file.refresh_from_db()
    with content_of(file) as content:
        assert SECRET.encode() in content.read()

    withdraw(world, "KAZ", "I.1.2")
    assert not is_current(file)
    assert content_of(file) is None
    assert file.status == "waiting"
    work()

    file.refresh_from_db()
    with file.content.open() as content:
        assert SECRET.encode() not in content.read()
    assert is_current(file)


def test_a_file_as_it_stands_with_a_statement_taken_back_into_the_state_is_made_anew_without_it(world):
    sign(world, text="Between us and the UN.", audience="un")
    report = Report.begin("regional", world.cycle, by=world.who("editor"), audience="un")
    file = ask_for_file(report, "json", "en", by=world.who("editor"))
    work()
    file.refresh_from_db()
    with content_of(file) as content:
        assert b"Between us and the UN." in content.read()

    sign(world, audience="state")
    assert content_of(file) is None
    work()

    file.refresh_from_db()
    with content_of(file) as content:
        assert b"Between us and the UN." not in content.read()


def test_a_file_of_the_report_as_it_stands_is_served_though_somebody_writes_on(world, edition):
    file = ask_for_file(edition.report, "json", "en", by=world.who("editor"))
    work()
    file.refresh_from_db()

    Passage.add(edition.report, "summary", by=world.who("editor"), text="More.")

    assert is_current(file)


def test_a_file_whose_bytes_are_lost_is_made_anew(world, edition):
    file = ask(world, edition)
    work()
    file.refresh_from_db()
    file.content.storage.delete(file.content.name)

    assert content_of(file) is None
    work()

    file.refresh_from_db()
    with content_of(file) as content:
        assert content.read()


def test_a_file_is_for_whoever_asked_while_they_may_read_it(world, edition):
    ask(world, edition)
    draft = ask_for_file(edition.report, "json", "en", by=world.who("editor"))
    ask(world, edition, by="coordinator.tjk")

    seen = {name: list(ReportFile.objects.visible_to(world.who(name)).order_by("pk")) for name in world.emails}

    assert {name for name, files in seen.items() if files} == {"editor", "coordinator.tjk"}
    assert len(seen["editor"]) == 2
    assert draft in seen["editor"]
