"""Files that mean harm, by every door: refused with a word, or kept and served so that nothing in them runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from commitments.errors import Invalid
from commitments.models import Event, Evidence, Update
from commitments.uploads import MAX_BYTES, check, clean_name
from tests.depth import some
from tests.hostile.harmful_files import INERT_NAMES, behind_others, harmful, packed_object, pdf, sound

KEY = "review-2028:KAZ:I.1.2"
BOUNDARY = b"x-of-parts-x"
PLACE = KEY.replace(":", "/")
DOORS = {
    "api": ("/api/v1/evidence/", {"update": KEY, "kind": "file", "title": "x", "audience": "un"}, "file"),
    "desk": (f"/desk/updates/{PLACE}/evidence/", {"evidence_title": "x", "evidence_audience": "un"}, "evidence_file"),
    "admin": (f"/admin/commitments/update/{PLACE}/change/", {"evidence_title": "x", "press": "save"}, "evidence_file"),
    "worksheet": ("/desk/worksheet/upload/", {}, "file"),
}
PATIENCE = 300  # seconds for all of them: what takes the square of its size would take hours
ROOT = Path(__file__).resolve().parents[2]
# What a process needs to look into all of them, one after another, as a worker would.
ALONE = """
import django
django.setup()
from tests.hostile.test_uploads import refusal_of
from tests.hostile.harmful_files import harmful
print(sum(bool(refusal_of(name, maker())) for _what, name, maker in harmful()))
status = open("/proc/self/status").read()  # of this program alone: the other reckoning begins with its parent's
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""


def refusal_of(name: str, content: bytes) -> str:
    """By which rule the file is refused; none where it is taken."""
    try:
        kept = clean_name(name)
        if not 0 < len(content) <= MAX_BYTES:
            return "size"
        check(kept, content)
    except Invalid as refused:
        return refused.problems[0].rule
    return ""


def send(visitor, door: str, name: bytes, content: bytes, version: int = 0):
    """The bytes of a form as a hostile client writes them, the name as it is."""
    address, fields, file_field = DOORS[door]
    parts = [f'name="{field}"\r\n\r\n{value}'.encode() for field, value in ({"version": version} | fields).items()
             if not (door == "api" and field == "version")]  # fmt: skip
    parts.append(
        f'name="{file_field}"; filename="'.encode() + name + b'"\r\nContent-Type: application/pdf\r\n\r\n' + content
    )
    body = b"".join(b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts)
    body += b"--" + BOUNDARY + b"--\r\n"
    kind = f"multipart/form-data; boundary={BOUNDARY.decode()}"
    return visitor.generic("POST", address, body, kind, headers={"If-Match": f'"{version}"'})


def is_mended(name: str) -> bool:
    """What cannot be seen in a name is taken out of it as the form is read: what is left of these is a sound one."""
    seen = "".join(filter(str.isprintable, name))
    return seen != name and not refusal_of(seen, pdf())


def stored() -> int:
    return len(default_storage.listdir("")[1]) if default_storage.exists("") else 0


@pytest.mark.same_on_every_engine
@pytest.mark.battery("C3")
def test_what_is_as_it_should_be_is_taken():
    assert {kind: refusal_of(f"law.{kind}", content) for kind, content in sound().items()} == dict.fromkeys(sound(), "")


@pytest.mark.same_on_every_engine
@pytest.mark.battery("C3")
def test_many_streams_one_behind_the_other_are_taken():
    assert refusal_of("law.pdf", behind_others(b"", b"", packed_object(zlib.compress(b"1 0 <</Type/Font>>")))) == ""


@pytest.mark.same_on_every_engine
@pytest.mark.battery("C3")
def test_every_harmful_file_is_refused_in_little_memory(tally):
    """In a process of its own, whose memory nobody else uses."""
    count = len(harmful())
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", ALONE], cwd=ROOT, env=env, capture_output=True, text=True, check=True,
                         timeout=PATIENCE)  # fmt: skip
    refused, megabytes = map(int, ran.stdout.split())

    tally(files=count, megabytes=megabytes)
    assert count >= 150 and refused == count
    assert megabytes < 300


