"""Whatever is asked gets a plain answer."""

from __future__ import annotations

import pytest

ODD = [
    ("/plan/?pillar=X", 400),
    ("/plan/?objective=I.1%00", 400),
    ("/plan/?q=%00", 400),
    ("/plan/?q=a%00b", 400),
    ("/plan/?q=!!!", 400),
    ("/plan/?q=%ff%fe", 400),
    (f"/plan/?q={'law+' * 60}", 400),
    ("/plan/?q=%27%3B+drop+table", 200),
    ("/plan/?q=%25", 400),
    ("/plan/?q=_", 400),
    ("/plan/?never=1", 200),
    ("/plan/?pillar=I&pillar=II", 200),
    ("/plan/?theme=%3Cscript%3E", 400),
    ("/partners/?state=QQQ", 400),
    ("/matrix/?cycle=never", 404),
    ("/matrix/?cycle=%00", 404),
    ("/matrix/?cycle=", 404),
    ("/matrix/?pillar=IX", 404),
    ("/states/kaz/", 404),
    ("/states/KAZ%00/", 404),
    ("/states/%D0%AF/", 404),
    ("/plan/items/I.9.9/", 404),
    ("/plan/items/I.1.2%00/", 404),
    (f"/plan/items/{'I' * 3000}/", 404),
    ("/plan/pillars/I.1/", 404),
    ("/plan/objectives/I/", 404),
    ("/plan/themes/never/", 404),
    ("/in/xx/", 404),
    ("/in/ru%00/", 404),
]


@pytest.mark.parametrize(("place", "status"), ODD)
def test_odd_questions_are_answered_plainly(world, reader, place, status):
    answer = reader().get(place)

    assert answer.status_code == status
    assert b"<script>" not in answer.content
    assert "ETag" not in answer or status == 200


def test_a_refused_filter_is_named_beside_its_field_and_above_the_form(world, reader):
    page = reader().get("/plan/?pillar=X").content.decode()

    assert 'role="alert"' in page
    assert '<a href="#id_pillar">Pillar: There is no such choice here.</a>' in page
    assert 'aria-describedby="pillar-fault"' in page
    assert 'id="pillar-fault"' in page


def test_absent_pages_are_alike_and_name_nothing_of_what_was_asked(world, reader):
    absent = {reader().get(place).content for place in ("/states/QQQ/", "/plan/items/Zqx/", "/nowhere/Zqx/")}

    assert len(absent) == 1
    assert b"Zqx" not in absent.pop()


# Where a reader wants to go on in the other language -> where they are led.
BACK = [
    ("/plan/?q=law", "/plan/?q=law"),
    ("//example.org/", "/"),
    ("https://example.org/", "/"),
    ("javascript:alert(1)", "/"),
    ("/plan/\r\nX: y", "/"),
    ("", "/"),
]


@pytest.mark.parametrize(("asked", "led"), BACK)
def test_a_language_is_chosen_by_a_link_and_leads_back_to_this_site_alone(world, reader, asked, led):
    client = reader()

    answer = client.get("/in/ru/", {"next": asked})

    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (302, led, "no-store")
    assert '<html lang="ru">' in client.get("/plan/").content.decode()
