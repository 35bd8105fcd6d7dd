"""Figures for editors, over HTTP: the closed list with its values, and a preview of a text."""

from __future__ import annotations

import pytest

from tests.api.reports.conftest import SLUG


def test_figures_are_listed_with_their_values(world, call, report):
    world.walk("published")

    rows = call("reviewer").get(f"reports/{SLUG}/figures/").json()["results"]

    figures = {row["name"]: row["value"] for row in rows}
    assert (figures["due"], figures["reported"], figures["state.KAZ.reported"]) == ("9", "1", "1")
    assert list(figures) == sorted(figures)


def test_a_preview_fills_what_is_known_and_names_what_is_not(world, call, report):
    world.walk("published")
    body = {"text": "On {{ reported }} of {{ due }}, which is {{ reported_share }} per cent; {{ everything }}."}

    english = call("editor").write("post", f"reports/{SLUG}/preview/", body).json()
    russian = call("editor").write("post", f"reports/{SLUG}/preview/", {**body, "language": "ru"}).json()

    assert english == {
        "text": "On 1 of 9, which is 11.1 per cent; {{ everything }}.",
        "unknown": ["everything"],
    }
    assert "11,1" in russian["text"]


@pytest.mark.parametrize(
    ("method", "place", "body"),
    [("get", "figures/?language=fr", None), ("get", "figures/?never=1", None), ("get", "sections/?x=1", None),
     ("post", "preview/", {"text": 7}), ("post", "preview/", {}), ("post", "preview/", {"text": "x", "language": "fr"}),
     ("post", "preview/", {"text": "x", "language": ["en"]}), ("post", "preview/", {"text": "x", "never": 1})],
)  # fmt: skip
def test_what_cannot_be_asked_of_figures_is_refused(call, report, method, place, body):
    editor, address = call("editor"), f"reports/{SLUG}/{place}"

    answer = editor.get(address) if method == "get" else editor.write("post", address, body)

    assert answer.status_code == 400


def test_unreleased_updates_change_no_figure(world, call, report):
    before = call("editor").get(f"reports/{SLUG}/figures/").content

    for status, item in (("draft", "I.1.1"), ("submitted", "I.1.2"), ("accepted", "II.1.1")):
        world.walk(status, "KAZ", item)

    assert call("editor").get(f"reports/{SLUG}/figures/").content == before
