"""No input is our fault: every odd value in every parameter, key, header and field of the API and of the desk gets an
answer below 500. Where it cannot be kept it is refused, so that both databases say the same."""

from __future__ import annotations

import io
import itertools
import json

import pytest
from django.contrib import admin

from commitments.models import Event
from jpoa.wsgi import application
from tests.builders import REPORTED
from tests.depth import drawn, some
from tests.hostile import hidden
from tests.hostile.odd import encoded
from tests.hostile.places import nouns, report_files

pytestmark = pytest.mark.battery("C2")

ODD_TEXTS = ("", "\x00", "a\x00b", "\ud800", "\ufffe", "\u202e\u200d", "a" * 5000, "é" * 999, "\U0001f600", "9" * 30,
             "-1", "9223372036854775808", "1e400", "NaN", "٣", "%", "_", "'; --", "0001-01-01", "9999-12-31", "..",
             "a:b:c", "::::", "KAZ:", ":x", "a,b", "\n", "İ" * 250, "{{ 7*7 }}", "=1+1", "\u0301" * 400)  # fmt: skip
UNFIT = ("\x00", "\ud800")  # what no database is ever asked about


@pytest.mark.parametrize("reader", ["coordinator.kaz", None])
def test_no_key_in_an_address_of_the_api_breaks_it(world, visit, reader):
    visitor = visit(reader)
    for place, _noun, actions in nouns():
        if "<" not in place:
            continue
        for text in drawn(
            (*ODD_TEXTS, "review-2028:KAZ:I.1.2", "review-2028:KAZ:I.1.2:\x00", "KAZ:\ud800", "%2e%2e%2f")
        ):
            address = place
            for hole in ("<str:key>", "<uuid:key>", "<slug:key>", "<slug:extension>"):
                address = address.replace(hole, encoded(text) or "%20")
            method = "get" if "get" in actions else "post"
            assert visitor.write(method, address, {}, version=0).status_code < 500, (address, text[:20])


MOVES = [("submitted", "coordinator.kaz", "clear"), ("submitted", "coordinator.kaz", "return"),
         ("cleared", "editor", "accept"), ("accepted", "editor", "publish"), ("accepted", "coordinator.kaz", "recall"),
         ("published", "coordinator.kaz", "withdraw")]  # fmt: skip


@pytest.mark.parametrize(("status", "who", "move"), MOVES)
def test_no_word_of_a_move_breaks_it_and_an_unfit_one_moves_nothing(world, visit, status, who, move):
    version, visitor = world.walk(status).version, visit(who)
    names = ("reason", "audience", "withheld_sections", "observations")
    values = (*UNFIT, 10**40, [[]], {"a": 1}, ["\x00"], "a" * 30_000, 1.5)
    for name, value in some(itertools.product(names, values), 12, move):
        address = f"/api/v1/updates/review-2028:KAZ:I.1.2/{move}/"
        assert visitor.write("POST", address, {name: value}, version=version).status_code == 400, (name, value)
        form = {"version": "99", name: ascii(value) + "\x00"}
        page = visitor.post(f"/admin/commitments/update/review-2028/KAZ/I.1.2/move/{move}/", form)
        assert page.status_code < 500, (name, value)


HEADERS = {
    "If-Match": ("*", '""', '"', "W/\"0\"", '"-1"', '"٣"', '"99999999999999999999"', "0", '"0", "1"', "\xff"),
    "If-None-Match": ("*", '"', "\xff", '"a"' * 900, ",", "W/"),
    "Idempotency-Key": ("", " ", "a" * 201, "\xff", "a b", "ключ".encode().decode("latin-1")),
    "Accept": ("", "*", "/", "a/b/c", ";;", "*/*;q=x", "text/csv;q=\xff", "application/json;charset=rot13"),
    "Accept-Language": ("\xff", "a" * 5000, "ru;q=x", "-", "en-" * 300, "\x01", "zz", "../../etc"),
    "Authorization": ("Token", "Token ", "Token a b", "Token \xff", "Basic YTpi", "\xff", "Token " + "f" * 64),
    "Cookie": ("sessionid=\xff", "sessionid=" + "a" * 9000, ";;=", "csrftoken=\xff", "django_language=\xff",
               "messages=\xff", "sessionid=\"\\000\"", "django_language=../../x"),
    "X-Forwarded-For": ("\xff", "a" * 5000, "1.2.3.4, x"),
    "Range": ("bytes=0-", "\xff"),
    "If-Modified-Since": ("x", "\xff"),
    "Content-Encoding": ("gzip",),
    "X-HTTP-Method-Override": ("DELETE",),
}  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
def test_no_header_breaks_anything(world, visit, header):
    focal = visit("focal.kaz")
    update = "/api/v1/updates/review-2028:KAZ:I.1.2/"
    places = ("/", "/api/v1/plans/", update, "/api/docs/", "/admin/", "/accounts/login/", report_files()[1])
    for value, place in some(itertools.product(HEADERS[header], places), 20, header):
        who = visit() if header in ("Authorization", "Cookie") else focal
        extra = {f"HTTP_{header.upper().replace('-', '_')}": value}
        assert who.get(place, **extra).status_code < 500, (place, value[:30])
        assert who.generic("POST", f"{update}submit/", b"{}", "application/json", **extra).status_code < 500
    assert world.update().status == "draft"


