"""What happens outside a view, or where nobody foresaw it, is a problem document too."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404
from django.test import RequestFactory

from jpoa.refusals import answer_refusal, handle_400, handle_403, handle_404, handle_500

REQUEST = RequestFactory().get("/api/v1/updates/")


@pytest.mark.parametrize(
    ("exception", "status"),
    [
        (Http404(), 404),
        (PermissionDenied(), 403),
        (RequestDataTooBig(), 413),
        (SuspiciousOperation(), 400),
        (OperationalError("the disk is full"), 503),
        (InterfaceError("connection already closed"), 503),
        (DatabaseError("server closed the connection unexpectedly"), 503),
    ],
    ids=lambda value: str(type(value).__name__),
)
def test_what_django_refuses_is_told_alike_and_tells_nothing_of_the_inside(exception, status):
    answer = answer_refusal(exception)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert b"disk" not in answer.content


def test_an_unavailable_database_asks_to_come_back():
    assert int(answer_refusal(OperationalError())["Retry-After"]) > 0


def test_what_nobody_foresaw_is_left_to_be_noted():
    assert answer_refusal(ZeroDivisionError()) is None


def test_below_api_every_handler_answers_with_a_problem():
    answers = [handle_400(REQUEST, ValueError()), handle_403(REQUEST, PermissionDenied()),
               handle_404(REQUEST, Http404()), handle_500(REQUEST)]  # fmt: skip

    assert [answer.status_code for answer in answers] == [400, 403, 404, 500]
    assert {answer["Content-Type"] for answer in answers} == {"application/problem+json"}


def test_elsewhere_the_pages_of_the_site_answer(db):
    request = RequestFactory().get("/admin/nowhere/")

    answers = [handle_400(request, ValueError()), handle_403(request, PermissionDenied()),
               handle_404(request, Http404()), handle_500(request)]  # fmt: skip

    assert [answer.status_code for answer in answers] == [400, 403, 404, 500]
    assert {answer["Content-Type"].partition(";")[0] for answer in answers} == {"text/html"}


def test_head_answers_as_get_without_the_body(world, call):
    answer = call().head("action-items/")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == call().get("action-items/")["ETag"]


def test_without_the_last_slash_one_is_led_to_it(world, call):
    assert call().get("action-items")["Location"] == "/api/v1/action-items/"
