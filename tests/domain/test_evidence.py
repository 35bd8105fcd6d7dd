"""Evidence: its kinds, what a file or an address must be, who reads it, and that revisions keep theirs."""

from __future__ import annotations

import hashlib
import io

import docx
import pytest
import xlsxwriter
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.errors import Invalid, NotVisible
from commitments.models import Evidence, Update
from commitments.models import evidence as of_evidence
from commitments.uploads import MAX_BYTES
from tests.domain.attempts import problems, report

LINK = {"kind": "link", "title": "The law", "url": "https://example.org/law", "audience": "public"}
PDF = b"%PDF-1.7\n%x"
PNG = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU"
       b"\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82")  # fmt: skip
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 10 + b"\xff\xc0\0\x0b\x08\0\1\0\1\1\1\x11\0\xff\xd9"


def upload(name: str, content: bytes = PDF) -> dict:
    return {"kind": "file", "title": "A file", "file": SimpleUploadedFile(name, content), "audience": "un"}


def word() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = io.BytesIO()
    xlsxwriter.Workbook(buffer).close()
    return buffer.getvalue()


def attach(world, **words) -> Evidence:
    update = world.update()
    update.edit(by=world.who("focal.kaz"), version=update.version, attach=words)
    return update.evidence.order_by("pk").last()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.pdf", PDF),
        ("LAW.PDF", PDF),
        ("scan.png", PNG),
        ("scan.jpg", JPEG),
        ("scan.jpeg", JPEG),
        ("report.docx", word()),
        ("figures.xlsx", workbook()),
        ("закон о прокуратуре.pdf", PDF),
        ("C:\\Users\\x\\law.pdf", PDF),
        ("../../law.pdf", PDF),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_file_whose_content_is_what_its_name_says_is_kept(world, name, content):
    evidence = attach(world, **upload(name, content))

    with evidence.file.open() as kept:
        assert kept.read() == content
    assert (evidence.size, evidence.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert evidence.file_name == name.replace("\\", "/").rsplit("/", 1)[-1]
    assert not set(evidence.file.name) & set("/\\")
    assert evidence.file_name not in evidence.file.name


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({"kind": "rumour"}, ("kind", "choice")),
        ({"kind": None}, ("kind", "choice")),
        ({"audience": "everyone"}, ("audience", "choice")),
        ({"audience": None}, ("audience", "choice")),
        ({"title": " "}, ("title", "required")),
        ({"title": None}, ("title", "text")),
        ({"title": "x" * 301}, ("title", "length")),
        ({"title": "a\x00b"}, ("title", "characters")),
        ({"url": ""}, ("url", "url")),
        ({"url": None}, ("url", "text")),
        ({"url": "javascript:alert(1)"}, ("url", "url")),
        ({"url": "ftp://example.org/law"}, ("url", "url")),
        ({"url": "file:///etc/passwd"}, ("url", "url")),
        ({"url": "data:text/html,x"}, ("url", "url")),
        ({"url": "//example.org/law"}, ("url", "url")),
        ({"url": "example.org/law"}, ("url", "url")),
        ({"url": "https://example.org/a b"}, ("url", "url")),
        ({"url": "https://example.org/a\nb"}, ("url", "url")),
        ({"url": "https://"}, ("url", "url")),
        ({"url": "https://example.org/" + "x" * 1000}, ("url", "length")),
        ({"kind": "reference"}, ("url", "unfit")),
        ({**upload("law.pdf"), "url": "https://example.org/law"}, ("url", "unfit")),
        ({"file": SimpleUploadedFile("law.pdf", PDF)}, ("file", "unfit")),
        ({**upload("law.pdf"), "url": "", "file": None}, ("file", "required")),
        ({**upload("law.pdf"), "url": "", "file": "law.pdf"}, ("file", "required")),
        ({**upload("empty.pdf", b""), "url": ""}, ("file", "size")),
        ({**upload("big.pdf", PDF + b" " * MAX_BYTES), "url": ""}, ("file", "size")),
        ({**upload("law.exe"), "url": ""}, ("file", "type")),
        ({**upload("law"), "url": ""}, ("file", "type")),
        ({**upload("law.pdf", b"MZ\x90\x00"), "url": ""}, ("file", "type")),
        ({**upload("law.pdf", b"<html><script>"), "url": ""}, ("file", "type")),
        ({**upload("law.pdf", PNG), "url": ""}, ("file", "type")),
        ({**upload("law.pdf.exe"), "url": ""}, ("file", "type")),
        ({**upload("law.docx", b"PK\x03\x04" + b"\x00" * 40), "url": ""}, ("file", "type")),
        ({**upload("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "url": ""}, ("file", "type")),
        ({**upload("a\x01.pdf"), "url": ""}, ("file", "characters")),
        ({**upload("x" * 300 + ".pdf"), "url": ""}, ("file", "length")),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_evidence_that_is_malformed_is_refused_by_field_and_rule(world, words, problem):
    update, focal = world.update(), world.who("focal.kaz")

    assert problems(lambda: update.edit(by=focal, version=0, attach={**LINK, **words})) == [problem]
    update.refresh_from_db()
    assert (Evidence.objects.count(), update.version) == (0, 0)


@pytest.mark.parametrize("url", ["http://example.org", "https://example.org/закон?x=1#y", "https://10.0.0.1:8080/a"])
def test_an_address_is_kept_as_given(world, url):
    assert attach(world, **{**LINK, "url": url}).url == url


def test_attaching_and_retiring_are_edits_on_the_record(world):
    evidence = attach(world, **upload("law.pdf"))
    update = world.update()
    update.edit(by=world.who("focal.kaz"), version=1, retire=evidence)

    added, retired = update.events.order_by("sequence")
    assert added.changes["evidence_added"] == {
        "uid": str(evidence.uid),
        "title": "A file",
        "sha256": evidence.sha256,
    }
    assert retired.changes == {"evidence_retired": {"uid": str(evidence.uid), "title": "A file"}}
    assert not update.evidence.live().exists()


def test_an_update_has_room_for_so_many_pieces_and_takes_another_once_one_is_removed(world, monkeypatch):
    monkeypatch.setattr(of_evidence, "MOST", 2)
    update, focal = world.update(), world.who("focal.kaz")
    words = {"kind": "reference", "title": "Law", "audience": "un"}
    for _piece in range(2):
        update.edit(by=focal, version=update.version, attach=words)

    with pytest.raises(Invalid) as refused:
        update.edit(by=focal, version=update.version, attach=words)
    update.edit(by=focal, version=update.version, retire=update.evidence.first())
    update.edit(by=focal, version=update.version, attach=words)

    assert [(one.field, one.rule) for one in refused.value.problems] == [("kind", "quota")]
    assert update.evidence.live().count() == 2


def test_the_files_of_an_update_have_room_for_so_many_bytes_the_removed_ones_among_them(world, monkeypatch):
    update, focal = world.update(), world.who("focal.kaz")
    update.edit(by=focal, version=0, attach=upload("law.pdf"))
    update.edit(by=focal, version=update.version, retire=update.evidence.get())
    monkeypatch.setattr(of_evidence, "MOST_BYTES", 2 * len(PDF) - 1)

    with pytest.raises(Invalid) as refused:
        update.edit(by=focal, version=update.version, attach=upload("law.pdf"))

    assert [(one.field, one.rule) for one in refused.value.problems] == [("file", "quota")]


def test_what_is_retired_is_not_retired_again(world):
    evidence = attach(world, **LINK)
    update, focal = world.update(), world.who("focal.kaz")
    update.edit(by=focal, version=1, retire=evidence)

    with pytest.raises(NotVisible):
        update.edit(by=focal, version=2, retire=evidence)


def test_evidence_of_another_update_cannot_be_retired_from_here(world):
    evidence = attach(world, **LINK)
    other = world.update("KAZ", "I.1.1")

    with pytest.raises(NotVisible):
        other.edit(by=world.who("focal.kaz"), version=0, retire=evidence)


def test_a_revision_keeps_the_evidence_of_its_time(world):
    evidence = attach(world, **LINK)
    update = world.walk("published")
    update.revise(by=world.who("coordinator.kaz"), version=update.version)
    update.edit(by=world.who("focal.kaz"), version=update.version, retire=evidence)
    update.submit(by=world.who("focal.kaz"), version=update.version)

    first, second = update.revisions.order_by("number")
    assert (list(first.evidence.all()), list(second.evidence.all())) == ([evidence], [])
    assert (len(first.evidence_hashes), second.evidence_hashes) == (1, [])
    assert Evidence.objects.visible_to(None).get() == evidence


OWN_AGENCY = {"focal.kaz", "coordinator.kaz"}
OWN_STATE = OWN_AGENCY | {"contributor.kaz"}
WITHIN_UN = OWN_STATE | {"reviewer"}
PARTICIPANTS = WITHIN_UN | {"focal.tjk"}
EVERYBODY = PARTICIPANTS | {"partner", "nobody", "administrator", "anonymous"}

# status of the update, audience of the update, audience of the evidence: who reads the evidence
READ_BY = {
    ("draft", "public", "public"): OWN_AGENCY,
    ("submitted", "public", "public"): OWN_AGENCY,
    ("cleared", "state", "public"): OWN_STATE,
    ("cleared", "public", "state"): OWN_STATE,
    ("cleared", "public", "un"): WITHIN_UN,
    ("cleared", "public", "public"): WITHIN_UN,
    ("accepted", "public", "state"): OWN_STATE,
    ("accepted", "public", "public"): WITHIN_UN,
    ("published", "un", "state"): OWN_STATE,
    ("published", "un", "public"): WITHIN_UN,
    ("published", "participants", "un"): WITHIN_UN,
    ("published", "participants", "public"): PARTICIPANTS,
    ("published", "public", "state"): OWN_STATE,
    ("published", "public", "un"): WITHIN_UN,
    ("published", "public", "participants"): PARTICIPANTS,
    ("published", "public", "public"): EVERYBODY,
}


def who_reads(world, evidence: Evidence) -> set[str]:
    readers = {name: world.who(name) for name in EVERYBODY - {"anonymous"}} | {"anonymous": AnonymousUser()}
    rows = Evidence.objects.filter(pk=evidence.pk)
    return {name for name, someone in readers.items() if rows.visible_to(someone).count() == 1}


@pytest.mark.parametrize(("status", "audience", "own"), READ_BY)
def test_evidence_is_read_by(world, status, audience, own):
    evidence = attach(world, **{**LINK, "audience": own})

    world.walk(status, audience=audience)

    assert who_reads(world, evidence) == READ_BY[status, audience, own]


def added_while_revised(world) -> Evidence:
    update = world.walk("published")
    update.revise(by=world.who("coordinator.kaz"), version=update.version)
    return attach(world, **LINK)


def test_evidence_added_while_revising_stays_inside_until_it_is_cleared(world):
    evidence = added_while_revised(world)
    in_draft = who_reads(world, evidence)
    update = report(world.update(), world.who("focal.kaz"))
    update.submit(by=world.who("focal.kaz"), version=update.version)
    submitted = who_reads(world, evidence)

    update.clear(by=world.who("coordinator.kaz"), version=update.version, audience="public")

    assert in_draft == submitted == OWN_AGENCY
    assert who_reads(world, evidence) == WITHIN_UN
    assert Update.objects.get(pk=update.pk).release.revision.number == 1


def test_evidence_retired_before_submission_is_never_read_beyond_the_state(world):
    evidence = attach(world, **LINK)
    world.update().edit(by=world.who("focal.kaz"), version=1, retire=evidence)

    world.walk("published")

    assert who_reads(world, evidence) == OWN_STATE
