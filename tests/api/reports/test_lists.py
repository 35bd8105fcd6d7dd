"""Lists of reports and of what belongs to them: pages, filters, tables, and as few queries however many rows."""

from __future__ import annotations

import pytest

from reporting.background import ask_for_file
from reporting.models import Contribution, Seat
from reporting.signing import manifest
from tests.api.reports.conftest import SLUG, at_stage, commented, recommended, written
from tests.api.test_queries import asked

# Besides the session and its person (2), and the appointments (1). Codes come from memory.
LISTS = [
    (None, "reports/", 1),
    (None, "editions/", 1),
    (None, "signatures/", 1),
    ("coordinator.kaz", "reports/", 3 + 1),
    ("coordinator.kaz", "editions/", 3 + 1),
    ("coordinator.kaz", "remarks/", 3 + 2),
    ("coordinator.kaz", "contributions/", 3 + 4),
    ("coordinator.kaz", "signatures/", 3 + 2),
    ("coordinator.kaz", "passages/", 3 + 0),
    ("editor", "passages/", 3 + 1),
    ("editor", "passage-versions/", 3 + 1),
    ("editor", "recommendations/", 3 + 1),
    ("editor", "seats/", 3 + 1),
    ("editor", "remarks/", 3 + 2),
    ("editor", "report-files/", 3 + 1),
]


@pytest.fixture(autouse=True)
def codes_in_memory(known_codes):
    """As between transactions, where these lists are read."""


def fill(world, kind: str, **what) -> None:
    """One report more, with some of everything."""
    report = at_stage(world, "issued", kind=kind, **what)
    editor = world.who("editor")
    for section in ("summary", "introduction"):
        written(world, report, section)
        Seat.take(report, section, by=editor)
    recommended(world, report)
    ask_for_file(report, "html", "en", by=editor, edition=report.editions.last())


def sign(world, state: str) -> None:
    by = world.who(f"coordinator.{state.lower()}")
    words = {"text": "Much was done.", "explanation": "A reform.", "audience": "public"}
    one = Contribution.write(world.cycle, world.states[state], by=by, version=0, **words)
    one.sign(by=by, version=1, manifest=manifest)


@pytest.mark.parametrize(("who", "place", "expected"), LISTS)
def test_the_number_of_queries_does_not_grow_with_the_rows(world, call, who, place, expected):
    fill(world, "regional")
    sign(world, "KAZ")
    few = asked(call(who), place)

    fill(world, "thematic", scope="pillar:II")
    fill(world, "thematic", scope="objective:I.1")
    for state in ("TJK", "UZB"):
        sign(world, state)

    assert (few, asked(call(who), place)) == (expected, expected)


def test_the_steps_of_many_reports_are_asked_once_for_all_that_stand_alike(world, call):
    for scope in ("pillar:I", "pillar:II", "objective:I.1", "objective:II.1"):
        report = at_stage(world, "circulated", kind="thematic", scope=scope)
        if scope.startswith("pillar"):
            commented(world, report)

    rows = call("editor").get("reports/").json()["results"]

    assert sorted(row["allowed_steps"] for row in rows) == [[], [], ["close"], ["close"]]
    # The page, who began them, unanswered comments; and whether there are any, once for each kind of answer.
    assert asked(call("editor"), "reports/") == 3 + 3 + 2


@pytest.mark.parametrize("noun", ["reports", "editions", "signatures", "passages", "passage-versions",
                                  "recommendations", "seats", "remarks", "report-files", "contributions"])  # fmt: skip
