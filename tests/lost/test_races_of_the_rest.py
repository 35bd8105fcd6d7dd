"""B1, of all else that has a version: what a State plans and says for itself, and the texts of a report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pytest

from tests.depth import rounds
from tests.lost.asking import Caller, at_once
from tests.lost.conftest import Place

pytestmark = [pytest.mark.django_db, pytest.mark.battery("B1")]
WRITERS = 6
SCOPES = {"reports": "pillar:I", "passages": "pillar:II", "recommendations": "objective:I.1"}  # a report for each


@dataclass(frozen=True)
class Row:
    """Where it is written, by whom, the field that all write, and its version before they do."""

    place: str
    by: Caller
    field: str
    version: int


def made(editor: Caller, noun: str, body: dict[str, str]) -> tuple[str, int]:
    answer = editor.write("POST", f"{noun}/", body)
    assert answer.status == 201, answer.content
    return answer.headers["location"].partition("/api/v1/")[2], answer.body["version"]


def row_of(place: Place, noun: str) -> Row:
    update = place.facts["updates"][0]
    cycle, state, code = update["key"].split(":")
    coordinator, editor = place.caller(update["coordinator"]), place.secretariat("editor")
    if noun == "commitments":
        where = f"commitments/{state}:{code}/"
        return Row(where, coordinator, "planned_measures", coordinator.get(where).body["version"])
    if noun == "contributions":
        where = f"contributions/{cycle}:{state}/"
        found = coordinator.get(where)
        return Row(where, coordinator, "text", found.body["version"] if found.status == 200 else 0)
    report, version = made(editor, "reports", {"kind": "thematic", "cycle": cycle, "scope": SCOPES[noun]})
    if noun == "reports":
        return Row(report, editor, "agenda_item", version)
    assert editor.write("POST", f"{report}draft/", version=version).status == 200
    words = {"report": report.split("/")[1], "text": "First."} | ({"section": "summary"} if noun == "passages" else {})
    where, version = made(editor, noun, words)
    return Row(where, editor, "text", version)


@pytest.mark.parametrize("noun", ["commitments", "contributions", *SCOPES])
def test_of_writers_at_once_one_is_acknowledged_for_each_version(place: Place, tally, noun: str) -> None:
    row, told = row_of(place, noun), []

    for version in range(row.version, row.version + rounds(4, 100)):
        texts = [f"Text {number} upon {version}" for number in range(WRITERS)]
        write = partial(row.by.write, "PATCH", row.place, version=version)
        answers = at_once([partial(write, {row.field: text}) for text in texts])
        assert sorted(answer.status for answer in answers) == [200] + [412] * (WRITERS - 1)
        told += [text for text, answer in zip(texts, answers, strict=True) if answer.status == 200]
        stands = row.by.get(row.place).body
        assert (stands[row.field], stands["version"]) == (told[-1], version + 1)

    tally(rounds=len(told), writes=len(told) * WRITERS)