CHARSETS = ("rot13", "hex", "utf-16", "utf-7", "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape",
            "latin-1", "never", "")  # fmt: skip
ODD_TYPES = (*(f"text/plain; charset={name}" for name in CHARSETS), "a/b; boundary*=never''%41",
             "application/json; charset*=rot13''x")  # fmt: skip


@pytest.mark.parametrize("content_type", ODD_TYPES)
def test_another_character_set_is_refused_at_the_door(db, content_type):
    told: list[str] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/api/v1/plans/", "QUERY_STRING": "plan=%5cud800",
               "CONTENT_TYPE": content_type, "SERVER_NAME": "testserver", "SERVER_PORT": "80",
               "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http", "HTTP_HOST": "testserver"}  # fmt: skip

    body = b"".join(application(environ, lambda status, headers, error=None: told.append(status)))

    assert told == ["415 Unsupported Media Type"]
    assert json.loads(body)["status"] == 415


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/json; charset=utf-8", "a/b; charset=UTF8"])
def test_utf_8_passes_the_door(db, content_type):
    told: list[str] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/never/", "CONTENT_TYPE": content_type,
               "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
               "wsgi.input": io.BytesIO()}  # fmt: skip

    list(application(environ, lambda status, headers, error=None: told.append(status)))

    assert told[0].startswith(("404", "400", "301"))