@pytest.mark.battery("C3")
@pytest.mark.parametrize("door", DOORS)
def test_by_every_door_a_harmful_file_is_refused_and_nothing_is_kept_of_it(world, visit, tally, door):
    files = [one for one in harmful() if not is_mended(one[1])]
    visitor, before, kept = visit("focal.kaz"), (Event.objects.count(), Evidence.objects.count()), stored()
    statuses = {}
    for what, name, maker in some(files, 12, "uploads", door):
        if door == "worksheet" and name.endswith(".xlsx") and "as xlsx" not in what:
            continue  # what a workbook may hold is tried in tests/desk/worksheets/test_hostile.py
        statuses[what] = send(visitor, door, name.encode(), maker()).status_code

    tally(files=len(statuses))
    assert {what: status for what, status in statuses.items() if status not in (200, 400)} == {}
    assert (Event.objects.count(), Evidence.objects.count()) == before
    assert stored() == kept
    assert Update.objects.get(pk=world.update().pk).version == 0


@pytest.mark.battery("C3")
@pytest.mark.parametrize("door", ["api", "desk", "admin"])
def test_a_name_is_text_and_never_a_path_or_a_header(world, visit, tally, door):
    visitor = visit("focal.kaz")
    names = [
        *(name.encode() for name in INERT_NAMES),
        b'a"; x="b.pdf',
        b"a\r\nSet-Cookie: x=1.pdf",
        b"a\x00.pdf",
        b"\xff\xfe.pdf",
    ]
    for name in names:
        update = world.update()
        answer = send(visitor, door, name, pdf(), version=update.version)
        assert answer.status_code in (201, 200, 302, 400), (name, answer.status_code)
        assert "x=1" not in str(answer.cookies)

    tally(files=len(names))
    pieces = list(Evidence.objects.filter(kind="file"))
    assert len(pieces) >= len(INERT_NAMES)
    for piece in pieces:
        assert re.fullmatch(r"[0-9a-f]{32}\.pdf", piece.file.name)
        answer = visitor.get(f"/api/v1/evidence/{piece.uid}/file/")
        assert b"".join(answer.streaming_content) == pdf()
        assert answer["Content-Disposition"].startswith("attachment;") and "\n" not in answer["Content-Disposition"]
        assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
            "nosniff", "sandbox; default-src 'none'; frame-ancestors 'none'")  # fmt: skip


@pytest.mark.battery("C3")
@pytest.mark.parametrize("door", ["api", "desk", "admin"])
def test_more_than_may_be_kept_is_refused(world, visit, tally, door):
    answer = send(visit("focal.kaz"), door, b"law.pdf", pdf() + b" " * MAX_BYTES)

    tally(files=1)
    assert answer.status_code in (200, 400, 413)
    assert not Evidence.objects.exists()


@pytest.mark.battery("C3")
@pytest.mark.parametrize("door", ["api", "desk", "admin"])
def test_by_every_door_a_file_waits_for_the_scanner(world, visit, settings, door):
    settings.SCANNER = "tests.domain.test_scanning.passes"
    visitor = visit("focal.kaz")
    send(visitor, door, b"law.pdf", pdf())

    piece = Evidence.objects.get()
    assert piece.scan == "waiting"
    for address in (f"/api/v1/evidence/{piece.uid}/file/", f"/desk/evidence/{piece.uid}/",
                    f"/admin/commitments/update/evidence/{piece.uid}/"):  # fmt: skip
        assert visitor.get(address).status_code == 404
    assert "Being checked" in visitor.get(f"/desk/updates/{PLACE}/").content.decode()
    assert "Being checked" in visitor.get(f"/admin/commitments/update/{PLACE}/change/").content.decode()
    assert visitor.get(f"/api/v1/evidence/{piece.uid}/").json()["file"] is None