def test_every_list_comes_in_pages_and_as_a_table(world, call, noun):
    fill(world, "regional")
    fill(world, "thematic", scope="pillar:II")
    sign(world, "KAZ")
    sign(world, "TJK")
    caller = call("coordinator.kaz" if noun == "contributions" else "editor")

    whole = caller.get(f"{noun}/?count=true").json()
    first = caller.get(f"{noun}/?limit=1").json()
    second = caller.get(first["next"]).json() if first["next"] else {"results": []}
    table = caller.get(f"{noun}/?format=csv").getvalue().decode()

    assert whole["count"] == len(whole["results"]) == table.count("\r\n") - 1
    assert [*first["results"], *second["results"]] == whole["results"][:2]
    assert whole["count"] > 1 or noun == "contributions"


@pytest.mark.parametrize(
    ("noun", "query", "found"),
    [
        ("editions", f"report={SLUG}", 2),
        ("editions", f"report={SLUG}&form=issue", 1),
        ("editions", "report=never", 0),
        ("editions", "kind=thematic", 0),
        ("editions", "cycle=review-2028", 2),
        ("editions", "audience=un", 0),
        ("passages", "section=introduction", 1),
        ("passages", "form=good_practice", 0),
        ("passage-versions", f"report={SLUG}", 3),
        ("recommendations", "addressee=states", 2),
        ("recommendations", "is_follow_up=true", 0),
        ("recommendations", "outcome=done", 0),
        ("seats", "section=introduction", 1),
        ("remarks", "is_answered=true", 1),
        ("remarks", "is_answered=false", 0),
        ("remarks", "member_state=TJK", 0),
        ("remarks", "verdict=accepted", 1),
        ("report-files", "status=waiting", 1),
        ("report-files", "status=ready", 0),
    ],
)
def test_lists_are_filtered(world, call, noun, query, found):
    fill(world, "regional")

    assert call("editor").get(f"{noun}/?count=true&{query}").json()["count"] == found


@pytest.mark.parametrize("place", ["passage-versions/?passage=x", "passages/?form=verse", "remarks/?verdict=maybe",
                                   "editions/?form=never", "seats/?person=editor", "report-files/?asked_by=editor",
                                   "contributions/?text=x", "signatures/?member_state=XYZ"])  # fmt: skip
def test_what_a_list_does_not_know_is_refused(call, place):
    assert call("editor").get(place).status_code == 400


@pytest.mark.parametrize("place", [f"reports/{SLUG}/", f"editions/{SLUG}:2/"])
def test_a_detail_is_read_in_a_fixed_number_of_queries(world, call, place):
    fill(world, "regional")

    assert asked(call("editor"), place) <= 3 + 2
    assert asked(call(), place) == 1


def test_sections_and_a_contribution_are_read_in_a_fixed_number_of_queries(world, call):
    fill(world, "regional")
    sign(world, "KAZ")
    few = [
        asked(call("editor"), f"reports/{SLUG}/sections/"),
        asked(call("focal.kaz"), "contributions/review-2028:KAZ/"),
    ]
    for item in ("I.1.1", "I.1.2", "II.1.1"):
        world.walk("published", item=item)

    many = [
        asked(call("editor"), f"reports/{SLUG}/sections/"),
        asked(call("focal.kaz"), "contributions/review-2028:KAZ/"),
    ]

    assert few == many


@pytest.mark.same_on_every_engine
def test_names_of_a_row_are_those_that_the_document_of_the_api_has(world, call, tmp_path):
    import yaml
    from django.core.management import call_command

    fill(world, "regional")
    sign(world, "KAZ")
    call_command("spectacular", "--file", str(tmp_path / "schema.yml"))
    schemas = yaml.safe_load((tmp_path / "schema.yml").read_text())["components"]["schemas"]
    nouns = {"Report": "reports", "Passage": "passages", "PassageVersion": "passage-versions", "Seat": "seats",
             "Recommendation": "recommendations", "Remark": "remarks", "Edition": "editions",
             "ReportFile": "report-files", "Signature": "signatures"}  # fmt: skip

    for schema, noun in nouns.items():
        row = call("editor").get(f"{noun}/?limit=1").json()["results"][0]
        assert set(row) <= set(schemas[schema]["properties"]), noun
