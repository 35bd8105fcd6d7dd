"""No word of a body about reports breaks the API: each odd value in each name is taken or refused, and what no database
keeps is refused."""

from __future__ import annotations

from typing import Any

import pytest

from reporting.api import bodies
from tests.api.reports.conftest import SLUG, at_stage, commented, undone
from tests.depth import drawn
from tests.hostile.odd import VALUES, Raw
from tests.standing import standing

# Who writes where, what they would send, and on which version.
WRITES: dict[str, tuple[str, str, type, dict[str, Any], int | None]] = {
    "reports/": ("editor", "post", bodies.BeginReport,
                 {"kind": "thematic", "cycle": "review-2028", "scope": "pillar:I"}, None),
    "reports/{slug}/": ("editor", "patch", bodies.SetMasthead, {}, 3),
    "reports/{slug}/preview/": ("editor", "post", bodies.PreviewText, {"text": "x"}, None),
    "passages/": ("editor", "post", bodies.AddPassage, {"report": SLUG, "section": "summary", "text": "x"}, None),
    "passages/{passage}/": ("editor", "patch", bodies.EditPassage, {}, 1),
    "passages/{passage}/move/": ("editor", "post", bodies.MovePassage, {}, 1),
    "seats/": ("editor", "post", bodies.TakeSeat, {"report": SLUG, "section": "summary"}, None),
    "recommendations/": ("editor", "post", bodies.AddRecommendation, {"report": SLUG, "text": "x"}, None),
    "recommendations/{recommendation}/": ("editor", "patch", bodies.EditRecommendation, {}, 1),
    "remarks/": ("coordinator.kaz", "post", bodies.MakeRemark, {"report": SLUG, "paragraph": "1", "text": "x"}, None),
    "remarks/{remark}/answer/": ("editor", "post", bodies.AnswerRemark, {"verdict": "partly", "reason": "x"}, None),
    "report-files/": ("editor", "post", bodies.AskForFile, {"edition": f"{SLUG}:1", "format": "html"}, None),
    "contributions/review-2028:KAZ/": ("coordinator.kaz", "patch", bodies.WriteContribution, {}, 0),
}  # fmt: skip


@pytest.fixture
def keys(world) -> dict[str, str]:
    return standing(circulated, world)


def circulated(world) -> dict[str, str]:
    report = at_stage(world, "circulated")
    commented(world, report)
    uids = {"passage": report.passages, "recommendation": report.recommendations, "remark": report.remarks}
    return {"slug": report.slug} | {name: str(rows.get().uid) for name, rows in uids.items()}


ODD = [value for value in VALUES.values() if not isinstance(value, Raw)]
UNFIT = ("\x00", "\ud800")  # what no database is ever asked about


@pytest.mark.parametrize("place", WRITES)
def test_no_value_of_a_body_breaks_it(call, keys, place):
    who, method, body, words, version = WRITES[place]
    caller, address = call(who), place.format(**keys)

    with undone():
        taken = caller.write(method, address, words, version=version)
    assert taken.status_code in (200, 201, 202), taken.content

    for name in body._declared_fields:
        for value in drawn(ODD, turn=list(WRITES).index(place)):
            with undone():
                answer = caller.write(method, address, {**words, name: value}, version=version)
            assert answer.status_code < 500, (name, repr(value)[:40])
            if any(character in str(value) for character in UNFIT):
                assert answer.status_code == 400, (name, repr(value)[:40], answer.content)


@pytest.mark.parametrize("place", WRITES)
def test_a_name_that_is_not_the_bodys_own_is_refused(call, keys, place):
    who, method, body, words, version = WRITES[place]
    suspects = {"id", "pk", "uid", "stage", "version", "by", "made_by", "made_at", "retired_at", "slug", "sha256",
                "snapshot", "position", "number", "signed_by", "status", "_pk"}  # fmt: skip

    for name in suspects - set(body._declared_fields):
        answer = call(who).write(method, place.format(**keys), {**words, name: 1}, version=version)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, name)