BOUNDARY = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="update"\r\n\r\nreview-2028:KAZ:I.1.2\r\n'
MULTIPARTS = [
    (BOUNDARY, b""), (BOUNDARY, b"--x--\r\n"), (BOUNDARY, b"--x"), (BOUNDARY, PART), (BOUNDARY, PART * 1500),
    ("multipart/form-data", PART), ("multipart/form-data; boundary=", PART),
    ("multipart/form-data; boundary=\xff", b""),
    (f"multipart/form-data; boundary={'x' * 300}", PART),
    (BOUNDARY, PART + b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\n\xff\xfe\r\n--x--\r\n'),
    (BOUNDARY, PART + b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\na\x00b\r\n--x--\r\n'),
    (BOUNDARY, PART + b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nfile\r\n--x\r\n'
     b'Content-Disposition: form-data; name="title"\r\n\r\nt\r\n--x\r\n'
     b'Content-Disposition: form-data; name="file"; filename="../../a\x00.pdf"\r\n\r\n%PDF-1.4\r\n--x--\r\n'),
    (BOUNDARY, PART + b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n'
     b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(MULTIPARTS)))
def test_no_form_in_parts_breaks_the_api_or_the_desk(world, visit, number):
    content_type, body = MULTIPARTS[number]
    visitor = visit("focal.kaz")
    for place in ("/api/v1/evidence/", "/api/v1/updates/review-2028:KAZ:I.1.2/submit/", "/accounts/login/",
                  "/admin/commitments/update/review-2028/KAZ/I.1.2/change/"):  # fmt: skip
        for extra in ({"HTTP_IF_MATCH": '"0"'}, {"HTTP_IDEMPOTENCY_KEY": "k"}):
            answer = visitor.generic("POST", place, body, content_type, **extra)
            assert answer.status_code < 500, (place, answer.content[:200])


@pytest.mark.parametrize("who", ["coordinator.kaz", "editor", "administrator"])
def test_no_parameter_of_a_list_of_the_desk_breaks_it(world, visit, who):
    world.walk("submitted")
    visitor = visit(who)
    for model, page in admin.site._registry.items():
        own = [each.parameter_name for each in page.list_filter]
        for name in [*own, "q", "o", "p", "_to_field"]:
            for text in drawn(("\x00", "KAZ:\x00", "a " * 1500, "9" * 30, "1.-2.x", "٣")):
                address = f"/admin/commitments/{model._meta.model_name}/?{name}={encoded(text)}"
                assert visitor.get(address).status_code < 500, (address[:80], text[:10])


@pytest.mark.parametrize("who", ["coordinator.kaz", "editor", "administrator"])
def test_no_key_in_an_address_of_the_desk_breaks_it(world, visit, who):
    world.walk("cleared")
    visitor = visit(who)
    for model, page in admin.site._registry.items():
        parts = len(page.key_lookups)
        for text in drawn(("\x00", "9" * 40, "٣", "_5F", "\ud800", "..", "a" * 3000, "%")):
            key = "/".join([encoded(text)] * parts)
            for rest in ("change/", "do/change/", "delete/", "history/", "move/clear/", "translation/ru/"):
                address = f"/admin/commitments/{model._meta.model_name}/{key}/{rest}"
                assert visitor.get(address).status_code < 500, address[:90]
                assert visitor.post(address, {}).status_code < 500, address[:90]


FORMS = [
    ("focal.kaz", "update/review-2028/KAZ/I.1.2/change/", {**REPORTED, "version": "0", "press": "submit"}),
    ("focal.kaz", "update/review-2028/KAZ/I.1.2/translation/ru/", {"version": "0", "measures_taken": "x"}),
    ("coordinator.kaz", "commitment/KAZ/I.1.2/do/change/", {"version": "0", "lead_agency": "1", "target_on": "",
                                                            "contributing_agencies": "1", "reason": "",
                                                            "planned_measures": "", "place_in_strategy": ""}),
    ("coordinator.kaz", "agency/add/", {"name": "x", "member_state": "1"}),
    ("coordinator.kaz", "appointment/add/", {"email": "", "full_name": "x", "language": "en", "agency": "1",
                                             "starts_on": "", "ends_on": "", "role": "focal_point"}),
    ("administrator", "appointment/add/", {"email": "", "full_name": "x", "language": "en", "role": "observer",
                                           "member_state": "1", "partner": "1"}),
    ("editor", "cycle/review-2028/do/extend/", {"member_state": "1", "ends_on": "", "reason": ""}),
    ("editor", "cycle/review-2028/do/move-dates/", {"opens_on": "", "closes_on": "", "reason": ""}),
    ("editor", "cycle/add/", {"plan": "1", "title": "x", "slug": "X", "opens_on": "", "closes_on": ""}),
    ("coordinator.kaz", "update/", {"action": "clear", "_selected_action": "1", "version-1": "0", "confirmed": "1",
                                    "index": "0", "select_across": "0"}),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(FORMS)))
def test_no_value_of_a_form_breaks_the_desk(world, visit, number):
    who, page, form = FORMS[number]
    visitor = visit(who)
    for name in (*form, f"initial-{next(iter(form))}", "never"):
        for text in drawn((*ODD_TEXTS[1:22:2], "submit", "retire:x", "retire:\x00")):
            typed = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            answer = visitor.post(f"/admin/commitments/{page}", {**form, name: typed})
            assert answer.status_code < 500, (page, name, text[:20])


def test_a_file_that_is_lost_is_absent_not_an_error(world, visit):
    hidden.releases(world)
    piece = hidden.evidence_of_kazakhstan()[0]
    piece.file.storage.delete(piece.file.name)

    for who in ("focal.kaz", "editor"):
        for place in (f"/api/v1/evidence/{piece.uid}/file/", f"/admin/commitments/update/evidence/{piece.uid}/"):
            assert visit(who).get(place).status_code == 404


def test_deep_json_is_refused_at_every_depth(world, visit):
    visitor, events = visit("focal.kaz"), Event.objects.count()
    for depth in (10, 100, 400, 700, *range(800, 1000, 20), 5000, 100_000):
        for opening, closing in (("[", "]"), ('{"ru":', "}")):
            body = ('{"translations":' + opening * depth + "1" + closing * depth + "}").encode()
            for method, place in (("PATCH", ""), ("POST", "submit/")):
                answer = visitor.write(method, f"/api/v1/updates/review-2028:KAZ:I.1.2/{place}", body, version=0,
                                       **{"Idempotency-Key": f"k{depth}"})  # fmt: skip
                assert answer.status_code in (400, 422), (depth, opening, answer.status_code)
    assert Event.objects.count() == events
