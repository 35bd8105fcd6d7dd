"""Files wait until whatever scans them has passed them: nobody is shown one before, and a refused one is gone."""

from __future__ import annotations

import datetime as dt
import io
import socketserver
import struct
import threading
from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone

from commitments import scanning
from commitments.errors import Invalid
from commitments.models import Event, Evidence, Notice, Update
from commitments.screens.evidence import evidence_file
from tests.domain.test_evidence import PDF, attach, upload

SEEN: list[bytes] = []


def passes(file) -> str:
    SEEN.append(file.read())
    return ""


def refuses(file) -> str:
    return "Eicar-Test-Signature"


def fails(file) -> str:
    raise RuntimeError("out of memory")


@pytest.fixture
def scanned(settings, world):
    """A world in which files are scanned, and one waits."""
    SEEN.clear()
    settings.SCANNER = f"{__name__}.passes"
    return attach(world, **upload("law.pdf"))


def scan(evidence: Evidence) -> Evidence:
    scanning.scan_file.call(str(evidence.uid))
    evidence.refresh_from_db()
    return evidence


def test_without_a_scanner_a_file_is_there_at_once(world):
    assert attach(world, **upload("law.pdf")).scan == "passed"


def test_a_file_waits_and_nobody_fetches_it_not_even_who_brought_it(world, scanned):
    assert scanned.scan == "waiting"
    for who in ("focal.kaz", "coordinator.kaz", "editor"):
        with pytest.raises(Http404):
            evidence_file(world.who(who), scanned.uid)


def test_a_link_waits_for_nobody(world, scanned):
    assert attach_link(world).scan == "passed"


def attach_link(world) -> Evidence:
    update = world.update()
    link = {"kind": "link", "title": "The law", "url": "https://example.org/law", "audience": "public"}
    update.edit(by=world.who("focal.kaz"), version=update.version, attach=link)
    return update.evidence.order_by("pk").last()


def test_an_update_is_not_submitted_before_its_files_have_passed(world, scanned):
    update, focal = world.walk("draft", "KAZ", "I.1.2"), world.who("focal.kaz")
    with pytest.raises(Invalid) as refused:
        update.submit(by=focal, version=update.version)
    assert [(one.field, one.rule) for one in refused.value.problems] == [("evidence", "waiting")]

    scan(scanned)

    update.refresh_from_db()
    update.submit(by=focal, version=update.version)
    assert update.status == "submitted"


def test_what_has_passed_can_be_fetched(world, scanned):
    scan(scanned)

    assert SEEN == [PDF]
    answer = evidence_file(world.who("focal.kaz"), scanned.uid)
    assert answer.getvalue() == PDF
    answer.close()


def test_what_is_refused_is_gone_and_told_and_on_record(world, scanned, settings, django_capture_on_commit_callbacks):
    settings.SCANNER = f"{__name__}.refuses"
    name = scanned.file.name

    with django_capture_on_commit_callbacks(execute=True):
        scan(scanned)

    assert (scanned.scan, scanned.scan_reason) == ("refused", "Eicar-Test-Signature")
    assert scanned.retired_at is not None and not default_storage.exists(name)
    event = Event.objects.get(subject=f"evidence:{scanned.uid}")
    assert (event.move, event.by_name, event.reason) == ("refuse_file", "system", "Eicar-Test-Signature")
    notice = Notice.objects.visible_to(world.who("focal.kaz")).told().get(event=event)
    assert "refused by the check" in str(notice) and notice.key == "review-2028:KAZ:I.1.2"
    assert Update.objects.get(pk=scanned.update_id).missing()[0].rule != "waiting"


def test_of_a_refused_file_neighbours_and_the_secretariat_learn_nothing(world, scanned, settings):
    settings.SCANNER = f"{__name__}.refuses"
    scan(scanned)

    for who in ("coordinator.tjk", "editor", "administrator"):
        assert not Event.objects.visible_to(world.who(who)).filter(subject__startswith="evidence:").exists()
        assert not Evidence.objects.visible_to(world.who(who)).exists()


def test_a_scanner_that_fails_passes_nothing_and_is_asked_again(world, scanned, settings):
    settings.SCANNER = f"{__name__}.fails"
    assert scanning.queue_waiting() == 1
    assert scan(scanned).scan == "waiting"
    assert scanning.queue_waiting() == 0

    settings.SCANNER = f"{__name__}.passes"
    with time_machine.travel(timezone.now() + scanning.AGAIN_AFTER + dt.timedelta(seconds=1)):
        assert scanning.queue_waiting() == 1
    assert scan(scanned).scan == "passed"


def test_what_waited_for_a_scanner_that_is_taken_away_passes(world, scanned, settings):
    settings.SCANNER = ""

    assert scan(scanned).scan == "passed"


def test_what_is_decided_is_decided_once(world, scanned, settings):
    scan(scanned)
    settings.SCANNER = f"{__name__}.refuses"

    assert scan(scanned).scan == "passed"


# --- ClamAV ----------------------------------------------------------------------------------------


class FakeClamd(socketserver.StreamRequestHandler):
    """Speaks INSTREAM as the daemon does: a virus is whatever says so."""

    answer: bytes | None = None

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        found = b"stream: Eicar-Test-Signature FOUND\0" if b"EICAR" in content else b"stream: OK\0"
        self.wfile.write(self.answer if self.answer is not None else found)


@pytest.fixture(params=["tcp", "unix"])
def clamd(request, tmp_path, monkeypatch) -> Iterator[str]:
    monkeypatch.setattr(FakeClamd, "answer", None)
    if request.param == "tcp":
        server = socketserver.TCPServer(("127.0.0.1", 0), FakeClamd)
        address = f"clamd://127.0.0.1:{server.server_address[1]}"
    else:
        server = socketserver.UnixStreamServer(str(tmp_path / "clamd"), FakeClamd)
        address = f"clamd://{tmp_path}/clamd"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


@pytest.mark.same_on_every_engine
@pytest.mark.parametrize(
    ("content", "told"), [(b"x" * 200_000, ""), (b"y" * 70_000 + b"EICAR", "Eicar-Test-Signature"), (b"", "")]
)
def test_the_daemon_is_sent_the_whole_file_and_its_word_is_taken(clamd, content, told):
    assert scanning.clamd(clamd, io.BytesIO(content)) == told


@pytest.mark.same_on_every_engine
@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"UNKNOWN COMMAND\0", b"stream: OK"])
def test_any_other_word_is_no_verdict(clamd, monkeypatch, answer):
    monkeypatch.setattr(FakeClamd, "answer", answer)
    with pytest.raises(OSError, match="no verdict"):
        scanning.clamd(clamd, io.BytesIO(b"x"))


def test_a_daemon_that_is_away_passes_nothing(world, scanned, settings, tmp_path):
    settings.SCANNER = f"clamd://{tmp_path}/away"

    assert scan(scanned).scan == "waiting"


def test_a_virus_is_refused_by_the_daemon(world, settings, clamd):
    settings.SCANNER = clamd
    evidence = attach(world, **upload("law.pdf", PDF + b"EICAR"))

    assert scan(evidence).scan == "refused"
