"""Evidence over HTTP: added to a draft under its version, and files that only the right reader can download."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import Evidence

KEY = "review-2028:KAZ:I.1.2"
PLACE = f"updates/{KEY}/"
PDF = b"%PDF-1.7\n% the law\n"
LINK = {"update": KEY, "kind": "link", "title": "The law", "url": "https://example.org/law", "audience": "public"}


def send_file(caller, *, version: int | None = 0, name: str = "law.pdf", content: bytes = PDF, **words):
    body = {"update": KEY, "kind": "file", "title": "The law", "audience": "public", **words}
    headers = {"If-Match": f'"{version}"'} if version is not None else {}
    upload = SimpleUploadedFile(name, content)
    return caller.post("evidence/", {**body, "file": upload}, format="multipart", headers=headers)


def release(world, call) -> None:
    """From the draft as it is to the public, by those whose moves they are."""
    call("focal.kaz").write("post", f"{PLACE}submit/", version=world.update().version)
    for who, move, body in (
        ("coordinator.kaz", "clear", {"audience": "public"}), ("editor", "accept", {}), ("editor", "publish", {}),
    ):  # fmt: skip
        answer = call(who).write("post", f"{PLACE}{move}/", body, version=world.update().version)
        assert answer.status_code == 200, answer.content


def test_a_link_is_added_and_the_version_of_the_update_grows(world, call):
    caller = call("focal.kaz")

    answer = caller.write("post", "evidence/", LINK, version=0)

    assert (answer.status_code, answer["ETag"]) == (201, '"1"')
    assert answer.json()["url"] == LINK["url"]
    assert caller.get(answer["Location"]).json() == answer.json()
    assert [one["title"] for one in caller.get(PLACE).json()["evidence"]] == ["The law"]
    assert caller.get(PLACE)["ETag"] == '"1"'


def test_a_file_comes_back_byte_for_byte_as_an_attachment_that_runs_nothing(world, call):
    caller = call("focal.kaz")

    added = send_file(caller).json()
    answer = caller.get(added["file"])

    assert answer.getvalue() == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="law.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert "no-store" in answer["Cache-Control"]
    assert (added["size"], added["file_name"]) == (len(PDF), "law.pdf")


def test_a_file_of_a_draft_is_downloaded_by_its_writers_alone(world, call):
    place = send_file(call("focal.kaz")).json()["file"]

    readers = ["focal.kaz", "coordinator.kaz", "contributor.kaz", "focal.tjk", "editor", "administrator", None]
    assert [call(who).download(place)[0] for who in readers] == [200, 200, 404, 404, 404, 404, 404]


@pytest.mark.parametrize(
    ("audience", "expected"),
    [("public", [200, 200, 200, 200]), ("participants", [200, 200, 200, 404]), ("un", [200, 404, 200, 404]),
     ("state", [200, 404, 404, 404])],
)  # fmt: skip
def test_released_evidence_follows_its_own_audience_one_by_one(world, call, audience, expected):
    world.walk("draft")
    place = send_file(call("focal.kaz"), version=1, audience=audience).json()["file"]
    release(world, call)

    assert [call(who).download(place)[0] for who in ("contributor.kaz", "focal.tjk", "editor", None)] == expected
    listed = call().get(f"published-updates/{KEY}/").json()["evidence"]
    assert len(listed) == (1 if audience == "public" else 0)


def test_what_is_not_to_be_seen_answers_as_what_is_not_there(world, call):
    added = send_file(call("focal.kaz")).json()
    caller, absent = call("focal.tjk"), "00000000-0000-4000-8000-000000000000"

    for place in ("evidence/{}/", "evidence/{}/file/"):
        there, nowhere = caller.get(place.format(added["uid"])), caller.get(place.format(absent))
        assert (there.status_code, there.content) == (404, nowhere.content)
    there = caller.write("post", f"evidence/{added['uid']}/retire/", version=1)
    nowhere = caller.write("post", f"evidence/{absent}/retire/", version=1)
    assert (there.status_code, there.content) == (404, nowhere.content)


def test_evidence_for_an_update_that_is_not_seen_is_refused_as_for_one_that_is_absent(world, call):
    caller = call("focal.tjk")

    there = caller.write("post", "evidence/", LINK, version=0)
    absent = caller.write("post", "evidence/", {**LINK, "update": "review-2028:KAZ:I.9.9"}, version=0)

    assert (there.status_code, there.content) == (400, absent.content)
    assert there.json()["errors"][0]["field"] == "update"


def test_retired_evidence_leaves_the_draft_and_stays_in_what_was_released(world, call):
    world.walk("draft")
    uid = call("focal.kaz").write("post", "evidence/", LINK, version=1).json()["uid"]
    release(world, call)
    call("coordinator.kaz").write("post", f"{PLACE}revise/", version=world.update().version)

    version = world.update().version
    answer = call("focal.kaz").write("post", f"evidence/{uid}/retire/", version=version)

    assert (answer.status_code, answer["ETag"]) == (200, f'"{version + 1}"')
    assert answer.json()["retired_at"]
    assert call("focal.kaz").get(PLACE).json()["evidence"] == []
    assert [one["uid"] for one in call().get(f"published-updates/{KEY}/").json()["evidence"]] == [uid]


@pytest.mark.parametrize("version", [None, 7])
def test_adding_names_the_version_of_the_update(world, call, version):
    answer = send_file(call("focal.kaz"), version=version)

    assert (answer.status_code, answer.json()["version"]) == (428 if version is None else 412, 0)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"name": "law.exe"}, "file"),
        ({"content": b"<html>"}, "file"),
        ({"content": b""}, "file"),
        ({"kind": "picture"}, "kind"),
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"audience": "everyone"}, "audience"),
        ({"url": "https://example.org"}, "url"),
        ({"added_by": "1"}, "added_by"),
    ],
    ids=str,
)
def test_unfit_evidence_is_refused_by_name(world, call, words, field):
    answer = send_file(call("focal.kaz"), **words)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert not Evidence.objects.exists()


def test_a_file_is_sent_as_a_file(world, call):
    words = {"update": KEY, "kind": "file", "title": "The law"}

    for answer in (
        call("focal.kaz").write("post", "evidence/", {**words, "file": "law.pdf"}, version=0),
        call("focal.kaz").post("evidence/", {**words, "file": "x"}, format="multipart", headers={"If-Match": '"0"'}),
        call("focal.kaz").write("post", "evidence/", words, version=0),
    ):
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "file")


def test_a_broken_form_is_refused(world, call):
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = call("focal.kaz").post("evidence/", b"--y\r\n", content_type=kind, headers={"If-Match": '"0"'})

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] in ("body", "update")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "x", "http://", "", None, 5])
def test_a_link_is_an_address_of_the_web(world, call, url):
    answer = call("focal.kaz").write("post", "evidence/", {**LINK, "url": url}, version=0)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "url")


def test_too_much_is_refused_before_it_is_read(world, call):
    answer = call("focal.kaz").post(
        "evidence/", b"", content_type="multipart/form-data; boundary=x", headers={"Content-Length": "99999999"}
    )

    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (400, "size")


def test_the_same_file_sent_twice_with_a_key_is_added_once(world, call):
    caller = call("focal.kaz")
    send = {"update": KEY, "kind": "file", "title": "The law", "audience": "un"}

    answers = [
        caller.post("evidence/", {**send, "file": SimpleUploadedFile("law.pdf", content)}, format="multipart",
                    headers={"If-Match": '"0"', "Idempotency-Key": "one"})
        for content in (PDF, PDF, PDF + b"other")
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert answers[0].content == answers[1].content
    assert Evidence.objects.count() == 1
